"""The printing font: what it has, what it lacks, how wide it is."""

from __future__ import annotations

import subprocess
import sys

from app.reports.fonts import code_point, missing_characters, text_width


def test_names_of_many_kinds_have_all_their_characters() -> None:
    for name in ("张三", "欧阳样例", "阿卜杜热西提·买买提", "Zoë Ñandú Øst", "𠮷野", "㛃", "〇"):
        assert missing_characters(name) == []


def test_each_missing_character_is_named_once_in_order() -> None:
    assert missing_characters("样\U0002b740例😀😀\U0002b740") == ["\U0002b740", "😀"]


def test_a_control_character_has_no_glyph() -> None:
    assert missing_characters("样\t例") == ["\t"]


def test_a_wide_space_between_two_characters_is_no_missing_character() -> None:
    assert missing_characters("张\u3000三") == []


def test_a_code_point_is_written_as_unicode_writes_it() -> None:
    assert [code_point("张"), code_point("😀")] == ["U+5F20", "U+1F600"]


def test_digits_share_one_width_so_that_numbers_align() -> None:
    assert {text_width(digit, 10) for digit in "0123456789"} == {6.0}


def test_a_chinese_character_is_as_wide_as_its_type_size() -> None:
    assert text_width("准绳", 12) == 24.0


def test_importing_the_reports_loads_neither_reportlab_nor_the_qr_library() -> None:
    modules = [
        "audit_papers",
        "certificate",
        "draw_record",
        "fonts",
        "qr",
        "results_list",
        "score_sheet",
        "time_slip",
    ]
    script = "import sys\n" + "\n".join(f"import app.reports.{name}" for name in modules)
    script += "\nprint(sorted({'reportlab', 'zxingcpp'} & set(sys.modules)))"
    shown = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert shown.stdout.strip() == "[]"


def test_threads_that_need_the_font_at_once_get_the_same_one() -> None:
    """Two of one name in one document, and it can no longer be saved.

    In a process of its own: only there has nobody needed the font yet.
    """
    script = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from app.reports.fonts import wenkai

ready = Barrier(4)

def need(_number):
    ready.wait()
    return id(wenkai())

with ThreadPoolExecutor(4) as pool:
    print(len(set(pool.map(need, range(4)))))
"""
    shown = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert shown.stdout.strip() == "1"
