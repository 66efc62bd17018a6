# SPDX-License-Identifier: Apache-2.0
"""What dev.py does: standard library only, no line longer lived than its command."""
