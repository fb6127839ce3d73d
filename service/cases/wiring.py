"""Puts the folder together and ties it to the outbox and the jobs; `service/app.py` calls it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from service.accounts import TOPIC_VERIFIED, MerchantDirectory
from service.cases import jobs
from service.cases.agreement.drawing import check_font
from service.cases.desk import Cases
from service.cases.documents.blobs import FolderBlobs
from service.cases.jobs import Crew
from service.cases.parts import Parts
from service.cases.payout.acquirer import AcquirerPayout
from service.cases.payout.cashier import Cashier
from service.cases.payout.manual import ManualPayout
from service.cases.payout.port import PayoutPort
from service.cases.payout.service import TOPIC_REQUESTED, TOPIC_SETTLED
from service.cases.payout.simulated import SimulatedPayout
from service.cases.procedures.catalogue import load_catalogue
from service.cases.reading import jobs as reading_jobs
from service.cases.reading.service import TOPIC_FILE_ADDED
from service.cases.reading.worker import ReadingProcess
from service.cases.reason_book import ReasonBook
from service.cases.reasons import load_reasons
from service.cases.reminders.policy import load_policy
from service.cases.settings import CaseSettings, load_acquirer
from service.cases.workdays import load_calendar
from service.platform.context import Platform
from service.platform.crypto import derive_key
from service.platform.outbox import Event


def create_cases(
    platform: Platform,
    directory: MerchantDirectory,
    *,
    conversation_exists: Callable[[Session, str], bool],
    settings: CaseSettings | None = None,
    port: PayoutPort | None = None,
) -> Cases:
    """Reads and checks every file that people edit: a mistake in one stops the start with its place and remedy."""
    settings = settings or CaseSettings()
    port = port or _payout_port(platform, settings)
    check_font(settings.agreement_font)
    parts = Parts(
        platform=platform,
        catalogue=load_catalogue(platform.settings.procedures_dir),
        calendar=load_calendar(settings.calendar_dir),
        reasons=ReasonBook(load_reasons(settings.review_reasons), platform.clock),
        reminders=load_policy(settings.reminders),
        directory=directory,
        blobs=FolderBlobs(platform.settings.files_dir, platform.cipher),
        payout_adapter=port.name,
        agreement_font=settings.agreement_font,
        notices=port if isinstance(port, AcquirerPayout | SimulatedPayout) else None,
        payout_alarm=settings.payout_alarm,
        reader=ReadingProcess() if settings.reading == "on" else None,
        conversation_exists=conversation_exists,
    )
    cases = Cases(parts)
    if isinstance(port, SimulatedPayout):
        port.send_notices_to(lambda headers, body: cases.notices.take(port.name, headers, body))
    jobs.employ(
        Crew(
            database=platform.database,
            catalogue=parts.catalogue,
            cashier=Cashier(platform.database, cases.payouts, port),
            papers=cases.papers,
            reminders=cases.reminders,
            directory=directory,
            phone_tails=cases.phone_tails,
        )
    )
    reading_jobs.employ(cases.readings)
    return cases


def subscribe(cases: Cases) -> None:
    """What this folder listens to. Its jobs need DBOS to run; call `jobs.schedule` once it does."""

    def adopt_drafts(session: Session, event: Event) -> None:
        cases.filing.adopt_drafts(session, event.payload["conversation_id"], event.payload["merchant_id"])

    outbox = cases.parts.platform.outbox
    outbox.subscribe(TOPIC_VERIFIED, adopt_drafts, name="cases.adopt_drafts")
    outbox.subscribe(TOPIC_REQUESTED, jobs.on_payout_requested, name="cases.pay")
    outbox.subscribe(TOPIC_SETTLED, jobs.on_settled, name="cases.after_settlement")
    outbox.subscribe(TOPIC_FILE_ADDED, reading_jobs.on_file_added, name="cases.read_document")


def _payout_port(platform: Platform, settings: CaseSettings) -> PayoutPort:
    match platform.settings.payout_adapter:
        case "manual":
            return ManualPayout()
        case "acquirer":
            return AcquirerPayout(load_acquirer(), platform.clock)
        case "simulated":
            secret = platform.settings.secret_key.get_secret_value()
            return SimulatedPayout(
                platform.database,
                platform.clock,
                delay_seconds=settings.payout_simulated_seconds,
                faults=settings.payout_simulated_faults,
                notice_key=derive_key(secret, "notices of the simulated bank"),
            )
