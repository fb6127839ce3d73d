"""Idempotency keys: the first answer is stored in the transaction of its effect and replayed to every repeat."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from sqlalchemy import Index, String, Text, delete, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.platform.clock import Clock
from service.platform.database import Base, Database, UtcDateTime, rows_of
from service.platform.problems import BadRequest, Conflict, Invalid

MAX_KEY_LENGTH = 255
KEPT_DAYS = 30

Effect = Callable[[Session], tuple[int, Any]]


class IdempotencyRecord(Base):
    __tablename__ = "idempotency_keys"
    __table_args__ = (Index(None, "created_at"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # hash of actor and key: both may be long
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KeyMissing(BadRequest):
    code, title = "idempotency_key_missing", "缺少请求编号"
    detail = "请求缺少 Idempotency-Key，请刷新页面后再试。"


class KeyReused(Invalid):
    code, title = "idempotency_key_reused", "请求编号重复"
    detail = "同一个请求编号用在了不同的内容上，请刷新页面后再试。"


class StillRunning(Conflict):
    code, title = "idempotency_in_progress", "正在处理"
    detail = "刚才的请求还在处理，请稍等几秒再看结果。"

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "2"})


class Idempotency:
    """Runs an effect once for each actor and key."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._running: set[str] = set()
        self._lock = threading.Lock()

    def run(self, *, actor: str, key: str, fingerprint: str, effect: Effect) -> Response:
        record_id = _sha256(f"{actor}\n{key}")
        with self._alone(record_id), self._database.begin() as session:
            if not self._database.is_sqlite and not self._lock_in_database(session, record_id):
                raise StillRunning
            stored = session.get(IdempotencyRecord, record_id)
            if stored is not None:
                if stored.fingerprint != fingerprint:
                    raise KeyReused
                return _answer(stored.status, stored.body, replayed=True)
            status, result = effect(session)
            body = json.dumps(jsonable_encoder(result), ensure_ascii=False, separators=(",", ":"))
            session.add(
                IdempotencyRecord(
                    id=record_id, fingerprint=fingerprint, status=status, body=body, created_at=self._clock.now()
                )
            )
        return _answer(status, body, replayed=False)

    @contextmanager
    def _alone(self, record_id: str) -> Iterator[None]:
        with self._lock:
            if record_id in self._running:
                raise StillRunning
            self._running.add(record_id)
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(record_id)

    def _lock_in_database(self, session: Session, record_id: str) -> bool:
        number = int(record_id[:15], 16)
        return bool(session.scalar(text("SELECT pg_try_advisory_xact_lock(:number)"), {"number": number}))


def forget_before(session: Session, moment: datetime) -> int:
    return rows_of(session.execute(delete(IdempotencyRecord).where(IdempotencyRecord.created_at < moment)))


def fingerprint(method: str, path: str, body: BaseModel | bytes | None) -> str:
    if isinstance(body, BaseModel):
        content = json.dumps(body.model_dump(mode="json"), sort_keys=True, ensure_ascii=False).encode()
    else:
        content = body or b""
    return _sha256(f"{method}\n{path}\n{hashlib.sha256(content).hexdigest()}")


@dataclass(frozen=True)
class Once:
    """What a route needs to do its work once: `return once(actor.key, body, lambda session: (201, …))`."""

    idempotency: Idempotency
    key: str
    method: str
    path: str

    def __call__(self, actor: str, body: BaseModel | bytes | None, effect: Effect) -> Response:
        return self.idempotency.run(
            actor=actor, key=self.key, fingerprint=fingerprint(self.method, self.path, body), effect=effect
        )


def _once(
    request: Request, idempotency_key: Annotated[str | None, Header(max_length=MAX_KEY_LENGTH, min_length=1)] = None
) -> Once:
    if not idempotency_key:
        raise KeyMissing
    idempotency: Idempotency = request.app.state.platform.idempotency
    return Once(idempotency, idempotency_key, request.method, request.url.path)


OnceOnly = Annotated[Once, Depends(_once)]


def _answer(status: int, body: str, *, replayed: bool) -> Response:
    headers = {"Idempotent-Replayed": "true"} if replayed else None
    if status == 204:
        return Response(status_code=status, headers=headers)
    return _Stored(content=body, status_code=status, headers=headers)


class _Stored(JSONResponse):
    """A body that is JSON already, so that a replay is equal byte for byte."""

    def render(self, content: str) -> bytes:
        return content.encode()


def _sha256(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
