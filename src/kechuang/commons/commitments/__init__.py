# SPDX-License-Identifier: Apache-2.0
"""Commitments (承诺): anything promised, with lead, co-owners, due date, evidence and light."""
