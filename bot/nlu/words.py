"""The word lists of data/words, which people edit: read once, checked against their schema, ready to search with."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml
from jsonschema import Draft202012Validator

from bot.nlu.text import fold

FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "words"
_GAP: Final = ".{0,12}?"
_NEVER: Final = r"(?!)"


class WordsError(Exception):
    """A word list is wrong; the text names the file, the place and what is wrong there."""


@dataclass(frozen=True)
class Telling:
    """Expressions that tell something of a sentence, unless one of the others stands in it."""

    say: re.Pattern[str]
    unless: re.Pattern[str]

    def search(self, folded: str) -> re.Match[str] | None:
        """The first expression in a folded text that counts."""
        return None if self.unless.search(folded) else self.say.search(folded)


@dataclass(frozen=True)
class Ambiguity:
    """What to ask when a word stands alone, and the meanings that it may have."""

    ask: str
    meanings: tuple[str, ...]


@dataclass(frozen=True)
class RequestWords:
    """How several requests are joined in one message, and what is no request of its own."""

    joins: re.Pattern[str]
    asking: re.Pattern[str]
    wishing: re.Pattern[str]
    background: re.Pattern[str]
    empty: re.Pattern[str]
    one_thought: re.Pattern[str]


@dataclass(frozen=True)
class ChangeWords:
    """How one thing is dropped and another wanted in the same message."""

    dropping: re.Pattern[str]
    wanting: re.Pattern[str]
    wanting_after_a_break: re.Pattern[str]


@dataclass(frozen=True)
class Words:
    """All lists."""

    around: re.Pattern[str]
    ambiguous: dict[str, Ambiguity]
    mood: tuple[tuple[str, Telling], ...]
    consumer: Telling
    gestures: dict[str, str]
    requests: RequestWords
    changes: ChangeWords


@lru_cache(maxsize=1)
def words() -> Words:
    """The lists of this installation."""
    return read_words(FOLDER)


def read_words(folder: Path) -> Words:
    """Reads every list of a folder."""
    lists = _read_files(folder)
    ambiguous = lists["ambiguous"]
    return Words(
        around=_any_of(ambiguous["around"]),
        ambiguous={
            _bare(word): Ambiguity(entry["ask"], tuple(entry["meanings"]))
            for entry in ambiguous["words"]
            for word in entry["say"]
        },
        mood=tuple((entry["kind"], _telling(entry)) for entry in lists["mood"]),
        consumer=_telling(lists["consumer"]),
        gestures={sign: entry["meaning"] for entry in lists["gestures"] for sign in entry["show"]},
        requests=_request_words(lists["requests"]),
        changes=ChangeWords(**{name: _any_of(expressions) for name, expressions in lists["changes"].items()}),
    )


def _request_words(lists: dict[str, list[str]]) -> RequestWords:
    starts = f"^(?:{_any_of(lists['commands']).pattern})"
    return RequestWords(
        joins=_any_of(lists["joins"]),
        asking=_any_of(lists["asking"]),
        wishing=re.compile(f"{_any_of(lists['wishing']).pattern}|{starts}"),
        background=_any_of(lists["background"]),
        empty=_any_of(lists["empty"]),
        one_thought=_any_of(lists["one_thought"]),
    )


def _telling(entry: dict[str, list[str]]) -> Telling:
    return Telling(_any_of(entry["say"]), _any_of(entry["unless"]))


def _any_of(expressions: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all; the longest first, so that a part of an expression does not shadow it."""
    folded = sorted(map(fold, expressions), key=len, reverse=True)
    return re.compile("|".join(_GAP.join(map(re.escape, part.split("…"))) for part in folded) or _NEVER)


def _bare(word: str) -> str:
    return re.sub(r"\s+", "", fold(word))


def _read_files(folder: Path) -> dict[str, Any]:
    schema = Draft202012Validator(json.loads((folder / "schema.json").read_text(encoding="utf-8")))
    lists: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for error in schema.iter_errors(content):
            place = " → ".join(map(str, error.absolute_path)) or "the whole file"
            raise WordsError(f"{path}: {place}: {error.message}")
        lists |= content
    missing = schema.schema["properties"].keys() - lists.keys()
    if missing:
        raise WordsError(f"{folder}: no file has the list {', '.join(sorted(missing))}")
    return lists
