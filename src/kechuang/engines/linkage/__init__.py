# SPDX-License-Identifier: Apache-2.0
"""Linkage (名称比对): whether two entries mean the same organisation; docs/algorithms/linkage.md.

names     a name without what writers vary: width, spaces, brackets, 有限责任公司 for 有限公司; how alike two names are
codes     the codes organisations have had: check digits, what one contains of another, mistypings
evidence  two descriptions weighed: likeness, reasons, what forbids that they are one
register  a set of known names, asked for the equal one and for the similar ones
sweep     many names against a stream of known ones, in one pass
"""
