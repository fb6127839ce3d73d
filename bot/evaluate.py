"""Measures understanding: `python -m bot.evaluate FILE.tsv` (columns text, intent, also_accepted with `|` between)."""

import asyncio
import csv
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from bot.measures import Confusion, calibration_error, lines, worst
from bot.nlu.labels import NOT_UNDERSTOOD, OUT_OF_SCOPE, full_label
from bot.sentences import Known, read_sentences
from bot.train import model_path, quiet_libraries

RESULTS: Final = Path("results")
_CHINESE_FONTS: Final = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "SimHei",
    "PingFang SC",
)


@dataclass(frozen=True)
class Case:
    """One sentence and the labels that are right for it, the best first."""

    text: str
    label: str
    also_accepted: frozenset[str] = frozenset()

    @property
    def in_scope(self) -> bool:
        return self.label != OUT_OF_SCOPE


@dataclass(frozen=True)
class Outcome:
    """A case and what it was taken for."""

    case: Case
    predicted: str
    milliseconds: float
    likeliest: str = ""
    confidence: float = 0.0

    @property
    def refused(self) -> bool:
        return self.predicted in (OUT_OF_SCOPE, NOT_UNDERSTOOD)

    @property
    def right(self) -> bool:
        if not self.case.in_scope:
            return self.refused
        return not self.refused and self.predicted in {self.case.label, *self.case.also_accepted}

    @property
    def confused(self) -> bool:
        """Whether it was taken for something else; asking back is no confusion."""
        return not self.right and self.predicted != NOT_UNDERSTOOD

    @property
    def credited(self) -> str:
        """The label that counts: any right answer counts as the best one."""
        if self.right:
            return self.case.label
        return OUT_OF_SCOPE if self.refused else self.predicted


def read_cases(path: Path) -> list[Case]:
    """Reads the tab-separated file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or not {"text", "intent"} <= set(rows[0]):
        raise SystemExit(f"{path} needs a header line with the columns text and intent, separated by tabs.")
    return [
        Case(row["text"], row["intent"], frozenset(filter(None, (row.get("also_accepted") or "").split("|"))))
        for row in rows
        if row["text"]
    ]


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The figures of the last line."""
    inside = [outcome for outcome in outcomes if outcome.case.in_scope]
    outside = [outcome for outcome in outcomes if not outcome.case.in_scope]
    return {
        "n": len(outcomes),
        "in_scope_accuracy": _share(outcome.right for outcome in inside),
        "out_of_scope_recall": _share(outcome.right for outcome in outside),
        "wrongly_refused": _share(outcome.refused for outcome in inside),
        "macro_f1": macro_f1([(outcome.case.label, outcome.credited) for outcome in outcomes]),
        "calibration_error": calibration(outcomes),
        "ms_per_message_p50": round(median(outcome.milliseconds for outcome in outcomes), 2),
    }


def calibration(outcomes: Sequence[Outcome]) -> float:
    """How far the model's own ranking is from how often it is right, before the scope guard decides."""
    right = [one.likeliest in {one.case.label, *one.case.also_accepted} for one in outcomes]
    return round(calibration_error([one.confidence for one in outcomes], right), 4)


def confusions(outcomes: Iterable[Outcome]) -> list[Confusion]:
    """The worst ones: of what the model was surest."""
    return worst(
        Confusion(one.case.text, one.case.label, one.predicted, one.confidence) for one in outcomes if one.confused
    )


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean F1 over the labels that occur in the file."""
    true = Counter(label for label, _ in pairs)
    predicted = Counter(label for _, label in pairs)
    hits = Counter(label for label, other in pairs if label == other)
    scores = [2 * hits[label] / (true[label] + predicted[label]) for label in true]
    return round(sum(scores) / len(scores), 4)


def evaluate(path: Path) -> dict[str, Any]:
    """Runs the model over the file, prints the table, draws the picture."""
    cases = read_cases(path)
    known = Known(sentence.text for sentence in read_sentences())
    copied = sum(case.text in known for case in cases)
    outcomes = asyncio.run(_understand(cases))
    _print_table(outcomes)
    print("\nThe worst confusions:", *lines(confusions(outcomes)), sep="\n")
    print(f"\nSentences of this file that also stand in the training data, or nearly: {copied}")
    print(f"Picture: {_draw(outcomes, RESULTS / f'confusion-{path.stem}.png')}")
    return summary(outcomes)


async def _understand(cases: Sequence[Case]) -> list[Outcome]:
    from rasa.core.agent import Agent

    agent = Agent.load(str(model_path()))
    await agent.parse_message("预热")
    outcomes = []
    for case in cases:
        started = time.perf_counter()
        parsed = await agent.parse_message(case.text.replace("/", "／", 1) if case.text.startswith("/") else case.text)
        milliseconds = (time.perf_counter() - started) * 1000
        first = parsed["intent_ranking"][0]
        outcomes.append(Outcome(case, full_label(parsed), milliseconds, first["name"], float(first["confidence"])))
    return outcomes


def _print_table(outcomes: Sequence[Outcome]) -> None:
    print("intent\tright\tof\ttaken for")
    for label in sorted({outcome.case.label for outcome in outcomes}):
        mine = [outcome for outcome in outcomes if outcome.case.label == label]
        wrong = Counter(outcome.predicted for outcome in mine if not outcome.right)
        taken = ", ".join(f"{name} ×{count}" for name, count in wrong.most_common())
        print(f"{label}\t{sum(outcome.right for outcome in mine)}\t{len(mine)}\t{taken}")


def _draw(outcomes: Sequence[Outcome], target: Path) -> Path:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.font_manager
    import matplotlib.pyplot as plt
    import numpy as np

    installed = {font.name for font in matplotlib.font_manager.fontManager.ttflist}
    chinese = next((font for font in _CHINESE_FONTS if font in installed), None)
    labels = sorted({name for outcome in outcomes for name in (outcome.case.label, outcome.credited)})
    # Without a Chinese font numbers stand for the names, which the printed table explains.
    names = labels if chinese else [str(number) for number in range(1, len(labels) + 1)]
    if not chinese:
        print("\n".join(f"{number}\t{label}" for number, label in enumerate(labels, start=1)))
    place = {label: index for index, label in enumerate(labels)}
    counts = np.zeros((len(labels), len(labels)), dtype=int)
    for outcome in outcomes:
        counts[place[outcome.case.label], place[outcome.credited]] += 1
    with plt.rc_context({"font.family": chinese or "sans-serif", "font.size": 8}):
        figure, axes = plt.subplots(figsize=(12, 11))
        axes.imshow(counts, cmap="Blues", norm=matplotlib.colors.PowerNorm(0.5))
        for row, column in zip(*counts.nonzero()):
            axes.text(column, row, counts[row, column], ha="center", va="center")
        axes.set_xticks(range(len(labels)), names, rotation=90)
        axes.set_yticks(range(len(labels)), names)
        axes.set_xlabel("taken for")
        axes.set_ylabel("meant")
        figure.tight_layout()
        target.parent.mkdir(exist_ok=True)
        figure.savefig(target, dpi=120)
        plt.close(figure)
    return target


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return round(sum(counted) / len(counted), 4) if counted else 0.0


def main(arguments: Sequence[str]) -> int:
    """The command."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("Say which file: python -m bot.evaluate FILE.tsv (columns text, intent, also_accepted)", file=sys.stderr)
        return 2
    if not model_path().exists():
        print("There is no model of the present sources: run make train first.", file=sys.stderr)
        return 2
    quiet_libraries()
    from rasa.utils.log_utils import configure_structlog

    configure_structlog()
    print(json.dumps(evaluate(Path(arguments[0])), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
