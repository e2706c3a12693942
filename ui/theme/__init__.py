"""Palette, type, spacing and icons; the only home of colours and sizes."""
