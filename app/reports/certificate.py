"""Certificates (荣誉证书): from one page for the preview to a whole night's batch in one PDF.

Everything is checked first: a character without a glyph, or a text that cannot be made to fit, is
named by entry before a byte is written, and the file is replaced only by a whole new one.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from itertools import chain

from app.domain.errors import RuleBroken
from app.reports.certificate_content import CertificateContent, texts_of
from app.reports.certificate_drawing import CertificatePress, too_long
from app.reports.certificate_template import Template, load_template, template_names
from app.reports.fonts import code_point, missing_characters
from app.reports.output import deliver, goes_on
from app.reports.paper import Target

__all__ = [
    "CertificateContent",
    "Template",
    "certificate_page",
    "check_certificates",
    "load_template",
    "template_names",
    "write_certificates",
]


def check_certificates(
    contents: Sequence[CertificateContent], template: Template | None = None
) -> list[RuleBroken]:
    """Every character without a glyph, and with a template every text that will not fit.

    Codes are ``certificate-glyph-missing`` (entry, character, code_point) and
    ``certificate-text-too-long`` (entry, element); neither holds a name.
    """
    missing = cache(missing_characters)
    broken = [
        RuleBroken(
            "certificate-glyph-missing",
            entry=content.entry,
            character=character,
            code_point=code_point(character),
        )
        for content in contents
        for character in dict.fromkeys(chain.from_iterable(map(missing, texts_of(content))))
    ]
    if template is not None:
        broken += [
            RuleBroken("certificate-text-too-long", entry=content.entry, element=element)
            for content in contents
            for element in too_long(content, template)
        ]
    return broken


def write_certificates(
    contents: Sequence[CertificateContent], template: Template, target: Target
) -> int:
    """Print all certificates into one PDF; returns the number of pages, 0 when stopped.

    Raises the first of ``check_certificates`` and ``certificates-none``.
    """
    if not contents:
        raise RuleBroken("certificates-none")
    if broken := check_certificates(contents):
        raise broken[0]
    buffer = io.BytesIO()
    press = CertificatePress(buffer, template)
    for done, content in enumerate(contents):
        if not goes_on(target, done, len(contents)):
            return 0
        press.print_one(content)
    if not goes_on(target, len(contents), len(contents)):
        return 0
    press.close()
    deliver(buffer.getvalue(), target)
    return len(contents)


def certificate_page(content: CertificateContent, template: Template) -> bytes:
    """One certificate as a PDF of one page: the very page that will be printed."""
    buffer = io.BytesIO()
    write_certificates([content], template, buffer)
    return buffer.getvalue()
