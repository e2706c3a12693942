"""The parts of the main window around the screen: rail, context bar, status line, welcome page."""
