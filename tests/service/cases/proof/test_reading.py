"""Who examines the work reads both trails as one list, the newest first, and changes nothing in them."""

from __future__ import annotations

from typing import Any

import pytest

from service.platform.trail import record
from tests.service.cases.world import World, in_review

AUDIT = "/v1/review/audit"


def note(world: World, action: str, target: str = "x", **more: Any) -> None:
    with world.platform.database.begin() as session:
        record(session, actor="system", action=action, target=target, now=world.clock.now(), **more)


def read(world: World, **query: str) -> list[dict[str, Any]]:
    answer = world.staff("lead").get(AUDIT, params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def test_both_trails_of_an_application_are_read_together(world: World) -> None:
    merchant = in_review(world)
    world.clock.advance(minutes=1)
    world.staff().accept_all(merchant.no)
    world.clock.advance(minutes=1)
    note(world, "list.taken", f"application:{merchant.no}", after={"refund_nos": ["x"]}, why="打款")
    items = read(world, application_no=merchant.no)
    assert [item["source"] for item in items[:2]] == ["trail", "application"]
    assert items[0] | {"id": "", "at": ""} == {
        "id": "",
        "at": "",
        "actor": "system",
        "actor_name": None,
        "action": "list.taken",
        "target": f"application:{merchant.no}",
        "before": None,
        "after": {"refund_nos": ["x"]},
        "why": "打款",
        "source": "trail",
    }
    accepted = items[1]
    assert (accepted["action"], accepted["actor_name"]) == ("document_accepted", "审核员小林")
    assert accepted["after"]["state"] == "in_review"
    assert items[-1]["action"] == "created"


def test_it_can_be_asked_who_did_and_what_was_done(lite: World) -> None:
    merchant = in_review(lite)
    lite.staff().accept_all(merchant.no)
    note(lite, "fee.changed")
    reviewer = next(item["actor"] for item in read(lite) if item["actor_name"] == "审核员小林")
    assert {item["actor"] for item in read(lite, actor=reviewer)} == {reviewer}
    assert {item["actor"] for item in read(lite, actor="system")} == {"system"}
    assert [item["action"] for item in read(lite, action="fee.changed")] == ["fee.changed"]
    assert read(lite, application_no="SQ0000000000AA") == []


def test_the_pages_give_every_entry_once_even_of_the_same_moment(world: World) -> None:
    in_review(world)
    for number in range(60):
        note(world, f"action {number}")
    seen: list[str] = []
    cursor = ""
    while True:
        page = world.staff("lead").get(AUDIT, params={"cursor": cursor}).json()
        seen += [item["id"] for item in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert len(seen) == len(set(seen)) > 60
    assert len([one for one in seen if one.startswith("trail")]) >= 60


@pytest.mark.parametrize("cursor", ["x", "MjAyNnxhfDE=", "0001-01-01T00:00:00+14:00|trail|1"])
def test_a_made_up_cursor_is_refused(lite: World, cursor: str) -> None:
    assert lite.staff("lead").get(AUDIT, params={"cursor": cursor}).status_code == 400


def test_who_does_the_work_does_not_examine_it(lite: World) -> None:
    for login in ("reviewer", "payer"):
        assert lite.staff(login).get(AUDIT).status_code == 403
        assert lite.staff(login).get(f"{AUDIT}/verification").status_code == 403
