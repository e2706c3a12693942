"""The rules of a competition as pure values and functions: no I/O, clock, randomness or log."""
