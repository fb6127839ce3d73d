"""What goes into a table comes out of it again, and nothing in it is calculated."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.platform.spreadsheet import csv_response, write_csv

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
CELLS = st.one_of(TEXTS, st.integers(), st.none())
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=5))
def test_every_cell_comes_back_but_for_the_apostrophe(rows: list[list[str | int | None]]) -> None:
    for row, cells in zip(rows, read(write_csv(["表头"], rows))[1:], strict=True):
        assert len(row) == len(cells)
        for cell, text in zip(row, cells, strict=True):
            plain = "" if cell is None else str(cell)
            assert text in (plain, f"'{plain}")
            assert text == plain or isinstance(cell, str)


@given(st.sampled_from(["", " ", "\n ", "\u3000"]), st.sampled_from([*FORMULA_STARTS, "＝", "＠"]), TEXTS)
def test_no_text_begins_a_formula(blank: str, start: str, rest: str) -> None:
    cell = read(write_csv(["表头"], [[blank + start + rest]]))[1][0]
    assert cell.startswith("'")


@given(TEXTS)
def test_a_text_that_is_no_formula_is_left_as_it_is(text: str) -> None:
    plain = f"商户{text}"
    assert read(write_csv(["表头"], [[plain]]))[1] == [plain]


@pytest.mark.parametrize(("number", "shown"), [(-1990, "-1990"), (0, "0"), (1.5, "1.5")])
def test_a_number_stays_one_even_below_zero(number: float, shown: str) -> None:
    assert read(write_csv(["表头"], [[number]]))[1] == [shown]


def test_excel_is_told_that_it_is_utf_8() -> None:
    assert write_csv(["商户"], []) == b"\xef\xbb\xbf" + '"商户"\r\n'.encode()


def test_the_file_has_a_name_and_is_kept_nowhere() -> None:
    answer = csv_response("volume", write_csv(["商户"], []))
    assert answer.headers["content-disposition"] == 'attachment; filename="volume.csv"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
