"""HTTP for merchants and the bot: procedures, applications, documents, files (docs/protocol.md §3)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Header, Path, Query, Request, Response, UploadFile
from sqlalchemy.orm import Session

from service.accounts import Actor, ServedActor, current_actor, current_staff
from service.cases import store, views
from service.cases.agreement.words import TITLE
from service.cases.desk import Cases
from service.cases.documents.sanitise import long_preview, sanitise
from service.cases.documents.service import safe_name
from service.cases.doors import READERS
from service.cases.errors import AgreementIsTheMerchants, NoSuchProcedure, ReadBackMissing
from service.cases.models import Application
from service.cases.schemas import (
    AgreementIn,
    AnswerIn,
    ApplicationLines,
    ApplicationOut,
    FileOut,
    NewApplication,
    ProcedureList,
    ProcedureOut,
    ReceiptIn,
    SubmitIn,
    WithdrawIn,
)
from service.platform.context import CurrentPlatform
from service.platform.idempotency import OnceOnly

router = APIRouter(tags=["applications"])


def _cases(request: Request) -> Cases:
    cases: Cases = request.app.state.cases
    return cases


CurrentCases = Annotated[Cases, Depends(_cases)]
ApplicationNo = Annotated[str, Path(max_length=20)]
Name = Annotated[str, Path(max_length=40)]

Digest = Annotated[str | None, Query(pattern=r"^[0-9a-f]{64}$")]

_PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


# --- procedures ------------------------------------------------------------------------------------------------------


@router.get("/v1/procedures")
def list_procedures(cases: CurrentCases) -> ProcedureList:
    return ProcedureList(items=[views.procedure_view(procedure) for procedure in cases.parts.catalogue.values()])


@router.get("/v1/procedures/{code}")
def get_procedure(code: Name, cases: CurrentCases) -> ProcedureOut:
    procedure = cases.parts.catalogue.get(code)
    if procedure is None:
        raise NoSuchProcedure
    return views.procedure_view(procedure)


# --- applications ----------------------------------------------------------------------------------------------------


@router.get("/v1/applications")
def list_applications(
    actor: ServedActor,
    cases: CurrentCases,
    platform: CurrentPlatform,
    open: bool = False,  # noqa: A002
) -> ApplicationLines:
    with platform.database.session() as session:
        return ApplicationLines(items=cases.lines(session, actor, only_open=open))


@router.post("/v1/applications", status_code=201, response_model=ApplicationOut)
def create_application(body: NewApplication, actor: ServedActor, cases: CurrentCases, once: OnceOnly) -> Response:
    def effect(session: Session) -> tuple[int, Any]:
        return 201, cases.show(session, cases.filing.create(session, actor, body.procedure, body.prefill), actor)

    return once(actor.key, body, effect)


@router.get("/v1/applications/{application_no}")
def get_application(
    application_no: ApplicationNo, actor: ServedActor, cases: CurrentCases, platform: CurrentPlatform
) -> ApplicationOut:
    with platform.database.session() as session:
        return cases.show(session, store.find(session, application_no, actor), actor)


@router.put("/v1/applications/{application_no}/answers/{field}", response_model=ApplicationOut)
def put_answer(
    *,
    application_no: ApplicationNo,
    field: Name,
    body: AnswerIn,
    actor: ServedActor,
    cases: CurrentCases,
    platform: CurrentPlatform,
    once: OnceOnly,
) -> Response:
    # What a fingerprint is made of may be an identity number: a plain hash of it could be found by trying.
    blind = platform.blind_index(json.dumps(body.value, ensure_ascii=False, sort_keys=True)).encode()
    return once(
        actor.key, blind, _shown(cases, lambda s: cases.answering.answer(s, application_no, actor, field, body.value))
    )


@router.delete("/v1/applications/{application_no}/answers/{field}", response_model=ApplicationOut)
def delete_answer(
    application_no: ApplicationNo, field: Name, actor: ServedActor, cases: CurrentCases, once: OnceOnly
) -> Response:
    return once(actor.key, None, _shown(cases, lambda s: cases.answering.clear(s, application_no, actor, field)))


@router.post("/v1/applications/{application_no}/submit", response_model=ApplicationOut)
def submit(
    application_no: ApplicationNo, body: SubmitIn, actor: ServedActor, cases: CurrentCases, once: OnceOnly
) -> Response:
    if actor.kind == "agent" and not body.read_back:
        raise ReadBackMissing
    return once(actor.key, body, _shown(cases, lambda s: cases.filing.submit(s, application_no, actor, body.version)))


@router.post("/v1/applications/{application_no}/withdraw", response_model=ApplicationOut)
def withdraw(
    application_no: ApplicationNo, body: WithdrawIn, actor: ServedActor, cases: CurrentCases, once: OnceOnly
) -> Response:
    return once(actor.key, body, _shown(cases, lambda s: cases.filing.withdraw(s, application_no, actor, body.reason)))


@router.post("/v1/applications/{application_no}/agreement", response_model=ApplicationOut)
def agree(
    application_no: ApplicationNo, body: AgreementIn, actor: ServedActor, cases: CurrentCases, once: OnceOnly
) -> Response:
    if actor.kind == "agent":
        raise AgreementIsTheMerchants
    return once(actor.key, body, _shown(cases, lambda s: cases.filing.agree(s, application_no, actor, body)))


@router.get("/v1/applications/{application_no}/agreement.pdf", response_class=Response)
def get_agreement(
    *,
    application_no: ApplicationNo,
    actor: ServedActor,
    cases: CurrentCases,
    platform: CurrentPlatform,
    sha256: Digest = None,
    variant: Literal["preview", "original"] = "original",
) -> Response:
    """As a PDF, or as a picture of it for browsers that open none, such as WeChat's."""
    with platform.database.session() as session:
        application = store.find(session, application_no, actor)
        content = cases.agreements.content(session, application, sha256)
    if variant == "preview":
        return Response(long_preview(content), media_type="image/jpeg", headers=_PRIVATE)
    return pdf(content, f"{TITLE} {application_no}.pdf")


@router.post("/v1/applications/{application_no}/receipt", response_model=ApplicationOut)
def confirm_receipt(
    application_no: ApplicationNo, body: ReceiptIn, actor: ServedActor, cases: CurrentCases, once: OnceOnly
) -> Response:
    return once(actor.key, body, _shown(cases, lambda s: cases.filing.confirm_receipt(s, application_no, actor)))


def pdf(content: bytes, name: str) -> Response:
    """To be looked at in the browser, and to be saved under its name."""
    headers = {**_PRIVATE, "Content-Disposition": f"inline; filename=\"agreement.pdf\"; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type="application/pdf", headers=headers)


def _shown(cases: Cases, work: Callable[[Session], Application]) -> Callable[[Session], tuple[int, Any]]:
    """The work, answered with the application as it is then."""
    return lambda session: (200, cases.show(session, work(session)))


# --- documents and files ---------------------------------------------------------------------------------------------


@router.post("/v1/applications/{application_no}/documents/{key}", status_code=201, response_model=FileOut)
def upload(
    *,
    application_no: ApplicationNo,
    key: Name,
    file: Annotated[UploadFile, File()],
    actor: ServedActor,
    cases: CurrentCases,
    platform: CurrentPlatform,
    once: OnceOnly,
) -> Response:
    """The content, not the form around it, is what makes a repeat a repeat."""
    with platform.database.session() as session:
        cases.papers.may_upload(session, application_no, actor, key)
    source = file.file.read()
    kept = cases.papers.keep(file.filename or "", source, sanitise(source))

    def effect(session: Session) -> tuple[int, Any]:
        row = cases.papers.add(session, application_no, actor, key, kept)
        return 201, FileOut.model_validate(row, from_attributes=True)

    return once(actor.key, hashlib.sha256(source).digest(), effect)


@router.delete("/v1/applications/{application_no}/documents/{key}/files/{file_id}", response_model=ApplicationOut)
def delete_file(
    *, application_no: ApplicationNo, key: Name, file_id: Name, actor: ServedActor, cases: CurrentCases, once: OnceOnly
) -> Response:
    return once(actor.key, None, _shown(cases, lambda s: cases.papers.remove(s, application_no, actor, key, file_id)))


def _reader(
    request: Request,
    platform: CurrentPlatform,
    authorization: Annotated[str, Header(max_length=4096)] = "",
    x_conversation: Annotated[str, Header(max_length=64)] = "",
) -> Actor | None:
    """The merchant or the bot of a conversation; None for a member of the staff."""
    keeper = request.app.state.accounts
    if authorization:
        return current_actor(platform, keeper, authorization, x_conversation)
    current_staff(*READERS)(request, platform, keeper, request.cookies.get("desk_session", ""))
    return None


@router.get("/v1/files/{file_id}", response_class=Response)
def get_file(
    *,
    file_id: Name,
    cases: CurrentCases,
    platform: CurrentPlatform,
    reader: Annotated[Actor | None, Depends(_reader)],
    variant: Literal["preview", "original"] = "preview",
    page: Annotated[int, Query(ge=1, le=20)] = 1,
) -> Response:
    with platform.database.session() as session:
        file, content = cases.papers.content(session, file_id, reader)
    headers = {**_PRIVATE, "Content-Security-Policy": "default-src 'none'; sandbox"}
    if variant == "preview":
        return Response(cases.papers.preview(file, content, page), media_type="image/jpeg", headers=headers)
    name = quote(safe_name(file.name, file.content_type))
    headers["Content-Disposition"] = f"attachment; filename=\"file\"; filename*=UTF-8''{name}"
    return Response(content, media_type=file.content_type, headers=headers)
