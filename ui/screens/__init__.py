"""The ten screens, one package each; they do not know each other. See ``ui/context.py``."""
