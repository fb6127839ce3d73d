"""Deliveries until they arrive: tried again, dead, put in again by a person, once for all processes, across crashes."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from service.notifications.channels.port import Outgoing
from service.notifications.models import Delivery
from service.notifications.rules import SCHEDULES
from service.notifications.sender import LEASE, Sender
from service.platform.trail import TrailEntry
from tests.service.cases.world import MING, OUYANG, Desk, approved, in_review
from tests.service.notifications.receiver import Receiver
from tests.service.notifications.world import World

OF_MING = {"terminal": "A2000001"}


def requeue(desk: Desk, delivery: Delivery) -> Any:
    return desk.post(f"/v1/review/deliveries/{delivery.id}/requeue")


def test_other_systems_hear_each_change_signed_and_without_names(world: World, receiver: Receiver) -> None:
    merchant = in_review(world)
    world.settle()
    assert [taken["type"] for taken in receiver.taken] == ["application.submitted", "application.documents_complete"]
    first = receiver.taken[0]
    assert first["signed_at"] == world.clock.now()
    assert set(first["data"]) == {"application_no", "procedure", "state", "version"}
    assert (first["data"]["application_no"], first["data"]["state"]) == (merchant.no, "submitted")
    assert receiver.ids == [delivery.id for delivery in world.deliveries("webhook")]


def test_a_target_may_want_only_some_events(lite: World, receiver: Receiver) -> None:
    (target,) = lite.notifications._targets
    object.__setattr__(target, "events", ("application.approved",))
    approved(lite)
    lite.settle()
    assert [taken["type"] for taken in receiver.taken] == ["application.approved"]


def test_three_days_of_failures_keep_the_schedule_and_the_message_id(lite: World, receiver: Receiver) -> None:
    receiver.behaviours = [500] * 100
    in_review(lite, MING, OF_MING)
    lite.listen()
    begun = lite.clock.now()
    while any(delivery.state == "pending" for delivery in lite.deliveries("webhook")):
        lite.settle()
        lite.clock.advance(minutes=5)
    waits = len(SCHEDULES["webhook"])
    for delivery in lite.deliveries("webhook"):
        assert (delivery.state, delivery.attempts, delivery.error) == ("dead", waits, "接收方回了 500")
        assert receiver.ids.count(delivery.id) == waits
    assert timedelta(hours=75) < lite.clock.now() - begun < timedelta(hours=85)
    assert receiver.taken == []


def test_it_arrives_once_the_receiver_is_back(world: World, receiver: Receiver) -> None:
    receiver.behaviours = [503, "close"]
    in_review(world)
    world.settle()
    assert receiver.taken == []
    world.settle()
    assert len(receiver.ids) == 2, "not before the time"
    world.clock.advance(seconds=6)
    world.settle()
    assert len(receiver.taken) == 2
    assert {delivery.state for delivery in world.deliveries("webhook")} == {"done"}


def test_a_target_that_is_gone_is_left_alone_until_a_person_says_otherwise(world: World, receiver: Receiver) -> None:
    receiver.behaviours = [410]
    in_review(world)
    world.settle()
    in_review(world, MING, OF_MING)
    world.settle()
    assert len(receiver.ids) == 1
    dead = world.deliveries("webhook")
    assert [delivery.state for delivery in dead] == ["dead"] * 4
    assert "410" in (dead[-1].error or "")

    assert requeue(world.staff("lead"), dead[1]).status_code == 200
    world.settle()
    assert receiver.ids[1:] == [dead[1].id]
    in_review(world, OUYANG, {"terminal": "A3000001"})
    world.settle()
    assert len(receiver.taken) == 3, "and hears again of what is new"


def test_another_address_in_the_settings_is_another_target(lite: World, receiver: Receiver) -> None:
    receiver.behaviours = [410]
    in_review(lite)
    lite.settle()
    (target,) = lite.notifications._targets
    object.__setattr__(target, "url", f"{receiver.url}/new")
    in_review(lite, MING, OF_MING)
    lite.settle()
    assert receiver.paths == ["/hooks", "/hooks/new", "/hooks/new"]


# --- the staff looks after them ---------------------------------------------------------------------------------------


def kill(world: World, count: int = 1) -> list[Delivery]:
    """Short messages that failed for good."""
    with world.platform.database.begin() as session:
        rows = session.scalars(select(Delivery).where(Delivery.channel == "sms").limit(count)).all()
        for row in rows:
            row.state, row.attempts, row.error = "dead", 7, "没有发出（ConnectionError）"
    return list(rows)


def test_the_list_says_what_is_dead_and_why(world: World) -> None:
    merchant = approved(world)
    world.listen()
    (dead,) = kill(world)
    page = world.staff("lead").get("/v1/review/deliveries", params={"state": "dead"}).json()
    (item,) = page["items"]
    assert item == {
        "id": dead.id,
        "channel": "sms",
        "event": "agreement_asked",
        "application_no": merchant.no,
        "to": "138****8001",
        "state": "dead",
        "attempts": 7,
        "error": "没有发出（ConnectionError）",
        "next_at": None,
        "created_at": "2026-11-23T02:00:00Z",
    }
    assert (page["counts"]["dead"], page["next_cursor"]) == (1, None)


def test_the_list_has_pages(lite: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.notifications.service.PAGE_SIZE", 2)
    in_review(lite)
    approved(lite, MING, OF_MING)
    lite.listen()
    desk, seen, cursor = lite.staff("lead"), [], ""
    while True:
        page = desk.get("/v1/review/deliveries", params={"cursor": cursor}).json()
        seen += [item["id"] for item in page["items"]]
        if not page["next_cursor"]:
            break
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == len(lite.deliveries()) > 4
    assert desk.get("/v1/review/deliveries", params={"cursor": "0" * 32}).status_code == 400


def test_a_lead_puts_a_dead_one_in_again_and_the_trail_says_so(world: World) -> None:
    approved(world)
    world.listen()
    (dead,) = kill(world)
    lead = world.staff("lead")
    answer = requeue(lead, dead)
    assert (answer.status_code, answer.json()["state"], answer.json()["attempts"]) == (200, "pending", 0)
    world.settle()
    assert world.texts()[0]["reference"] == dead.id
    refused = requeue(lead, dead)
    assert (refused.status_code, refused.json()["type"]) == (409, "delivery_not_dead")
    assert lead.post(f"/v1/review/deliveries/{'0' * 32}/requeue").status_code == 404
    with world.platform.database.session() as session:
        entries = session.scalars(select(TrailEntry).where(TrailEntry.action == "delivery.requeued")).all()
    assert [(entry.actor[:6], entry.target, (entry.before or {})["attempts"]) for entry in entries] == [
        ("staff:", f"delivery:{dead.id}", 7)
    ]


def test_a_reviewer_has_no_business_there(lite: World) -> None:
    approved(lite)
    lite.listen()
    (dead,) = kill(lite)
    desk = lite.staff()
    assert desk.get("/v1/review/deliveries").status_code == 403
    assert requeue(desk, dead).status_code == 403


# --- several processes, and those that die ----------------------------------------------------------------------------


class Phone:
    """A channel that remembers, and does what it is told before it takes a notice."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.accident: type[BaseException] | None = None

    def send(self, notice: Outgoing) -> None:
        self.taken.append(notice.id)
        if self.accident:
            accident, self.accident = self.accident, None
            raise accident


class Killed(BaseException):
    """As kill -9: nothing after it runs."""


def sender(world: World, phone: Phone) -> Sender:
    return Sender(world.platform.database, world.clock, {"sms": phone}, target_gone=world.notifications._targets.gone)


def test_several_processes_send_each_once(world: World) -> None:
    approved(world)
    approved(world, MING, OF_MING)
    world.listen()
    phone = Phone()
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _number: sender(world, phone).run_due(), range(4))) == 2
    assert len(phone.taken) == len(set(phone.taken)) == 2


def test_what_a_dead_process_had_in_its_hands_is_sent_again_under_the_same_id(world: World) -> None:
    approved(world)
    world.listen()
    phone = Phone()
    phone.accident = Killed
    with pytest.raises(Killed):
        sender(world, phone).run_due()
    assert sender(world, phone).run_due() == 0, "it may still be at it"
    world.clock.advance(seconds=LEASE.total_seconds() + 1)
    assert sender(world, phone).run_due() == 1
    assert phone.taken == [world.deliveries("sms")[0].id] * 2
    assert world.deliveries("sms")[0].state == "done"


def test_a_process_that_comes_back_late_does_not_undo_the_success_of_another(world: World) -> None:
    approved(world)
    world.listen()
    slow, quick = Phone(), Phone()

    class SlowThenFails(Phone):
        def send(self, notice: Outgoing) -> None:
            world.clock.advance(seconds=LEASE.total_seconds() + 1)
            assert sender(world, quick).run_due() == 1
            raise ConnectionError

    assert sender(world, SlowThenFails()).run_due() == 1
    (delivery,) = world.deliveries("sms")
    assert (delivery.state, delivery.error) == ("done", None)
    assert slow.taken == []


def test_an_accident_in_a_channel_is_a_failed_attempt_like_any_other(lite: World) -> None:
    approved(lite)
    lite.listen()
    phone = Phone()
    phone.accident = ZeroDivisionError
    sender(lite, phone).run_due()
    (delivery,) = lite.deliveries("sms")
    assert (delivery.state, delivery.attempts, delivery.error) == ("pending", 1, "没有发出（ZeroDivisionError）")
    lite.clock.advance(minutes=1)
    sender(lite, phone).run_due()
    assert lite.deliveries("sms")[0].state == "done"


def test_an_event_that_is_told_twice_would_be_refused_by_the_database(lite: World) -> None:
    """The outbox tells each once; this holds even if it did not."""
    approved(lite)
    lite.listen()
    with lite.platform.database.begin() as session:
        session.execute(update(Delivery).values(state="done"))
    assert lite.listen() is None
    keys = [(row.event_id, row.channel, row.recipient) for row in lite.deliveries()]
    assert len(keys) == len(set(keys))


def test_the_senders_threads_send_by_themselves_and_stop(lite: World) -> None:
    phone = Phone()
    running = sender(lite, phone)
    running.start()
    try:
        approved(lite)
        lite.listen()
        for _ in range(200):
            if lite.deliveries("sms")[0].state == "done":
                break
            time.sleep(0.05)
    finally:
        running.stop()
    assert len(phone.taken) == 1
