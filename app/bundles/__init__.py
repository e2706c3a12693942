"""The exchange file: written, read, signed and verified."""
