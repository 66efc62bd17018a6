# SPDX-License-Identifier: Apache-2.0
"""What every engine stands on.

numerals      Chinese numerals
quantities    numbers with units
working_days  counting working days
timers        limits that pause and resume
"""
