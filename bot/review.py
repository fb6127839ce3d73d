"""Lets a person accept what merchants chose as training data: `python -m bot.review FILE [--list]`.

The file has a JSON object a line, as `python -m service.chosen_meanings` writes them.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.accepted import Accepted, Refused
from bot.sentences import FOLDER, bare, read_sentences
from bot.settings import TrainingSettings

_ASKING: Final = "  y accepts · n leaves it · another label · q ends > "


@dataclass(frozen=True)
class Chosen:
    """A sentence that was not understood, what the model held for likeliest, what was chosen, and how often."""

    text: str
    label: str
    taken_for: str
    confidence: float
    times: int

    def __str__(self) -> str:
        return f"{self.text}\n  chosen {self.label} ×{self.times}, taken for {self.taken_for} ({self.confidence:.2f})"


def gather(rows: Iterable[dict[str, Any]], accepted: Accepted) -> list[Chosen]:
    """What the training data does not know yet, each pair of sentence and choice once, the most frequent first."""
    unknown = [row for row in rows if row["text"] not in accepted]
    times = Counter((bare(row["text"]), row["label"]) for row in unknown)
    newest = {(bare(row["text"]), row["label"]): row for row in unknown}
    found = [
        Chosen(row["text"], row["label"], row["taken_for"], row["confidence"], times[pair])
        for pair, row in newest.items()
    ]
    return sorted(found, key=lambda one: (-one.times, one.text, one.label))


def review(
    chosen: Iterable[Chosen], accepted: Accepted, ask: Callable[[str], str], say: Callable[[str], None] = print
) -> None:
    """Asks about one after the other, until the person ends it."""
    for one in chosen:
        if one.text in accepted:  # The same sentence, with another meaning, has been accepted a moment ago.
            continue
        say(str(one))
        if not _goes_on_after(one, accepted, ask, say):
            return


def _goes_on_after(one: Chosen, accepted: Accepted, ask: Callable[[str], str], say: Callable[[str], None]) -> bool:
    while (answer := ask(_ASKING).strip()) not in {"n", "q"}:
        label = one.label if answer == "y" else answer
        try:
            accepted.add(one.text, label)
        except Refused as reason:
            say(f"  {reason}")
        else:
            say(f"  accepted as {label}")
            return True
    return answer == "n"


def _typed(question: str) -> str:
    """The end of the input ends the review."""
    try:
        return input(question)
    except EOFError:
        return "q"


def main() -> int:
    """The command; a folder of the operator's own sentences is preferred to the product's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--list", action="store_true", help="only show them")
    arguments = parser.parse_args()
    own = TrainingSettings.from_environment().training_data_extra
    folders = [FOLDER, own] if own else [FOLDER]
    accepted = Accepted(folders[-1], [sentence for folder in folders for sentence in read_sentences(folder)])
    rows = [json.loads(line) for line in arguments.file.read_text(encoding="utf-8").splitlines()]
    chosen = gather(rows, accepted)
    if not chosen:
        print("Nothing to look at: no merchant has chosen a meaning that the training data does not know.")
    elif arguments.list:
        print(*chosen, sep="\n")
    else:
        review(chosen, accepted, _typed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
