# SPDX-License-Identifier: Apache-2.0
"""Forms of commitments: reporting a part; the acts of a clerk's year."""
