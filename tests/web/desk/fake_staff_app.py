"""The fake's routes for signing in and for one's own account."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from .fake_staff import FakeStaff


def staff_routes(fake: FakeStaff) -> APIRouter:
    router = APIRouter(prefix="/v1/staff")

    @router.post("/session")
    def sign_in(body: dict[str, str]) -> JSONResponse:
        answer = JSONResponse(fake.sign_in(body["login"], body["password"], body.get("code", "")))
        answer.set_cookie("desk_session", "fake", httponly=True, samesite="strict")
        return answer

    @router.get("/session")
    def session() -> dict[str, Any]:
        return fake.session()

    @router.delete("/session", status_code=204)
    def sign_out() -> None:
        fake.signed_in = False

    @router.put("/password", status_code=204)
    def change_password(body: dict[str, str]) -> None:
        fake.change_password(body["current"], body["new"])

    @router.post("/second-factor")
    def offer(body: dict[str, str]) -> dict[str, Any]:
        return fake.offer_factor(body["password"])

    @router.post("/second-factor/confirm")
    def confirm(body: dict[str, str]) -> dict[str, Any]:
        return {"recovery_codes": fake.confirm_factor(body["code"])}

    @router.delete("/second-factor", status_code=204)
    def remove(body: dict[str, str]) -> None:
        fake.remove_factor(body["password"])

    return router
