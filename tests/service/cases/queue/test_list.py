"""The list of the desk: what is found, in which order, page by page, and with how little reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from service.accounts import Role
from service.cases.models import Application, ApplicationFile
from service.cases.queue.service import PAGE_SIZE
from service.cases.reading.models import DocumentReading
from service.platform.database import Database
from service.platform.ids import new_id
from tests.service.cases.world import (
    MING,
    MING_ANSWERS,
    OUYANG,
    OUYANG_ANSWERS,
    SPRING,
    Desk,
    World,
    file,
    in_review,
    paying,
)

TODAY = date(2026, 11, 23)  # a Monday


def listed(desk: Desk, **query: str) -> list[str]:
    answer = desk.get("/v1/review/applications", params=query)
    assert answer.status_code == 200, answer.text
    return [item["application_no"] for item in answer.json()["items"]]


def line(desk: Desk, no: str) -> dict[str, Any]:
    items = desk.get("/v1/review/applications", params={"q": no}).json()["items"]
    return dict(items[0])


def set_deadline(world: World, no: str, day: date | None) -> None:
    with world.platform.database.begin() as session:
        change = update(Application).where(Application.application_no == no)
        session.execute(change.values(deadline_on=day, deadline_key="first_decision" if day else None))


def copies(world: World, no: str, number: int) -> None:
    """So many more applications that are as this one."""
    with world.platform.database.begin() as session:
        original = session.scalars(select(Application).where(Application.application_no == no)).one()
        columns = [column.key for column in Application.__table__.columns]
        same = {name: getattr(original, name) for name in columns}
        for count in range(number):
            own = {"id": new_id(), "application_no": f"SQ26112300{count:04}", "active_key": None}
            session.add(Application(**{**same, **own, "deadline_on": TODAY + timedelta(days=count % 5)}))


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The questions that are asked meanwhile, but for who is asking."""
    statements: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT") and "staff_sessions" not in statement:
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


def test_who_has_it_can_be_asked_for(world: World) -> None:
    mine, nobodys = in_review(world), in_review(world, MING, MING_ANSWERS)
    reviewer, lead = world.staff("reviewer"), world.staff("lead")
    assert reviewer.act(mine.no, "claim").status_code == 200
    assert listed(reviewer, assignee="me") == [mine.no]
    assert listed(reviewer, assignee="nobody") == [nobodys.no]
    assert listed(lead, assignee="me") == []
    assert listed(lead, assignee=world.staff_id("reviewer")) == [mine.no]


def test_what_is_due_can_be_asked_for(world: World) -> None:
    merchant = in_review(world)
    desk = world.staff()
    found: dict[str, list[int]] = {"overdue": [], "today": [], "soon": []}
    for day in range(-1, 5):
        set_deadline(world, merchant.no, TODAY + timedelta(days=day))
        for due, days in found.items():
            days.extend([day] * len(listed(desk, due=due)))
    assert found == {"overdue": [-1], "today": [0], "soon": [0, 1, 2]}, "soon: Monday to Wednesday"


def test_soon_counts_working_days(lite: World) -> None:
    lite.clock.advance(days=4)  # a Friday: two working days end on Tuesday
    merchant = in_review(lite)
    for day, is_soon in ((date(2026, 12, 1), True), (date(2026, 12, 2), False)):
        set_deadline(lite, merchant.no, day)
        assert bool(listed(lite.staff(), due="soon")) == is_soon


def test_a_merchant_is_found_by_the_end_of_the_phone_which_is_nowhere_in_clear(world: World) -> None:
    merchant = in_review(world)  # its phone is 13800138001
    desk = world.staff()
    assert listed(desk, q="8001") == [merchant.no]
    assert listed(desk, q="8002") == []
    with world.platform.database.session() as session:
        tail = session.scalars(select(Application.phone_tail)).one()
    assert tail is not None
    assert len(tail) == 64


def test_somebody_unknown_is_found_by_the_phone_that_was_given(lite: World) -> None:
    answers = {
        "payments": "scan",
        "place": "counter",
        "receipt": "not_needed",
        "machine": "advise",
        "licence": "have",
        "city": "杭州",
        "contact_name": "李店主",
        "contact_phone": "13700137009",
        "wishes": "跳过",
    }
    nobody = file(lite, None, "apply_pos", answers)
    assert listed(lite.staff(), q="7009") == [nobody.no]


def test_what_was_filed_before_there_was_an_index_is_put_into_it(world: World) -> None:
    merchant = in_review(world)
    with world.platform.database.begin() as session:
        session.execute(update(Application).values(phone_tail=None))
    assert listed(world.staff(), q="8001") == []
    for filled in (1, 0):
        with world.platform.database.begin() as session:
            assert world.cases.phone_tails.fill(session) == filled
    assert listed(world.staff(), q="8001") == [merchant.no]


def test_page_after_page_shows_each_once_and_in_order(world: World) -> None:
    merchant = in_review(world)
    copies(world, merchant.no, 2 * PAGE_SIZE)
    set_deadline(world, merchant.no, None)
    desk = world.staff()
    for sort in ("submitted", "due"):
        seen = all_pages(desk, sort)
        assert len({item["application_no"] for item in seen}) == len(seen) == 2 * PAGE_SIZE + 1
    days = [item["deadline"]["date"] if item["deadline"] else "none" for item in seen]
    assert days == sorted(days)
    assert days[-1] == "none"


def all_pages(desk: Desk, sort: str) -> list[dict[str, Any]]:
    seen, cursor = [], ""
    while cursor is not None:
        page = desk.get("/v1/review/applications", params={"sort": sort, "cursor": cursor}).json()
        seen += page["items"]
        cursor = page["next_cursor"]
    return seen


def test_a_cursor_belongs_to_its_order(lite: World) -> None:
    merchant = in_review(lite)
    copies(lite, merchant.no, PAGE_SIZE)
    desk = lite.staff()
    cursor = desk.get("/v1/review/applications", params={"sort": "due"}).json()["next_cursor"]
    answer = desk.get("/v1/review/applications", params={"sort": "submitted", "cursor": cursor})
    assert answer.status_code == 400


def test_the_counts_keep_the_other_filters_and_leave_the_state_open(world: World) -> None:
    in_review(world)
    paying(world, MING, MING_ANSWERS)
    desk = world.staff()
    page = desk.get("/v1/review/applications", params={"state": "in_review"}).json()
    assert len(page["items"]) == 1
    assert page["counts"] == {"in_review": 1, "paying": 1}
    assert desk.get("/v1/review/applications", params={"q": "8001"}).json()["counts"] == {"in_review": 1}


def test_a_long_list_is_read_in_a_handful_of_queries(world: World) -> None:
    merchant = in_review(world)
    copies(world, merchant.no, 3 * PAGE_SIZE)
    desk = world.staff()
    with counted(world.platform.database) as statements:
        desk.get("/v1/review/applications")
    whole_page = len(statements)
    with counted(world.platform.database) as statements:
        desk.get("/v1/review/applications", params={"q": merchant.no})
    assert whole_page == len(statements)
    assert whole_page <= 10


def test_what_stands_out_is_marked(world: World) -> None:
    plain, held = in_review(world), paying(world, OUYANG, OUYANG_ANSWERS)[0]
    desk = world.staff()
    assert line(desk, plain.no)["attention"] == []
    assert line(desk, held.no)["attention"] == ["held"]
    with world.platform.database.begin() as session:
        session.execute(update(Application).values(deadline_provisional=True))
        for file in session.scalars(select(ApplicationFile)).all():
            flag(session, file)
    assert line(desk, plain.no)["attention"] == ["flagged", "provisional"]
    assert line(desk, held.no)["attention"] == ["held", "flagged", "provisional"]


def flag(session: Session, file: ApplicationFile) -> None:
    """As if a machine had found something to look at twice."""
    own = {"application_id": file.application_id, "state": "read", "warnings": 1, "created_at": file.created_at}
    session.merge(DocumentReading(file_id=file.id, **own))


def test_agents_and_auditors_read_and_decide_nothing(lite: World) -> None:
    merchant = in_review(lite)
    roles: dict[Role, list[str]] = {"agent": ["note"], "auditor": []}
    for role, actions in roles.items():
        desk = lite.hire(role, role)
        assert listed(desk) == [merchant.no]
        assert desk.detail(merchant.no)["allowed_actions"] == actions


def test_a_search_takes_reading_mistakes_of_a_number(lite: World) -> None:
    merchant = in_review(lite)
    assert listed(lite.staff(), q=merchant.no.lower()) == [merchant.no]
    assert listed(lite.staff(), q=SPRING) == [merchant.no]
    assert listed(lite.staff(), q=OUYANG) == []


def test_an_unknown_filter_value_is_refused(lite: World) -> None:
    answer = lite.staff().get("/v1/review/applications", params={"due": "whenever"})
    assert answer.status_code == 422
