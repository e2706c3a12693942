"""The station without a window; imports and runs with no Qt installed."""
