"""What the station does, one module an activity, window or no window."""
