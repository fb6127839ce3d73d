"""A program in the place of the reader that does what its file says: run by `test_worker`, never imported."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time


def main() -> None:
    for line in sys.stdin.buffer:
        content = sys.stdin.buffer.read(json.loads(line)["size"]).decode()
        if content == "sleeps":
            time.sleep(60)
        if content == "computes":
            resource.setrlimit(resource.RLIMIT_CPU, (1, resource.RLIM_INFINITY))
            while True:
                pass
        if content == "crashes":
            os.kill(os.getpid(), signal.SIGSEGV)
        for answer in (
            {"size": [100, 50], "flipped": False, "lines": [[content, 0.9, [0, 0, 9, 0, 9, 5, 0, 5]]]},
            None,
        ):
            sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
