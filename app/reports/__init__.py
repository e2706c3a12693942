"""Everything that is printed; the only importer of reportlab."""
