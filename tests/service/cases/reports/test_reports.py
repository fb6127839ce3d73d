"""The figures of a period: counted from what happened, on days as they are in China, and taken out as tables."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from service.cases.reports.service import nearest_rank
from service.platform.trail import TrailEntry
from tests.service.cases.world import MING, MING_ANSWERS, OUYANG, OUYANG_ANSWERS, World, approved, in_review, paying

NOVEMBER = {"from": "2026-11-01", "to": "2026-11-30"}


def report(world: World, login: str = "lead", **query: str) -> dict[str, Any]:
    answer = world.staff(login).get("/v1/review/reports", params={**NOVEMBER, **query})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def totals(shown: dict[str, Any]) -> dict[str, int]:
    return {name: sum(day[name] for day in shown["volume"]) for name in ("filed", "approved", "rejected", "paid")}


def three_ways(world: World) -> None:
    """One paid, one turned down, one still waiting after a document was sent back."""
    _merchant, refund_no = paying(world)
    while not world.pay(refund_no):
        world.clock.advance(minutes=5)
    rejected = in_review(world, MING, MING_ANSWERS)
    world.clock.advance(hours=3)
    assert world.staff().reject(rejected.no).status_code == 200
    mended = in_review(world, OUYANG, OUYANG_ANSWERS)
    assert world.staff().send_back(mended.no, "contract").status_code == 200


def test_everything_that_happened_is_counted(world: World) -> None:
    three_ways(world)
    shown = report(world)
    assert totals(shown) == {"filed": 3, "approved": 1, "rejected": 1, "paid": 1}
    assert (len(shown["volume"]), shown["volume"][0]["day"], shown["volume"][-1]["day"]) == (
        30,
        "2026-11-01",
        "2026-11-30",
    )
    assert shown["procedures"] == [{"code": "deposit_refund", "title": "退押金", "filed": 3}]
    assert shown["refusals"] == [{"code": "clause_not_met", "text": "按您的合同条款，现在还不符合退还条件", "count": 1}]
    (document,) = shown["sent_back"]
    assert (document["document"], document["count"]) == ("contract", 1)
    assert document["reasons"][0]["code"] == "unclear"
    assert shown["money"] == {"paid_fen": 19_900, "paid_count": 1, "open_fen": 0}
    assert (shown["deadlines"]["kept"], shown["deadlines"]["missed"]) == (3, 0)


def test_the_first_word_is_what_counts_and_not_the_last(world: World) -> None:
    merchant = in_review(world)
    world.clock.advance(hours=2)
    assert world.staff().send_back(merchant.no, "contract").status_code == 200
    world.clock.advance(hours=30)
    merchant.upload_missing()
    world.staff().accept_all(merchant.no)
    assert world.staff().approve(merchant.no).status_code == 200
    first = report(world)["first_decision"]
    assert (first["median_hours"], first["p90_hours"], first["count"]) == (2.0, 2.0, 1)
    assert first["by_week"] == [{"week": "2026-11-23", "median_hours": 2.0, "count": 1}]


def test_a_day_is_a_day_in_china(world: World) -> None:
    world.clock.set(datetime(2026, 11, 24, 16, 30, tzinfo=UTC))  # half past midnight of the 25th
    in_review(world)
    filed = {day["day"]: day["filed"] for day in report(world)["volume"]}
    assert (filed["2026-11-24"], filed["2026-11-25"]) == (0, 1)
    assert totals(report(world, **{"from": "2026-11-25", "to": "2026-11-25"}))["filed"] == 1
    assert totals(report(world, to="2026-11-24"))["filed"] == 0


def test_what_was_decided_too_late_is_missed_and_what_waits_too_long_is_overdue(world: World) -> None:
    late, waiting = in_review(world), in_review(world, MING, MING_ANSWERS)
    world.clock.advance(days=30)
    assert world.staff().reject(late.no).status_code == 200
    deadlines = report(world, to="2026-12-31")["deadlines"]
    assert (deadlines["kept"], deadlines["missed"], deadlines["open_overdue"]) == (0, 1, 1)
    assert deadlines["by_week"] == [{"week": "2026-12-21", "kept": 0, "missed": 1}]
    assert waiting.app["state"] == "in_review"


def test_what_is_granted_and_not_paid_is_open(lite: World) -> None:
    approved(lite)
    assert report(lite)["money"] == {"paid_fen": 0, "paid_count": 0, "open_fen": 19_900}


def test_one_procedure_can_be_looked_at_alone(lite: World) -> None:
    three_ways(lite)
    assert totals(report(lite, procedure="deposit_refund"))["filed"] == 3
    other = report(lite, procedure="complaint")
    assert totals(other) == {"filed": 0, "approved": 0, "rejected": 0, "paid": 0}
    assert (other["first_decision"]["median_hours"], other["money"]["paid_fen"]) == (None, 0)


def test_an_impossible_period_is_refused_in_words(lite: World) -> None:
    for first, last in (("2026-11-30", "2026-11-01"), ("2025-01-01", "2026-11-01"), ("yesterday", "2026-11-01")):
        answer = lite.staff("lead").get("/v1/review/reports", params={"from": first, "to": last})
        assert answer.status_code == 422
        assert answer.json()["detail"]


def test_each_part_can_be_taken_out_as_a_table_and_that_is_written_down(world: World) -> None:
    three_ways(world)
    names = ["volume", "first_decision", "refusals", "deadlines", "sent_back"]
    for name in names:
        answer = world.staff("lead").get(f"/v1/review/reports/{name}.csv", params=NOVEMBER)
        assert answer.status_code == 200, answer.text
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert answer.headers["cache-control"] == "no-store"
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1
    with world.platform.database.session() as session:
        query = select(TrailEntry).where(TrailEntry.action == "report.exported").order_by(TrailEntry.seq)
        entries = session.scalars(query).all()
    assert [(entry.target, entry.after) for entry in entries] == [
        (f"report:{name}", {**NOVEMBER, "procedure": ""}) for name in names
    ]


@pytest.mark.parametrize(
    ("values", "share", "found"), [([1.0], 0.9, 1.0), ([*map(float, range(1, 11))], 0.9, 9.0), ([2.0, 1.0], 0.5, 1.0)]
)
def test_the_nearest_rank_is_one_of_the_values(values: list[float], share: float, found: float) -> None:
    assert nearest_rank(values, share) == found
