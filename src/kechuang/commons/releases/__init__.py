# SPDX-License-Identifier: Apache-2.0
"""Releases (版本): every version of every piece of content that was ever in force, immutable in the database.

canonical   what a piece says, as plain values, as text and as a digest
actions     release pieces; a changed piece under an old version is refused
"""
