"""Use cases of documents: take an upload in, remove one, give one back, sweep what nobody refers to."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.accounts import Actor
from service.cases import owners, store
from service.cases.audit import SYSTEM
from service.cases.documents.errors import DocumentClosed, TooManyFiles
from service.cases.documents.sanitise import Clean, preview
from service.cases.dossier import Dossier
from service.cases.errors import NoSuchApplication, NoSuchDocument
from service.cases.life import Life
from service.cases.models import Application, ApplicationDocument, ApplicationFile
from service.cases.parts import Parts
from service.cases.reading.service import Readings
from service.cases.rules import MERCHANT_ACTIONS, WAITS_FOR_DOCUMENTS, DocumentState, Event, State
from service.platform.ids import new_id
from service.platform.problems import NotFound

MAX_FILES = 12
MAX_FILES_PER_DOCUMENT = 5
MAX_TOTAL_BYTES = 60 * 1024 * 1024
ORPHAN_AFTER_SECONDS = 3600.0
_EXTENSIONS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}


@dataclass(frozen=True)
class Upload:
    """A file that was checked and is in the store already; a row makes it part of an application."""

    name: str
    clean: Clean
    digest: str
    source_digest: str


class Papers:
    def __init__(self, parts: Parts, life: Life, readings: Readings) -> None:
        self._parts = parts
        self._life = life
        self._readings = readings

    def keep(self, name: str, source: bytes, clean: Clean) -> Upload:
        """Before the transaction, so that no lock waits for a disk; what no row refers to is swept."""
        digest = self._parts.blobs.put(clean.content)
        return Upload(safe_name(name, clean.content_type), clean, digest, hashlib.sha256(source).hexdigest())

    def may_upload(self, session: Session, application_no: str, actor: Actor, key: str) -> None:
        """Said before the work of checking a file is done."""
        self._open(session, application_no, actor, key, lock=False)

    def add(self, session: Session, application_no: str, actor: Actor, key: str, upload: Upload) -> ApplicationFile:
        application, dossier = self._open(session, application_no, actor, key, lock=True)
        row = dossier.document(key)
        sent_back = row is not None and row.state == DocumentState.REJECTED
        known = next((file for file in dossier.files_of(key) if file.source_digest == upload.source_digest), None)
        if known is not None and not sent_back:
            return known
        if sent_back:
            self._remove(session, dossier.files_of(key))
        self._check_room(store.dossier(session, application, self._parts.catalogue), key, upload)
        file = self._row(application, key, upload)
        session.add(file)
        session.flush()
        self._readings.ask(session, file)
        self._set_state(session, application, row, key)
        title = ", ".join(dossier.titles([key]))
        self._life.note(
            session, application, "document_uploaded", owners.by(actor), detail=title, data={"file": file.id}
        )
        self._go_on_if_complete(session, application, actor)
        return file

    def remove(self, session: Session, application_no: str, actor: Actor, key: str, file_id: str) -> Application:
        application, dossier = self._open(session, application_no, actor, key, lock=True)
        if dossier.state == State.IN_REVIEW:
            raise DocumentClosed("材料正在审核，现在不能删除；需要更换时请直接上传新的。")
        files = dossier.files_of(key)
        file = next((file for file in files if file.id == file_id), None)
        if file is None:
            raise NotFound
        self._remove(session, [file])
        row = dossier.document(key)
        if row is not None and row.state == DocumentState.UPLOADED and len(files) == 1:
            row.state = DocumentState.MISSING
        title = ", ".join(dossier.titles([key]))
        self._life.note(
            session, application, "document_deleted", owners.by(actor), detail=title, data={"file": file_id}
        )
        return application

    def content(self, session: Session, file_id: str, actor: Actor | None) -> tuple[ApplicationFile, bytes]:
        """The stored file, for its owner or (without an actor) for the staff."""
        found = store.file_by_id(session, file_id)
        if found is None:
            raise NotFound
        file, application = found
        if actor is not None:
            try:
                store.find(session, application.application_no, actor)
            except NoSuchApplication:
                raise NotFound from None
        return file, self._parts.blobs.get(file.digest)

    def preview(self, file: ApplicationFile, content: bytes, page: int) -> bytes:
        if page > file.pages:
            raise NotFound
        return preview(content, file.content_type, page)

    def sweep(self, session: Session) -> int:
        """Removes stored content that no row refers to: of uploads that broke off, and of files removed since."""
        orphans = [
            digest
            for digest in self._parts.blobs.older_than(ORPHAN_AFTER_SECONDS)
            if not store.is_digest_used(session, digest)
        ]
        for digest in orphans:
            self._parts.blobs.delete(digest)
        return len(orphans)

    def _open(
        self, session: Session, application_no: str, actor: Actor, key: str, *, lock: bool
    ) -> tuple[Application, Dossier]:
        application = store.find(session, application_no, actor, lock=lock)
        dossier = store.dossier(session, application, self._parts.catalogue)
        if key not in {item.key for item in dossier.checklist}:
            raise NoSuchDocument
        if "upload" not in MERCHANT_ACTIONS.get(dossier.state, ()):
            raise DocumentClosed
        if dossier.document_states.get(key) == DocumentState.ACCEPTED and dossier.state != State.REJECTED:
            raise DocumentClosed("这份材料已经通过审核，不用再传。")
        return application, dossier

    def _check_room(self, dossier: Dossier, key: str, upload: Upload) -> None:
        total = sum(file.size for file in dossier.files) + len(upload.clean.content)
        per_document = len(dossier.files_of(key))
        if len(dossier.files) >= MAX_FILES or per_document >= MAX_FILES_PER_DOCUMENT or total > MAX_TOTAL_BYTES:
            raise TooManyFiles

    def _row(self, application: Application, key: str, upload: Upload) -> ApplicationFile:
        return ApplicationFile(
            id=new_id(),
            application_id=application.id,
            document_key=key,
            name=upload.name,
            content_type=upload.clean.content_type,
            size=len(upload.clean.content),
            pages=upload.clean.pages,
            digest=upload.digest,
            source_digest=upload.source_digest,
            created_at=self._parts.platform.clock.now(),
        )

    @staticmethod
    def _set_state(session: Session, application: Application, row: ApplicationDocument | None, key: str) -> None:
        if row is None:
            row = ApplicationDocument(application_id=application.id, key=key)
            session.add(row)
        row.state = DocumentState.UPLOADED
        row.reason_code = row.reason_text = row.decided_by = row.decided_at = None
        session.flush()

    @staticmethod
    def _remove(session: Session, files: list[ApplicationFile]) -> None:
        for file in files:
            session.delete(file)
        session.flush()

    def _go_on_if_complete(self, session: Session, application: Application, actor: Actor) -> None:
        dossier = store.dossier(session, application, self._parts.catalogue)
        silent = actor.kind == "bot"
        if dossier.state == State.RESTING:
            by, complete = owners.by(actor), not dossier.missing
            self._life.happen(session, application, Event.TAKEN_UP, by, silent=silent or complete)
        if dossier.state in WAITS_FOR_DOCUMENTS and not dossier.missing:
            self._life.happen(session, application, Event.DOCUMENTS_COMPLETE, SYSTEM, silent=silent)


def safe_name(name: str, content_type: str) -> str:
    """A name to show: without folders and control characters, with the extension of what is really stored."""
    base = re.sub(r"[\x00-\x1f\x7f\"<>|:*?\u202a-\u202e\u2066-\u2069]", "", re.split(r"[/\\]", name)[-1])
    stem = base.rsplit(".", 1)[0].strip(" .")[:60] or "文件"
    return stem + _EXTENSIONS[content_type]
