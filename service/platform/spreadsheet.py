"""Tables as CSV files that a spreadsheet opens as they are: Chinese is readable, and no cell becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from fastapi import Response

Cell = str | int | float | None

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_BLANK = " \n\v\f\u00a0\u3000\ufeff"
"""Programs skip these before they look whether a formula begins."""


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel reads Chinese wrongly."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([_safe(cell) for cell in row])
    return (_BYTE_ORDER_MARK + out.getvalue()).encode()


def csv_response(name: str, content: bytes) -> Response:
    """`name` is made of ASCII letters, without the ending; such a table is kept by nobody on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _safe(cell: Cell) -> str:
    """Numbers stay what they are; a text that would be read as a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell)
    folded = cell.lstrip(_BLANK).translate(_FULL_WIDTH)
    return f"'{cell}" if folded.startswith(_FORMULA_STARTS) else cell


_FULL_WIDTH = str.maketrans("＝＋－＠", "=+-@")
"""Some programs take the full-width forms for the plain ones."""
