"""Facts with their sources, claims that must not be repeated, and the official contacts.

The public face: what other folders may import stands here. `service/app.py` wires it so:
`app.state.knowledge = load_knowledge(settings.knowledge_dir)`, and the routers, that of the review desk with its door.
"""

from service.knowledge.api import create_review_router, router
from service.knowledge.contacts import (
    NO_COMPLAINT_ROUTE,
    NOT_CONFIGURED,
    ContactCheck,
    ContactFileError,
    FoundContact,
    check_contacts,
    fill_in_contacts,
    say_complaints,
    say_contacts,
)
from service.knowledge.entries import Claim, Fact
from service.knowledge.files import KnowledgeFileError
from service.knowledge.library import Found, Knowledge, Library, Told, load_knowledge

__all__ = [
    "NOT_CONFIGURED",
    "NO_COMPLAINT_ROUTE",
    "Claim",
    "ContactCheck",
    "ContactFileError",
    "Fact",
    "Found",
    "FoundContact",
    "Knowledge",
    "KnowledgeFileError",
    "Library",
    "Told",
    "check_contacts",
    "create_review_router",
    "fill_in_contacts",
    "load_knowledge",
    "router",
    "say_complaints",
    "say_contacts",
]
