"""The fake's routes of the rooms beside the queue."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from .fake_rooms import FakeRooms
from .fake_staff import FakeStaff


class RoomedStaff(FakeStaff):
    """Whoever signs in, and the rooms behind the desk."""

    rooms: FakeRooms


def room_routes(fake: RoomedStaff) -> APIRouter:
    router = APIRouter(prefix="/v1/review")
    router.include_router(payout_routes(fake))
    router.include_router(proof_routes(fake))
    router.include_router(delivery_routes(fake))

    @router.get("/reports")
    def report(request: Request) -> dict[str, Any]:
        fake.require("lead", "auditor", "admin")
        return fake.rooms.report(dict(request.query_params))

    @router.get("/reports/{name}.csv")
    def report_file(name: str, request: Request) -> Response:
        fake.require("lead", "auditor", "admin")
        fake.rooms.report_asked = dict(request.query_params)
        return Response(f"\ufeff{name},数量\r\n", media_type="text/csv")

    return router


def payout_routes(fake: RoomedStaff) -> APIRouter:
    router = APIRouter()

    @router.get("/payouts")
    def payouts(state: str = "held") -> dict[str, Any]:
        return fake.rooms.payout_page(state, fake.require("payer", "lead", "auditor"))

    @router.post("/payouts/list")
    def bank_list(body: dict[str, Any]) -> Response:
        fake.require("payer", "lead")
        return Response(fake.rooms.bank_list(body["refund_nos"], body["reason"]), media_type="text/csv")

    return router


def proof_routes(fake: RoomedStaff) -> APIRouter:
    router = APIRouter()

    @router.get("/reconciliation")
    def reconciliation() -> dict[str, Any]:
        fake.require("payer", "lead", "auditor")
        return fake.rooms.reconciliation()

    @router.get("/audit")
    def audit(application_no: str = "", actor: str = "", action: str = "", cursor: str = "") -> dict[str, Any]:
        fake.require("lead", "auditor")
        return fake.rooms.audit_page({"application_no": application_no, "actor": actor, "action": action}, cursor)

    @router.get("/audit/verification")
    def verification() -> dict[str, Any]:
        fake.require("lead", "auditor")
        return fake.rooms.verification()

    return router


def delivery_routes(fake: RoomedStaff) -> APIRouter:
    router = APIRouter(prefix="/deliveries")

    @router.get("")
    def deliveries(state: str = "dead", channel: str = "") -> dict[str, Any]:
        fake.require("lead", "admin", "auditor")
        return fake.rooms.delivery_page(state, channel)

    @router.post("/{number}/requeue")
    def requeue(number: str) -> dict[str, Any]:
        fake.require("lead", "admin")
        return fake.rooms.requeue(number)

    return router
