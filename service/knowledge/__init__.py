"""Facts with their sources, and the official contacts.

The public face: what other folders may import stands here. `service/app.py` wires it so:
`app.state.knowledge = load_knowledge(settings.knowledge_dir)`, and the router.
"""

from service.knowledge.api import router
from service.knowledge.contacts import NOT_CONFIGURED, ContactFileError, FoundContact, check_contacts, say_contacts
from service.knowledge.facts import Fact, Facts, KnowledgeFileError
from service.knowledge.library import Knowledge, load_knowledge

__all__ = [
    "NOT_CONFIGURED",
    "ContactFileError",
    "Fact",
    "Facts",
    "FoundContact",
    "Knowledge",
    "KnowledgeFileError",
    "check_contacts",
    "load_knowledge",
    "router",
    "say_contacts",
]
