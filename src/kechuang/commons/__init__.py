# SPDX-License-Identifier: Apache-2.0
"""Floor 1: the commons every business room stands on, in tiers."""
