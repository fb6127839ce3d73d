"""A rehearsed turn of the bot: the changes are shown as they would be, and nothing of them happens."""

from __future__ import annotations

from typing import Any

import httpx
from sqlalchemy import func, select

from service.platform.database import Base
from tests.service.cases.world import REFUND_ANSWERS, SPRING, Person, World


def rows(world: World) -> dict[str, int | None]:
    with world.platform.database.session() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
        }


def rehearse(person: Person, *steps: dict[str, Any]) -> httpx.Response:
    return person.client.post("/v1/rehearsals", json={"steps": list(steps)}, headers=person.headers)


OPEN = {"do": "open", "procedure": "deposit_refund", "prefill": {}}


def test_a_rehearsed_opening_shows_the_question_and_leaves_nothing(world: World) -> None:
    merchant = world.merchant(SPRING)
    woken: list[str] = []
    world.platform.database.on_commit("outbox", woken.append)
    before = rows(world)
    answer = rehearse(world.bot_for(merchant), OPEN)
    assert answer.status_code == 200, answer.text
    assert answer.json()["next_question"]["field"] == "terminal"
    assert rows(world) == before
    assert woken == []


def test_a_step_goes_on_with_what_the_step_before_it_would_have_made(world: World) -> None:
    merchant = world.merchant(SPRING)
    helper = world.bot_for(merchant)
    before = rows(world)
    first = rehearse(helper, OPEN).json()
    opened = {**OPEN, "as": first["application_no"]}
    choice = first["next_question"]["choices"][0]["value"]
    then = {"do": "answer", "application_no": first["application_no"], "field": "terminal", "value": choice}
    second = rehearse(helper, opened, then).json()
    assert second["application_no"] == first["application_no"]
    assert second["next_question"]["field"] != "terminal"
    assert rows(world) == before


def test_a_rehearsed_filing_files_nothing_and_tells_nobody(world: World) -> None:
    merchant = world.merchant(SPRING)
    merchant.open("deposit_refund")
    merchant.fill(REFUND_ANSWERS)
    before, version = rows(world), merchant.app["version"]
    step = {"do": "submit", "application_no": merchant.no, "version": version}
    filed = rehearse(world.bot_for(merchant), step)
    assert filed.status_code == 200, filed.text
    assert filed.json()["state"] in ("submitted", "in_review")
    assert (merchant.app["state"], merchant.app["version"]) == ("draft", version)
    assert rows(world) == before


def test_what_a_step_would_be_refused_for_is_said(world: World) -> None:
    merchant = world.merchant(SPRING)
    merchant.open("deposit_refund")
    step = {"do": "submit", "application_no": merchant.no, "version": 99}
    assert rehearse(world.bot_for(merchant), step).status_code in (409, 412)
    strange = {"do": "clear", "application_no": "SQ000000AAAAAA", "field": "terminal"}
    assert rehearse(world.bot_for(merchant), strange).status_code == 404


def test_only_the_bot_rehearses_and_a_rehearsal_can_change_nothing_for_real(world: World) -> None:
    merchant = world.merchant(SPRING)
    assert rehearse(merchant, OPEN).status_code == 403
    helper = world.bot_for(merchant)
    helper.headers["X-Rehearsal"] = "1"
    before = rows(world)
    refused = helper.post("/v1/applications", {"procedure": "deposit_refund", "prefill": {}})
    assert (refused.status_code, refused.json()["type"]) == (403, "only_rehearsed")
    written = helper.client.post("/v1/conversation/messages", json={}, headers=helper.headers)
    assert (written.status_code, written.json()["type"]) == (403, "only_rehearsed")
    assert helper.get("/v1/applications").status_code == 200
    assert rehearse(helper, OPEN).status_code == 200
    assert rows(world) == before
