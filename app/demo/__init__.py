"""A complete event on sample data, run through the same services the window uses."""
