"""Reads the lines on pictures and PDFs, offline. A program that waits for files on stdin (see `worker`).

Imports nothing of ours: it starts without our secrets, knows no settings, and hands back lines alone.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import IO, Any

import pypdfium2
from PIL import Image

LONG_SIDE = 1_600
MAX_PAGES = 5
MAX_LINES = 300
MAX_CHARACTERS = 120
CPU_SECONDS = 60
MEMORY_BYTES = 2 * 1024 * 1024 * 1024
_NICENESS = 10  # the service answers people; this can wait
_PDF = "application/pdf"


def limit() -> None:
    """Everything that holds from the start; processor time is counted for each file anew."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold a merchant's document
    os.nice(_NICENESS)
    with suppress(OSError):  # not every system lets a process leave the network; it has no use for one either way
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)


def limit_next_file() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


class Engine:
    """The models. They are loaded after the limits are set: a thread that they start would escape those."""

    def __init__(self) -> None:
        import numpy as np  # noqa: PLC0415
        from opencc import OpenCC  # noqa: PLC0415
        from rapidocr import RapidOCR  # noqa: PLC0415

        recogniser: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.max_side_len": LONG_SIDE,
                "Global.text_score": 0.3,  # what is hard to read is to be known as such, and not left out
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
        turn_upright = recogniser.cls_and_rotate

        def cls_and_rotate(crops: list[Any]) -> Any:
            turned, result = turn_upright(crops)
            self._flipped = sum(label == "180" for label, _score in result.cls_res) * 2 > len(result.cls_res)
            return turned, result

        recogniser.cls_and_rotate = cls_and_rotate
        self._recognise = recogniser
        self._array = np.asarray
        self._simplify = OpenCC("t2s").convert
        self._flipped = False

    def read(self, picture: Image.Image) -> dict[str, Any]:
        """Size, whether most lines stood on their heads, and each line with its score and its corners."""
        self._flipped = False
        found = self._recognise(self._array(picture)[:, :, ::-1])
        boxes = [] if found.boxes is None else [[round(float(side)) for side in box.flat] for box in found.boxes]
        lines = [
            [self._simplify(text)[:MAX_CHARACTERS], round(float(score), 3), corners]
            for text, score, corners in zip(found.txts or (), found.scores or (), boxes, strict=True)
        ]
        return {"size": picture.size, "flipped": self._flipped, "lines": lines[:MAX_LINES]}


def pages_of(content: bytes, content_type: str) -> Iterator[Image.Image]:
    """The first pages as pictures, small enough to be read fast."""
    if content_type != _PDF:
        with Image.open(io.BytesIO(content)) as picture:
            picture.draft("RGB", (LONG_SIDE, LONG_SIDE))
            picture.thumbnail((LONG_SIDE, LONG_SIDE))
            yield picture.convert("RGB")
        return
    with closing(pypdfium2.PdfDocument(content)) as document:
        for index in range(min(len(document), MAX_PAGES)):
            page = document[index]
            scale = LONG_SIDE / max(*page.get_size(), 1.0)
            yield page.render(scale=min(scale, 4.0), may_draw_forms=False).to_pil().convert("RGB")
            page.close()


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """A line of JSON and the content in; a line for each page out, and `null` when the file is over."""
    engine = Engine()
    for line in requests:
        request = json.loads(line)
        content = requests.read(request["size"])
        limit_next_file()
        for picture in pages_of(content, request["type"]):
            _say(answers, engine.read(picture))
        _say(answers, None)


def _say(answers: IO[bytes], what: object) -> None:
    answers.write(json.dumps(what, ensure_ascii=False).encode() + b"\n")
    answers.flush()


def main() -> int:
    limit()
    limit_next_file()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints must not end up among the answers
    with suppress(BrokenPipeError):  # nobody waits any more
        serve(sys.stdin.buffer, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
