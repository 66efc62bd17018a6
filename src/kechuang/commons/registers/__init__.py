# SPDX-License-Identifier: Apache-2.0
"""Registers (台账): a list that somebody keeps is a file of content, and yet a first-class thing.

definitions  what a register is, made of ``parts``, checked whole by ``soundness``; pure
values       a field's value as it is typed, stored, shown and sorted
models       records, the spans of their states, links, drafts of definitions
queries      registers in force, records of one, neighbourhood
dues         what falls due, with its light
promising    lines that bind as commitments; ``stocktaking`` tells which were kept
sheets       records in and out as Excel
figures      count, sum and share of records by state, region and day, without code
"""
