# SPDX-License-Identifier: Apache-2.0
"""Limits on any page."""
