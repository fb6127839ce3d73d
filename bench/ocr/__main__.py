"""`python -m bench.ocr`: draws papers, has them read as uploads are, and prints what was right and what it cost."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.ocr import cameras, papers
from bench.ocr.cameras import Camera
from bench.ocr.papers import Paper
from bench.ocr.people import somebody
from service.cases.reading.checks import flags
from service.cases.reading.understanding import understand
from service.cases.reading.worker import ReadingProcess


@dataclass
class Marks:
    """Of one camera."""

    pictures: int = 0
    fields: int = 0
    fields_right: int = 0
    flags_right: int = 0
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)

    def row(self, name: str) -> str:
        share = f"{self.fields_right}/{self.fields}" if self.fields else "–"
        flagged = f"{self.flags_right}/{self.pictures}"
        wall, cpu = statistics.median(self.seconds), statistics.median(self.cpu_seconds)
        return (
            f"| {name} | {self.pictures} | {share} | {flagged} | {wall:.2f} | {cpu:.2f} | {max(self.cpu_seconds):.2f} |"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.ocr", description=__doc__)
    parser.add_argument("--people", type=int, default=2, help="how many merchants; each has eight papers")
    parser.add_argument("--keep", type=Path, help="folder to keep the drawn pictures in")
    options = parser.parse_args(arguments)
    dice = cameras.dice(7)
    people = [somebody(dice) for _ in range(options.people)]
    reader = ReadingProcess(idle_seconds=3600)
    print("| pictures | number | fields right | flags right | s, median | CPU s, median | CPU s, most |")
    print("|---|---|---|---|---|---|---|")
    wrong = []
    for name, camera in cameras.GOOD.items():
        marks = _measure(reader, camera, [paper for one in people for paper in papers.sound(one)], options.keep)
        print(marks.row(name), flush=True)
        wrong += [f"{name}: {line}" for line in marks.wrong]
    odd = [paper for one in people for paper in papers.strange(one, somebody(dice))]
    for name, camera in (("to be flagged, clean", cameras.clean), ("to be flagged, photo", cameras.photo)):
        marks = _measure(reader, camera, odd, options.keep)
        print(marks.row(name), flush=True)
        wrong += [f"{name}: {line}" for line in marks.wrong]
    marks = _measure(reader, cameras.shaken, [_illegible(paper) for paper in papers.sound(people[0])], options.keep)
    print(marks.row("blurred beyond reading"))
    print(f"\nPeak memory of the reading process: {_peak_mb(reader)} MB.")
    print("\n".join(["", "What was not right:", *(wrong + marks.wrong or ["nothing"])]))
    reader.close()
    return 0


def _measure(reader: ReadingProcess, camera: Camera, sheets: Sequence[Paper], keep: Path | None) -> Marks:
    marks = Marks()
    for paper in sheets:
        content = cameras.jpeg(camera(paper.draw()))
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{camera.__name__}-{paper.name}.jpg").write_bytes(content)
        started, used = time.perf_counter(), _cpu_seconds(reader)
        reading = understand(reader.read(content, "image/jpeg"))
        marks.seconds.append(time.perf_counter() - started)
        marks.cpu_seconds.append(_cpu_seconds(reader) - used)
        marks.pictures += 1
        for key, value in paper.truth.items():
            found = reading.fields.get(key)
            marks.fields += 1
            marks.fields_right += bool(found and found.value == value)
            if not found or found.value != value:
                marks.wrong.append(f"{paper.name}: {key} is {value}, read {found.value if found else 'nothing'}")
        raised = {flag.code for flag in flags(reading, paper.expected) if flag.severity == "warning"}
        marks.flags_right += raised == paper.flags
        if raised != paper.flags:
            marks.wrong.append(f"{paper.name}: flags {sorted(raised)} instead of {sorted(paper.flags)}")
    return marks


def _illegible(paper: Paper) -> Paper:
    return Paper(
        paper.name, paper.size, paper.marks, {}, paper.expected, frozenset({"unreadable"}), paper.ground, paper.margin
    )


def _cpu_seconds(reader: ReadingProcess) -> float:
    """What the reading process has computed; on a busy machine only this compares."""
    if reader.pid is None:
        return 0.0
    behind_the_name = Path(f"/proc/{reader.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(behind_the_name[11]) + int(behind_the_name[12])) / os.sysconf("SC_CLK_TCK")


def _peak_mb(reader: ReadingProcess) -> int:
    status = Path(f"/proc/{reader.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


if __name__ == "__main__":
    sys.exit(main())
