# SPDX-License-Identifier: Apache-2.0
"""The year's work plan (年度计划): read from a document, corrected by a person, issued, kept.

readers    a file as text and tables: txt in any Chinese encoding, docx, pdf
actions    import, correct, issue, revise; the facts of a content pack as a plan
queries    tasks with their lights, the load of offices, the draft beside its source, two versions side by side
"""
