"""All that is read from the knowledge folder, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from service.knowledge.contacts import KnownContact, load_known
from service.knowledge.facts import Facts, load_facts


@dataclass(frozen=True)
class Knowledge:
    facts: Facts
    known_contacts: tuple[KnownContact, ...]


def load_knowledge(folder: Path) -> Knowledge:
    """A mistake in a file stops the start with its place and remedy."""
    return Knowledge(facts=load_facts(folder), known_contacts=load_known(folder / "contacts" / "known.yml"))
