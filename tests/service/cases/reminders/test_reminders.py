"""Time passes: merchants are reminded, leads hear of what is late, and what nobody goes on with rests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from service.cases import store, wording
from service.cases.audit import chain_of
from service.cases.models import Application
from service.cases.rules import State
from service.cases.workdays import WorkCalendar, load_calendar
from service.platform.chain import ChainHead, first_broken
from service.platform.clock import CHINA, FixedClock
from tests.service.cases.world import REFUND_ANSWERS, Merchant, World, approved, build_world, in_review, paying

MORNING = 10
CALENDAR = WorkCalendar()


def rounds_until(world: World, day: date) -> None:
    """A round at ten o'clock of each day up to that one, as the schedule would have it."""
    here = world.clock.now().astimezone(CHINA).date()
    while here < day:
        here += timedelta(days=1)
        world.clock.set(datetime(here.year, here.month, here.day, MORNING, tzinfo=CHINA))
        world.cases.reminders.run()


def working_days(world: World, count: int) -> None:
    today = world.clock.now().astimezone(CHINA).date()
    rounds_until(world, CALENDAR.after(today, count).day)


def reminders(world: World) -> list[str]:
    return [
        event["blocks"][0]["text"]
        for event in world.events("application.notice")
        if event["kind"].startswith("reminder_")
    ]


def staff_notices(world: World) -> list[tuple[str, list[str], list[str]]]:
    events = world.events("application.staff_notice")
    return [(event["kind"], event["staff_ids"], event["roles"]) for event in events]


def row(world: World, no: str) -> Application:
    with world.platform.database.session() as session:
        return session.scalars(select(Application).where(Application.application_no == no)).one()


def titles(merchant: Merchant) -> list[str]:
    return [entry["title"] for entry in merchant.app["timeline"]]


def waiting_for_documents(world: World) -> Merchant:
    merchant = world.merchant()
    merchant.open("deposit_refund")
    merchant.fill(REFUND_ANSWERS)
    assert merchant.submit().status_code == 200
    return merchant


def test_missing_documents_are_asked_for_and_then_the_application_rests(world: World) -> None:
    merchant = waiting_for_documents(world)
    working_days(world, 1)
    assert reminders(world) == []
    working_days(world, 4)
    first, second = reminders(world)
    assert first.startswith(f"申请 {merchant.no} 还差押金收据或付款记录")
    assert "怎么拍" in second
    working_days(world, 20)
    assert "再过5个工作日" in reminders(world)[-1]
    assert merchant.app["state"] == "submitted"
    working_days(world, 5)
    assert (merchant.app["state"], merchant.app["state_title"]) == ("resting", "已搁置")
    assert "这不是拒绝" in world.notices()[-1]
    told = len(world.notices())
    working_days(world, 30)
    assert len(world.notices()) == told, "who rests is left in peace"
    with world.platform.database.session() as session:
        id_ = store.find(session, merchant.no, None).id
        assert first_broken(store.events(session, id_), session.get(ChainHead, chain_of(id_))) is None


def test_who_rests_goes_on_by_sending_a_document(world: World) -> None:
    merchant = in_review(world)
    working_days(world, 2)
    world.staff().send_back(merchant.no, "contract")
    working_days(world, 31)
    assert merchant.app["state"] == "resting"
    assert merchant.upload("contract").status_code == 201
    app = merchant.app
    assert app["state"] == "in_review"
    today = world.clock.now().astimezone(CHINA).date()
    assert app["deadline"]["date"] == CALENDAR.after(today, 3).day.isoformat(), "three of five days were left"
    assert titles(merchant)[-3:] == ["上传了材料", "商户继续办理", "材料已齐，进入审核"]


def test_one_document_of_several_takes_it_up_and_says_what_is_still_missing(lite: World) -> None:
    merchant = waiting_for_documents(lite)
    working_days(lite, 31)
    assert merchant.upload("contract").status_code == 201
    assert merchant.app["state"] == "submitted"
    assert "接着办。下一步：请上传押金收据或付款记录" in lite.notices()[-1]


def test_who_rests_can_be_withdrawn_and_keeps_its_place_until_then(lite: World) -> None:
    merchant = waiting_for_documents(lite)
    working_days(lite, 31)
    resting = merchant.no
    merchant.open("deposit_refund")
    assert merchant.say("terminal", "A1000001").json()["errors"] == [{"application_no": resting}]
    assert merchant.post(f"/v1/applications/{resting}/withdraw", {"reason": ""}).status_code == 200
    assert merchant.say("terminal", "A1000001").status_code == 200


def test_what_the_merchant_does_begins_the_count_anew(lite: World) -> None:
    merchant = waiting_for_documents(lite)
    working_days(lite, 1)
    assert merchant.upload("contract").status_code == 201
    working_days(lite, 1)
    assert reminders(lite) == []
    working_days(lite, 1)
    assert len(reminders(lite)) == 1
    assert "合同" not in reminders(lite)[0]


def test_nobody_is_disturbed_at_night_or_on_a_holiday(lite: World) -> None:
    waiting_for_documents(lite)
    for moment in (
        datetime(2026, 11, 26, 0, 30, tzinfo=UTC),  # half past eight in China
        datetime(2026, 11, 26, 10, 0, tzinfo=UTC),  # six in the evening
        datetime(2026, 11, 28, 2, 0, tzinfo=UTC),  # a Saturday
    ):
        lite.clock.set(moment)
        assert lite.cases.reminders.run() == 0
    lite.clock.set(datetime(2026, 11, 30, 2, 0, tzinfo=UTC))
    assert lite.cases.reminders.run() == 1


def test_a_reviewer_is_reminded_and_a_missed_deadline_goes_to_the_lead(world: World) -> None:
    merchant = in_review(world)
    working_days(world, 4)
    assert staff_notices(world) == [("due_soon", [], ["reviewer"])]
    working_days(world, 1)
    assert row(world, merchant.no).flag is None, "due today is not late"
    working_days(world, 1)
    assert staff_notices(world)[1:] == [("overdue", [], ["lead", "reviewer"])]
    assert row(world, merchant.no).flag == "overdue"
    assert "比说好的11月30日晚了" in reminders(world)[-1]
    assert titles(merchant)[-2:] == ["请主管跟进", "提醒了商户"]
    working_days(world, 10)
    assert [notice[0] for notice in staff_notices(world)] == ["due_soon", "overdue", "overdue"]
    assert len(reminders(world)) == 1, "the merchant is told once"
    desk = world.staff("lead")
    desk.accept_all(merchant.no)
    assert desk.approve(merchant.no).status_code == 200
    assert row(world, merchant.no).flag is None, "decided, so nothing is overdue any more"


def test_who_has_claimed_it_is_reminded_alone(lite: World) -> None:
    merchant = in_review(lite)
    assert lite.staff().act(merchant.no, "claim").status_code == 200
    working_days(lite, 4)
    assignee = row(lite, merchant.no).assignee_id
    assert staff_notices(lite) == [("due_soon", [assignee], [])]


def test_a_reminder_of_the_staff_does_not_make_an_open_page_stale(lite: World) -> None:
    merchant = in_review(lite)
    version = merchant.app["version"]
    working_days(lite, 4)
    assert staff_notices(lite)
    assert merchant.app["version"] == version


def test_late_money_is_owned_up_to_and_payers_hear_of_it(lite: World) -> None:
    merchant, _refund_no = paying(lite)
    working_days(lite, 6)
    assert staff_notices(lite) == [("due_soon", [], ["payer"]), ("overdue", [], ["lead", "payer"])]
    assert "打款比说好的11月30日晚了" in reminders(lite)[-1]
    assert merchant.app["state"] == "paying"


def test_an_agreement_that_nobody_answers_reaches_the_lead_but_is_never_ended(lite: World) -> None:
    merchant = approved(lite)
    working_days(lite, 40)
    assert len(reminders(lite)) == 3
    assert (merchant.app["state"], row(lite, merchant.no).flag) == ("agreement_pending", "no_answer")
    assert staff_notices(lite) == [("waiting", [], ["lead"])]
    assert merchant.agree().status_code == 200


def test_money_that_nobody_misses_closes_the_application_after_two_words(world: World) -> None:
    merchant, refund_no = paying(world)
    world.pay(refund_no)
    world.clock.advance(seconds=10)
    world.pay(refund_no)
    working_days(world, 14)
    assert len(reminders(world)) == 2
    assert "再过5个工作日没有异议" in reminders(world)[-1]
    assert merchant.app["state"] == "paid"
    working_days(world, 1)
    assert merchant.app["state"] == "closed"
    notice = world.events("application.notice")[-1]
    assert notice["kind"] == "closed_by_time"
    assert "如果钱没有到" in notice["blocks"][0]["text"]
    assert [choice["title"] for choice in notice["blocks"][-1]["choices"]] == ["钱没有到", "转人工"]


def test_a_machine_that_is_not_sent_is_asked_for(lite: World) -> None:
    merchant = approved(lite, answers={"machine": "at_hand"})
    assert merchant.agree().json()["state"] == "returning"
    working_days(lite, 20)
    assert len(reminders(lite)) == 3
    assert (merchant.app["state"], row(lite, merchant.no).flag) == ("returning", "no_answer")


def test_what_came_due_while_nothing_ran_is_said_once(lite: World) -> None:
    waiting_for_documents(lite)
    lite.clock.set(datetime(2026, 12, 7, 2, 0, tzinfo=UTC))
    assert [lite.cases.reminders.run() for _ in range(3)] == [1, 0, 0]
    (only,) = reminders(lite)
    assert "怎么拍" in only


def test_several_processes_remind_once(world: World) -> None:
    waiting_for_documents(world)
    world.clock.set(datetime(2026, 11, 25, 2, 0, tzinfo=UTC))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _round: world.cases.reminders.run(), range(8)))
    assert len(reminders(world)) == 1


def test_a_round_that_breaks_off_leaves_nothing_half_said(lite: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row of what was sent and the notice itself are one transaction."""
    first = waiting_for_documents(lite)
    lite.clock.set(datetime(2026, 11, 25, 2, 0, tzinfo=UTC))
    with monkeypatch.context() as broken:
        broken.setattr(lite.cases.life, "say", lambda *_arguments: 1 / 0)
        assert lite.cases.reminders.run() == 0
    assert reminders(lite) == []
    assert titles(first)[-1] == "申请已提交"
    assert lite.cases.reminders.run() == 1
    assert len(reminders(lite)) == 1


# --- calendars that are published later -------------------------------------------------------------------------------


@pytest.fixture
def new_year(sqlite_url: str, tmp_path: Path) -> Iterator[World]:
    """Some days before a year whose calendar nobody knows."""
    with build_world(sqlite_url, tmp_path, FixedClock(datetime(2026, 12, 29, 2, 0, tzinfo=UTC))) as world:
        yield world


def publish_2027(world: World, tmp_path: Path, *days: str) -> None:
    """The operator puts the file there and starts the service again."""
    folder = tmp_path / "calendar"
    folder.mkdir(exist_ok=True)
    content = {"year": 2027, "days": [{"date": day, "isOffDay": True} for day in ("2027-01-01", *days)]}
    (folder / "2027.json").write_text(json.dumps(content))
    object.__setattr__(world.cases.parts, "calendar", load_calendar(folder))


def test_a_calendar_that_moves_a_deadline_is_told(new_year: World, tmp_path: Path) -> None:
    merchant = in_review(new_year)
    deadline = merchant.app["deadline"]
    assert (deadline["date"], deadline["provisional"]) == ("2027-01-06", True)
    assert wording.PROVISIONAL in deadline["title"]
    assert "暂定" in deadline["title"]

    publish_2027(new_year, tmp_path, "2027-01-04")
    assert new_year.cases.reminders.recount() == 1
    deadline = merchant.app["deadline"]
    assert (deadline["date"], deadline["provisional"]) == ("2027-01-07", False)
    assert "预计1月7日前给出审核结果" in new_year.notices()[-1].replace("2027年", "")
    assert "暂定" not in new_year.notices()[-1]
    told = len(new_year.notices())
    assert new_year.cases.reminders.recount() == 0
    assert len(new_year.notices()) == told


def test_a_calendar_that_moves_nothing_only_makes_it_certain(new_year: World, tmp_path: Path) -> None:
    merchant = in_review(new_year)
    told = len(new_year.notices())
    publish_2027(new_year, tmp_path)
    new_year.cases.reminders.recount()
    assert (merchant.app["deadline"]["date"], merchant.app["deadline"]["provisional"]) == ("2027-01-06", False)
    assert len(new_year.notices()) == told


def test_nobody_is_told_that_a_provisional_day_was_missed_but_the_lead(new_year: World) -> None:
    merchant = in_review(new_year)
    rounds_until(new_year, date(2027, 1, 20))
    assert reminders(new_year) == []
    assert ("overdue", [], ["lead", "reviewer"]) in staff_notices(new_year)
    assert row(new_year, merchant.no).flag == "overdue"


def test_reminders_go_by_the_day_that_is_right_by_now(new_year: World, tmp_path: Path) -> None:
    in_review(new_year)
    publish_2027(new_year, tmp_path, "2027-01-04", "2027-01-05", "2027-01-06")
    rounds_until(new_year, date(2027, 1, 8))
    assert [kind for kind, _ids, _roles in staff_notices(new_year)] == ["due_soon"]
    assert State(row(new_year, new_year.events("application.changed")[0]["application_no"]).state) == State.IN_REVIEW
