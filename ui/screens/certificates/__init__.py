"""Certificates (证书): recipients, the real page, issuing and printing, the ledger."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    """The certificates screen of an open competition."""
    from ui.screens.certificates.screen import CertificatesScreen

    return CertificatesScreen(context)
