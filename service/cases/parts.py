"""What the use cases of this folder need, in one place; `wiring.py` puts it together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from service.accounts import MerchantDirectory
from service.cases.documents.blobs import BlobStore
from service.cases.payout.port import NoticeReader
from service.cases.procedures.catalogue import Catalogue
from service.cases.reading.worker import PageReader
from service.cases.reason_book import ReasonBook
from service.cases.reminders.policy import Policy
from service.cases.workdays import WorkCalendar
from service.platform.context import Platform


@dataclass(frozen=True)
class Parts:
    platform: Platform
    catalogue: Catalogue
    calendar: WorkCalendar
    reasons: ReasonBook
    reminders: Policy
    directory: MerchantDirectory
    blobs: BlobStore
    payout_adapter: str
    agreement_font: Path
    notices: NoticeReader | None
    """The adapter again, where its other side sends notices."""
    payout_alarm: timedelta
    """A payout that is open for longer is looked at by a person."""
    conversation_exists: Callable[[Session, str], bool]
    """Conversations stand above this folder; the app says whether one is there."""
    reader: PageReader | None = None
    """None where documents are not read by machine."""
