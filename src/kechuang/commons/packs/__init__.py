# SPDX-License-Identifier: Apache-2.0
"""Content packs (内容包): what is true of the nation, a province, a city, a year, in YAML without code."""
