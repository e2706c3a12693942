"""A certificate shown as a photo, a scan or a PDF: genuine or not, and what the record says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from app.domain.certificate_holders import Holder
from app.domain.errors import RuleBroken
from app.domain.ids import CertificateNumber
from app.services import certificate_printing as printing
from app.services import certifying
from app.services.station import Station
from app.services.verification import Kind
from app.services.verification_words import found
from app.services.verifying import verify
from app.words import Words
from tests.reports.reading import picture
from tests.samples.results import E1, E2, WELD, published_event


@pytest.fixture
def station() -> Station:
    return published_event()


@pytest.fixture
def number(station: Station) -> CertificateNumber:
    (issued,) = certifying.issue(station, WELD, [Holder(E1)], template="honour")
    return issued.number


@pytest.fixture
def paper(station: Station, number: CertificateNumber, tmp_path: Path) -> Path:
    path = tmp_path / "certificate.pdf"
    printing.print_certificates(station, WELD, path)
    return path


def said(path: Path, station: Station | None = None) -> list[str]:
    verification = verify(path, station=station)
    assert verification.kind is Kind.CERTIFICATE
    return [found(Words.load("en"), check) for check in verification.checks]


def photo(paper: Path, name: str) -> Path:
    """As a telephone takes it: a little turned, on a grey table, in colour."""
    path = paper.with_name(name)
    page = picture(paper.read_bytes(), dots_per_inch=144).convert("RGB")
    page.rotate(4, expand=True, fillcolor=(120, 118, 115)).save(path)
    return path


@pytest.mark.parametrize("name", ["photo.png", "photo.jpg"])
def test_a_photo_is_read_and_found_on_record(
    station: Station, number: CertificateNumber, paper: Path, name: str
) -> None:
    signed, standing = said(photo(paper, name), station)
    assert signed.startswith(f"{number}: 二等奖, 样例选手01")
    assert standing.startswith(f"{number} is valid: issued to WELD-01 by record ")


def test_without_a_file_only_the_signature_is_checked(paper: Path) -> None:
    assert len(said(paper)) == 1


def test_a_void_certificate_is_said_to_be_void(
    station: Station, number: CertificateNumber, paper: Path
) -> None:
    certifying.void(station, WELD, number, "样例：姓名有误")
    verification = verify(paper, station=station)
    assert not verification.ok
    assert said(paper, station)[1].endswith("It is no longer valid.")


def test_a_reissued_certificate_names_the_one_that_is_valid(
    station: Station, number: CertificateNumber, paper: Path
) -> None:
    again = certifying.reissue(station, WELD, number, "样例：纸张破损")
    assert said(paper, station)[1].endswith(
        f"was replaced by {again.number}. Only that one is valid."
    )


def test_a_genuine_certificate_of_another_file_is_unknown_here(
    number: CertificateNumber, paper: Path
) -> None:
    elsewhere = published_event()
    certifying.issue(elsewhere, WELD, [Holder(E2)], template="honour")
    assert said(paper, elsewhere)[1].startswith(f"This file knows of no certificate {number}")


def test_every_certificate_of_a_print_run_is_checked(
    station: Station, number: CertificateNumber, tmp_path: Path
) -> None:
    certifying.issue(station, WELD, [Holder(E2)], template="honour")
    run = tmp_path / "run.pdf"
    printing.print_certificates(station, WELD, run)
    verification = verify(run, station=station)
    assert [check.name for check in verification.checks] == ["code", "standing"] * 2
    assert verification.ok


def test_a_picture_without_a_code_asks_for_a_better_one(tmp_path: Path) -> None:
    blank, torn, broken = (tmp_path / name for name in ("a.png", "b.jpg", "c.pdf"))
    Image.new("RGB", (400, 300), "white").save(blank)
    torn.write_bytes(b"\xff\xd8\xff" + bytes(50))
    broken.write_bytes(b"%PDF-1.7 and nothing else")
    for path in (blank, torn, broken):
        with pytest.raises(RuleBroken, match="certificate-picture-without-code"):
            verify(path)


def test_a_page_or_photo_of_any_size_is_read_within_the_memory_there_is(tmp_path: Path) -> None:
    """A page of 50,000 points would be drawn as nineteen thousand million pixels."""
    vast, photo_of_today = tmp_path / "a.pdf", tmp_path / "b.png"
    vast.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 50000 50000]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n"
    )
    Image.new("1", (12_000, 9_000), 1).save(photo_of_today)
    for path in (vast, photo_of_today):
        with pytest.raises(RuleBroken, match="certificate-picture-without-code"):
            verify(path)
