"""Lines of text as they stand on a page, and the rows that they make. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from service.cases.answers.text import fold


@dataclass(frozen=True)
class Line:
    """A piece of text that was read as one; sides in pixels of its upright page."""

    text: str
    score: float
    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Page:
    width: int
    height: int
    turned: int
    """How far it was turned clockwise when it came, in degrees."""
    lines: tuple[Line, ...]


Corners = tuple[tuple[float, float], ...]
"""Of a line as the camera saw it: four, clockwise."""


def page_of(size: tuple[int, int], flipped: bool, lines: Sequence[tuple[str, float, Corners]]) -> Page:
    """The page put upright and level, whichever way it was held. `flipped`: most lines stood on their heads."""
    boxes = [corners for _text, _score, corners in lines]
    turned = _turned(boxes, flipped)
    upright = _level([_turn_back(box, turned, size) for box in boxes])
    width, height = size if turned in (0, 180) else size[::-1]
    return Page(
        width=width,
        height=height,
        turned=turned,
        lines=tuple(
            Line(
                text=text,
                score=score,
                left=round(min(x for x, _y in box)),
                top=round(min(y for _x, y in box)),
                right=round(max(x for x, _y in box)),
                bottom=round(max(y for _x, y in box)),
            )
            for (text, score, _corners), box in zip(lines, upright, strict=True)
        ),
    )


def _turned(boxes: Sequence[Corners], flipped: bool) -> int:
    """Columns of text are lines of a page on its side; the longer ones have more to say."""
    votes = 0.0
    for box in boxes:
        width, height = math.dist(box[0], box[1]), math.dist(box[1], box[2])
        votes += max(width, height) if height >= 1.5 * width else -max(width, height)
    if votes > 0:
        return 270 if flipped else 90
    return 180 if flipped else 0


def _turn_back(box: Corners, turned: int, size: tuple[int, int]) -> Corners:
    width, height = size
    match turned:
        case 90:
            return tuple((y, width - x) for x, y in box)
        case 180:
            return tuple((width - x, height - y) for x, y in box)
        case 270:
            return tuple((height - y, x) for x, y in box)
        case _:
            return box


def _level(boxes: Sequence[Corners]) -> list[Corners]:
    """Takes the tilt out, so that what stands in one row has one height."""
    if not boxes:
        return []
    axes = [_long_axis(box) for box in boxes]
    typical = median(math.hypot(*axis) for axis in axes)
    tilt = median(math.atan2(y, x) for x, y in axes if math.hypot(x, y) >= typical)
    cos, sin = math.cos(-tilt), math.sin(-tilt)
    points = [point for box in boxes for point in box]
    mid_x, mid_y = (sum(point[side] for point in points) / len(points) for side in (0, 1))
    return [
        tuple(
            (mid_x + (x - mid_x) * cos - (y - mid_y) * sin, mid_y + (x - mid_x) * sin + (y - mid_y) * cos)
            for x, y in box
        )
        for box in boxes
    ]


def _long_axis(box: Corners) -> tuple[float, float]:
    """The direction of a line, from left to right."""
    one = (box[1][0] - box[0][0], box[1][1] - box[0][1])
    other = (box[2][0] - box[1][0], box[2][1] - box[1][1])
    x, y = max(one, other, key=lambda side: math.hypot(*side))
    return (x, y) if x >= 0 else (-x, -y)


@dataclass(frozen=True)
class Row:
    """What stands beside each other, left to right, with the score of its weakest piece."""

    text: str
    score: float


def rows_of(pages: Sequence[Page]) -> list[Row]:
    """From top to bottom, page after page."""
    return [_row(group) for page in pages for group in _groups(page.lines)]


def squeezed(rows: Sequence[Row]) -> str:
    """The whole text without blanks, to look for words in."""
    return re.sub(r"\s", "", "\n".join(row.text for row in rows)).upper()


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """A line belongs to the row whose middle it covers."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if groups and line.middle - _middle(groups[-1]) < 0.5 * min(line.height, groups[-1][0].height):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _middle(group: Sequence[Line]) -> float:
    return sum(line.middle for line in group) / len(group)


def _row(group: list[Line]) -> Row:
    pieces = sorted(group, key=lambda line: line.left)
    return Row("  ".join(fold(line.text) for line in pieces), min(line.score for line in pieces))
