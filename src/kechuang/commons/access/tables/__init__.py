# SPDX-License-Identifier: Apache-2.0
"""Lists of access: ``accounts`` (and batches of them), ``grants`` (and requests for them)."""
