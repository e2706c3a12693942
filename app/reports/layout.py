"""Pages filled from top to bottom inside one frame: heading, content, foot.

The foot (result hash, revision, time of print, page x of y) is added when all else is placed: only
then is y known.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.reports.fonts import text_width
from app.reports.marks import (
    A4_HEIGHT,
    A4_WIDTH,
    GREY,
    HAIRLINE,
    INK,
    MM,
    WATERMARK,
    Colour,
    Mark,
    Page,
    Rule,
    Text,
)
from app.reports.paper import Heading, Imprint, Signature
from app.reports.wrapping import wrap
from app.words import Words

SIDE = 16 * MM
TOP = 24 * MM
BOTTOM = 22 * MM
LEADING = 1.45
SIGNATURE_HEIGHT = 21 * MM
ABOVE_SIGNATURES = 14.0
SIGNATURES_A_LINE, SIGNATURES_ACROSS = 3, 4
"""How many beside each other upright, and on paper lengthwise."""


class Flow:
    """A stack of pages being filled; ``y`` is how far down the current one is taken.

    ``closing`` is the height of what must not stand on a page without the table above it.
    """

    def __init__(
        self, heading: Heading, imprint: Imprint, words: Words, *, landscape: bool = False
    ) -> None:
        self.heading = heading
        self.imprint = imprint
        self.words = words
        self.width, self.height = (A4_HEIGHT, A4_WIDTH) if landscape else (A4_WIDTH, A4_HEIGHT)
        self.left, self.right = SIDE, self.width - SIDE
        self.bottom = self.height - BOTTOM
        self.pages: list[list[Mark]] = []
        self.y, self.closing = 0.0, 0.0
        self.new_page()

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.right - self.left

    def add(self, *marks: Mark) -> None:
        """Place marks on the current page."""
        self.pages[-1].extend(marks)

    def new_page(self) -> None:
        """Begin a page with the running head, and the watermark under everything else."""
        self.pages.append([])
        if self.imprint.provisional:
            self._watermark(self.words.say("reports.draft"))
        baseline = 13 * MM
        across = min(text_width(self.heading.competition, 9), self.inner * 0.62)
        competition = wrap(self.heading.competition, across + 0.01, 9)
        event = wrap(self.heading.event, self.inner - across - 6 * MM, 9)
        for number, line in enumerate(competition[:2]):
            self.add(Text(self.left, baseline + number * 11.5, line, 9, GREY, about="heading"))
        for number, line in enumerate(event[:2]):
            self.text_right(line, self.right, baseline + number * 11.5, 9, colour=GREY)
        self.y = baseline + 11.5 * (max(len(competition[:2]), len(event[:2])) - 1) + 5
        self.add(Rule(self.left, self.y, self.right, self.y, 0.6, HAIRLINE))
        self.y = max(self.y + 6 * MM, TOP)

    def need(self, height: float) -> None:
        """Go to a new page unless ``height`` more points fit on this one."""
        if self.y + height > self.bottom:
            self.new_page()

    def text_right(
        self,
        text: str,
        right: float,
        y: float,
        size: float,
        *,
        colour: Colour = INK,
        bold: bool = False,
        about: str = "",
    ) -> None:
        """One line that ends at ``right``."""
        self.add(Text(right - text_width(text, size), y, text, size, colour, bold, about=about))

    def text_centred(
        self,
        text: str,
        centre: float,
        y: float,
        size: float,
        *,
        colour: Colour = INK,
        bold: bool = False,
    ) -> None:
        """One line about ``centre``."""
        self.add(Text(centre - text_width(text, size) / 2, y, text, size, colour, bold))

    def title(self, text: str, subtitle: str = "") -> None:
        """The name of the sheet, once, with a line under it saying which one."""
        self.y += 20
        for line in wrap(text, self.inner, 20):
            self.text_centred(line, self.width / 2, self.y, 20, bold=True)
            self.y += 26
        for line in wrap(subtitle, self.inner, 11) if subtitle else []:
            self.text_centred(line, self.width / 2, self.y - 4, 11, colour=GREY)
            self.y += 16
        self.y += 2

    def section(self, text: str, *, keep: float = 60.0) -> None:
        """A heading inside the sheet, kept together with ``keep`` points of what follows."""
        lines = wrap(text, self.inner, 12.5)
        self.need(keep + 12 + 16 * len(lines))
        self.y += 4
        for line in lines:
            self.y += 16
            self.add(Text(self.left, self.y, line, 12.5, bold=True))
        self.y += 8

    def paragraph(self, text: str, *, size: float = 10, colour: Colour = INK) -> None:
        """Running text over the whole width."""
        for line in wrap(text, self.inner, size):
            self.need(size * LEADING)
            self.y += size * LEADING
            self.add(Text(self.left, self.y, line, size, colour))
        self.y += size * 0.6

    def paragraph_kept(self, text: str, *, keep: float = 60.0) -> None:
        """A line over the whole width that stays with ``keep`` points of what follows."""
        self.need(keep + 16)
        self.paragraph(text, colour=GREY)

    def facts(self, pairs: Sequence[tuple[str, str]], *, columns: int = 2) -> None:
        """Labels with their values, in columns, the longest text wrapped in its place."""
        width = self.inner / columns
        label = min(max((text_width(name, 9.5) for name, _ in pairs), default=0.0), width / 2) + 10
        for start in range(0, len(pairs), columns):
            line = [
                (wrap(name, label - 8, 9.5), wrap(value or "—", width - label - 10, 10.5))
                for name, value in pairs[start : start + columns]
            ]
            height = max(max(len(names), len(values)) for names, values in line) * 15
            self.need(height)
            for column, (names, values) in enumerate(line):
                x = self.left + column * width
                for number, text in enumerate(names):
                    self.add(Text(x, self.y + 13 + number * 15, text, 9.5, GREY))
                for number, text in enumerate(values):
                    self.add(Text(x + label, self.y + 13 + number * 15, text, 10.5))
            self.y += height + 2
        self.y += 4

    def signatures(self, signatures: Sequence[Signature]) -> None:
        """Lines to sign on beside each other, all on one page where a page holds them."""
        across = self._signatures_across
        self.close_with(signatures)
        self.need(min(self.closing, self.bottom - TOP))
        self.y += ABOVE_SIGNATURES
        for start in range(0, len(signatures), across):
            self.need(SIGNATURE_HEIGHT)
            width = self.inner / across
            for number, signature in enumerate(signatures[start : start + across]):
                self._signature(signature, self.left + number * width, width - 8 * MM)
            self.y += SIGNATURE_HEIGHT

    def close_with(self, signatures: Sequence[Signature]) -> None:
        """Say that the next table is followed by these, so that its last row stays with them."""
        lines = -(-len(signatures) // self._signatures_across)
        self.closing = ABOVE_SIGNATURES + lines * SIGNATURE_HEIGHT

    @property
    def _signatures_across(self) -> int:
        return SIGNATURES_ACROSS if self.width > self.height else SIGNATURES_A_LINE

    def _signature(self, signature: Signature, x: float, width: float) -> None:
        line_y = self.y + 12 * MM
        self.add(Text(x, self.y + 11, signature.role, 10))
        self.add(Rule(x, line_y, x + width, line_y, 0.7, INK))
        below = line_y + 11
        date = self.words.say("reports.sign_date")
        room = width - text_width(date, 8) - 6
        for number, part in enumerate(wrap(signature.name, room, 9, is_name=True)[:2]):
            self.add(Text(x, below + number * 11, part, 9, about=signature.role))
        self.text_right(date, x + width, below, 8, colour=GREY)

    def finish(self) -> tuple[Page, ...]:
        """Add the foot to every page, numbered within this flow, and hand the pages over."""
        for number, marks in enumerate(self.pages, start=1):
            marks.extend(self._foot(number, len(self.pages)))
        return tuple(Page(self.width, self.height, tuple(marks)) for marks in self.pages)

    def _foot(self, number: int, total: int) -> list[Mark]:
        imprint, say = self.imprint, self.words.say
        top = self.height - 15 * MM
        if imprint.provisional:
            state = say("reports.foot_draft")
        elif imprint.revision:
            state = say("reports.foot_revision", revision=imprint.revision)
        else:
            state = imprint.reference
        printed = say("reports.foot_printed", at=imprint.printed_at)
        page = say("reports.foot_page", page=number, pages=total)
        marks: list[Mark] = [
            Rule(self.left, top, self.right, top, 0.6, HAIRLINE),
            Text(self.left, top + 11, state, 8.5, GREY),
            Text(self.width / 2 - text_width(printed, 8.5) / 2, top + 11, printed, 8.5, GREY),
            Text(self.right - text_width(page, 8.5), top + 11, page, 8.5, GREY),
        ]
        if imprint.result_hash:
            whole = say("reports.foot_hash", hash=imprint.result_hash)
            marks.append(Text(self.left, top + 22, whole, 6.5, GREY))
        if imprint.reference and state != imprint.reference:
            x = self.right - text_width(imprint.reference, 6.5)
            marks.append(Text(x, top + 22, imprint.reference, 6.5, GREY))
        return marks

    def _watermark(self, text: str) -> None:
        """Large letters from corner to corner, light enough to read what stands over them."""
        angle = 52.0 if self.height > self.width else 32.0
        size = 150.0
        half = text_width(text, size) / 2
        cosine, sine = (0.616, 0.788) if self.height > self.width else (0.848, 0.530)
        x = self.width / 2 - half * cosine + size * 0.32 * sine
        y = self.height / 2 + half * sine + size * 0.32 * cosine
        self.add(Text(x, y, text, size, WATERMARK, bold=True, angle=angle))
