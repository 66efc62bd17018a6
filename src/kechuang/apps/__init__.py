# SPDX-License-Identifier: Apache-2.0
"""Floor 2: business rooms that do not know each other."""
