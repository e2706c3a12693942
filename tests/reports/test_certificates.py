"""Certificates: what stands on them, what fits, what is refused before anything is written."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from zxingcpp import BarcodeFormat, read_barcodes

from app.domain.errors import RuleBroken
from app.problems import Problem
from app.reports.certificate import (
    certificate_page,
    check_certificates,
    load_template,
    template_names,
    write_certificates,
)
from app.reports.paper import Watched
from tests.reports.reading import page_size, page_texts, picture, place_of, used_fonts
from tests.reports.samples import certificate

HONOUR = load_template("honour")
AWARD = load_template("award")
MILLIMETRE = 72 / 25.4


def test_a_certificate_says_who_won_what_where_and_under_which_number() -> None:
    [text] = page_texts(certificate_page(certificate("欧阳样例"), HONOUR))
    for said in (
        "荣誉证书",
        "欧阳样例",
        "样例一厂",
        "在第四届样例省职工职业技能大赛决赛",
        "“工业机器人系统运维员”赛项中成绩优异，荣获",
        "一等奖",
        "特发此证，以资鼓励。",
        "样例省总工会",
        "样例省人力资源和社会保障厅",
        "二〇二五年十一月十六日",
        "证书编号：JL4-2025-ROBOT-1-0001-K",
    ):
        assert said in text


def test_the_english_certificate_reads_as_one_sentence() -> None:
    content = certificate(
        "Sample Entrant 01",
        unit="Sample Works One",
        award="First Prize",
        event="Industrial Robot Operation and Maintenance",
        competition="4th Sample Province Vocational Skills Finals",
        date="16 November 2025",
    )
    [text] = page_texts(certificate_page(content, AWARD))
    assert "This certificate is presented to" in text
    assert (
        "for an outstanding result in the event Industrial Robot Operation and Maintenance" in text
    )
    assert "at the 4th Sample Province Vocational Skills Finals" in text
    assert "Certificate No. JL4-2025-ROBOT-1-0001-K" in text


def test_a_certificate_is_a_landscape_a4_page_with_the_font_embedded_as_a_subset() -> None:
    page = certificate_page(certificate(), HONOUR)
    assert page_size(page) == (297, 210)
    fonts = used_fonts(page)
    assert all(name.partition("+")[2] == "LXGWWenKai-Regular" for name in fonts)
    assert all(fonts.values())
    assert len(page) < 200_000


def test_the_qr_code_is_read_back_from_the_page_at_the_lower_left() -> None:
    content = certificate(qr="PLUMB1." + "6BF5Q+QE$W:" * 42)
    image = picture(certificate_page(content, HONOUR), dots_per_inch=300)
    [code] = read_barcodes(image, formats=BarcodeFormat.QRCode)
    assert code.text == content.qr
    assert code.position.bottom_right.x < image.width / 3
    assert code.position.top_left.y > image.height * 2 / 3


def test_the_name_is_the_largest_text_on_the_page() -> None:
    page = certificate_page(certificate("欧阳样例"), HONOUR)
    name = place_of(page, "欧阳样例")
    title = place_of(page, "荣誉证书")
    assert name.top - name.bottom > 1.2 * (title.top - title.bottom)


@pytest.mark.parametrize(
    "name",
    [
        "阿卜杜热西提·买买提吐尔逊·样例",
        "Abdurashid·Memettursun·Sa",
        "Sample Entrant Forty-Two",
    ],
)
def test_a_long_name_shrinks_until_it_stands_between_the_margins(name: str) -> None:
    place = place_of(certificate_page(certificate(name), HONOUR), name)
    assert place.left > 30 * MILLIMETRE
    assert place.right < (297 - 30) * MILLIMETRE
    assert place.left + place.right == pytest.approx(297 * MILLIMETRE, abs=8)


def test_a_name_too_long_for_one_line_takes_two_and_breaks_after_its_dot() -> None:
    name = "Abdurashidjan·Memettursunov·Sample Entrant·Yasinjan"
    page = certificate_page(certificate(name), HONOUR)
    [text] = page_texts(page)
    lines = [line for line in text.splitlines() if "Abdurashidjan" in line or "Yasinjan" in line]
    assert len(lines) == 2
    assert lines[0].endswith("·")
    first, second = place_of(page, lines[0]), place_of(page, lines[1])
    assert first.bottom > second.top
    unit = place_of(page, "样例一厂")
    assert second.bottom > unit.top


def test_a_name_of_two_characters_is_set_as_wide_as_three() -> None:
    two = place_of(certificate_page(certificate("张三"), HONOUR), "张　三")
    three = place_of(certificate_page(certificate("张三丰"), HONOUR), "张三丰")
    assert two.right - two.left == pytest.approx(three.right - three.left, rel=0.06)


def test_the_members_of_a_team_are_listed_in_their_order() -> None:
    team = certificate("样例焊接一队", members=("张三", "样例选手02", "李四"))
    [text] = page_texts(certificate_page(team, HONOUR))
    assert "张　三　样例选手02　李　四" in text


def test_a_sentence_of_its_own_replaces_the_sentence_of_the_template() -> None:
    content = certificate(sentence="被评为优秀指导教师")
    [text] = page_texts(certificate_page(content, HONOUR))
    assert "被评为优秀指导教师" in text
    assert "成绩优异" not in text


def test_a_specimen_says_so_across_the_page_and_a_certificate_does_not() -> None:
    [specimen] = page_texts(certificate_page(certificate(specimen=True), HONOUR))
    [real] = page_texts(certificate_page(certificate(), HONOUR))
    assert "样　张" in specimen
    assert "样　张" not in real


def test_a_rare_character_the_font_has_can_be_searched_in_the_document() -> None:
    [text] = page_texts(certificate_page(certificate("样例𠮷"), HONOUR))
    assert "样例𠮷" in text


def test_every_character_without_a_glyph_is_found_by_entry() -> None:
    contents = [
        certificate(entry="01"),
        certificate("样\U0002b740例", entry="02"),
        certificate(entry="03", unit="样例😀厂", members=("样例\U0002b740",)),
    ]
    assert check_certificates(contents) == [
        RuleBroken(
            "certificate-glyph-missing", entry="02", character="\U0002b740", code_point="U+2B740"
        ),
        RuleBroken("certificate-glyph-missing", entry="03", character="😀", code_point="U+1F600"),
        RuleBroken(
            "certificate-glyph-missing", entry="03", character="\U0002b740", code_point="U+2B740"
        ),
    ]


def test_a_missing_glyph_stops_the_batch_with_nothing_written(tmp_path: Path) -> None:
    target = tmp_path / "certificates.pdf"
    target.write_bytes(b"the batch of yesterday")
    contents = [certificate(), certificate("样\U0002b740例", entry="02")]
    with pytest.raises(RuleBroken) as refused:
        write_certificates(contents, HONOUR, target)
    assert refused.value.code == "certificate-glyph-missing"
    assert refused.value.details["entry"] == "02"
    assert target.read_bytes() == b"the batch of yesterday"
    assert list(tmp_path.glob("*.p*")) == [target]


def test_a_text_that_cannot_be_made_to_fit_is_named_before_printing() -> None:
    endless = certificate("样例" * 60, entry="11")
    assert check_certificates([certificate(), endless], HONOUR) == [
        RuleBroken("certificate-text-too-long", entry="11", element="name")
    ]
    with pytest.raises(RuleBroken) as refused:
        certificate_page(endless, HONOUR)
    assert refused.value == RuleBroken("certificate-text-too-long", entry="11", element="name")


def test_a_batch_has_one_page_each_in_the_order_given(tmp_path: Path) -> None:
    target = tmp_path / "certificates.pdf"
    contents = [certificate(f"样例选手{n:02d}", number=f"SAMPLE-{n:04d}") for n in range(1, 31)]
    assert write_certificates(contents, HONOUR, target) == 30
    texts = page_texts(target.read_bytes())
    assert len(texts) == 30
    assert "样例选手01" in texts[0]
    assert "SAMPLE-0001" in texts[0]
    assert "样例选手30" in texts[29]


def test_progress_counts_every_page() -> None:
    counted: list[tuple[int, int]] = []
    contents = [certificate(), certificate(), certificate()]
    follow = Watched(io.BytesIO(), lambda *count: counted.append(count), lambda: False)
    assert write_certificates(contents, HONOUR, follow) == 3
    assert counted == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_cancelled_batch_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "certificates.pdf"
    target.write_bytes(b"the batch of yesterday")
    answers = iter([False, False, True])
    stopped = Watched(target, lambda *_count: None, lambda: next(answers))
    assert write_certificates([certificate()] * 5, HONOUR, stopped) == 0
    assert target.read_bytes() == b"the batch of yesterday"


def test_an_empty_batch_is_refused() -> None:
    with pytest.raises(RuleBroken, match="certificates-none"):
        write_certificates([], HONOUR, io.BytesIO())


def test_a_folder_that_does_not_exist_is_a_problem_with_the_file_named(tmp_path: Path) -> None:
    with pytest.raises(Problem) as failed:
        write_certificates([certificate()], HONOUR, tmp_path / "missing" / "certificates.pdf")
    assert failed.value.code == "paper-not-written"
    assert failed.value.details["file"] == "certificates.pdf"


def test_the_same_certificates_make_the_same_bytes() -> None:
    contents = [certificate("样例选手01"), certificate("样例选手02")]
    first, second = io.BytesIO(), io.BytesIO()
    write_certificates(contents, HONOUR, first)
    write_certificates(contents, HONOUR, second)
    assert first.getvalue() == second.getvalue()


def test_every_shipped_template_prints_a_certificate() -> None:
    assert template_names() == ("award", "honour")
    for name in template_names():
        [text] = page_texts(certificate_page(certificate("样例选手01"), load_template(name)))
        assert "样例选手01" in text


def test_an_unknown_template_is_refused_by_name() -> None:
    with pytest.raises(RuleBroken) as refused:
        load_template("golden")
    assert refused.value == RuleBroken("certificate-template-unknown", template="golden")


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ('text = "{name}"', 'text = "{nmae}"', "name: {nmae}"),
        ('rule = "#A61C28"', 'rule = "red"', "red"),
        ("smallest = 34", "smalest = 34", "smalest"),
        ("width = 297", 'width = "wide"', "width"),
        ("[ornament]", "[ornament", "line"),
    ],
)
def test_a_mistake_in_a_template_file_is_named_with_its_place(
    tmp_path: Path, before: str, after: str, where: str
) -> None:
    shipped = Path("resources/certificates/honour.toml").read_text(encoding="utf-8")
    assert before in shipped
    own = tmp_path / "own.toml"
    own.write_text(shipped.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(RuleBroken) as refused:
        load_template(own)
    assert refused.value.code == "certificate-template-broken"
    assert refused.value.details["template"] == "own.toml"
    assert where in str(refused.value.details["where"])
