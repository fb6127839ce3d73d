"""Notices of the other side: signed, taken in once, in whatever order and however late they come."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import structlog
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.cases import store
from service.cases.errors import NoticeRefused, NoticeUnknown
from service.cases.models import PayoutNotice
from service.cases.parts import Parts
from service.cases.payout.port import Notice, NoticeRejected
from service.cases.payout.service import Payouts
from service.platform.database import rows_of

log = structlog.get_logger(__name__)


class Notices:
    def __init__(self, parts: Parts, payouts: Payouts) -> None:
        self._parts = parts
        self._payouts = payouts

    def take(self, adapter: str, headers: Mapping[str, str], body: bytes) -> None:
        """What a notice says becomes known; a repeat changes nothing, and neither does one that is older than that."""
        notice = self._read(adapter, headers, body)
        with self._parts.platform.database.begin() as session:
            if not store.is_payout(session, notice.refund_no, adapter):
                log.error("payout.notice_about_nothing", adapter=adapter, refund_no=notice.refund_no)
                raise NoticeUnknown
            if self._is_new(session, adapter, hashlib.sha256(body).hexdigest(), notice):
                self._payouts.record(session, notice.refund_no, notice.answer)

    def _read(self, adapter: str, headers: Mapping[str, str], body: bytes) -> Notice:
        reader = self._parts.notices
        if reader is None or adapter != self._parts.payout_adapter:
            raise NoticeUnknown
        try:
            return reader.read_notice(headers, body)
        except NoticeRejected as error:
            log.warning("payout.notice_refused", adapter=adapter, reason=str(error))
            raise NoticeRefused from None

    def _is_new(self, session: Session, adapter: str, digest: str, notice: Notice) -> bool:
        """Two that come at the same moment: the second waits for the first, and then finds its row."""
        values = {
            "adapter": adapter,
            "digest": digest,
            "refund_no": notice.refund_no,
            "verdict": notice.answer.verdict,
            "received_at": self._parts.platform.clock.now(),
        }
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        return rows_of(session.execute(insert(PayoutNotice).values(**values).on_conflict_do_nothing())) > 0
