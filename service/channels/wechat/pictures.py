"""Pictures and files go to the checklist item that is open: fetched at once, and checked as any upload."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy.orm import Session

from service.accounts import Actor
from service.cases import ApplicationOut, DocumentOut, sanitise
from service.channels.wechat import store, words
from service.channels.wechat.api import ApiError, Meaning
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.parts import Parts
from service.platform.problems import Problem

PICTURES_TOGETHER = timedelta(seconds=2)
_NOT_NOW = (Meaning.BUSY, Meaning.UNKNOWN, Meaning.DAY_USED)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Taken:
    """What became of a picture: put into a checklist, refused with words, or neither, where nothing waits for one."""

    kept: bool = False
    words: str | None = None


class Pictures:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def keep(self, inbound: Inbound, conversation_id: str) -> Taken:
        with self._parts.platform.database.session() as session:
            if store.is_kept(session, inbound.key):
                return Taken(kept=True)
            if self._place(session, self._parts.actor(session, conversation_id)) is None:
                return Taken()
        try:
            source = self._fetch(inbound)
            return Taken(kept=self._add(inbound, conversation_id, source))
        except ApiError as error:
            log.warning("wechat.picture_lost", error=str(error))
            if error.meaning is Meaning.BUSY:
                raise
            return Taken(words=words.FILE_LOST if inbound.kind == "file" else words.PICTURE_LOST)
        except Problem as problem:
            refused = words.FILE_REFUSED if inbound.kind == "file" else words.PICTURE_REFUSED
            return Taken(words=refused.format(reason=problem.detail))

    def _place(self, session: Session, actor: Actor) -> tuple[str, str] | None:
        """Application and item: of the newest that wants something, first what was sent back, then what is needed."""
        lines = self._parts.cases.lines(session, actor, only_open=True)
        for line in sorted(lines, key=lambda line: line.updated_at, reverse=True):
            application = self._parts.cases.read(session, line.application_no, actor)
            item = _open_item(application)
            if item is not None:
                return application.application_no, item.key
        return None

    def _fetch(self, inbound: Inbound) -> bytes:
        """From the API; where that does not give it now, from the address that came along."""
        try:
            return self._parts.lines.of(inbound.openid).media(inbound.media_id).content
        except ApiError as error:
            if error.meaning not in _NOT_NOW or not inbound.picture_url:
                raise
            not_now = error
        try:
            source = self._parts.picture_hosts.fetch(inbound.picture_url)
        except ApiError as error:
            log.warning("wechat.picture_not_by_address", error=str(error))
            raise not_now from None
        log.info("wechat.picture_by_address", because=str(not_now))
        return source

    def _add(self, inbound: Inbound, conversation_id: str, source: bytes) -> bool:
        """The item has it and the receipt knows of it together: no second try puts it into another item."""
        papers = self._parts.cases.papers
        name = "微信文件" if inbound.kind == "file" else "微信图片"
        upload = papers.keep(name, source, sanitise(source))
        with self._parts.platform.database.begin() as session:
            user, receipt = store.user(session, inbound.openid), store.receipt_of_key(session, inbound.key)
            if user is None or receipt is None or receipt.processed_at is not None or receipt.kind == store.KEPT:
                return receipt is not None and receipt.kind == store.KEPT
            actor = self._parts.actor(session, conversation_id)
            place = self._place(session, actor)
            if place is None:
                return False
            application_no, key = place
            papers.add(session, application_no, actor, key, upload)
            receipt.kind = store.KEPT
        return True


def _open_item(application: ApplicationOut) -> DocumentOut | None:
    if "upload" not in application.allowed_actions:
        return None
    sent_back = [item for item in application.documents if item.state == "rejected"]
    missing = [item for item in application.documents if item.state == "missing"]
    needed = [item for item in missing if item.required]
    return next(iter([*sent_back, *needed, *missing]), None)
