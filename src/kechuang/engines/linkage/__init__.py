# SPDX-License-Identifier: Apache-2.0
"""Linkage (名称比对): whether two written names mean the same firm.

names     a name without what writers vary: width, spaces, brackets, 有限责任公司 for 有限公司; how alike two names are
register  a set of known names, asked for the equal one and for the similar ones
"""
