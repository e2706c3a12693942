"""One folder a screen; screens do not know each other."""
