# SPDX-License-Identifier: Apache-2.0
"""How promised work stands (进度): pace, forecast, light with its reason, escalation, score; today is an argument.

lights     a colour with its reason, the thresholds, the light of a thing due on a date
schedules  a due date that was moved, in time or too late
tasks      the light of a task from its milestones, parts and numbers
overrides  a light set by hand: with a reason, for a time
promises   a number promised: its word of force, whether it is met, how far it is
periods    published values brought into the form a pace needs
series     what is known of a number on a day: values with revisions, base, last year, what lapses
seasons    the share of a year gone, straight or as last year's months went
pace       the way made against the way due, by kind of number
forecasts  where a number will end, with method, inputs and range
targets    the light of a number promised, joined from all of the above
classes    the classes of a bulletin: behind, on pace, ahead, done, other
rounds     when reporting opens and is due, whether what was asked was answered
ladders    the ladder of letters: which rung a slip has reached, and which comes next
scores     the year-end score sheet, itemised

Values are exact (Decimal in, Fraction inside). docs/algorithms/progress.md explains it all before the code.
"""
