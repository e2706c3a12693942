"""Building blocks of every screen. They know words, theme and domain values, never the station."""
