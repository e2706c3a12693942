"""The exchange file: how records are signed, written for others, and read back with suspicion."""
