"""What the routes of notes and second opinions take (docs/protocol.md §4)."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from service.cases.counsel.models import Advice
from service.cases.schemas import Request

Words = Annotated[str, Field(min_length=1, max_length=1_000)]


class _Written(Request):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class NoteIn(_Written):
    text: Words


class OpinionIn(_Written):
    colleague_id: Annotated[str, Field(min_length=1, max_length=32)]
    question: Words


class AdviceIn(_Written):
    advice: Advice
    text: Words
