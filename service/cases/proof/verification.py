"""Goes through every chain from its first row to its head, and names the first row that does not fit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain, groupby
from operator import attrgetter

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from service.cases.audit import application_of, chain_of
from service.cases.models import Application, ApplicationEvent
from service.platform.chain import Broken, ChainHead, Link, first_broken
from service.platform.trail import CHAIN, TrailEntry

_BATCH = 500


class HeadsUnreadable(ValueError):
    """The heads that somebody kept are not what `head` printed."""


@dataclass(frozen=True)
class Finding:
    """A row that does not fit: where it stands, and what is wrong with it."""

    table: str
    row: str
    text: str


@dataclass(frozen=True)
class Verification:
    checked: int
    broken: Finding | None


@dataclass(frozen=True)
class KeptHead:
    """How far a chain was at a moment in the past, as somebody kept it outside of the database."""

    chain: str
    length: int
    digest: str


def verify(session: Session, kept: Iterable[KeptHead] = ()) -> Verification:
    """With heads that were kept outside, also that nothing they knew has been written anew since.

    The session must be a snapshot: a chain that grows while it is read would look broken.
    """
    count = _Count()
    first = next(chain(_trail(session, count), _applications(session, count), _against(session, kept)), None)
    return Verification(count.rows, first)


def heads(session: Session) -> Iterator[KeptHead]:
    for head in session.scalars(select(ChainHead).order_by(ChainHead.chain)):
        yield KeptHead(head.chain, head.length, head.digest)


def write_head(head: KeptHead) -> str:
    return json.dumps(asdict(head))


def read_heads(lines: Iterable[str]) -> list[KeptHead]:
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(KeptHead(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise HeadsUnreadable(f"line {number} is not a head that `head` printed") from error
    return found


class _Count:
    rows = 0

    def over(self, rows: Iterable[Link]) -> Iterator[Link]:
        for row in rows:
            self.rows += 1
            yield row


def _trail(session: Session, count: _Count) -> Iterator[Finding]:
    entries = session.scalars(select(TrailEntry).order_by(TrailEntry.seq).execution_options(yield_per=_BATCH))
    broken = first_broken(count.over(entries), session.get(ChainHead, CHAIN))
    if broken is not None:
        yield Finding("trail_entries", f"seq {broken.seq}", broken.text)


def _applications(session: Session, count: _Count) -> Iterator[Finding]:
    """Every application has events; of one that has none, they were taken away."""
    numbers = dict(session.execute(select(Application.id, Application.application_no)).all())
    known = {head.chain: head for head in session.scalars(select(ChainHead))}
    for application_id, events in _events(session):
        head = known.get(chain_of(application_id))
        broken = first_broken(count.over(events), head)
        if broken is not None:
            yield _finding(numbers.pop(application_id, application_id), broken)
        numbers.pop(application_id, None)
    for application_no in numbers.values():
        yield _finding(application_no, Broken(1, "一条记录也没有了"))


def _events(session: Session) -> Iterator[tuple[str, Iterator[ApplicationEvent]]]:
    query = select(ApplicationEvent).order_by(ApplicationEvent.application_id, ApplicationEvent.seq)
    rows = session.scalars(query.execution_options(yield_per=_BATCH))
    return groupby(rows, key=attrgetter("application_id"))


def _finding(application_no: str, broken: Broken) -> Finding:
    return Finding("application_events", f"{application_no} seq {broken.seq}", broken.text)


def _against(session: Session, kept: Iterable[KeptHead]) -> Iterator[Finding]:
    for head in kept:
        if head.length and session.scalar(_digest_at(head)) != head.digest:
            table = "trail_entries" if head.chain == CHAIN else "application_events"
            yield Finding(table, f"{head.chain} seq {head.length}", "与留存的链头对不上，整条链可能被重写过")


def _digest_at(head: KeptHead) -> Select[str]:
    if head.chain == CHAIN:
        return select(TrailEntry.digest).where(TrailEntry.seq == head.length)
    return select(ApplicationEvent.digest).where(
        ApplicationEvent.application_id == application_of(head.chain), ApplicationEvent.seq == head.length
    )
