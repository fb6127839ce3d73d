"""How often the right suggestion is among the three, on the open real sentences; nothing is chosen by them."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.assist.office import office

SENTENCES = Path(os.environ.get("SHARED_DATA", "../shared")) / "examples" / "real-sentences.tsv"
OUT_OF_SCOPE = "超出范围"
TARGET = 0.97


@dataclass(frozen=True)
class Case:
    text: str
    intent: str
    also_accepted: frozenset[str]

    @property
    def in_scope(self) -> bool:
        return self.intent != OUT_OF_SCOPE

    @property
    def right(self) -> frozenset[str]:
        return self.also_accepted | {self.intent}


def measure() -> int:
    """Prints the table and every miss; 1 when the target is missed."""
    if not SENTENCES.exists():
        print(f"Skipped: {SENTENCES} is not on this machine (set SHARED_DATA).")
        return 0
    cases = list(_read(SENTENCES))
    ranks: list[tuple[Case, int | None, list[str | None]]] = []
    with office() as room:
        for case in cases:
            chat = room.open(None)
            chat.say(case.text)
            intents = [item["intent"] for item in room.suggestions(chat)["items"]]
            rank = next((place for place, intent in enumerate(intents, start=1) if intent in case.right), None)
            ranks.append((case, rank, intents))
    print("| open real sentences | asked | first | among three | target |")
    print("|---|---|---|---|---|")
    inside = [row for row in ranks if row[0].in_scope]
    share = _row("in scope", inside, f"{TARGET:.0%}")
    _row("out of scope", [row for row in ranks if not row[0].in_scope], "–")
    for case, rank, intents in inside:
        if rank is None:
            print(f"missed: {case.text} is {'/'.join(sorted(case.right))}, suggested {intents}")
    return 0 if share >= TARGET else 1


def _row(name: str, rows: list[tuple[Case, int | None, list[str | None]]], target: str) -> float:
    first = sum(rank == 1 for _case, rank, _intents in rows) / len(rows)
    among = sum(rank is not None for _case, rank, _intents in rows) / len(rows)
    print(f"| {name} | {len(rows)} | {first:.1%} | {among:.1%} | {target} |")
    return among


def _read(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            also = frozenset(filter(None, (row["also_accepted"] or "").split("|")))
            yield Case(row["text"], row["intent"], also)
