"""Procedures, applications, documents, review, agreement, payout, deadlines.

The public face: what other folders may import stands here. `service/app.py` wires it so:
`app.state.cases = create_cases(platform, directory)`, `subscribe(cases)`, the routers, and `schedule` once DBOS runs.
"""

from service.cases.api import router
from service.cases.counsel.api import router as counsel_router
from service.cases.desk import Cases
from service.cases.documents.sanitise import sanitise
from service.cases.doors import READERS
from service.cases.errors import LastReason, ReasonKnown, ReasonUnknown
from service.cases.forgetting import forget_unfiled
from service.cases.jobs import schedule
from service.cases.life import TOPIC_CHANGED, TOPIC_HAPPENED, TOPIC_NOTICE
from service.cases.matters import Matter
from service.cases.payout.api import router as payout_router
from service.cases.payout.books import reconcile
from service.cases.procedures.catalogue import ProcedureFileError
from service.cases.proof.api import router as audit_router
from service.cases.proof.verification import HeadsUnreadable, heads, read_heads, verify, write_head
from service.cases.queue.api import router as queue_router
from service.cases.reading.jobs import QUEUE as READING_QUEUE
from service.cases.reading.jobs import QUEUE_LIMITS as READING_LIMITS
from service.cases.reading.service import forget_readings
from service.cases.reason_book import ReasonBook, ReasonEntry, ReasonKind
from service.cases.reasons import ReasonFileError
from service.cases.reminders.policy import ReminderFileError
from service.cases.reminders.service import STAFF_NOTICE_KINDS, TOPIC_STAFF_NOTICE
from service.cases.reports.api import router as reports_router
from service.cases.review_api import router as review_router
from service.cases.schemas import ApplicationOut, DocumentOut, StepOut
from service.cases.settings import CaseSettings
from service.cases.trial_api import router as trial_router
from service.cases.wiring import create_cases, subscribe
from service.cases.workdays import CalendarFileError

routers = (
    router,
    trial_router,
    queue_router,
    review_router,
    counsel_router,
    reports_router,
    audit_router,
    payout_router,
)

TOPIC_ANSWER_SAVED = "application.answer_saved"

QUEUES = {READING_QUEUE: READING_LIMITS}
"""Queues of durable jobs, with their limits."""

__all__ = [
    "QUEUES",
    "READERS",
    "STAFF_NOTICE_KINDS",
    "TOPIC_ANSWER_SAVED",
    "TOPIC_CHANGED",
    "TOPIC_HAPPENED",
    "TOPIC_NOTICE",
    "TOPIC_STAFF_NOTICE",
    "ApplicationOut",
    "CalendarFileError",
    "CaseSettings",
    "Cases",
    "DocumentOut",
    "HeadsUnreadable",
    "LastReason",
    "Matter",
    "ProcedureFileError",
    "ReasonBook",
    "ReasonEntry",
    "ReasonFileError",
    "ReasonKind",
    "ReasonKnown",
    "ReasonUnknown",
    "ReminderFileError",
    "StepOut",
    "create_cases",
    "forget_readings",
    "forget_unfiled",
    "heads",
    "read_heads",
    "reconcile",
    "routers",
    "sanitise",
    "schedule",
    "subscribe",
    "verify",
    "write_head",
]
