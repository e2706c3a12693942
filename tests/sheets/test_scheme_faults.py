"""What is wrong with a scheme in TOML is named with its line, its field and what could be there."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.domain.errors import RuleBroken
from app.sheets.scheme_files import read_scheme
from app.sheets.scheme_toml import parse_scheme
from app.sheets.toml_lines import key_lines
from app.words import LANGUAGES, Words
from tests.sheets.books import LEAST

MODULE = "events[E].modules[A]"
ASPECT = f"{MODULE}.subcriteria[A1].aspects[A1.1]"
METHOD_TEXT = "max = 1, method = "


def broken(old: str, new: str) -> RuleBroken:
    assert old in LEAST
    with pytest.raises(RuleBroken) as refused:
        parse_scheme(LEAST.replace(old, new, 1), "方案.toml")
    assert refused.value.details["file"] == "方案.toml"
    assert all(Words.load(language).explain(refused.value) for language in LANGUAGES)
    return refused.value


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "field"),
    [
        # Not what belongs there.
        ("max = 2.50", "max = true", "not-number", 18, f"{ASPECT}.max"),
        ("max = 2.50", 'max = "two"', "not-number", 18, f"{ASPECT}.max"),
        ("max = 2.50", "max = [1]", "not-number", 18, f"{ASPECT}.max"),
        ("max = 2.50", "max = 2026-01-01", "not-number", 18, f"{ASPECT}.max"),
        ('id = "A1"\n', 'id = "A1"\nday = "one"\n', "not-whole", 16, None),
        ('id = "A1"\n', 'id = "A1"\nday = 1.5\n', "not-whole", 16, None),
        ('code = "E"', "code = 5", "not-text", 7, "events[1].code"),
        ('title = "样例"', "title = 1", "not-text", 4, "competition.title"),
        ('title = "样例"', 'title = "x"\nstarts = 2026-05-01', "not-text", 5, "competition.starts"),
        ('id = "A"\n', 'id = "A"\nblind = "yes"\n', "not-yes-or-no", 12, f"{MODULE}.blind"),
        ('id = "A"\n', 'id = "A"\nworkplaces = "01"\n', "not-list", 12, None),
        ('id = "A"\n', 'id = "A"\nworkplaces = [\n"01",\n2]\n', "not-text", 14, None),
        ("max = 2.50", f"{METHOD_TEXT}'deduct'", "not-table", 18, f"{ASPECT}.method"),
        ("[competition]", "[[competition]]", "not-table", 2, "competition"),
        ('code = "E"', 'code = "E"\nrounding = "none"', "not-table", 8, "events[E].rounding"),
        ("max = 2.50", f"{METHOD_TEXT}{{ method = 'ladder', marks = 1 }}", "not-list", 18, None),
        (
            "max = 2.50",
            f"{METHOD_TEXT}{{ method = 'ladder', marks = [0, 'x'] }}",
            "not-number",
            18,
            f"{ASPECT}.method.marks[2]",
        ),
        # Missing.
        ('code = "C"\n', "", "missing", 2, "competition.code"),
        (", max = 2.50", "", "missing", 18, f"{ASPECT}.max"),
        ('id = "A1"\n', "", "missing", 14, "events[E].modules[A].subcriteria[1].id"),
        ("max = 2.50", f"{METHOD_TEXT}{{}}", "missing", 18, f"{ASPECT}.method.method"),
        ("max = 2.50", METHOD_TEXT + "{ method = 'count' }", "missing", 18, f"{ASPECT}.method.per"),
        # Unknown.
        ("max = 2.50", "maximum = 2", "unknown", 18, f"{ASPECT}.maximum"),
        ("[competition]", "[competiton]", "unknown", 2, "competiton"),
        ("[[events]]", "[[event]]", "unknown", 6, "event"),
        ('title = "样例"', 'title = "样例"\n"标题" = "样例"', "unknown", 5, "competition.标题"),
        ('title = "样例"', 'title = "样例"\nevents = []', "unknown", 5, "competition.events"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_its_line(
    old: str, new: str, code: str, line: int, field: str | None
) -> None:
    refused = broken(old, new)
    assert refused.code == f"scheme-field-{code}"
    assert refused.details["line"] == line
    assert field is None or refused.details["field"] == field


@pytest.mark.parametrize(
    ("new", "value", "choice"),
    [
        ("{ method = 'guess' }", "guess", "ladder"),
        ("{ method = 'Deduct', per = 1 }", "Deduct", "deduct"),
    ],
)
def test_a_method_that_is_none_is_answered_with_those_there_are(
    new: str, value: str, choice: str
) -> None:
    refused = broken("max = 2.50", METHOD_TEXT + new)
    assert refused.code == "scheme-choice-unknown"
    assert refused.details["field"] == f"{ASPECT}.method.method"
    assert refused.details["value"] == value
    assert choice in str(refused.details["choices"]).split(", ")


def test_a_choice_that_is_none_is_answered_with_those_there_are() -> None:
    refused = broken('code = "E"', 'code = "E"\nrounding = { total = { mode = "up" } }')
    assert (refused.code, refused.details["line"]) == ("scheme-choice-unknown", 8)
    assert refused.details["choices"] == "half-up, half-even, truncate, floor, ceil"


def test_an_unknown_field_is_answered_with_those_there_are() -> None:
    of_method = broken("max = 2.50", METHOD_TEXT + "{ method = 'deduct', per = 1, each = 2 }")
    assert of_method.details["known"] == "method, per"
    assert broken("[competition]", "[competiton]").details["known"] == "competition, events"


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("max = 2.50", "max = ", "scheme-not-toml", 18),
        ('title = "样例"', 'title = "样例', "scheme-not-toml", 4),
        ('title = "样例"', "title = 样例", "scheme-not-toml", 4),
        ('title = "样例"', 'title = "（，＝）" "', "scheme-not-toml", 4),
        ('title = "样例"', "title = “样例”", "scheme-full-width", 4),
        ('title = "样例"', 'title ＝ "样例"', "scheme-full-width", 4),
        ("max = 2.50 }", "max = 2.50 ｝", "scheme-full-width", 18),
        ('"评分点", max', '"评分点"， max', "scheme-full-width", 18),
        ('title = "样例"', 'title = "样例"\ntitle = "again"', "scheme-key-twice", 5),
        ("[[events]]", "[competition]\n[[events]]", "scheme-key-twice", 6),
        ("max = 2.50", "max = 2.50, max = 3", "scheme-key-twice", 18),
        ("max = 2.50", "max = 2.50e3", "scheme-number-odd", 18),
        ("max = 2.50", "max = inf", "scheme-number-odd", 18),
        ("max = 2.50", 'max = "1e9"', "scheme-number-odd", 18),
        ('id = "A"\n', 'id = "A"\nweight = nan # nan\n', "scheme-number-odd", 12),
    ],
)
def test_what_is_no_toml_is_named_by_its_line(old: str, new: str, code: str, line: int) -> None:
    refused = broken(old, new)
    assert (refused.code, refused.details["line"]) == (code, line)


@pytest.mark.parametrize(
    "deep",
    [
        "x" + ".x" * 20_000 + " = 1",
        '"x"' + " . 'x'" * 20_000 + " = 1",
        "[x" + ".x" * 20_000 + "]",
        "x = { y" + ".x" * 20_000 + " = 1 }",
        "x = " + "[" * 20_000 + "]" * 20_000,
        "x = " + "[1, " * 20_000 + "]" * 20_000,
        "x = " + "{ x = " * 20_000 + "1" + " }" * 20_000,
    ],
)
def test_what_is_nested_too_deep_is_refused_before_it_is_read(deep: str) -> None:
    started = time.process_time()
    with pytest.raises(RuleBroken, match="scheme-too-deep") as refused:
        parse_scheme(f"{LEAST}\n{deep}\n", "scheme.toml")
    # Reading the first of these took 4 to 26 seconds.
    assert time.process_time() - started < 1
    assert refused.value.details == {"file": "scheme.toml", "line": 21, "most": 30}


def test_depth_is_not_counted_in_texts_and_comments() -> None:
    deep = "x" + ".x" * 40 + "[" * 40
    remark = f"# {deep}\n[template]\none = \"{deep}\"\ntwo = '{deep}'\n"
    blocks = f'three = """\n{deep} \\""" {deep}"""\nfour = \'\'\'\n{deep}\'\'\'\n'
    assert parse_scheme(f"{LEAST}\n{remark}{blocks}", "scheme.toml") == parse_scheme(LEAST, "x")


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("max = 2.50", "max = 2.00001", "aspect-number-too-fine", 18),
        ("max = 2.50", "max = 0", "aspect-max-not-positive", 18),
        (
            "max = 2.50 },",
            'max = 2 },\n  { id = "A1.1", name = "x", max = 1 },',
            "aspect-repeated",
            19,
        ),
        ("max = 2.50", METHOD_TEXT + "{ method = 'deduct', per = 9 }", "per-item-mark-outside", 18),
        ('id = "A"\n', 'id = "A"\ncomponent = "theory"\n', "component-unknown", 10),
        ('code = "E"', 'code = "E"\ntie_keys = [\n{ by = "module:Z" }]', "tie-key-unknown", 9),
        ("max = 2.50", 'max = 2.5, section = "9"', "section-unknown", 18),
    ],
)
def test_a_fault_of_the_rules_has_the_line_of_what_it_names(
    tmp_path: Path, old: str, new: str, code: str, line: int | None
) -> None:
    (tmp_path / "s.toml").write_text(LEAST.replace(old, new, 1), encoding="utf-8")
    faults = read_scheme(tmp_path / "s.toml").faults
    lines = {fault.code: fault.details.get("line") for fault in faults}
    assert lines.get(code) == line


def test_every_way_of_writing_a_key_has_its_line() -> None:
    text = """# a comment with [brackets]
a.b = 1
"c d" = '''x
y = 2
'''
[t]
'e' = [ # comment, with a comma
  "]", { f = 1, g = { h = \"\"\"
  z = 1\"\"\" } },
]
[[t.u]]
v = 1979-05-27T07:32:00Z
[[t.u]]
v = "#"
[t.u.w]
x = 1"""
    assert key_lines(text) == {
        ("a",): 2,
        ("a", "b"): 2,
        ("c d",): 3,
        ("t",): 6,
        ("t", "e"): 7,
        ("t", "e", 0): 8,
        ("t", "e", 1): 8,
        ("t", "e", 1, "f"): 8,
        ("t", "e", 1, "g"): 8,
        ("t", "e", 1, "g", "h"): 8,
        ("t", "u"): 11,
        ("t", "u", 0): 11,
        ("t", "u", 0, "v"): 12,
        ("t", "u", 1): 13,
        ("t", "u", 1, "v"): 14,
        ("t", "u", 1, "w"): 15,
        ("t", "u", 1, "w", "x"): 16,
    }
