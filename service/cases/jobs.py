"""Durable jobs of this folder: paying, unbinding a terminal, sweeping files. DBOS finds them by their names here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

import structlog
from dbos import DBOS, SetWorkflowID
from sqlalchemy.orm import Session

from service.accounts import MerchantDirectory, NotInDirectory
from service.cases import store
from service.cases.documents.service import Papers
from service.cases.payout.cashier import Cashier
from service.cases.payout.manual import MANUAL
from service.cases.payout.rules import wait_before
from service.cases.procedures.catalogue import Catalogue
from service.cases.procedures.model import Effect
from service.cases.queue.phone_tails import PhoneTails
from service.cases.reminders.service import Reminders
from service.platform.database import Database
from service.platform.outbox import Event

ALARM_AFTER_POLLS = 60
SWEEP_EVERY = "17 * * * *"
REMIND_EVERY = "4-59/15 * * * *"

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Crew:
    """What the jobs work with; they stand at module level and find it here."""

    database: Database
    catalogue: Catalogue
    cashier: Cashier
    papers: Papers
    reminders: Reminders
    directory: MerchantDirectory
    phone_tails: PhoneTails


_crew: list[Crew] = []


def employ(crew: Crew) -> None:
    _crew[:] = [crew]


def employed() -> Crew:
    return _crew[0]


# --- paying ----------------------------------------------------------------------------------------------------------


def on_payout_requested(_session: Session, event: Event) -> None:
    """Starts the job under the refund number as its name: however often this is told, there is one."""
    if event.payload["adapter"] == MANUAL:
        return
    refund_no = event.payload["refund_no"]
    with SetWorkflowID(refund_no):
        DBOS.start_workflow(pay, refund_no)


@DBOS.workflow(name="cases.pay")
def pay(refund_no: str) -> None:
    for poll in count():
        if pay_step(refund_no):
            return
        if poll >= ALARM_AFTER_POLLS:
            log.error("payout.still_open", refund_no=refund_no, polls=poll)
        DBOS.sleep(wait_before(poll))


@DBOS.step(name="cases.pay_step", retries_allowed=True, interval_seconds=2.0, max_attempts=20, backoff_rate=1.5)
def pay_step(refund_no: str) -> bool:
    return employed().cashier.step(refund_no)


# --- after the money -------------------------------------------------------------------------------------------------


def on_settled(_session: Session, event: Event) -> None:
    application_no = event.payload["application_no"]
    with SetWorkflowID(f"settled-{application_no}"):
        DBOS.start_workflow(after_settlement, application_no)


@DBOS.workflow(name="cases.after_settlement")
def after_settlement(application_no: str) -> None:
    effects_step(application_no)


@DBOS.step(name="cases.effects_step", retries_allowed=True, interval_seconds=5.0, max_attempts=20, backoff_rate=2.0)
def effects_step(application_no: str) -> None:
    """Each effect may be repeated: doing it again changes nothing."""
    crew = employed()
    with crew.database.session() as session:
        application = store.find(session, application_no, None)
    merchant_id, key = application.merchant_id, application.subject_key
    if merchant_id is None:
        return
    for effect in crew.catalogue[application.procedure].effects:
        try:
            _carry_out(crew.directory, effect, merchant_id, key or "", application_no)
        except NotInDirectory as error:
            log.warning("cases.effect_without_subject", application_no=application_no, effect=effect, error=str(error))


def _carry_out(directory: MerchantDirectory, effect: Effect, merchant_id: str, key: str, reference: str) -> None:
    match effect:
        case "unbind_terminal":
            directory.unbind_terminal(merchant_id, key, reference=reference)
        case "stop_service":
            directory.stop_service(merchant_id, key, reference=reference)
        case "close_account":
            directory.close_account(merchant_id, reference=reference)


# --- files -----------------------------------------------------------------------------------------------------------


@DBOS.workflow(name="cases.sweep_files")
def sweep_files(_scheduled: datetime, _context: Any) -> None:
    sweep_step()


@DBOS.step(name="cases.sweep_step")
def sweep_step() -> int:
    crew = employed()
    with crew.database.session() as session:
        return crew.papers.sweep(session)


# --- time that passes ------------------------------------------------------------------------------------------------


@DBOS.workflow(name="cases.remind")
def remind(_scheduled: datetime, _context: Any) -> None:
    remind_step()


@DBOS.step(name="cases.remind_step")
def remind_step() -> int:
    """What was missed while nothing ran is due at the next round: the rows know what was sent."""
    return employed().reminders.run()


# --- the index of phones ---------------------------------------------------------------------------------------------


@DBOS.workflow(name="cases.fill_phone_tails")
def fill_phone_tails() -> None:
    """What was filed before there was an index of phones gets its place in it, once and for all."""
    while phone_tails_step():
        pass


@DBOS.step(name="cases.phone_tails_step", retries_allowed=True, interval_seconds=5.0, max_attempts=20)
def phone_tails_step() -> int:
    crew = employed()
    with crew.database.begin() as session:
        return crew.phone_tails.fill(session)


def schedule() -> None:
    """Called once DBOS runs. The first round is now: a calendar that is new moves deadlines before anybody asks."""
    with SetWorkflowID("cases.fill_phone_tails"):
        DBOS.start_workflow(fill_phone_tails)
    DBOS.apply_schedules(
        [
            {
                "schedule_name": "cases.sweep_files",
                "workflow_fn": sweep_files,
                "schedule": SWEEP_EVERY,
                "context": None,
            },
            {"schedule_name": "cases.remind", "workflow_fn": remind, "schedule": REMIND_EVERY, "context": None},
        ]
    )
    employed().reminders.recount()
