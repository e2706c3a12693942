"""The command line: what a competition needs, headless, with exit status and JSON for scripts."""
