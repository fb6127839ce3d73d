"""Who of the staff may use which route: one table, held against every route that the app has."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import httpx
import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from service.accounts import Role
from service.platform.clock import FixedClock
from tests.service.builders import World, open_world

ROLES: tuple[Role, ...] = get_args(Role)
PASSWORD = "four wooden ducks"
CHANGES = {"POST", "PUT", "PATCH", "DELETE"}

ALL = " ".join(ROLES)
DESK = "agent reviewer payer lead auditor"
DECIDE = "reviewer lead"
PAY = "payer lead"
ADVISE = "reviewer payer lead"
EXAMINE = "lead auditor"
CONSOLE = "agent lead"

#: A new route of the staff has to be entered here: who may use it is a decision.
MATRIX = {
    "GET /v1/staff/session": ALL,
    "DELETE /v1/staff/session": ALL,
    "PUT /v1/staff/password": ALL,
    "POST /v1/staff/second-factor": ALL,
    "POST /v1/staff/second-factor/confirm": ALL,
    "DELETE /v1/staff/second-factor": ALL,
    "GET /v1/staff/colleagues": ALL,
    "GET /v1/files/{file_id}": DESK,
    "GET /v1/review/knowledge": ALL,
    "GET /v1/review/applications": DESK,
    "GET /v1/review/applications/{application_no}": DESK,
    "GET /v1/review/applications/{application_no}/agreement.pdf": DESK,
    "POST /v1/review/applications/{application_no}/claim": DECIDE,
    "POST /v1/review/applications/{application_no}/documents/{key}/decision": DECIDE,
    "POST /v1/review/applications/{application_no}/decision": DECIDE,
    "POST /v1/review/applications/{application_no}/machine": DECIDE,
    "POST /v1/review/applications/{application_no}/reveal": DECIDE,
    "POST /v1/review/applications/{application_no}/payout": PAY,
    "POST /v1/review/applications/{application_no}/payout/retry": PAY,
    "POST /v1/review/applications/{application_no}/payout/release": PAY,
    "POST /v1/review/applications/{application_no}/payout/refuse": PAY,
    "GET /v1/review/payouts": "payer lead auditor",
    "POST /v1/review/payouts/list": PAY,
    "GET /v1/review/reconciliation": "payer lead auditor",
    "POST /v1/review/applications/{application_no}/preview": DECIDE,
    "POST /v1/review/applications/{application_no}/notes": "agent reviewer payer lead",
    "POST /v1/review/applications/{application_no}/opinions": ADVISE,
    "POST /v1/review/applications/{application_no}/opinions/{opinion_id}/answer": ADVISE,
    "GET /v1/review/applications/{application_no}/conversation": DESK,
    "GET /v1/review/next": DESK,
    "GET /v1/review/views": DESK,
    "POST /v1/review/views": DESK,
    "DELETE /v1/review/views/{view_id}": DESK,
    "GET /v1/review/reports": "lead admin auditor",
    "GET /v1/review/reports/{name}.csv": "lead admin auditor",
    "GET /v1/review/deliveries": "lead admin auditor",
    "POST /v1/review/deliveries/{delivery_id}/requeue": "lead admin",
    "GET /v1/review/audit": EXAMINE,
    "GET /v1/review/audit/verification": EXAMINE,
    "GET /v1/console/conversations/{conversation_id}/suggestions": CONSOLE,
    "GET /v1/console/conversations/{conversation_id}/summary": CONSOLE,
    "POST /v1/console/conversations/{conversation_id}/meaning": CONSOLE,
    "POST /v1/console/suggestions/{suggestion_id}/outcome": CONSOLE,
    "POST /v1/console/drafts/check": CONSOLE,
    "GET /v1/console/me": CONSOLE,
    "PUT /v1/console/presence": CONSOLE,
    "GET /v1/console/inbox": CONSOLE,
    "GET /v1/console/events": CONSOLE,
    "GET /v1/console/load": "lead",
    "POST /v1/console/conversations/{conversation_id}/verification": CONSOLE,
    "POST /v1/console/conversations/{conversation_id}/verification/confirm": CONSOLE,
    "POST /v1/console/conversations/{conversation_id}/upload-link": CONSOLE,
    "POST /v1/calls": CONSOLE,
    "POST /v1/calls/{call_id}/utterances": CONSOLE,
    "POST /v1/calls/{call_id}/end": CONSOLE,
    "GET /v1/console/replies": CONSOLE,
    "POST /v1/console/replies": CONSOLE,
    "PUT /v1/console/replies/{reply_id}": CONSOLE,
    "DELETE /v1/console/replies/{reply_id}": CONSOLE,
    "GET /v1/console/conversations/{conversation_id}": CONSOLE,
    "GET /v1/console/conversations/{conversation_id}/messages": CONSOLE,
    "GET /v1/console/conversations/{conversation_id}/events": CONSOLE,
    "POST /v1/console/conversations/{conversation_id}/claim": CONSOLE,
    "POST /v1/console/conversations/{conversation_id}/messages": CONSOLE,
    "POST /v1/console/conversations/{conversation_id}/hand-back": CONSOLE,
    "POST /v1/console/conversations/{conversation_id}/transfer": CONSOLE,
    "POST /v1/console/conversations/{conversation_id}/notes": CONSOLE,
    "POST /v1/console/conversations/{conversation_id}/close": CONSOLE,
}
#: Where the staff comes in, and doors that merchants or the call system share.
OPEN = {"POST /v1/staff/session"}
SHARED = {
    "GET /v1/files/{file_id}",
    "POST /v1/calls",
    "POST /v1/calls/{call_id}/utterances",
    "POST /v1/calls/{call_id}/end",
}


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    # An open stream would never end: behind its door it is full.
    monkeypatch.setattr("service.conversations.desk.watching.MAX_WATCHERS", 0)
    passwords = ",".join(f"{role}:{PASSWORD}" for role in ROLES)
    with open_world(tmp_path, sqlite_url, clock, staff_demo_passwords=passwords) as world:
        yield world


def test_every_route_of_the_staff_has_been_decided_on(lite: World) -> None:
    assert set(staff_routes(lite.app)) - OPEN == set(MATRIX)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_comes_through_its_own_doors_and_no_other(office: World, role: Role) -> None:
    signed_in = office.client.post("/v1/staff/session", json={"login": role, "password": PASSWORD})
    cookie, headers = signed_in.cookies["desk_session"], {"X-CSRF-Token": signed_in.json()["csrf_token"]}
    came_through = set()
    for route in sorted(MATRIX, key=lambda route: route == "DELETE /v1/staff/session"):
        office.client.cookies.set("desk_session", cookie)
        answer = knock(office, route, headers)
        assert answer.status_code != 401, route
        if not (answer.status_code == 403 and answer.json()["type"] == "forbidden"):
            came_through.add(route)
    assert came_through == {route for route, roles in MATRIX.items() if role in roles.split()}


def test_without_a_session_no_door_opens_and_without_the_csrf_token_nothing_changes(office: World) -> None:
    for route in MATRIX:
        assert knock(office, route, {}).status_code == 401, route
    office.client.post("/v1/staff/session", json={"login": "lead", "password": PASSWORD})
    for route in MATRIX:
        if route.split()[0] in CHANGES:
            assert knock(office, route, {}).json()["type"] == "csrf_token_missing", route


def staff_routes(app: FastAPI) -> Iterator[str]:
    """Routes under the staff's addresses, and routes anywhere that have one of the staff's doors."""
    for context in iter_route_contexts(app.routes):
        path, route = context.path or "", context.original_route
        if isinstance(route, APIRoute):
            for method in sorted(route.methods - {"HEAD"}):
                name = f"{method} {path}"
                if (
                    path.startswith(("/v1/review", "/v1/staff", "/v1/console"))
                    or has_door(context.dependant)
                    or name in SHARED
                ):
                    yield name


def has_door(dependant: Dependant | None) -> bool:
    if dependant is None:
        return False
    name = getattr(dependant.call, "__qualname__", "")
    return name.startswith("current_staff.") or any(map(has_door, dependant.dependencies))


def knock(office: World, route: str, headers: dict[str, str]) -> httpx.Response:
    method, path = route.split()
    for name, value in {
        "{application_no}": "SQ261127000000",
        "{key}": "deposit_receipt",
        "{file_id}": "f" * 32,
        "{opinion_id}": "f" * 32,
        "{view_id}": "f" * 32,
        "{name}": "volume",
        "{delivery_id}": "f" * 32,
        "{conversation_id}": "f" * 32,
        "{call_id}": "f" * 32,
        "{reply_id}": "f" * 32,
    }.items():
        path = path.replace(name, value)
    return office.client.request(method, path, headers={**headers, "Idempotency-Key": route}, json={})
