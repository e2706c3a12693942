"""How a command is made: its target by name, its parameters, their help in the system's language.

The module of a command is imported when the command runs.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import click

from app.words import Words

FILE = click.Path(path_type=Path)


class Maker:
    """Makes commands and parameters whose help is in the system's language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def command(self, name: str, target: str, *parameters: click.Parameter) -> click.Command:
        """``target`` is ``module:function``; the function gets the words and the parameters."""

        def run(**given: object) -> object:
            module, _, function = target.partition(":")
            return getattr(importlib.import_module(module), function)(self._words, **given)

        return click.Command(
            name, callback=run, params=list(parameters), help=self._words.say(f"cli.help_{name}")
        )

    def file(self, name: str, shown: str) -> click.Argument:
        return click.Argument([name], type=FILE, metavar=shown)

    def option(
        self,
        name: str,
        *,
        type: Any = None,
        default: object = None,
        required: bool = False,
        multiple: bool = False,
        metavar: str | None = None,
    ) -> click.Option:
        return click.Option(
            [name],
            type=type,
            default=default,
            required=required,
            multiple=multiple,
            metavar=metavar,
            help=self._words.say(f"cli.option_{name.strip('-')}"),
        )

    def flag(self, name: str, parameter: str = "") -> click.Option:
        names = [name, parameter] if parameter else [name]
        said = self._words.say(f"cli.option_{name.strip('-').replace('-', '_')}")
        return click.Option(names, is_flag=True, help=said)

    def event(self) -> click.Option:
        return self.option("--event", metavar="CODE")

    def out(self, shown: str, *, required: bool = True) -> click.Option:
        said = self._words.say("cli.option_output")
        return click.Option(
            ["-o", "--output", "out"], type=FILE, required=required, metavar=shown, help=said
        )
