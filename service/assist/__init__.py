"""What helps an agent who serves: suggestions and what became of them, a look at drafts, a first summary.

The public face: what other folders may import stands here. Conversations hand in what this folder needs from them
(`Chats`, `Bot`), `service/app.py` puts it together. Who takes in an agent's message asks `check_draft` before and calls
`sent` in its transaction; who hands back or closes a conversation calls `moved_on`; streams ask `newest`.
"""

from service.assist.api import create_reading_router, router
from service.assist.drafts import NEVER_CONFIRMED, DraftWarning, WarningCode
from service.assist.models import CorrectedMeaning
from service.assist.ports import Ask, Bot, BotSilent, Chats, Heard, Line, Rehearsed, Scene, Sender, Status
from service.assist.report import report as suggestion_report
from service.assist.schemas import SuggestionReport, WarningOut
from service.assist.service import Assist
from service.assist.store import UNSEEN_DAYS, forget, forget_unseen, moved_on
from service.assist.store import corrections as corrected_meanings
from service.assist.worker import Suggester

__all__ = [
    "NEVER_CONFIRMED",
    "UNSEEN_DAYS",
    "Ask",
    "Assist",
    "Bot",
    "BotSilent",
    "Chats",
    "CorrectedMeaning",
    "DraftWarning",
    "Heard",
    "Line",
    "Rehearsed",
    "Scene",
    "Sender",
    "Status",
    "Suggester",
    "SuggestionReport",
    "WarningCode",
    "WarningOut",
    "corrected_meanings",
    "create_reading_router",
    "forget",
    "forget_unseen",
    "moved_on",
    "router",
    "suggestion_report",
]
