"""The competition file: one SQLite database, opened, written and read nowhere else.

``oplog`` appends to the log, ``projections`` keeps the derived tables in step in the same
transaction, ``queries`` reads; rows never leave this package, only frozen values do.
"""
