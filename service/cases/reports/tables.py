"""A report's parts as tables for a spreadsheet. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from service.cases.reports.schemas import Report, TableName
from service.platform.spreadsheet import Cell, write_csv

_Rows = list[Sequence[Cell]]


def _volume(report: Report) -> _Rows:
    return [(str(row.day), row.filed, row.approved, row.rejected, row.paid) for row in report.volume]


def _first_decision(report: Report) -> _Rows:
    return [(str(row.week), row.median_hours, row.count) for row in report.first_decision.by_week]


def _refusals(report: Report) -> _Rows:
    return [(row.code, row.text, row.count) for row in report.refusals]


def _deadlines(report: Report) -> _Rows:
    return [(str(row.week), row.kept, row.missed) for row in report.deadlines.by_week]


def _sent_back(report: Report) -> _Rows:
    return [(row.title, reason.text, reason.count) for row in report.sent_back for reason in row.reasons]


_TABLES: dict[TableName, tuple[tuple[str, ...], Callable[[Report], _Rows]]] = {
    "volume": (("日期", "提交", "通过", "不通过", "打款"), _volume),
    "first_decision": (("周（周一）", "首次审核用时中位数（小时）", "份数"), _first_decision),
    "refusals": (("代号", "不通过的原因", "份数"), _refusals),
    "deadlines": (("周（周一）", "按时", "超时"), _deadlines),
    "sent_back": (("材料", "退回的原因", "次数"), _sent_back),
}


def as_csv(report: Report, name: TableName) -> bytes:
    header, rows = _TABLES[name]
    return write_csv(header, rows(report))
