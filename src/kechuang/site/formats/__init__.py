# SPDX-License-Identifier: Apache-2.0
"""Date and number formats of the interface."""
