"""What a competition file of this version has been through, and what guards it while it is open.

Apart from ``migrations``, because sqlite-utils, which makes the tables, is as slow to load as all
the rest of the station: a file that has every table is opened without it.
"""

from __future__ import annotations

NAMES = ("0001-log", "0002-projections", "0003-people-and-drafts")
"""The steps of ``migrations``, in order."""

# Put back at every open, because rebuilding a table drops its triggers.
GUARDS = (
    """CREATE TRIGGER IF NOT EXISTS ops_never_change BEFORE UPDATE ON ops
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER IF NOT EXISTS ops_never_vanish BEFORE DELETE ON ops
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
)
