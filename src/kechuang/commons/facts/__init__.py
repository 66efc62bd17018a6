# SPDX-License-Identifier: Apache-2.0
"""Facts (数据): indicators, observations with their vintage and source, targets with their word of force."""
