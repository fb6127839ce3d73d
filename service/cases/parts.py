"""What the use cases of this folder need, in one place; `wiring.py` puts it together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from service.accounts import MerchantDirectory
from service.cases.documents.blobs import BlobStore
from service.cases.procedures.catalogue import Catalogue
from service.cases.reading.worker import PageReader
from service.cases.reasons import Reasons
from service.cases.reminders.policy import Policy
from service.cases.workdays import WorkCalendar
from service.platform.context import Platform


@dataclass(frozen=True)
class Parts:
    platform: Platform
    catalogue: Catalogue
    calendar: WorkCalendar
    reasons: Reasons
    reminders: Policy
    directory: MerchantDirectory
    blobs: BlobStore
    payout_adapter: str
    agreement_font: Path
    reader: PageReader | None = None
    """None where documents are not read by machine."""
