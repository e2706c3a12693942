"""The window of the station: the only part that knows Qt. ``python -m ui [FILE]`` opens it."""
