# SPDX-License-Identifier: Apache-2.0
"""Comments on any page."""
