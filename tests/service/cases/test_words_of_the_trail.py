"""Whatever the service notes down about an application has a word in the page where auditors read it."""

import re

import pytest

from service.cases.rules import Event
from service.cases.wording import NOTE_TITLES, UNTOLD
from service.platform.settings import REPOSITORY

TEXTS = REPOSITORY / "web" / "desk" / "rooms" / "text"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_event_has_a_word(language: str) -> None:
    named = set(re.findall(r"^\s+event_(\w+):", (TEXTS / f"{language}.ts").read_text(encoding="utf-8"), re.MULTILINE))
    assert {*Event, *NOTE_TITLES, *UNTOLD} - named == set()
