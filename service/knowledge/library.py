"""All that is known, read once: what may be told about a topic, and what stands against a wrong claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.knowledge.contacts import FoundContact, KnownContact, check_contacts, load_known
from service.knowledge.entries import Claim, Fact, TopicFile
from service.knowledge.files import read_topics
from service.knowledge.search import Index
from service.platform.settings import OfficialContact

REPEATS_A_CLAIM = 0.5
"""From this likeness on a sentence is taken to repeat a claim."""
FITS = 0.35
"""Below this likeness a topic is answered as a whole: a special answer that does not fit is worse."""
RELATED = 0.2
"""Below this likeness an entry has nothing to do with a sentence."""


@dataclass(frozen=True)
class Told:
    """A confirmed fact: the only thing that is ever told."""

    topic: str
    fact: Fact


@dataclass(frozen=True)
class Found:
    """An entry of any status that fits a sentence."""

    topic: str
    entry: Fact | Claim
    score: float


class Library:
    """The facts and claims of all topics."""

    def __init__(self, topics: Mapping[str, TopicFile]) -> None:
        self._entries = {entry.id: (topic, entry) for topic, file in topics.items() for entry in file.entries}
        self._facts = {
            entry.id: Told(topic, entry)
            for topic, entry in self._entries.values()
            if isinstance(entry, Fact) and entry.status == "confirmed"
        }
        self._wholes: dict[str, Told] = {}
        for told in self._facts.values():
            self._wholes.setdefault(told.topic, told)
        self._index = Index((entry.id, text) for _topic, entry in self._entries.values() for text in _texts(entry))

    def __iter__(self) -> Iterator[tuple[str, Fact | Claim]]:
        return iter(self._entries.values())

    def tell(self, topic: str, sentence: str = "") -> Told | None:
        """The confirmed fact of the topic that fits best; to a claim, what stands against it, whatever the topic."""
        if topic not in self._wholes:
            return None
        found = list(self._found(sentence))
        best = next((item for item in found if item.topic == topic and item.entry.id in self._facts), None)
        against = self._against_a_claim(found, better_than=best.score if best else 0.0)
        return against or (self._facts[best.entry.id] if best and best.score >= FITS else self._wholes[topic])

    def fact(self, topic: str, fact_id: str) -> Told | None:
        """This very fact, if it may be told."""
        told = self._facts.get(fact_id)
        return told if told and told.topic == topic else None

    def correction(self, sentence: str) -> Told | None:
        """What stands against a claim that the sentence repeats, where nobody knows its topic."""
        return self._against_a_claim(list(self._found(sentence)), better_than=0.0)

    def search(self, sentence: str, limit: int) -> list[Told]:
        """Confirmed facts of all topics, best first; a repeated claim brings what stands against it."""
        found = list(self._found(sentence))
        facts = [(item.score, self._facts[item.entry.id]) for item in found if item.entry.id in self._facts]
        against = self._against_a_claim(found, better_than=facts[0][0] if facts else 0.0)
        told = {item.fact.id: item for item in ([against] if against else [])}
        for _score, item in facts:
            told.setdefault(item.fact.id, item)
        return list(told.values())[:limit]

    def search_all(self, sentence: str, limit: int) -> list[Found]:
        """Entries of every status, for the staff."""
        return list(self._found(sentence))[:limit]

    def _found(self, sentence: str) -> Iterator[Found]:
        near = self._index.near(sentence)
        return (Found(*self._entries[key], score) for key, score in near.items() if score >= RELATED)

    def _against_a_claim(self, found: list[Found], better_than: float) -> Told | None:
        for item in found:
            if isinstance(item.entry, Claim):
                repeated = item.score >= REPEATS_A_CLAIM and item.score > better_than
                return self._facts[item.entry.instead] if repeated else None
        return None


@dataclass(frozen=True)
class Knowledge:
    library: Library
    known_contacts: tuple[KnownContact, ...]

    def contacts_in(self, text: str, confirmed: Sequence[OfficialContact]) -> list[FoundContact]:
        return check_contacts(text, confirmed, self.known_contacts)


def load_knowledge(folder: Path) -> Knowledge:
    """A mistake in a file stops the start with its place and remedy."""
    return Knowledge(Library(read_topics(folder)), load_known(folder / "contacts" / "known.yml"))


def _texts(entry: Fact | Claim) -> tuple[str, ...]:
    return (*entry.asked, entry.claim if isinstance(entry, Claim) else entry.answer)
