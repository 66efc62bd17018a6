# SPDX-License-Identifier: Apache-2.0
"""Writes of sessions, of bookings by those who have an account, of sign-ups by anybody."""
