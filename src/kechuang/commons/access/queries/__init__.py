# SPDX-License-Identifier: Apache-2.0
"""Reading access: ``accounts``, ``grants``, ``personal``."""
