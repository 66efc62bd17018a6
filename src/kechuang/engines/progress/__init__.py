# SPDX-License-Identifier: Apache-2.0
"""Lights (灯) of commitments and targets, with the reason; today is an argument.

lights    what is promised by a date: green, yellow, red, grey (no date), and late-then-done stays yellow
targets   what is promised as a number: whether it is met, its completion, its light by share of the year gone
"""
