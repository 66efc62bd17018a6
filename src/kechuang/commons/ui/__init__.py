# SPDX-License-Identifier: Apache-2.0
"""The look (界面) and the lists (清单) that every page shares.

escaping      fast escaping
marks         small pieces of escaped HTML: lights, chips, figures, bars; used by tags and by list columns
navigation    the left navigation, by business
context       what the shell needs on every page
forms         the look of forms, and the two hidden fields of a form that calls an action
lists         declarative lists: search, filters, sort, paging, columns, export
"""
