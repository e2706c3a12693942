"""A night's certificates in one PDF, against typst compiling the same pages.

typst is given each code as an SVG file made beforehand; here making the codes is part of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import typst
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from zxingcpp import BarcodeFormat, create_barcode

from app.bundles.certificate_code import CertificateClaim, sign_code
from app.paths import resource
from app.reports.certificate import CertificateContent, load_template, write_certificates
from tests.bench.finals import Finals
from tests.bench.rows import Row, at_least, medians, seconds

T = TypeVar("T")

_COMPETITION, _EVENT = "样例省职工职业技能大赛决赛", "工业机器人系统运维员"
_ISSUERS = ("样例省总工会", "样例省人力资源和社会保障厅", "样例省科学技术厅")
_DATE = "二〇二五年十一月十六日"
_AWARDS = ("一等奖", "二等奖", "三等奖")
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英建国志强海燕玉兰"

_PAGE = """
#set page(width: 297mm, height: 210mm, margin: 0pt)
#set text(font: "LXGW WenKai", size: 18pt, fill: rgb("#1a1a1a"))
#let red = rgb("#A61C28")
#let gold = rgb("#B48A3C")
#let grey = rgb("#4a4a4a")
#let u = 1.55mm
#let fret = curve(stroke: 1.1pt + gold,
  curve.move((0*u, 0*u)), curve.line((6*u, 0*u)), curve.line((6*u, 6*u)), curve.line((2*u, 6*u)),
  curve.line((2*u, 2*u)), curve.line((4*u, 2*u)), curve.line((4*u, 4*u)),
  curve.move((0*u, 0*u)), curve.line((0*u, 6*u)))
#let at(y, body) = place(top + center, dy: y, body)
#let rule(x, y, length, angle) = place(dx: x, dy: y,
  line(length: length, angle: angle, stroke: .5pt + gold))
#let certificate(name, unit, award, number, code) = {
  place(dx: 9mm, dy: 9mm,
    rect(width: 279mm, height: 192mm, fill: rgb("#FFFDF7"), stroke: 2.4pt + red))
  place(dx: 10.7mm, dy: 10.7mm, rect(width: 275.6mm, height: 188.6mm, stroke: 0.7pt + gold))
  for sx in (100%, -100%) { for sy in (100%, -100%) {
    place(top + left, dx: if sx > 0% { 13mm } else { 275mm },
      dy: if sy > 0% { 13mm } else { 188mm }, scale(x: sx, y: sy, fret)) } }
  rule(25mm, 13mm, 247mm, 0deg)
  rule(25mm, 197mm, 247mm, 0deg)
  rule(13mm, 25mm, 160mm, 90deg)
  rule(284mm, 25mm, 160mm, 90deg)
  rule(100mm, 51mm, 44mm, 0deg)
  rule(152mm, 51mm, 44mm, 0deg)
  at(30mm, text(size: 42pt, fill: red, tracking: .32em, stroke: 1pt + red)[荣誉证书])
  at(62mm, text(size: 56pt, name))
  at(89mm, text(size: 17pt, fill: grey, unit))
  at(107mm)[在@COMPETITION@]
  at(116mm)[“@EVENT@”赛项中成绩优异，荣获]
  at(128mm, text(size: 34pt, fill: red, tracking: .2em, stroke: .8pt + red, award))
  at(149mm, text(size: 15pt)[特发此证，以资鼓励。])
  place(dx: 26mm, dy: 154mm, image(code, width: 25mm))
  place(dx: 26mm, dy: 183mm, text(size: 10pt, fill: grey)[证书编号：#number])
  place(dx: 170mm, dy: 158mm, box(width: 104mm,
    align(center, text(size: 14.5pt)[@ISSUERS@ #v(1mm) @DATE@])))
  pagebreak(weak: true)
}
"""


def certificates(finals: Finals, rounds: int) -> Iterator[Row]:
    """Pages a second, the same texts and the same embedded font on both sides.

    Each time in a process of its own: typst would otherwise remember the pages it has laid out.
    """
    contents = list(_contents(finals.size.entries))
    source = _typst_source(finals.folder / "typst", contents)
    value, floor = medians(
        lambda: _in_own_process(_print_all, contents),
        lambda: _in_own_process(_typeset, source),
        rounds=rounds,
    )
    pages = len(contents)
    yield at_least(1, "certificates, pages/s", pages / value, pages / floor)


def _in_own_process(act: Callable[[T], float], given: T) -> float:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(act, given).result()


def _print_all(contents: Sequence[CertificateContent]) -> float:
    import_module("reportlab.pdfgen.canvas")
    template = load_template("honour")
    return seconds(lambda: write_certificates(contents, template, BytesIO()))


def _typeset(source: Path) -> float:
    fonts = [str(resource("fonts"))]
    return seconds(lambda: typst.compile(str(source), font_paths=fonts, ignore_system_fonts=True))


def _contents(count: int) -> Iterator[CertificateContent]:
    # A new key each time: what the codes say is nobody's business but this run's.
    key = Ed25519PrivateKey.generate()
    for number in range(count):
        given = _GIVEN[number * 7 % len(_GIVEN)] + _GIVEN[number * 5 % len(_GIVEN)] * (number % 2)
        name = f"样{_FAMILY[number % len(_FAMILY)]}{given}"
        unit = f"样例{number % 90}厂机器人运维车间"
        award = _AWARDS[number % len(_AWARDS)]
        certificate = f"SAMPLE-2025-FINALS-1-{number:04d}-K"
        claim = CertificateClaim(
            competition=_COMPETITION,
            event=_EVENT,
            number=certificate,
            award=award,
            name=name,
            unit=unit,
            result_hash="3f" * 32,
            station="S7K2",
            date="2025-11-16",
        )
        yield CertificateContent(
            entry=f"{number:04d}",
            number=certificate,
            name=name,
            unit=unit,
            award=award,
            event=_EVENT,
            competition=_COMPETITION,
            issuers=_ISSUERS,
            date=_DATE,
            qr=sign_code(key, claim),
        )


def _typst_source(folder: Path, contents: Sequence[CertificateContent]) -> Path:
    """The same certificates for typst, with a picture of each code beside them."""
    folder.mkdir()
    page = _PAGE
    for placeholder, text in (
        ("COMPETITION", _COMPETITION),
        ("EVENT", _EVENT),
        ("ISSUERS", " \\ ".join(_ISSUERS)),
        ("DATE", _DATE),
    ):
        page = page.replace(f"@{placeholder}@", text)
    lines = [page]
    for place, it in enumerate(contents):
        code = create_barcode(it.qr, BarcodeFormat.QRCode, ec_level="M")
        (folder / f"{place}.svg").write_text(code.to_svg(), "utf-8")
        lines.append(
            f'#certificate("{it.name}", "{it.unit}", "{it.award}", "{it.number}", "{place}.svg")'
        )
    source = folder / "certificates.typ"
    source.write_text("\n".join(lines), "utf-8")
    return source
