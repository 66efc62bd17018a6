# SPDX-License-Identifier: Apache-2.0
"""Comments (批注) on anything a pointer can name, with mentions; a leader's instruction (批示) is one of them.

Who may open a thing may read what is said about it, if he may read comments at all. What follows from an instruction
is no business of this room: it posts the verb ``comments.instruction.given``, and rooms above subscribe.
"""
