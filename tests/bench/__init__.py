"""The bench: every budget of the design measured against its floor, in the same run."""
