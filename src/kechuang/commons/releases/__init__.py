# SPDX-License-Identifier: Apache-2.0
"""Releases (版本): every version of every piece of content that was ever in force, immutable in the database."""
