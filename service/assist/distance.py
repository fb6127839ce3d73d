"""How far an agent changed a suggestion: Levenshtein's distance. Pure."""

from __future__ import annotations

LONGEST = 600


def edit_distance(before: str, after: str) -> int:
    """How many characters were put in, taken out or changed; of very long texts the beginnings are compared."""
    before, after = _without_common_ends(before[:LONGEST], after[:LONGEST])
    row = list(range(len(after) + 1))
    for place, char in enumerate(before, start=1):
        last, row[0] = row[0], place
        for column, other in enumerate(after, start=1):
            last, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, last + (char != other))
    return row[-1]


def _without_common_ends(one: str, other: str) -> tuple[str, str]:
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    end = 0
    while end < min(len(one), len(other)) and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[: len(one) - end], other[: len(other) - end]
