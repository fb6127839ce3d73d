"""Use cases of readings: ask for one, make it, show it, forget it. A reading points, and people decide."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.cases import audit, store
from service.cases.answers.amount import format_fen
from service.cases.audit import SYSTEM
from service.cases.dossier import Dossier
from service.cases.models import Application, ApplicationFile
from service.cases.parts import Parts
from service.cases.reading import checks
from service.cases.reading.checks import Expectation, Flag
from service.cases.reading.expected import expectations
from service.cases.reading.fields import LABELS, Field
from service.cases.reading.models import DocumentReading
from service.cases.reading.reader import MAX_PAGES
from service.cases.reading.understanding import Understanding, from_json, to_json, understand
from service.cases.reading.worker import Unread
from service.cases.schemas import FieldReadOut, FlagOut, ReadingOut
from service.platform.database import rows_of
from service.platform.masking import mask_card, mask_id_number, mask_name
from service.platform.outbox import publish

TOPIC_FILE_ADDED = "application.file_added"
KEPT_DAYS = 90
EVENT = "document_read"
"""For the audit alone: the timeline of an application does not tell it."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Outcome:
    state: str
    took_ms: int
    reading: Understanding | None = None


class Readings:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def ask(self, session: Session, file: ApplicationFile) -> None:
        """With the upload, in its transaction; nothing where documents are not read."""
        if self._parts.reader is None:
            return
        now = self._parts.platform.clock.now()
        row = DocumentReading(file_id=file.id, application_id=file.application_id, state="waiting", created_at=now)
        session.add(row)
        publish(session, TOPIC_FILE_ADDED, {"file_id": file.id}, now=now)

    def make(self, file_id: str) -> None:
        """Reads the file, once: doing it again changes nothing. The reading itself is outside of any transaction."""
        with self._parts.platform.database.session() as session:
            file = session.get(ApplicationFile, file_id)
            row = session.get(DocumentReading, file_id)
            if file is None or row is None or row.state != "waiting":
                return
        self._keep(file, self._read(file))

    def give_up(self, file_id: str) -> None:
        """For a file that could not even be tried, so that nobody waits for it."""
        with self._parts.platform.database.session() as session:
            file = session.get(ApplicationFile, file_id)
        if file is not None:
            self._keep(file, _Outcome("failed", 0))

    def shown(self, session: Session, dossier: Dossier) -> dict[str, ReadingOut]:
        """By file; flags are found anew, since answers and records may have changed."""
        rows = {row.file_id: row for row in self._rows(session, dossier.application.id)}
        expected = expectations(self._parts, dossier) if rows else {}
        elsewhere = _seen_elsewhere(session, dossier) if rows else {}
        return {
            file.id: self._view(file, rows[file.id], expected[file.document_key], elsewhere.get(file.digest))
            for file in dossier.files
            if file.id in rows
        }

    # --- making ---

    def _read(self, file: ApplicationFile) -> _Outcome:
        started = time.perf_counter()
        reader, reading = self._parts.reader, None
        try:
            if reader is not None:
                reading = understand(reader.read(self._parts.blobs.get(file.digest), file.content_type))
        except Unread as error:
            log.warning("reading.failed", file=file.id, why=error.why)
        except FileNotFoundError:
            log.warning("reading.failed", file=file.id, why="no_content")
        took_ms = round((time.perf_counter() - started) * 1000)
        return _Outcome("read" if reading else "failed", took_ms, reading)

    def _keep(self, file: ApplicationFile, outcome: _Outcome) -> None:
        with self._parts.platform.database.begin() as session:
            # The application first, as everywhere: its trail is written to.
            query = select(Application).where(Application.id == file.application_id).with_for_update()
            application = session.scalars(query).one()
            row = session.get(DocumentReading, file.id)
            if row is None or row.state != "waiting":
                return  # the file was removed meanwhile, or another copy was faster
            row.state, row.took_ms = outcome.state, outcome.took_ms
            if outcome.reading:
                row.sealed = self._parts.platform.cipher.encrypt(to_json(outcome.reading), context=_context(file.id))
            dossier = store.dossier(session, application, self._parts.catalogue)
            flags = self._flags(file, row, expectations(self._parts, dossier)[file.document_key], None)
            row.warnings = sum(flag.severity == "warning" for flag in flags)
            self._note(session, application, file, outcome, flags)

    def _note(
        self,
        session: Session,
        application: Application,
        file: ApplicationFile,
        outcome: _Outcome,
        flags: Sequence[Flag],
    ) -> None:
        """Into the trail, without a new version: a reviewer who is deciding has lost nothing."""
        data = {"file": file.id, "reading": outcome.state, "flags": [flag.code for flag in flags]}
        now = self._parts.platform.clock.now()
        audit.append(session, application, EVENT, SYSTEM, at=now, source=application.state, data=data)

    # --- showing ---

    @staticmethod
    def _rows(session: Session, application_id: str) -> Sequence[DocumentReading]:
        return session.scalars(select(DocumentReading).where(DocumentReading.application_id == application_id)).all()

    def _view(
        self, file: ApplicationFile, row: DocumentReading, expected: Expectation, elsewhere: Flag | None
    ) -> ReadingOut:
        reading = self._open(row)
        flags = self._flags(file, row, expected, elsewhere)
        return ReadingOut.model_validate(
            {
                "state": row.state,
                "score": reading.score if reading else None,
                "fields": _fields(reading, expected) if reading else [],
                "flags": [FlagOut(code=flag.code, text=flag.text, severity=flag.severity) for flag in flags],
                "took_ms": row.took_ms,
            }
        )

    def _flags(
        self, file: ApplicationFile, row: DocumentReading, expected: Expectation, elsewhere: Flag | None
    ) -> list[Flag]:
        reading = self._open(row)
        found = checks.flags(reading, expected) if reading else []
        if row.state == "failed":
            found.append(checks.UNREAD)
        if row.state == "read" and file.pages > MAX_PAGES:
            found.append(checks.pages_left(MAX_PAGES, file.pages))
        return [*found, elsewhere] if elsewhere else found

    def _open(self, row: DocumentReading) -> Understanding | None:
        if row.sealed is None:
            return None
        return from_json(self._parts.platform.cipher.decrypt(row.sealed, context=_context(row.file_id)))


def flagged(session: Session, application_ids: Sequence[str]) -> set[str]:
    """Which of these applications have a reading with a warning."""
    query = select(DocumentReading.application_id).where(
        DocumentReading.application_id.in_(application_ids), DocumentReading.warnings > 0
    )
    return set(session.scalars(query.distinct()))


def forget_readings(session: Session, now: datetime) -> int:
    """Those whose time is over; the files stay, and people look at them."""
    too_old = DocumentReading.created_at < now - timedelta(days=KEPT_DAYS)
    return rows_of(session.execute(delete(DocumentReading).where(too_old)))


def _context(file_id: str) -> str:
    return f"reading:{file_id}"


def _seen_elsewhere(session: Session, dossier: Dossier) -> dict[str, Flag]:
    """By content: the same file in other applications that were filed."""
    application = dossier.application
    query = (
        select(ApplicationFile.digest, Application.application_no, Application.merchant_id)
        .join(Application, Application.id == ApplicationFile.application_id)
        .where(
            ApplicationFile.digest.in_([file.digest for file in dossier.files]),
            Application.id != application.id,
            Application.submitted_at.is_not(None),
        )
        .order_by(Application.application_no)
        .distinct()
    )
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for digest, number, merchant_id in session.execute(query):
        found[digest].append((number, merchant_id == application.merchant_id))
    return {digest: _elsewhere(places) for digest, places in found.items()}


def _elsewhere(places: Sequence[tuple[str, bool]]) -> Flag:
    """Those of other merchants first: only they are remarkable."""
    others = [number for number, own in places if not own]
    own = [number for number, own in places if own]
    return checks.seen_elsewhere((others or own)[:3], same_merchant=not others)


# --- values as people may see them ---


def _fields(reading: Understanding, expected: Expectation) -> list[FieldReadOut]:
    """What the document should show, in that order; of a document without such a list, whatever there is."""
    keys = expected.shown or tuple(reading.fields)
    return [
        FieldReadOut(key=key, label=LABELS[key], value=_show(field, expected), score=field.score)
        for key in keys
        if (field := reading.fields.get(key)) is not None
    ]


_NAMES = frozenset({"merchant_name", "payer", "payee", "holder", "person", "business_name", "party_a", "party_b"})
_BUSINESS = re.compile(r"[店行部厂铺馆社司场院]|中心|公司")


def _show(field: Field, expected: Expectation) -> str:
    match field.key:
        case "amount" | "amount_words":
            return format_fen(int(field.value))
        case "id_number":
            return mask_id_number(field.value)
        case "card_number":
            return mask_card(field.value)
        case key if key in _NAMES and field.value != expected.merchant and not _BUSINESS.search(field.value):
            return mask_name(field.value)
        case _:
            return field.value
