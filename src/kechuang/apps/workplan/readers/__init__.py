# SPDX-License-Identifier: Apache-2.0
"""Reading the file of a plan as text and tables (读取文件): what it is, is sniffed, not taken from its name.

plain      text in UTF-8, UTF-16, GB18030
word       .docx: paragraphs and tables in order, numbering restored
numbering  what Word counts by itself, written out
packages   a .docx opened with care: size, links, locks
pdf        PDF that holds text
"""

from kechuang.apps.workplan.readers.reading import MOST_BYTES, check_size, read_source
from kechuang.apps.workplan.readers.source import SourceText

__all__ = ["MOST_BYTES", "SourceText", "check_size", "read_source"]
