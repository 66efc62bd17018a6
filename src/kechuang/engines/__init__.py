# SPDX-License-Identifier: Apache-2.0
"""Floor 0: pure functions without Django, clock, files or network."""
