# SPDX-License-Identifier: Apache-2.0
"""The kernel (内核): few small things that every room shares.

actors        who acts: a person, a person on behalf of another, or the system
verdicts      may they? an answer with a reason
problems      what went wrong, where, and the remedy, in words for an official
actions       the one write path
journal       entries (日志), their hash chain, its verification
events        what follows from a journal verb, after commit
refs          a typed pointer to any record
clock         the business date and real time
ports         typed extension points, declared below and filled above
desks         to-dos offered to a person by each room
searching     what rooms offer to the global search
ticks         what is done from time to time
guarantees    what the database itself must guarantee, on both engines
"""
