# SPDX-License-Identifier: Apache-2.0
"""Follow-up and appraisal (督办与考评): what a slip brings, and what a year comes to.

letters    which letters the ladder in force asks for, and how those that were sent stand
events     what counts in a year, each with the record behind it; rooms above add theirs through ``ports``
scoring    the score sheets of a year by the rules in force, objections that were upheld taken into account
"""
