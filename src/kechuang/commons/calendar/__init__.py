# SPDX-License-Identifier: Apache-2.0
"""The calendar (工作日历): which days are worked, limits in working days, timers that pause.

arrangement   what the library knows of a year
queries       the library under the bureau's own table, as one calendar
"""
