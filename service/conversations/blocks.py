"""The typed blocks that messages are made of (docs/protocol.md §2), as the bot gives them and as they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

MAX_BLOCKS = 20
_No = Annotated[str, Field(pattern=r"^[0-9A-Z]{8,20}$")]
_Text = Annotated[str, Field(min_length=1, max_length=8_000)]
_Title = Annotated[str, Field(min_length=1, max_length=200)]


class _Block(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class TextBlock(_Block):
    type: Literal["text"] = "text"
    text: _Text


class NoticeBlock(_Block):
    type: Literal["notice"] = "notice"
    level: Literal["info", "warning"]
    text: _Text


class Choice(_Block):
    title: _Title
    style: Literal["primary", "plain"] = "plain"
    payload: Annotated[str, Field(min_length=1, max_length=4_000)]


class ChoicesBlock(_Block):
    type: Literal["choices"] = "choices"
    choices: Annotated[list[Choice], Field(min_length=1, max_length=30)]


class FormInput(_Block):
    name: str
    label: str
    kind: Literal["text", "name", "id_number", "bank_card", "bank_name"]
    required: bool = True
    placeholder: str = ""


class FormBlock(_Block):
    type: Literal["form"] = "form"
    form: Literal["identity", "secure_answer"]
    title: _Title
    note: str = ""
    prefill: dict[str, str | None] | None = None
    application_no: _No | None = None
    field: str | None = None
    inputs: list[FormInput] | None = None


class SummaryRow(_Block):
    field: str
    label: str
    value: str


class SummaryBlock(_Block):
    type: Literal["summary"] = "summary"
    application_no: _No
    title: _Title
    rows: list[SummaryRow]


class ApplicationBlock(_Block):
    """A card that is drawn from the live application."""

    type: Literal["checklist", "progress", "agreement"]
    application_no: _No


Block = Annotated[
    TextBlock | NoticeBlock | ChoicesBlock | FormBlock | SummaryBlock | ApplicationBlock, Field(discriminator="type")
]
BLOCKS: TypeAdapter[list[Block]] = TypeAdapter(Annotated[list[Block], Field(min_length=1, max_length=MAX_BLOCKS)])


@dataclass(frozen=True)
class Issued:
    """A choice with the id that it has inside its message."""

    choice_id: str
    choice: Choice


def publish_blocks(blocks: Iterable[Block]) -> tuple[list[dict[str, Any]], list[Issued]]:
    """The blocks as a browser may see them, and the choices with the payloads that it may not."""
    shown: list[dict[str, Any]] = []
    issued: list[Issued] = []
    for block in blocks:
        if isinstance(block, ChoicesBlock):
            own = [Issued(f"c{len(issued) + number}", choice) for number, choice in enumerate(block.choices, start=1)]
            issued += own
            buttons = [{"id": item.choice_id, "title": item.choice.title, "style": item.choice.style} for item in own]
            shown.append({"type": "choices", "choices": buttons})
        else:
            shown.append(block.model_dump(mode="json", exclude_none=True))
    return shown, issued


def text_block(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def notice_block(text: str) -> dict[str, Any]:
    """A marked line, as the service itself says one."""
    return NoticeBlock(level="info", text=text).model_dump()
