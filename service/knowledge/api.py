"""HTTP: facts by topic, confirmed contacts, and the check of a number or address (docs/protocol.md §3)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from service.knowledge.contacts import check_contacts, say_contacts
from service.knowledge.facts import Status
from service.knowledge.library import Knowledge
from service.platform.context import CurrentPlatform
from service.platform.problems import NotFound

router = APIRouter(tags=["knowledge"])


class FactOut(BaseModel):
    topic: str
    answer: str
    details: str
    procedure: str | None
    source: str
    status: Status


class ContactOut(BaseModel):
    kind: str
    value: str
    title: str


class ContactList(BaseModel):
    items: list[ContactOut]


class CheckIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=2000)]


class FoundOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    value: str
    kind: Literal["phone", "website", "email"]
    confirmed: bool
    owner: str | None


class CheckOut(BaseModel):
    found: list[FoundOut]


class NoSuchTopic(NotFound):
    detail = "这个问题我们还没有整理好答案，可以换个说法，或者说“转人工”。"


def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge


CurrentKnowledge = Annotated[Knowledge, Depends(_knowledge)]


@router.get("/v1/knowledge/{topic}")
def get_fact(
    topic: Annotated[str, Path(max_length=40)], knowledge: CurrentKnowledge, platform: CurrentPlatform
) -> FactOut:
    fact = knowledge.facts.get(topic)
    if fact is None:
        raise NoSuchTopic
    contacts = say_contacts(platform.settings.official_contacts)
    return FactOut(
        topic=fact.topic,
        answer=fact.answer.replace("{contacts}", contacts),
        details="\n".join(line.replace("{contacts}", contacts) for line in fact.details),
        procedure=fact.procedure,
        source=fact.source.name,
        status=fact.status,
    )


@router.get("/v1/contacts")
def list_contacts(platform: CurrentPlatform) -> ContactList:
    """Only what is confirmed; an empty list means that none is."""
    contacts = platform.settings.official_contacts
    return ContactList(items=[ContactOut(kind=item.kind, value=item.value, title=item.title) for item in contacts])


@router.post("/v1/contacts/check")
def check(body: CheckIn, knowledge: CurrentKnowledge, platform: CurrentPlatform) -> CheckOut:
    found = check_contacts(body.text, platform.settings.official_contacts, knowledge.known_contacts)
    return CheckOut(found=[FoundOut.model_validate(item) for item in found])
