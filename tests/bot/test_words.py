"""The word lists: their schema, and that they speak of meanings that exist."""

import shutil
from pathlib import Path

import pytest
import yaml

from bot.nlu.words import FOLDER, WordsError, read_words, words

DOMAIN = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))


def test_every_meaning_of_the_lists_exists() -> None:
    known = {*DOMAIN["intents"], *(name.removeprefix("utter_") for name in DOMAIN["responses"])}
    named = {label for found in words().ambiguous.values() for label in found.meanings}
    assert {*named, *words().gestures.values()} <= known


def test_a_mistake_names_the_file_and_the_place(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "words")
    (tmp_path / "words" / "gestures.yml").write_text("gestures: [{show: [], meaning: 肯定}]", encoding="utf-8")
    with pytest.raises(WordsError, match=r"gestures\.yml: gestures → 0 → show"):
        read_words(tmp_path / "words")


def test_a_list_that_is_missing_is_named(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "words")
    (tmp_path / "words" / "mood.yml").unlink()
    with pytest.raises(WordsError, match="mood"):
        read_words(tmp_path / "words")
