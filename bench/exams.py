"""What is asked: every set of sentences, split into what may be learnt and what is asked afterwards."""

import csv
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from bot.evaluate import Case, read_cases
from bot.nlu.labels import OUT_OF_SCOPE
from bot.sentences import Sentence, read_sentences

SHARED: Final = Path(os.environ.get("SHARED_DATA", "../shared"))
_FOLDS: Final = 5


@dataclass(frozen=True)
class Split:
    """What a peer learns, and what it is asked without having seen it."""

    known: Sequence[Sentence]
    asked: Sequence[Case]


@dataclass(frozen=True)
class Exam:
    """One set. `tuning` are the sentences that the set gives for finding a threshold."""

    name: str
    splits: Sequence[Split]
    language: str = "zh"
    tuning: Sequence[Case] = ()
    threshold_from_asked: bool = False


class Missing(Exception):
    """A set is not on this machine; the text says what is missing."""


def exam(name: str) -> Exam:
    """The set of this name."""
    return EXAMS[name]()


def sampled(whole: Exam, most: int) -> Exam:
    """The same questions, but of every label at most so many sentences to learn from."""
    known = defaultdict(list)
    for sentence in whole.splits[0].known:
        known[sentence.intent].append(sentence)
    random = Random(0)
    few = [one for group in known.values() for one in random.sample(group, min(most, len(group)))]
    return Exam(f"{whole.name}-{most}", [Split(few, whole.splits[0].asked)])


def _real() -> Exam:
    return Exam("real", [Split(read_sentences(), read_cases(_present("examples/real-sentences.tsv")))])


def _folds() -> Exam:
    sentences = read_sentences()
    Random(0).shuffle(sentences)
    return Exam("folds", [_fold(sentences, fold) for fold in range(_FOLDS)])


def _fold(sentences: Sequence[Sentence], fold: int) -> Split:
    known = [sentence for place, sentence in enumerate(sentences) if place % _FOLDS != fold]
    return Split(known, [Case(one.text, one.intent) for one in sentences[fold::_FOLDS]])


def _clinc150() -> Exam:
    parts = json.loads(_present("datasets/clinc150/data_full.json").read_text(encoding="utf-8"))

    def cases(*names: str) -> list[Case]:
        return [_case(text, label, "oos") for name in names for text, label in parts[name]]

    known = [Sentence(text, label) for text, label in parts["train"]]
    return Exam("clinc150", [Split(known, cases("test", "oos_test"))], "en", cases("val", "oos_val"))


def _banking77() -> Exam:
    return _of_files("banking77", "datasets/banking77/train.csv", "datasets/banking77/test.csv", "en")


def _xsid() -> Exam:
    return _of_files("xsid-zh", "datasets/xsid-zh/valid.tsv", "datasets/xsid-zh/test.tsv", "zh")


def _hint3(bot: str) -> Callable[[], Exam]:
    def read() -> Exam:
        train, test = (f"datasets/hint3/{bot}_{part}.csv" for part in ("train", "test"))
        # Its authors read the threshold off the test sentences; so do we, to stand beside their figures.
        return _of_files(f"hint3-{bot}", train, test, "en", threshold_from_asked=True)

    return read


def _of_files(name: str, train: str, test: str, language: str, *, threshold_from_asked: bool = False) -> Exam:
    known = [Sentence(text, label) for text, label in _rows(_present(train))]
    asked = [_case(text, label, "NO_NODES_DETECTED") for text, label in _rows(_present(test))]
    return Exam(name, [Split(known, asked)], language, threshold_from_asked=threshold_from_asked)


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    """Text and label of each line; the .csv files have a header, the .tsv files have neither header nor quotes."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.suffix == ".tsv":
            rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        else:
            rows = csv.reader(file)
            next(rows)
        yield from ((row[0], row[1]) for row in rows if row and row[0].strip())


def _case(text: str, label: str, outside: str) -> Case:
    return Case(text, OUT_OF_SCOPE if label == outside else label)


def _present(name: str) -> Path:
    path = SHARED / name
    if not path.is_file():
        raise Missing(f"{path} is not there; SHARED_DATA names the folder")
    return path


EXAMS: Final[dict[str, Callable[[], Exam]]] = {
    "real": _real,
    "folds": _folds,
    "xsid-zh": _xsid,
    "hint3-curekart": _hint3("curekart"),
    "hint3-powerplay11": _hint3("powerplay11"),
    "hint3-sofmattress": _hint3("sofmattress"),
    "banking77": _banking77,
    "clinc150": _clinc150,
}
