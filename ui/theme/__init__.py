"""How the window looks: colours, sizes, fonts and icons by meaning; no literal is elsewhere."""
