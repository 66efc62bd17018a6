# SPDX-License-Identifier: Apache-2.0
"""Papers (文书): filled from records, drafted, checked, countersigned, issued under a number, compared on return.

markup       the text of a paper: headings, paragraphs, tables, and slots that hold values of the system; pure
word         a paper as Word in the layout of GB/T 9704, each slot a content control; what a returned Word says
typesetting  a paper as PDF, with the QR code of its check page
workbook     the tables of a paper as Excel
comparison   which values differ in the Word that came back; pure
sources      the port through which rooms give values to templates
"""
