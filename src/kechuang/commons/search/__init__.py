# SPDX-License-Identifier: Apache-2.0
"""The global search (全局搜索): whatever the viewer may open, by its words, as he types, with the reason of the hit.

grams      texts and questions as character 1-2-grams; marking what was found. Pure
store      the index on disk (tantivy): one writer at a time, readers that see every commit
indexing   bringing the index in line with the records; rebuilding and checking it
queries    finding: candidates from the index, visibility and words from the records themselves

The index holds no text, only grams and pointers: it can be thrown away at any time.
"""
