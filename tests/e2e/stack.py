"""Starts the product by the same script as `make run`, on ports and data of its own, and can kill its parts."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import httpx

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
READY_LINE = "Press Ctrl-C to stop."
START_TIMEOUT_SECONDS = 240

Part = Literal["service", "bot", "actions"]


@dataclass
class Stack:
    """A running product. `output` is everything that the run command printed."""

    data_dir: Path
    port: int
    process: subprocess.Popen[str]
    output: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def pid_of(self, part: Part) -> int:
        """Process id of one part, found by its command line and its parent, the process manager."""
        manager = int((self.data_dir / "supervisord.pid").read_text())
        listing = subprocess.run(["ps", "-axo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
        for line in listing.splitlines():
            pid, ppid, args = line.split(None, 2)
            if int(ppid) == manager and args.endswith(f"-m {part}"):
                return int(pid)
        raise ProcessLookupError(f"{part} is not running")

    def kill(self, part: Part) -> None:
        """kill -9, as a crash would."""
        os.kill(self.pid_of(part), signal.SIGKILL)

    def freeze(self, part: Part) -> None:
        """Stops a part without ending it: it hangs, and answers nobody."""
        os.kill(self.pid_of(part), signal.SIGSTOP)

    def thaw(self, part: Part) -> None:
        """Lets a frozen part go on."""
        os.kill(self.pid_of(part), signal.SIGCONT)

    def wait_until_ready(self, timeout: float = 120) -> None:
        """Blocks until every part says that it is healthy."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                if httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.3)
        raise TimeoutError("the product did not become ready: " + "".join(self.output[-20:]))

    def stop(self) -> int:
        """Ctrl-C; gives the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=120)


def start_stack(data_dir: Path, **settings: str) -> Stack:
    """Runs the product and returns when it has printed that it is ready."""
    port = free_port()
    environment = {
        **os.environ,
        "DATA_DIR": str(data_dir),
        "PORT": str(port),
        "RASA_PORT": str(free_port()),
        "ACTIONS_PORT": str(free_port()),
        **settings,
    }
    process = subprocess.Popen(
        [sys.executable, "scripts/run.py"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    stack = Stack(data_dir=data_dir, port=port, process=process)
    ready = threading.Event()

    def read_output() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            stack.output.append(line)
            if READY_LINE in line:
                ready.set()
        ready.set()

    threading.Thread(target=read_output, daemon=True).start()
    if not ready.wait(START_TIMEOUT_SECONDS) or process.poll() is not None:
        process.kill()
        raise RuntimeError("the product did not start:\n" + "".join(stack.output))
    return stack
