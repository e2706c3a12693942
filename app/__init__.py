"""The station without a window; imports and runs with no Qt installed."""

from __future__ import annotations

VERSION = "0.1.0"
"""As in pyproject.toml; bundles say which version wrote them."""
