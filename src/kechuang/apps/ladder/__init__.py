# SPDX-License-Identifier: Apache-2.0
"""The enterprise ladder (企业梯度): published lists become dated qualifications; stocks count themselves.

readers    a file as cells, whatever its form: xlsx, xls, csv in UTF-8 or GB18030
headings   which column is which, wherever the head of the table stands
cells      days, terms and codes as people write them
reading    a published list as lines, nothing lost
matching   which organisation each line means, with the doubts
spans      stock, bridge and trend over dated intervals; pure
"""
