"""Workbooks and text tables in and out; the only importer of the workbook libraries."""
