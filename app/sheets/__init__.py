"""Spreadsheets and scheme files in and out. Only this package knows what a workbook is.

Importing it costs nothing: the workbook libraries are loaded when the first file is opened. What a
file gets wrong is one ``RuleBroken`` naming file, sheet, row and column, and nothing is
half-imported.
"""
