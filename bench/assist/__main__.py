"""`python -m bench.assist`: runs the product, has merchants write to an agent, and prints what the agent gets."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bench.assist import accuracy, speed


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.assist", description=__doc__)
    parser.add_argument("what", choices=("speed", "accuracy", "all"), nargs="?", default="all")
    parser.add_argument("--conversations", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=20, help="seconds between two messages of one merchant")
    parser.add_argument("--first", action="store_true", help="on a shared machine: before all other processes (root)")
    options = parser.parse_args(arguments)
    results = []
    if options.what in ("speed", "all"):
        results.append(
            speed.measure(
                conversations=options.conversations, pace=speed.Pace(options.seconds, options.every, options.first)
            )
        )
    if options.what in ("accuracy", "all"):
        results.append(accuracy.measure())
    return max(results)


if __name__ == "__main__":
    sys.exit(main())
