"""Measures the understanding beside its peers: `python -m bench.nlu` (README.md tells what and how)."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from bench.exams import EXAMS, Exam, Missing, exam, sampled
from bench.peers import Answer, peer
from bot.evaluate import RESULTS, Case
from bot.train import quiet_libraries

TABLE: Final = RESULTS / "bench-nlu.json"
_SAMPLED: Final = "real sampled"
_MEGABYTE: Final = 1024 * 1024
_COLUMNS: Final = {
    "accuracy": "accuracy",
    "macro_f1": "macro F1",
    "calibration_error": "calib. error",
    "rule_accuracy": "right at rule",
    "rule_refused": "refused at rule",
    "rule_caught": "oos caught at rule",
    "caught_at_2": "oos caught at 2 %",
    "caught_at_5": "oos caught at 5 %",
    "train_seconds": "train s",
    "p50": "ms p50",
    "p95": "ms p95",
    "cpu_p50": "cpu ms p50",
    "model_mb": "model MB",
    "memory_mb": "memory MB",
}
_COSTS: Final = frozenset(("train_seconds", "p50", "p95", "cpu_p50", "model_mb", "memory_mb"))
_LIBRARIES: Final = {
    "diet": ("rasa.model_training", "rasa.core.agent"),
    "tf-idf": ("sklearn.linear_model", "sklearn.pipeline"),
    "ours": ("rasa.model_training", "rasa.core.agent", "bot.calibrate"),
    "ours in parts": ("bot.calibrate",),
}
T = TypeVar("T")


@dataclass(frozen=True)
class Served:
    """What it costs to answer, in a process that has only loaded the model."""

    p50: float
    p95: float
    cpu_p50: float
    memory_mb: float


def measure(name: str, examined: Exam, *, served: bool) -> dict[str, Any]:
    """One row of the table. Everything runs in processes of its own, so that no peer warms up for the next."""
    with tempfile.TemporaryDirectory() as place:
        row: dict[str, Any] = _alone(_sit, name, examined, place)
        if served:
            texts = [case.text for case in examined.splits[0].asked]
            row |= asdict(_alone(_serve, name, examined.language, f"{place}/0", texts))
            row["model_mb"] = sum(path.stat().st_size for path in Path(place, "0").rglob("*")) / _MEGABYTE
    return {"set": examined.name, "peer": name} | row


def _alone(work: Callable[..., T], *arguments: Any) -> T:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=quiet_libraries) as pool:
        return pool.submit(work, *arguments).result()


def _sit(name: str, examined: Exam, place: str) -> dict[str, Any]:
    """Learns every split, and is asked what it has not seen."""
    from bench.marks import marks

    asked: list[tuple[Case, Answer]] = []
    tuned: list[tuple[Case, Answer]] = []
    seconds = 0.0
    _prepare(name)
    for number, split in enumerate(examined.splits):
        folder = Path(place, str(number))
        candidate = peer(name, examined.language)
        started = time.perf_counter()
        candidate.learn(split.known, folder)
        seconds += time.perf_counter() - started
        candidate.load(folder)
        asked += [(case, candidate.ask(case.text)) for case in split.asked]
        tuned += [(case, candidate.ask(case.text)) for case in examined.tuning]
    learnt = len(examined.splits[0].known)
    return {"known": learnt, **asdict(marks(examined, asked, tuned)), "train_seconds": seconds / len(examined.splits)}


def _prepare(name: str) -> None:
    """Imports are no training."""
    for module in _LIBRARIES[name]:
        import_module(module)


def _serve(name: str, language: str, folder: str, texts: Sequence[str]) -> Served:
    candidate = peer(name, language)
    candidate.load(Path(folder))
    candidate.ask("预热")
    spent, computed = [], []
    for text in texts:
        started, thought = time.perf_counter(), time.process_time()
        candidate.ask(text)
        spent.append((time.perf_counter() - started) * 1000)
        computed.append((time.process_time() - thought) * 1000)
    resident = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    p50, p95, cpu = float(np.median(spent)), float(np.quantile(spent, 0.95)), float(np.median(computed))
    return Served(p50, p95, cpu, int(resident.split()[1]) / 1024)


def _print(row: dict[str, Any]) -> None:
    print("\t".join([row["set"], row["peer"], *(_cell(key, row.get(key)) for key in _COLUMNS)]), flush=True)


def _cell(key: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if key in _COSTS else f"{value:.1%}"


def _keep(row: dict[str, Any]) -> None:
    """Every row is written as soon as it stands; a later run of the same set and peer replaces it."""
    rows = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else []
    rows = [old for old in rows if (old["set"], old["peer"]) != (row["set"], row["peer"])] + [row]
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def _plan(sets: Sequence[str], diet_sentences: int) -> list[tuple[str, list[str], bool]]:
    """Set, peers, and whether the cost of answering is measured too."""
    plan = []
    for name in sets:
        if name == _SAMPLED:
            peers = ["diet", "tf-idf", "ours"] if diet_sentences else []
            plan.append((name, peers, True))
        elif name == "real":
            plan.append((name, ["tf-idf", "ours"], True))
        else:
            plan.append((name, ["tf-idf", "ours in parts"], False))
    return plan


def main(arguments: Sequence[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.nlu")
    names = [_SAMPLED, *EXAMS]
    parser.add_argument("--sets", default=",".join(names), help="which, with commas between: " + ", ".join(names))
    parser.add_argument("--diet-sentences", type=int, default=20, help="sentences of each label where DIET takes part")
    options = parser.parse_args(arguments)
    quiet_libraries()
    print("\t".join(["set", "peer", *_COLUMNS.values()]))
    for name, peers, served in _plan(options.sets.split(","), options.diet_sentences):
        try:
            examined = sampled(exam("real"), options.diet_sentences) if name == _SAMPLED else exam(name)
        except Missing as reason:
            print(f"{name}\tleft out: {reason}")
            continue
        for one in peers:
            row = measure(one, examined, served=served)
            _keep(row)
            _print(row)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
