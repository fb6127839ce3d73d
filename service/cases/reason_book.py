"""The reasons and the price list as they hold now: those of the file, set right and added to by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import ValidationError
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.cases.errors import LastReason, ReasonKnown, ReasonUnknown, ReasonUnusable
from service.cases.reasons import Deduction, Reason, Reasons
from service.platform import trail
from service.platform.clock import Clock
from service.platform.database import Base, BigKey, UtcDateTime

ReasonKind = Literal["document", "reject", "deduction"]
_NEEDED: tuple[ReasonKind, ...] = ("document", "reject")


class ReasonRow(Base):
    """A reason that was changed or added by hand. It is never removed: decisions of the past name its code."""

    __tablename__ = "reasons"

    kind: Mapped[ReasonKind] = mapped_column(String(10), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str] = mapped_column(String(200))
    clause: Mapped[str | None] = mapped_column(String(200))
    amount_fen: Mapped[int | None] = mapped_column(BigKey)
    active: Mapped[bool]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class ReasonEntry:
    kind: ReasonKind
    code: str
    text: str
    clause: str | None = None
    amount_fen: int | None = None
    active: bool = True

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.code}"


class ReasonBook:
    """Read anew for every request, so that a change holds in all processes at once."""

    def __init__(self, in_file: Reasons, clock: Clock) -> None:
        self._in_file = {entry.id: entry for entry in _entries_of(in_file)}
        self._clock = clock

    def read(self, session: Session) -> Reasons:
        """Those that may be chosen now."""
        active = [entry for entry in self.entries(session) if entry.active]
        return Reasons.model_construct(
            document=tuple(Reason(code=one.code, text=one.text) for one in active if one.kind == "document"),
            reject=tuple(Reason(code=one.code, text=one.text) for one in active if one.kind == "reject"),
            deduction=tuple(_deduction(one) for one in active if one.kind == "deduction"),
        )

    def entries(self, session: Session) -> list[ReasonEntry]:
        """All of them, also those that are no longer chosen: the file's in its order, then what was added."""
        entries = dict(self._in_file)
        for row in session.scalars(select(ReasonRow).order_by(ReasonRow.added_at, ReasonRow.code)):
            entries[f"{row.kind}:{row.code}"] = _entry(row)
        return list(entries.values())

    def entry(self, session: Session, key: str) -> ReasonEntry | None:
        return next((entry for entry in self.entries(session) if entry.id == key), None)

    def add(self, session: Session, entry: ReasonEntry, *, actor: str) -> ReasonEntry:
        _check(entry)
        if self.entry(session, entry.id):
            raise ReasonKnown
        session.add(self._row(entry))
        session.flush()
        self._record(session, "reason.added", entry, actor, before=None)
        return entry

    def change(self, session: Session, entry: ReasonEntry, *, actor: str) -> ReasonEntry:
        """Gives the reason of this kind and code the other values; those two never change."""
        _check(entry)
        before = self.entry(session, entry.id)
        if before is None:
            raise ReasonUnknown
        if before == entry:
            return entry
        if not entry.active and entry.kind in _NEEDED:
            self._keep_one(session, entry)
        row = session.get(ReasonRow, (entry.kind, entry.code), with_for_update=True)
        if row is None:
            session.add(self._row(entry))
        else:
            row.text, row.clause, row.amount_fen, row.active = entry.text, entry.clause, entry.amount_fen, entry.active
        session.flush()
        self._record(session, "reason.changed", entry, actor, before=before)
        return entry

    def _keep_one(self, session: Session, leaving: ReasonEntry) -> None:
        others = (one for one in self.entries(session) if one.kind == leaving.kind and one.id != leaving.id)
        if not any(one.active for one in others):
            raise LastReason

    def _row(self, entry: ReasonEntry) -> ReasonRow:
        return ReasonRow(
            kind=entry.kind,
            code=entry.code,
            text=entry.text,
            clause=entry.clause,
            amount_fen=entry.amount_fen,
            active=entry.active,
            added_at=self._clock.now(),
        )

    def _record(
        self, session: Session, action: str, entry: ReasonEntry, actor: str, *, before: ReasonEntry | None
    ) -> None:
        trail.record(
            session,
            actor=actor,
            action=action,
            target=f"reason:{entry.id}",
            now=self._clock.now(),
            before=_shown(before) if before else None,
            after=_shown(entry),
        )


def _entries_of(reasons: Reasons) -> Iterable[ReasonEntry]:
    for reason in reasons.document:
        yield ReasonEntry("document", reason.code, reason.text)
    for reason in reasons.reject:
        yield ReasonEntry("reject", reason.code, reason.text)
    for item in reasons.deduction:
        yield ReasonEntry("deduction", item.code, item.text, item.clause, item.amount_fen)


def _entry(row: ReasonRow) -> ReasonEntry:
    return ReasonEntry(row.kind, row.code, row.text, row.clause, row.amount_fen, row.active)


def _deduction(entry: ReasonEntry) -> Deduction:
    return Deduction(code=entry.code, text=entry.text, clause=entry.clause or "", amount_fen=entry.amount_fen)


def _check(entry: ReasonEntry) -> None:
    """As strict as the file's schema."""
    try:
        if entry.kind == "deduction":
            _deduction(entry)
        else:
            Reason(code=entry.code, text=entry.text)
    except ValidationError as error:
        raise ReasonUnusable(str(error.errors()[0]["loc"][0])) from error


def _shown(entry: ReasonEntry) -> dict[str, Any]:
    values = {"text": entry.text, "active": entry.active}
    return values | ({"clause": entry.clause, "amount_fen": entry.amount_fen} if entry.kind == "deduction" else {})
