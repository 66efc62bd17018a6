# SPDX-License-Identifier: Apache-2.0
"""Slots (时段): a booked time at a place — a session of an event, a hearing, a machine — for so many people.

Anything a pointer can name may have sessions. No place holds two sessions at a time, nobody is in two at a time, no
seat is given twice and none above the quota, nobody checks in twice: the database itself holds all of it.
"""
