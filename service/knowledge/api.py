"""HTTP: what is known, confirmed contacts, and the check of a number or address (docs/protocol.md §3 and §4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from service.knowledge.contacts import check_contacts
from service.knowledge.library import Knowledge
from service.knowledge.schemas import (
    CheckIn,
    CheckOut,
    ContactList,
    ContactOut,
    EntryList,
    EntryOut,
    FactList,
    FactOut,
    FoundOut,
)
from service.platform.context import CurrentPlatform
from service.platform.problems import NotFound

router = APIRouter(tags=["knowledge"])

Sentence = Annotated[str, Query(max_length=2000)]
Limit = Annotated[int, Query(ge=1, le=50)]


class NoSuchTopic(NotFound):
    detail = "这个问题我们还没有整理好答案，可以换个说法，或者说“转人工”。"


async def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge


CurrentKnowledge = Annotated[Knowledge, Depends(_knowledge)]


@router.get("/v1/knowledge")
def search_facts(knowledge: CurrentKnowledge, platform: CurrentPlatform, q: Sentence, limit: Limit = 5) -> FactList:
    """Confirmed facts of all topics that fit the sentence, best first."""
    contacts = platform.settings.official_contacts
    return FactList(items=[FactOut.of(told, contacts) for told in knowledge.library.search(q, limit)])


@router.get("/v1/knowledge/{topic}")
def get_fact(
    topic: Annotated[str, Path(max_length=40)],
    knowledge: CurrentKnowledge,
    platform: CurrentPlatform,
    q: Sentence = "",
    fact_id: Annotated[str, Query(alias="id", max_length=60)] = "",
) -> FactOut:
    """The fact of that id, or the one of the topic that fits the sentence best."""
    library = knowledge.library
    told = library.fact(topic, fact_id) if fact_id else library.tell(topic, q)
    if told is None:
        raise NoSuchTopic
    return FactOut.of(told, platform.settings.official_contacts)


@router.get("/v1/corrections")
def find_correction(knowledge: CurrentKnowledge, platform: CurrentPlatform, q: Sentence) -> FactList:
    """The confirmed fact that stands against a wrong claim in the sentence; none when it repeats none."""
    told = knowledge.library.correction(q)
    return FactList(items=[FactOut.of(told, platform.settings.official_contacts)] if told else [])


@router.get("/v1/contacts")
def list_contacts(platform: CurrentPlatform) -> ContactList:
    """Only what is confirmed; an empty list means that none is."""
    return ContactList(items=[ContactOut.model_validate(item) for item in platform.settings.official_contacts])


@router.post("/v1/contacts/check")
def check(body: CheckIn, knowledge: CurrentKnowledge, platform: CurrentPlatform) -> CheckOut:
    found = check_contacts(body.text, platform.settings.official_contacts, knowledge.known_contacts)
    return CheckOut(found=[FoundOut.model_validate(item) for item in found])


def create_review_router(door: Callable[..., object]) -> APIRouter:
    """What the staff may read: everything, with the reasons. Who they are is not known here, so the door is given."""
    review = APIRouter(tags=["knowledge"], dependencies=[Depends(door)])

    @review.get("/v1/review/knowledge")
    def search_entries(
        knowledge: CurrentKnowledge, platform: CurrentPlatform, q: Sentence, limit: Limit = 10
    ) -> EntryList:
        """Entries of every status that fit the sentence, best first."""
        contacts = platform.settings.official_contacts
        return EntryList(items=[EntryOut.of(found, contacts) for found in knowledge.library.search_all(q, limit)])

    return review
