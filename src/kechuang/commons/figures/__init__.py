# SPDX-License-Identifier: Apache-2.0
"""Figures (数字): numbers that rooms offer as queries and that open to the records behind them."""
