# SPDX-License-Identifier: Apache-2.0
"""Pages of the calendar and of limits."""
