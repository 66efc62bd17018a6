# SPDX-License-Identifier: Apache-2.0
"""Kechuang (科创): a city's science-and-technology year as software."""
