# SPDX-License-Identifier: Apache-2.0
"""Pages of commitments: instructions, and one for each act of a clerk's year."""
