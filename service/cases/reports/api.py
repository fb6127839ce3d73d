"""HTTP for reports and their tables (docs/protocol.md §4)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from service.cases.api import CurrentCases
from service.cases.doors import ReportReader
from service.cases.reports.schemas import Report, ReportQuery, TableName
from service.cases.reports.tables import as_csv
from service.platform import trail
from service.platform.context import CurrentPlatform
from service.platform.spreadsheet import csv_response

router = APIRouter(prefix="/v1/review/reports", tags=["review"])


@router.get("")
def get_report(
    query: Annotated[ReportQuery, Query()], staff: ReportReader, cases: CurrentCases, platform: CurrentPlatform
) -> Report:
    with platform.database.session() as session:
        return cases.reports.make(session, query)


@router.get("/{name}.csv", response_class=Response)
def get_table(
    *,
    name: TableName,
    query: Annotated[ReportQuery, Query()],
    staff: ReportReader,
    cases: CurrentCases,
    platform: CurrentPlatform,
) -> Response:
    """What is taken out of the house is written down."""
    with platform.database.begin() as session:
        content = as_csv(cases.reports.make(session, query), name)
        trail.record(
            session,
            actor=staff.key,
            action="report.exported",
            target=f"report:{name}",
            now=platform.clock.now(),
            after={"from": query.first, "to": query.last, "procedure": query.procedure},
        )
    return csv_response(f"{name}-{query.first}-{query.last}", content)
