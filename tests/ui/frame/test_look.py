"""Language, ages and roles as the frame says them."""

from __future__ import annotations

import pytest

from app.domain.ids import JudgeId
from app.domain.roles import Actor, Role
from app.settings import Settings
from app.words import Words
from ui.desk import actor_word, actors
from ui.look import chosen_language
from ui.words import age_words


@pytest.mark.parametrize(
    ("age_ms", "said"),
    [
        (None, "No backup yet"),
        (59_999, "Backup just now"),
        (60_000, "Backup 1 min ago"),
        (7_199_999, "Backup 119 min ago"),
        (7_200_000, "Backup 2 h ago"),
    ],
)
def test_the_age_of_a_backup_is_said_as_a_person_would(age_ms: int | None, said: str) -> None:
    assert age_words(Words.load("en"), age_ms) == said


@pytest.mark.parametrize(
    ("locale", "language"), [("zh_CN.UTF-8", "zh"), ("en_GB.UTF-8", "en"), ("de_DE", "en")]
)
def test_without_a_choice_the_system_decides_the_language(
    monkeypatch: pytest.MonkeyPatch, locale: str, language: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert chosen_language(Settings()) == language
    assert chosen_language(Settings(language="zh")) == "zh"


def test_every_role_has_a_word_in_both_languages() -> None:
    everyone = [who for group in actors([JudgeId("J2")]) for who in group]
    assert {who.role for who in everyone} == set(Role)
    said = [actor_word(Words.load("zh"), who) for who in everyone]
    assert said[:2] == ["裁判长", "2 号裁判"]
    assert actor_word(Words.load("en"), Actor(Role.JUDGE, JudgeId("J2"))) == "Judge 2"
    assert len(set(said)) == len(said)
