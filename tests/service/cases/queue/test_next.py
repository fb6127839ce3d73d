"""The next one to do: the earliest due that waits for this person."""

from __future__ import annotations

from datetime import timedelta

from tests.service.cases.queue.test_list import TODAY, set_deadline
from tests.service.cases.world import (
    MING,
    MING_ANSWERS,
    OUYANG,
    OUYANG_ANSWERS,
    SPRING,
    Desk,
    World,
    approved,
    complain,
    in_review,
    paying,
)


def next_no(desk: Desk, **query: str) -> str | None:
    answer = desk.get("/v1/review/next", params=query)
    assert answer.status_code == 200, answer.text
    number: str | None = answer.json()["application_no"]
    return number


def three(world: World) -> list[str]:
    """Numbers of applications that are due one day after the other."""
    numbers = [
        in_review(world, SPRING).no,
        in_review(world, MING, MING_ANSWERS).no,
        in_review(world, OUYANG, OUYANG_ANSWERS).no,
    ]
    for later, number in enumerate(reversed(numbers)):
        set_deadline(world, number, TODAY + timedelta(days=later))
    return numbers[::-1]


def test_the_earliest_due_comes_first_and_who_passes_it_by_gets_the_following(world: World) -> None:
    first, second, third = three(world)
    desk = world.staff()
    assert next_no(desk) == first
    assert next_no(desk, after=first) == second
    assert next_no(desk, after=second) == third
    assert next_no(desk, after=third) == first


def test_after_a_decision_the_earliest_due_is_next_again(lite: World) -> None:
    first, second, third = three(lite)
    desk = lite.staff()
    assert desk.reject(second).status_code == 200
    assert next_no(desk, after=second) == first
    assert next_no(desk, after=first) == third


def test_what_a_colleague_has_begun_is_passed_by(world: World) -> None:
    first, second, _third = three(world)
    world.staff("lead").act(first, "claim")
    assert next_no(world.staff("reviewer")) == second
    assert next_no(world.staff("lead")) == first


def test_what_has_no_deadline_comes_last(world: World) -> None:
    first, second, third = three(world)
    set_deadline(world, first, None)
    desk = world.staff()
    assert [next_no(desk), next_no(desk, after=second), next_no(desk, after=third)] == [second, third, first]


def test_the_filters_of_the_list_hold_here_too(lite: World) -> None:
    first, second, third = three(lite)
    desk = lite.staff()
    desk.act(third, "claim")
    assert next_no(desk, assignee="me") == third
    assert next_no(desk, q=MING) == second
    assert next_no(desk, due="today") == first
    assert next_no(desk, due="today", after=first) is None
    assert next_no(desk, team="sales") is None


def test_there_is_nothing_for_whoever_decides_nothing(lite: World) -> None:
    three(lite)
    for role in ("agent", "payer", "auditor"):
        assert next_no(lite.hire(role, role)) is None


def test_a_complaint_goes_to_another_colleague(world: World) -> None:
    merchant = in_review(world)
    assert world.staff("reviewer").reject(merchant.no).status_code == 200
    complaint = complain(world, merchant)
    assert next_no(world.staff("reviewer")) is None
    assert next_no(world.staff("lead")) == complaint.no


def test_what_is_being_paid_waits_for_no_reviewer(lite: World) -> None:
    paying(lite)
    assert next_no(lite.staff()) is None


def test_a_machine_that_came_back_is_next_too(lite: World) -> None:
    merchant = approved(lite, answers={"machine": "at_hand"})
    assert merchant.agree().json()["state"] == "returning"
    assert next_no(lite.staff()) is None
    merchant.say("tracking_no", "演示快递 DEMO0001")
    assert next_no(lite.staff()) == merchant.no
