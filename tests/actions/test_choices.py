"""The choices of all procedures as merchants speak of them: known by their words, not taken when said no to."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.choices import match_choice

PROCEDURES = sorted((Path(__file__).parents[2] / "data" / "procedures").glob("*.yml"))


def questions(node: Any) -> Iterator[list[dict[str, Any]]]:
    if isinstance(node, list):
        for item in node:
            yield from questions(item)
    elif isinstance(node, dict):
        if isinstance(node.get("choices"), list):
            yield [{"also": [], **choice} for choice in node["choices"]]
        for item in node.values():
            yield from questions(item)


def spoken(procedure: Path) -> Iterator[tuple[list[dict[str, Any]], dict[str, Any], str]]:
    for choices in questions(yaml.safe_load(procedure.read_text(encoding="utf-8"))):
        for choice in choices:
            for words in (choice["title"], *choice["also"]):
                yield choices, choice, words


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda path: path.stem)
def test_every_choice_is_known_by_each_of_its_words(procedure: Path) -> None:
    for choices, choice, words in spoken(procedure):
        assert match_choice(choices, words) == str(choice["value"]), words


@pytest.mark.parametrize("no", ["不是", "我不是", "并不是因为"])
@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda path: path.stem)
def test_no_choice_is_taken_by_who_says_no_to_it(procedure: Path, no: str) -> None:
    for choices, choice, words in spoken(procedure):
        if "，" not in words:  # which ends what a no reaches
            assert match_choice(choices, no + words) != str(choice["value"]), no + words
