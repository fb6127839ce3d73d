"""What the merchant would read after a decision: the decision is made by its own code, and taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from service.accounts import StaffMember
from service.cases.desk import Cases
from service.cases.life import TOPIC_NOTICE
from service.cases.parts import Parts
from service.cases.schemas import PreviewDocument, PreviewIn
from service.platform.outbox import published_in


def preview(parts: Parts, application_no: str, staff: StaffMember, body: PreviewIn) -> list[dict[str, Any]]:
    """The blocks of all notices; raises what the decision itself would raise."""
    review = Cases(replace(parts, blobs=BlobsForTheMoment())).review
    with parts.platform.database.rehearse() as session:
        published = published_in(session)
        if isinstance(body, PreviewDocument):
            review.decide_document(session, application_no, staff, body.key, body.body)
        else:
            review.decide(session, application_no, staff, body.body)
        session.flush()
        notices = [row.payload["blocks"] for row in published if row.topic == TOPIC_NOTICE]
    return [_as_shown(block) for blocks in notices for block in blocks]


def _as_shown(block: dict[str, Any]) -> dict[str, Any]:
    """Buttons without what they do, as a merchant's page gets them."""
    if block["type"] != "choices":
        return block
    titles = [choice["title"] for choice in block["choices"]]
    choices = [{"id": f"c{number}", "title": title, "style": "plain"} for number, title in enumerate(titles, start=1)]
    return {"type": "choices", "choices": choices}


class BlobsForTheMoment:
    """A store in memory, since a rolled back transaction takes no file back."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}

    def put(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        self._contents[digest] = content
        return digest

    def get(self, digest: str) -> bytes:
        if digest not in self._contents:
            raise FileNotFoundError(digest)
        return self._contents[digest]

    def older_than(self, seconds: float) -> Iterator[str]:
        return iter(())

    def delete(self, digest: str) -> None:
        self._contents.pop(digest, None)
