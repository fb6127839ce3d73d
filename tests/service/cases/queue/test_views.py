"""Views that somebody keeps: filters under a name, seen by nobody else."""

from __future__ import annotations

from typing import Any

from tests.service.cases.world import Desk, World

OVERDUE = {"name": "超时的", "query": {"due": "overdue", "assignee": "me", "sort": "due"}}


def views(desk: Desk) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = desk.get("/v1/review/views").json()["items"]
    return items


def test_a_view_is_kept_until_it_is_dropped(world: World) -> None:
    desk = world.staff()
    saved = desk.post("/v1/review/views", OVERDUE)
    assert saved.status_code == 201
    assert views(desk) == [saved.json()] == [{"id": saved.json()["id"], **OVERDUE}]
    assert desk.delete(f"/v1/review/views/{saved.json()['id']}").status_code == 204
    assert views(desk) == []


def test_views_are_ones_own(lite: World) -> None:
    reviewer, lead = lite.staff("reviewer"), lite.staff("lead")
    view_id = reviewer.post("/v1/review/views", OVERDUE).json()["id"]
    assert views(lead) == []
    assert lead.delete(f"/v1/review/views/{view_id}").status_code == 404
    assert lead.post("/v1/review/views", OVERDUE).status_code == 201


def test_a_name_stands_for_one_view(lite: World) -> None:
    desk = lite.staff()
    desk.post("/v1/review/views", OVERDUE)
    again = desk.post("/v1/review/views", {"name": "超时的", "query": {}})
    assert (again.status_code, again.json()["type"]) == (409, "view_name_taken")


def test_there_are_at_most_twenty(lite: World) -> None:
    desk = lite.staff()
    for number in range(20):
        assert desk.post("/v1/review/views", {"name": f"视图{number}", "query": {}}).status_code == 201
    one_more = desk.post("/v1/review/views", {"name": "再来一个", "query": {}})
    assert (one_more.status_code, one_more.json()["type"]) == (409, "too_many_views")


def test_only_filters_are_kept(lite: World) -> None:
    desk = lite.staff()
    for body in (
        {"name": " ", "query": {}},
        {"name": "视图", "query": {"due": "sometime"}},
        {"name": "视图", "query": {"cursor": "x"}},
        {"name": "视图", "query": {"q": "长" * 61}},
    ):
        assert desk.post("/v1/review/views", body).status_code == 422, body
