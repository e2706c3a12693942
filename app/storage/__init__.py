"""The competition file on disk; the only importer of sqlite_utils."""
