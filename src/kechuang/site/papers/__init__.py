# SPDX-License-Identifier: Apache-2.0
"""What stands in the papers of the year (全年文书), under the names that templates give as ``values``.

plan     monthly brief, half-year bulletin, ledger of tasks: the plan as it stood on a day
letters  a letter with its reply slip
scores   the score sheets of a year
events   the events of a year, register by register
"""
