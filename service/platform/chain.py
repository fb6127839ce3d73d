"""Chains: rows that are only ever added, each with the digest of the one before, and a head that knows the last one.

Rows that are cut off the end leave no gap in it: the head, which only goes forward, shows that they are gone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.platform.database import Base

FIRST = "0" * 64
"""Stands in the place of a digest before the first row."""


class Link:
    """What every row of a chain has; a table adds what happened, and says what of it is sealed."""

    seq: Mapped[int]
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

    def sealed(self) -> list[Any]:
        """Everything that must not change unseen."""
        raise NotImplementedError


class ChainHead(Base):
    """How long a chain is, and the digest of its last row. The database lets it go forward one row at a time."""

    __tablename__ = "chain_heads"

    chain: Mapped[str] = mapped_column(String(60), primary_key=True)
    length: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True)
class Broken:
    """The first row of a chain that does not fit, by its place, and a sentence for people."""

    seq: int
    text: str


def append(session: Session, chain: str, row: Link) -> None:
    """Seals the row and adds it. The head stays locked until the transaction ends: one row after the other."""
    head = session.get(ChainHead, chain, with_for_update=True, populate_existing=True)
    if head is None:
        head = ChainHead(chain=chain, length=0, digest=FIRST)
        session.add(head)
    row.seq, row.previous = head.length + 1, head.digest
    row.digest = digest(row)
    session.add(row)
    head.length, head.digest = row.seq, row.digest
    session.flush()


def digest(row: Link) -> str:
    text = json.dumps([row.previous, *row.sealed()], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(rows: Iterable[Link], head: ChainHead | None) -> Broken | None:
    """Of the rows in their order: one that was changed, put in or taken out, or the end that was cut off."""
    length, last = 0, FIRST
    for row in rows:
        text = _misfit(row, length + 1, last)
        if text:
            return Broken(length + 1, text)
        length, last = row.seq, row.digest
    if head is None:
        return Broken(length + 1, "链头不见了，无法知道末尾有没有被删")
    if length < head.length:
        return Broken(length + 1, f"应有 {head.length} 条，第 {length + 1} 条起不见了")
    if (length, last) != (head.length, head.digest):
        return Broken(length, f"第 {length} 条与链头对不上")
    return None


def _misfit(row: Link, seq: int, previous: str) -> str:
    if row.seq != seq:
        return f"第 {seq} 条不见了"
    if row.previous != previous:
        return f"第 {seq} 条与前一条接不上"
    return "" if row.digest == digest(row) else f"第 {seq} 条的内容被改过"
