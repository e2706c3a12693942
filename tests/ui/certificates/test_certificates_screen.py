"""The certificates screen by keyboard: the real page, one PDF, a printer held and going on."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.changes import Changes, Topic
from app.domain.certificate_holders import Holder
from app.domain.ids import CertificateNumber
from app.domain.roles import Actor, Role
from app.services import certificate_printing as printing
from app.services import certifying
from app.services.station import recording
from app.storage import people
from app.storage.people import Person
from tests.reports.reading import page_texts
from tests.samples.results import E1, E2, WELD, marked_event
from tests.services.test_nominations import publish_with_consequences
from tests.ui.around import Around
from ui.context import Place
from ui.dialogs import ChosenReason
from ui.screens.certificates.model import LinesModel
from ui.screens.certificates.print_job import PAGES_A_JOB, PrintJob
from ui.screens.certificates.rows import Line
from ui.screens.certificates.screen import CertificatesScreen
from ui.theme.tokens import Tone
from ui.widgets.empty_state import EmptyState

Open = Callable[[], CertificatesScreen]
_PAGES_MS = 60_000
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Printers:
    """Makes printers that print into PDF files, one a job."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[Path] = []

    def make(self) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.files.append(self.folder / f"job-{len(self.files) + 1}.pdf")
        printer.setOutputFileName(str(self.files[-1]))
        return printer

    @property
    def pages(self) -> list[int]:
        return [len(page_texts(path.read_bytes())) for path in self.files]


def test_ctrl_enter_issues_and_prints_all_into_one_pdf(
    qtbot: QtBot, around: Around, open_certificates: Open, tmp_path: Path
) -> None:
    screen = open_certificates()
    around.person.path = tmp_path / "all.pdf"
    assert screen.go.text() == "Issue and print 3 certificates"
    qtbot.keyClick(screen, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(around.announced))
    assert around.announced == ["3 certificates are in all.pdf."]
    pages = page_texts((tmp_path / "all.pdf").read_bytes())
    assert ["Sample Entrant 02" in pages[0], "Sample Entrant 01" in pages[1]] == [True, True]
    assert screen.go.text() == "Print all 3 again"
    assert len(printing.printed(around.station, WELD)) == 3


def test_thinking_better_of_it_issues_nothing(
    qtbot: QtBot, around: Around, open_certificates: Open, tmp_path: Path
) -> None:
    screen = open_certificates()
    around.person.path = tmp_path / "all.pdf"
    around.person.agrees = False
    qtbot.keyClick(screen, Qt.Key.Key_Return, CTRL)
    assert certifying.ledger(around.station, WELD) == []


def test_the_real_page_is_shown_for_the_chosen_recipient(
    qtbot: QtBot, open_certificates: Open
) -> None:
    screen = open_certificates()
    qtbot.waitUntil(lambda: screen.page.has_page)


def test_a_name_that_cannot_be_printed_is_said_where_the_page_would_be(
    qtbot: QtBot, around: Around, open_certificates: Open
) -> None:
    with recording(around.station) as log:
        people.put(log.connection, E2, Person(name="样例\U0001f600"), "salt")
    screen = open_certificates()
    qtbot.waitUntil(lambda: bool(screen.page.text))
    assert "no character" in screen.page.text
    around.person.path = Path("never.pdf")
    qtbot.keyClick(screen, Qt.Key.Key_Return, CTRL)
    assert "WELD-02" in screen.banner.text
    assert certifying.ledger(around.station, WELD) == []


def test_void_and_reissue_by_key(qtbot: QtBot, around: Around, open_certificates: Open) -> None:
    certifying.issue(around.station, WELD, [Holder(E1), Holder(E2)], template="award")
    around.person.picks = ChosenReason("damaged", "")
    screen = open_certificates()
    qtbot.waitUntil(screen.void.isEnabled)
    qtbot.keyClick(screen, Qt.Key.Key_R, ALT)
    assert [one.is_in_force for one in certifying.ledger(around.station, WELD)] == [
        False,
        True,
        True,
    ]
    qtbot.keyClick(screen, Qt.Key.Key_V, ALT)
    assert [one.is_in_force for one in certifying.ledger(around.station, WELD)] == [
        False,
        True,
        False,
    ]


def test_the_ledger_is_printed(
    qtbot: QtBot, around: Around, open_certificates: Open, tmp_path: Path
) -> None:
    certifying.issue(around.station, WELD, [Holder(E1)], template="award")
    screen = open_certificates()
    screen.tabs.setCurrentIndex(1)
    around.person.path = tmp_path / "ledger.pdf"
    screen.output.ledger()
    qtbot.waitUntil(lambda: bool(around.announced))
    assert "2026WELD" in page_texts((tmp_path / "ledger.pdf").read_bytes())[0]


def test_the_list_of_nominations_is_written_in_either_form(
    qtbot: QtBot, around: Around, open_certificates: Open, tmp_path: Path
) -> None:
    publish_with_consequences(around.station)
    screen = open_certificates()
    for name in ("list.pdf", "list.xlsx"):
        around.person.path = tmp_path / name
        qtbot.keyClick(screen, Qt.Key.Key_N, ALT)
        qtbot.waitUntil((tmp_path / name).exists)
        qtbot.waitUntil(lambda: not around.tasks.busy)
    assert around.announced == ["3 entries in list.pdf.", "3 entries in list.xlsx."]


def test_where_nothing_follows_the_list_is_refused_in_a_sentence(
    around: Around, open_certificates: Open, tmp_path: Path
) -> None:
    screen = open_certificates()
    around.person.path = tmp_path / "list.pdf"
    screen.output.nominations()
    assert "nothing follows for anybody" in screen.banner.text
    assert not (tmp_path / "list.pdf").exists()


def test_a_printer_gets_all_pages_and_what_it_took_is_remembered(
    qtbot: QtBot, around: Around, open_certificates: Open, tmp_path: Path
) -> None:
    screen, printers = open_certificates(), Printers(tmp_path)
    screen.output.choose_printer = lambda: printers.make
    qtbot.keyClick(screen, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: bool(around.announced))
    assert around.announced == ["The printer has taken 3 of 3 certificates."]
    assert printers.pages == [3]
    assert len(printing.printed(around.station, WELD)) == 3


def job_of(around: Around, printers: Printers, times: int) -> PrintJob:
    """A job of several copies of three certificates, under made-up numbers."""
    certifying.issue(around.station, WELD, [Holder(E1), Holder(E2)], template="honour")
    prepared = printing.batch(around.station, WELD)
    pdf = io.BytesIO()
    longer = printing.Batch(
        tuple(CertificateNumber(str(n)) for n in range(2 * times)),
        prepared.contents * times,
        prepared.template,
    )
    printing.print_batch(longer, pdf)
    return PrintJob(pdf.getvalue(), longer.numbers, printers.make)


def test_a_held_job_goes_on_where_it_was(qtbot: QtBot, around: Around, tmp_path: Path) -> None:
    printers = Printers(tmp_path)
    job = job_of(around, printers, times=6)
    taken: list[tuple[str, ...]] = []
    job.job_taken.connect(taken.append)
    job.page_taken.connect(lambda done, _pages: job.pause() if done == 3 else None)
    job.start()
    # Pages are drawn at the dots of a printer: on a busy machine a second each.
    qtbot.waitUntil(lambda: job.paused, timeout=_PAGES_MS)
    assert (job.done, taken) == (3, [("0", "1", "2")])
    with qtbot.waitSignal(job.ended, timeout=_PAGES_MS):
        job.resume()
    assert job.done == 12
    assert [len(numbers) for numbers in taken] == [3, PAGES_A_JOB, 1]
    assert printers.pages == [3, PAGES_A_JOB, 1]


def test_a_stopped_job_remembers_what_went_out(
    qtbot: QtBot, around: Around, tmp_path: Path
) -> None:
    job = job_of(around, Printers(tmp_path), times=2)
    taken: list[tuple[str, ...]] = []
    job.job_taken.connect(taken.append)
    job.page_taken.connect(lambda done, _pages: job.stop() if done == 1 else None)
    with qtbot.waitSignal(job.ended):
        job.start()
    assert taken == [("0",)]


def test_without_a_publication_the_way_to_the_results_is_shown(
    qtbot: QtBot, around: Around
) -> None:
    empty = Around(marked_event())
    screen = CertificatesScreen(empty.context())
    qtbot.addWidget(screen)
    shown = screen.currentWidget()
    assert isinstance(shown, EmptyState)
    assert shown.button is not None
    shown.button.click()
    assert empty.went == [(Place.RESULTS, {})]
    empty.station.close()


def test_no_page_is_drawn_of_somebody_who_is_gone_from_the_list(
    around: Around, open_certificates: Open
) -> None:
    screen = open_certificates()
    screen.table.selectRow(1)
    around.station.actor = Actor(Role.SCOREKEEPER)
    screen.reload(Changes.to(Topic.CERTIFICATES))
    assert isinstance(screen.currentWidget(), EmptyState)
    screen.show_page()
    assert screen.recipients.rowCount() == 0
    assert screen.numbers.rowCount() == 0


def test_a_reload_keeps_the_chosen_recipient(qtbot: QtBot, open_certificates: Open) -> None:
    screen = open_certificates()
    screen.focus_on({"entry": E1})
    assert screen.table.currentIndex().row() == 1
    screen.reload(Changes.to(Topic.CERTIFICATES))
    assert screen.table.currentIndex().row() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_model_keeps_the_rules_of_item_models(qtmodeltester: ModelTester, count: int) -> None:
    model = LinesModel(("Name", "State"))
    model.show(tuple(Line(str(n), ("a", "b"), Tone.DONE) for n in range(count)))
    qtmodeltester.check(model)
    model.show(tuple(Line(str(n), ("a", "c"), Tone.DONE) for n in range(count)))
    model.show(())
    qtmodeltester.check(model)
