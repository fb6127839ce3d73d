"""What goes over HTTP (docs/protocol.md §3 and §4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from service.knowledge.contacts import fill_in_contacts
from service.knowledge.entries import Claim, Status
from service.knowledge.library import Found, Told
from service.platform.settings import OfficialContact


class FactOut(BaseModel):
    id: str
    topic: str
    answer: str
    details: str
    procedure: str | None
    source: str
    status: Status
    reviewed_on: date

    @classmethod
    def of(cls, told: Told, contacts: Sequence[OfficialContact]) -> Self:
        fact = told.fact
        return cls(
            id=fact.id,
            topic=told.topic,
            answer=fill_in_contacts(fact.answer, contacts),
            details=fill_in_contacts("\n".join(fact.details), contacts),
            procedure=fact.procedure,
            source=fact.source.name,
            status=fact.status,
            reviewed_on=fact.reviewed_on,
        )


class FactList(BaseModel):
    items: list[FactOut]


class EntryOut(BaseModel):
    """An entry as the staff see it: a fact has answer, details and procedure, a claim has claim, reason and instead."""

    id: str
    topic: str
    status: Status
    score: float
    source: str
    source_note: str
    reviewed_on: date
    answer: str | None = None
    details: str | None = None
    procedure: str | None = None
    claim: str | None = None
    reason: str | None = None
    instead: str | None = None

    @classmethod
    def of(cls, found: Found, contacts: Sequence[OfficialContact]) -> Self:
        entry = found.entry
        out = cls(
            id=entry.id,
            topic=found.topic,
            status=entry.status,
            score=round(found.score, 3),
            source=entry.source.name,
            source_note=entry.source.note,
            reviewed_on=entry.reviewed_on,
        )
        if isinstance(entry, Claim):
            return out.model_copy(update={"claim": entry.claim, "reason": entry.reason, "instead": entry.instead})
        return out.model_copy(
            update={
                "answer": fill_in_contacts(entry.answer, contacts),
                "details": fill_in_contacts("\n".join(entry.details), contacts),
                "procedure": entry.procedure,
            }
        )


class EntryList(BaseModel):
    items: list[EntryOut]


class ContactOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

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
    note: str | None


class CheckOut(BaseModel):
    found: list[FoundOut]
