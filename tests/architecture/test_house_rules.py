"""Rules of the house that no off-the-shelf linter knows; each failure names file and line."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.architecture.sources import ROOT, Module, calls, modules, repository_files

if TYPE_CHECKING:
    from collections.abc import Iterator

# A module over 300 lines is a question; here stands the answer for those that have one.
LONG_FOR_A_REASON: dict[str, str] = {}

SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "data", "info", "misc", "common"}

COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(")
SIZE_IN_STYLE = re.compile(r"\d\s*(px|pt)\b")
SIZE_SETTER = re.compile(
    r"set(Fixed|Minimum|Maximum)(Width|Height|Size)|set(Point|Pixel)Size(F)?"
    r"|setContentsMargins|set(Horizontal|Vertical)?Spacing"
)

# Written in pieces, so that this file does not find itself.
MACHINE_PATHS = re.compile(
    r"(?<![\w.~-])/(" + "|".join(("home", "work", "tmp", "root", "Users")) + ")/"
)
REGISTRIES = re.compile(
    "|".join(("pypi" + r"\.org", "python" + "hosted", r"deb\." + "debian", "npm" + "js"))
)


def where(module: Module, node: ast.stmt | ast.expr | ast.excepthandler) -> str:
    return f"{module.path}:{node.lineno}"


def literal_numbers(call: ast.Call) -> list[float]:
    numbers = []
    for argument in call.args:
        match argument:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                numbers.append(number)
            case _:
                continue
    return numbers


def docstrings(tree: ast.Module) -> set[int]:
    """The nodes that are docstrings, by identity: prose may name a colour."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case (
                ast.Module(body=[ast.Expr(value=text), *_])
                | ast.ClassDef(body=[ast.Expr(value=text), *_])
                | ast.FunctionDef(body=[ast.Expr(value=text), *_])
            ):
                found.add(id(text))
            case _:
                continue
    return found


def literal_texts(module: Module) -> Iterator[ast.Constant]:
    prose = docstrings(module.tree)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node


def window_modules_outside_the_theme() -> list[Module]:
    return [module for module in modules("ui") if not module.is_in("ui/theme")]


def test_colours_live_in_the_theme_alone() -> None:
    found = []
    for module in window_modules_outside_the_theme():
        found += [
            where(module, text) for text in literal_texts(module) if COLOUR.search(str(text.value))
        ]
        found += [
            where(module, call)
            for call in calls(module, "QColor")
            if call.args and all(isinstance(argument, ast.Constant) for argument in call.args)
        ]
        found += [
            where(module, node)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "GlobalColor"
            and node.attr != "transparent"
        ]
    assert found == []


def test_sizes_live_in_the_theme_alone() -> None:
    found = []
    for module in window_modules_outside_the_theme():
        found += [
            where(module, text)
            for text in literal_texts(module)
            if SIZE_IN_STYLE.search(str(text.value))
        ]
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(func=ast.Attribute(attr=name)) if SIZE_SETTER.fullmatch(name):
                    if any(literal_numbers(node)):  # zero is no size, it is none at all
                        found.append(where(module, node))
                case _:
                    continue
    assert found == []


def test_no_error_is_swallowed_unseen() -> None:
    found = [
        where(module, node)
        for module in modules("app", "ui")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert found == []


def test_no_screen_takes_a_key_that_the_frame_has() -> None:
    """Qt lets neither act then, and says nothing."""
    frame, screens = (
        {
            node.value
            for module in modules("ui")
            if module.path in places or any(module.is_in(place) for place in places)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.fullmatch(r"(Ctrl|Alt|Shift)\+\S+|F\d{1,2}", node.value)
        }
        for places in (("ui/main_window.py", "ui/frame/desk_view.py"), ("ui/screens",))
    )
    assert "Ctrl+F" in frame
    assert frame & screens == {"F1"}, "a fault of the catalogue is called F1 too"


def test_nothing_scored_is_ever_a_float() -> None:
    found = []
    for module in modules("app/domain"):
        found += [where(module, call) for call in calls(module, "float")]
        found += [
            where(module, node)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, float)
        ]
    assert found == []


def test_the_domain_asks_no_clock() -> None:
    found = [
        where(module, call)
        for module in modules("app/domain")
        for call in calls(module, "now", "today", "utcnow")
    ]
    assert found == []


def test_only_the_command_line_prints() -> None:
    found = []
    for module in modules("app"):
        if module.path != "app/__main__.py" and not module.is_in("app/cli"):
            found += [where(module, call) for call in calls(module, "print", "echo")]
    assert found == []


def test_no_module_is_too_long_to_read_in_one_sitting() -> None:
    long = {
        module.path: module.text.count("\n")
        for module in modules("app", "ui")
        if module.text.count("\n") > 300
    }
    assert long.keys() == LONG_FOR_A_REASON.keys(), long


def test_module_names_say_something() -> None:
    found = []
    for module in modules("app", "ui"):
        *folders, name = module.path.removesuffix(".py").split("/")
        if SAY_NOTHING & {*folders, *name.split("_")}:
            found.append(module.path)
    assert found == []


def test_the_repository_names_no_machine_and_no_package_registry() -> None:
    found = []
    for path in repository_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a font, a picture, a workbook
        for number, line in enumerate(text.splitlines(), start=1):
            if MACHINE_PATHS.search(line) or REGISTRIES.search(line):
                found.append(f"{path.relative_to(ROOT).as_posix()}:{number} {line.strip()[:80]}")
    assert found == []
