# SPDX-License-Identifier: Apache-2.0
"""Parties (主体): regions, organisations, their units and people, and the dated qualifications they hold."""
