"""Draws what bench.nlu has measured: `python -m bench.chart`."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from bench.nlu import TABLE

_TARGET: Final = Path("docs/images/bench-nlu.png")
_COLOURS: Final = {"diet": "#c9a46a", "tf-idf": "#9aa5b1", "ours": "#1f6feb", "ours in parts": "#1f6feb"}
_NAMES: Final = {"diet": "Rasa's suggestion (DIET)", "tf-idf": "char tf-idf + LR", "ours": "ours"}
_BAR: Final = 0.27


def draw(rows: Sequence[dict[str, Any]]) -> Path:
    """Three pictures: what is right, what is caught out of scope, and what a message costs."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 3, figsize=(14, 4.2), gridspec_kw={"width_ratios": [3, 2.4, 1]})
    panels = (
        ("accuracy", "right among those in scope, %", 100),
        ("caught_at_5", "out of scope caught at 5 % wrongly refused, %", 100),
        ("cpu_p50", "CPU ms per message, median", 1),
    )
    for axis, (key, title, factor) in zip(axes, panels):
        _bars(axis, [row for row in rows if row.get(key) is not None], key, factor)
        axis.set_title(title, fontsize=10)
        for side in ("top", "right"):
            axis.spines[side].set_visible(False)
    shown = [peer for peer in _NAMES if any(row["peer"] == peer for row in rows)]
    handles = [plt.Rectangle((0, 0), 1, 1, color=_COLOURS[peer]) for peer in shown]
    figure.legend(handles, [_NAMES[peer] for peer in shown], loc="lower center", ncol=len(shown), frameon=False)
    figure.tight_layout(rect=(0, 0.07, 1, 1))
    figure.savefig(_TARGET, dpi=110)
    plt.close(figure)
    return _TARGET


def _bars(axis: Any, rows: Sequence[dict[str, Any]], key: str, factor: int) -> None:
    sets = list(dict.fromkeys(row["set"] for row in rows))
    for place, name in enumerate(sets):
        mine = [row for row in rows if row["set"] == name]
        for number, row in enumerate(mine):
            left = place + (number - (len(mine) - 1) / 2) * _BAR
            height = row[key] * factor
            axis.bar(left, height, _BAR, color=_COLOURS[row["peer"]])
            axis.text(
                left, height, f"{height:.0f}" if factor > 1 else f"{height:.1f}", ha="center", va="bottom", size=7
            )
    axis.set_xticks(range(len(sets)), [name.replace("hint3-", "hint3\n") for name in sets], fontsize=8, rotation=20)


def main() -> int:
    """Draws the last run."""
    if not TABLE.exists():
        print("Nothing has been measured yet: run make bench-nlu first.", file=sys.stderr)
        return 2
    print(draw(json.loads(TABLE.read_text(encoding="utf-8"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
