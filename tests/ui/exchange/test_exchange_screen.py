"""The exchange screen on real stations: export, preview, merge, verify, backup, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from zxingcpp import BarcodeFormat, create_barcode

from app.bootstrap import open_station
from app.bundles import signing
from app.bundles.certificate_code import CertificateClaim, sign_code
from app.domain.errors import RuleBroken
from app.services import backups, exchange
from app.services.station import Station
from tests.samples.results import E1, mark, published_event
from tests.ui.around import Around, Person
from ui.context import Place
from ui.screens.exchange.screen import CHECKS, PREVIEW, START, ExchangeScreen
from ui.theme.tokens import Tone
from ui.widgets.text_model import TextModel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    opened = published_event(tmp_path / "day.plumb", home=tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def person(around: Around) -> Person:
    return around.person


@pytest.fixture
def screen(qtbot: QtBot, around: Around) -> ExchangeScreen:
    shown = ExchangeScreen(around.context())
    qtbot.addWidget(shown)
    shown.show()
    return shown


def finished(qtbot: QtBot, around: Around) -> None:
    qtbot.waitUntil(lambda: not around.tasks.busy)
    assert around.failed == []


def texts(model: TextModel) -> list[list[str]]:
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def from_another_laptop(station: Station, folder: Path, value: str = "7") -> Path:
    first, back = folder / "first.bundle", folder / "back.bundle"
    exchange.export_bundle(station, first)
    exchange.open_bundle_as_new_file(first, folder / "other.plumb")
    other = open_station(folder / "other.plumb", home=folder / "other-home")
    mark(other, E1, "A1.1", value)
    exchange.export_bundle(other, back)
    other.close()
    return back


def test_before_anything_was_exchanged_it_says_what_to_do(screen: ExchangeScreen) -> None:
    assert screen.ledger_stack.currentIndex() == 0
    assert screen.unshared.number == "30"
    assert screen.backup_age.text() == "There is no backup of this file yet."


def test_exporting_by_key_writes_the_bundle_and_counts_it_as_shared(
    qtbot: QtBot, screen: ExchangeScreen, around: Around, tmp_path: Path
) -> None:
    around.person.path = tmp_path / "out.bundle"
    screen.with_people.setChecked(False)
    screen.export_button.setFocus()
    qtbot.keyClick(screen.export_button, Qt.Key.Key_Space)
    finished(qtbot, around)
    assert (tmp_path / "out.bundle").exists()
    assert "样例选手".encode() not in (tmp_path / "out.bundle").read_bytes()
    assert screen.unshared.number == "0"
    assert "out.bundle is written: 32 records, digest " in screen.banner.text
    assert [row[1] for row in texts(screen.ledger)] == ["Bundle exported"]
    assert around.announced == ["out.bundle exported"]


def test_thinking_better_of_it_exports_nothing(screen: ExchangeScreen, around: Around) -> None:
    screen.export_button.click()
    assert not around.tasks.busy
    assert screen.ledger.rowCount() == 0


def test_a_merge_is_shown_first_and_done_on_a_yes(
    qtbot: QtBot,
    screen: ExchangeScreen,
    around: Around,
    person: Person,
    station: Station,
    tmp_path: Path,
) -> None:
    person.path = from_another_laptop(station, tmp_path)
    mark(station, E1, "A1.1", "8.5")
    screen.presenter.choose_merge()
    finished(qtbot, around)
    assert screen.pages.currentIndex() == PREVIEW
    assert "New records: 4" in screen.preview_facts.text()
    assert "did not know of each other: 1" in screen.preview_disputes.text()
    assert [row[1:] for row in texts(screen.preview)] == [
        ["Marks", "1"],
        ["Bundles exported", "1"],
        ["Records signed", "1"],
        ["Station opened", "1"],
    ]
    assert screen.merge_button.text() == "Merge 4 records"
    qtbot.keyClick(screen.merge_button, Qt.Key.Key_Space)
    finished(qtbot, around)
    assert screen.pages.currentIndex() == START
    assert screen.banner.text == "Taken in: 4 records, 0 names. Cells in dispute: 1."
    assert texts(screen.ledger)[0][1] == "Bundle merged"
    screen._to_review()
    assert around.went == [(Place.REVIEW, {"page": "disputes"})]


def test_leaving_the_preview_takes_nothing_in(
    qtbot: QtBot,
    screen: ExchangeScreen,
    around: Around,
    person: Person,
    station: Station,
    tmp_path: Path,
) -> None:
    person.path = from_another_laptop(station, tmp_path)
    screen.presenter.choose_merge()
    finished(qtbot, around)
    screen.presenter.give_up()
    screen.presenter.merge()
    assert screen.pages.currentIndex() == START
    assert [line.is_export for line in exchange.ledger(station)] == [True]


def test_a_bundle_with_nothing_new_says_so(
    qtbot: QtBot,
    screen: ExchangeScreen,
    around: Around,
    person: Person,
    station: Station,
    tmp_path: Path,
) -> None:
    person.path = tmp_path / "own.bundle"
    exchange.export_bundle(station, person.path)
    screen.presenter.choose_merge()
    finished(qtbot, around)
    assert screen.banner.text == "own.bundle holds nothing that is not here already."


def test_a_forged_bundle_is_refused_through_the_frame(
    qtbot: QtBot, screen: ExchangeScreen, around: Around, person: Person, tmp_path: Path
) -> None:
    person.path = tmp_path / "letter.bundle"
    person.path.write_bytes(b"no bundle at all")
    screen.presenter.choose_merge()
    qtbot.waitUntil(lambda: not around.tasks.busy)
    assert [str(it) for it in around.failed] == ["file-not-sqlite(file=letter.bundle)"]
    assert screen.pages.currentIndex() == START


def test_verifying_lists_every_check_with_its_outcome(
    qtbot: QtBot,
    screen: ExchangeScreen,
    around: Around,
    person: Person,
    station: Station,
    tmp_path: Path,
) -> None:
    person.path = tmp_path / "own.bundle"
    exchange.export_bundle(station, person.path)
    screen.presenter.choose_verify()
    finished(qtbot, around)
    assert screen.pages.currentIndex() == CHECKS
    assert screen.checks.verdict.word == "All 11 checks passed"
    assert {row[0] for row in texts(screen.checks.model)} == {"Passed"}
    content = bytearray(person.path.read_bytes())
    content[-1] ^= 1
    person.path.write_bytes(content)
    screen.presenter.verify(person.path)
    finished(qtbot, around)
    assert screen.pages.currentIndex() == CHECKS


def test_backup_and_restore_drill_say_what_came_of_them(
    qtbot: QtBot, screen: ExchangeScreen, around: Around, station: Station
) -> None:
    screen.back_up_button.click()
    finished(qtbot, around)
    assert screen.banner.text == "Backed up into backups."
    assert backups.status(station).backup_age_ms == 0
    screen.drill_button.click()
    finished(qtbot, around)
    assert "holds 30 records, every one the same as here" in screen.banner.text


def test_a_drill_without_a_backup_is_a_refusal(
    qtbot: QtBot, screen: ExchangeScreen, around: Around
) -> None:
    screen.drill_button.click()
    qtbot.waitUntil(lambda: not around.tasks.busy)
    assert around.failed == [RuleBroken("backup-none")]


def test_a_sample_in_memory_can_be_exported_and_merged_at_once(
    qtbot: QtBot, tmp_path: Path
) -> None:
    sample = published_event()
    around = Around(sample)
    around.person.path = tmp_path / "sample.bundle"
    shown = ExchangeScreen(around.context())
    qtbot.addWidget(shown)
    assert not shown.back_up_button.isEnabled()
    shown.export_button.click()
    assert (tmp_path / "sample.bundle").exists()
    assert around.failed == []
    around.tasks.close()
    sample.close()


def test_in_chinese_nothing_is_left_in_english(qtbot: QtBot, station: Station) -> None:
    around = Around(station, language="zh")
    shown = ExchangeScreen(around.context())
    qtbot.addWidget(shown)
    assert shown.export_button.text() == "导出数据包…"
    assert shown.backup_age.text() == "此文件还没有备份。"
    around.tasks.close()


def test_the_tables_hold_what_a_table_must(
    screen: ExchangeScreen, qtmodeltester: ModelTester
) -> None:
    for model in (screen.ledger, screen.preview, screen.checks.model):
        qtmodeltester.check(model)
    screen.say(Tone.DONE, "ok")
    assert screen.banner.text == "ok"


def test_the_photo_of_a_certificate_is_verified_against_the_open_file(
    screen: ExchangeScreen, around: Around, person: Person, tmp_path: Path
) -> None:
    person.path = tmp_path / "photo.png"
    claim = CertificateClaim(
        competition="SAMPLE",
        event="WELD",
        number="2026WELD-0001-K",
        award="一等奖",
        name="样例选手01",
        unit="样例一厂",
        result_hash="cd" * 32,
        station="S7K2",
        date="2026-11-20",
    )
    code = create_barcode(sign_code(signing.new_key(), claim), BarcodeFormat.QRCode)
    picture = code.to_image(4)
    height, width = picture.shape
    Image.frombytes("L", (width, height), bytes(picture)).save(person.path)
    screen.presenter.choose_verify()
    assert around.failed == []
    assert screen.pages.currentIndex() == CHECKS
    assert screen.checks.verdict.word == "Failed checks: 1"
    assert [row[:2] for row in texts(screen.checks.model)] == [
        ["Passed", "Certificate signed as it reads"],
        ["Failed", "Certificate on record"],
    ]
