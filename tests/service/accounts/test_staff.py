"""Staff log in with a password, are locked out when it is guessed, and change nothing without the CSRF token."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import Depends

from service.accounts import StaffMember, current_staff
from service.platform.clock import FixedClock
from tests.service.builders import World, open_world

PASSWORD = "open-sesame"


@pytest.fixture
def office(database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[World]:
    with open_world(
        tmp_path, database_url, clock, staff_demo_passwords=f"reviewer:{PASSWORD},lead:{PASSWORD}"
    ) as world:

        @world.app.post("/lead-only")
        def lead_only(staff: StaffMember = Depends(current_staff("lead"))) -> str:  # noqa: B008
            return staff.login

        yield world


def log_in(world: World, login: str = "reviewer", password: str = PASSWORD) -> int:
    return world.client.post("/v1/staff/session", json={"login": login, "password": password}).status_code


def csrf(world: World) -> dict[str, str]:
    return {"X-CSRF-Token": world.client.get("/v1/staff/session").json()["csrf_token"]}


def test_a_login_gives_a_cookie_that_scripts_cannot_read(office: World) -> None:
    answer = office.client.post("/v1/staff/session", json={"login": " Reviewer ", "password": PASSWORD})
    assert answer.json() | {"csrf_token": ""} == {
        "name": "审核员小林",
        "role": "reviewer",
        "csrf_token": "",
        "must_change_password": False,
        "second_factor": False,
        "must_set_second_factor": False,
        "rooms": ["queue"],
    }
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert office.client.get("/v1/staff/session").json() == answer.json()


def test_a_session_ends_with_the_log_out_and_with_time(office: World, clock: FixedClock) -> None:
    log_in(office)
    assert office.client.delete("/v1/staff/session").status_code == 403
    assert office.client.delete("/v1/staff/session", headers=csrf(office)).status_code == 204
    assert office.client.get("/v1/staff/session").status_code == 401
    log_in(office)
    clock.advance(hours=11)
    assert office.client.get("/v1/staff/session").status_code == 401


@pytest.mark.parametrize("login", ["reviewer", "nobody"])
def test_guessing_a_password_is_locked_out_whether_the_login_exists_or_not(
    office: World, clock: FixedClock, login: str
) -> None:
    statuses = [log_in(office, login, "wrong") for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    assert log_in(office, login) == 429
    clock.advance(minutes=16)
    assert log_in(office, login) == (200 if login == "reviewer" else 401)


def test_guesses_at_the_same_moment_are_all_counted(office: World) -> None:
    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(lambda number: log_in(office, "reviewer", f"wrong {number}"), range(12)))
    assert (statuses.count(401), statuses.count(429)) == (5, 7)


def test_the_right_password_takes_wrong_tries_back(office: World) -> None:
    for _ in range(3):
        assert [log_in(office, password="wrong") for _ in range(4)] == [401] * 4
        assert log_in(office) == 200


def test_a_change_needs_the_role_and_the_csrf_token_of_the_session(office: World) -> None:
    log_in(office, "reviewer")
    assert office.client.post("/lead-only", headers=csrf(office)).status_code == 403
    others = csrf(office)
    log_in(office, "lead")
    assert office.client.post("/lead-only").json()["type"] == "csrf_token_missing"
    assert office.client.post("/lead-only", headers=others).status_code == 403
    assert office.client.post("/lead-only", headers=csrf(office)).json() == "lead"


def test_a_made_up_cookie_opens_nothing(office: World) -> None:
    office.client.cookies.set("desk_session", "made-up")
    assert office.client.get("/v1/staff/session").status_code == 401
