"""A page is read the right way up, however it was held."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cases.reading.pages import Corners, page_of, rows_of

WIDTH, HEIGHT = 1000, 1400
TEXTS = (("凭证号:000123", 100, 200, 400), ("参考号:123456789012", 500, 200, 400), ("金额:36.00", 100, 300, 300))


def boxes() -> list[tuple[str, Corners]]:
    return [(text, ((x, y), (x + w, y), (x + w, y + 40), (x, y + 40))) for text, x, y, w in TEXTS]


def held(point: tuple[float, float], turned: int, tilt: float) -> tuple[float, float]:
    x, y = point[0] - WIDTH / 2, point[1] - HEIGHT / 2
    x, y = (x * math.cos(tilt) - y * math.sin(tilt), x * math.sin(tilt) + y * math.cos(tilt))
    x, y = x + WIDTH / 2, y + HEIGHT / 2
    return {0: (x, y), 90: (HEIGHT - y, x), 180: (WIDTH - x, HEIGHT - y), 270: (y, WIDTH - x)}[turned]


def seen(box: Corners, turned: int, tilt: float) -> Corners:
    """As a finder of lines gives it: the corner that is up and left in the picture comes first."""
    corners = [held(point, turned, tilt) for point in box]
    first = {0: 0, 90: 3, 180: 2, 270: 1}[turned]
    return tuple(corners[first:] + corners[:first])


@given(st.sampled_from([0, 90, 180, 270]), st.floats(-0.2, 0.2))
def test_what_stands_in_one_row_is_one_row_however_the_page_was_held(turned: int, tilt: float) -> None:
    lines = [(text, 0.9, seen(box, turned, tilt)) for text, box in boxes()]
    size = (WIDTH, HEIGHT) if turned in (0, 180) else (HEIGHT, WIDTH)
    page = page_of(size, turned in (180, 270), lines)
    assert (page.turned, page.width, page.height) == (turned, WIDTH, HEIGHT)
    assert [row.text for row in rows_of([page])] == ["凭证号:000123  参考号:123456789012", "金额:36.00"]


def test_a_row_is_as_sure_as_its_weakest_piece() -> None:
    pieces = [(text, score, box) for (text, box), score in zip(boxes(), (0.9, 0.6, 0.8), strict=True)]
    page = page_of((WIDTH, HEIGHT), False, pieces)
    assert [row.score for row in rows_of([page])] == [0.6, 0.8]


@pytest.mark.parametrize("flipped", [True, False])
def test_an_empty_page_has_no_rows(flipped: bool) -> None:
    assert rows_of([page_of((10, 10), flipped, [])]) == []
