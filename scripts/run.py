"""Starts the whole product on one machine: checks, prepares data, runs the three processes, prints the addresses."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
SERVICE_PYTHON = "service/.venv/bin/python"
START_TIMEOUT_SECONDS = 180
POLL_SECONDS = 0.5


@dataclass(frozen=True)
class Stack:
    """Where the three processes listen and keep their data."""

    data_dir: Path
    port: int
    rasa_port: int
    actions_port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ports(self) -> dict[str, int]:
        """Port of each process by the name of the setting that moves it."""
        return {"PORT": self.port, "RASA_PORT": self.rasa_port, "ACTIONS_PORT": self.actions_port}

    def environment(self) -> dict[str, str]:
        """What the processes are told; anything already set in the environment wins over the demo's secrets."""
        addresses = {
            "DATA_DIR": str(self.data_dir),
            "PORT": str(self.port),
            "RASA_PORT": str(self.rasa_port),
            "ACTIONS_PORT": str(self.actions_port),
            "SERVICE_URL": self.url,
            "RASA_URL": f"http://127.0.0.1:{self.rasa_port}",
            "ACTIONS_URL": f"http://127.0.0.1:{self.actions_port}",
            "RASA_TELEMETRY_ENABLED": "false",
        }
        return {**read_env_file(self.data_dir / "demo.env"), **read_env_file(ROOT / ".env"), **os.environ, **addresses}


class CannotStart(Exception):
    """Something stands in the way; the text is one sentence that helps."""


def read_env_file(path: Path) -> dict[str, str]:
    """NAME=value lines; blank lines and lines that start with # are left out."""
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#") and "=" in line)
    return {name.strip(): value.strip() for name, value in pairs}


def port_from(settings: dict[str, str], name: str, default: int) -> int:
    """A port from the settings, or a sentence about why it is none."""
    text = settings.get(name, str(default))
    if not text.isdigit() or not 1024 <= int(text) <= 65535:
        raise CannotStart(f"{name} is '{text}', but it must be a port number from 1024 to 65535.")
    return int(text)


def read_stack() -> Stack:
    """The stack as the environment and .env describe it."""
    settings = {**read_env_file(ROOT / ".env"), **os.environ}
    data_dir = (ROOT / settings.get("DATA_DIR", "var")).resolve()
    return Stack(
        data_dir=data_dir,
        port=port_from(settings, "PORT", 8000),
        rasa_port=port_from(settings, "RASA_PORT", 5005),
        actions_port=port_from(settings, "ACTIONS_PORT", 5055),
    )


def check_ports(stack: Stack) -> None:
    """Refuses to start beside another program on the same port."""
    for name, port in stack.ports().items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CannotStart(
                    f"Port {port} is in use by another program: stop that program, or choose another port, "
                    f"for example: {name}={port + 1000} make run"
                ) from error


def prepare(stack: Stack) -> None:
    """Secrets of the demo, database schema, demo merchants; each does nothing when it is there already."""
    (stack.data_dir / "log").mkdir(parents=True, exist_ok=True)
    for module in ("service.demo_env", "service.migrate", "service.demo"):
        result = subprocess.run(
            [SERVICE_PYTHON, "-m", module],
            cwd=ROOT,
            env=stack.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            last = (result.stderr.strip() or result.stdout.strip()).splitlines()[-1:]
            raise CannotStart(last[0] if last else f"{module} ended with exit code {result.returncode}.")


def start(stack: Stack) -> subprocess.Popen[bytes]:
    """The process manager with its three children, in a process group of its own so that Ctrl-C reaches only us."""
    supervisord = str(Path(SERVICE_PYTHON).parent / "supervisord")
    return subprocess.Popen(
        [supervisord, "-c", "deploy/supervisord.conf"],
        cwd=ROOT,
        env=stack.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def readiness(stack: Stack) -> dict[str, str]:
    """What /readyz says of each part; empty while the service does not answer."""
    try:
        with urllib.request.urlopen(f"{stack.url}/readyz", timeout=3) as answer:
            body = json.load(answer)
    except urllib.error.HTTPError as error:
        body = json.loads(error.read() or b"{}")
    except (OSError, ValueError):
        return {}
    checks: dict[str, str] = body.get("checks", {})
    return checks


def wait_until_ready(stack: Stack, manager: subprocess.Popen[bytes]) -> None:
    """Shows each part as it comes up."""
    started = time.monotonic()
    seen: set[str] = set()
    while True:
        checks = readiness(stack)
        for part, state in checks.items():
            if state == "ok" and part not in seen:
                seen.add(part)
                print(f"  {part}: ready after {time.monotonic() - started:.0f} s", flush=True)
        if checks and all(state == "ok" for state in checks.values()):
            return
        if manager.poll() is not None:
            raise CannotStart(f"The process manager ended; {stack.data_dir / 'log'} says why.")
        if time.monotonic() - started > START_TIMEOUT_SECONDS:
            waiting = ", ".join(f"{part}: {state}" for part, state in checks.items() if state != "ok") or "service"
            raise CannotStart(f"Not ready after {START_TIMEOUT_SECONDS} s ({waiting}); see {stack.data_dir / 'log'}.")
        time.sleep(POLL_SECONDS)


def resident_megabytes(manager: subprocess.Popen[bytes]) -> dict[str, int]:
    """Resident memory of each of the manager's children, by its module name."""
    listing = subprocess.run(["ps", "-axo", "ppid=,rss=,args="], capture_output=True, text=True, check=True).stdout
    rows = (line.split(None, 2) for line in listing.splitlines())
    return {args.split()[-1]: int(rss) // 1024 for ppid, rss, args in rows if int(ppid) == manager.pid}


def announce(stack: Stack, manager: subprocess.Popen[bytes], seconds: float) -> None:
    """Addresses, logins, and what the start cost."""
    print(
        f"\n  Demo shop with the widget   {stack.url}/demo/"
        f"\n  Full-page chat              {stack.url}/widget/"
        f"\n  Review desk                 {stack.url}/desk/"
        f"\n  Agent console               {stack.url}/console/"
        f"\n  API documentation           {stack.url}/docs\n"
    )
    logins = stack.data_dir / "demo-logins.txt"
    if logins.exists():
        print(logins.read_text(encoding="utf-8"))
    if shutil.which("ps"):
        memory = resident_megabytes(manager)
        parts = ", ".join(f"{name} {size} MB" for name, size in memory.items())
        print(f"Ready in {seconds:.0f} s; memory at rest {sum(memory.values())} MB ({parts}).")
    print("Press Ctrl-C to stop.", flush=True)


def stop(manager: subprocess.Popen[bytes]) -> None:
    """Ends the manager, which ends its children."""
    if manager.poll() is None:
        manager.terminate()
        try:
            manager.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(manager.pid, signal.SIGKILL)


def on_end(_signal: int, _frame: FrameType | None) -> None:
    """SIGTERM and SIGINT end us alike, also where a script that started us in the background had SIGINT ignored."""
    raise KeyboardInterrupt


def main() -> int:
    """Runs until Ctrl-C; 0 after a wanted stop, 1 when something stood in the way."""
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, on_end)
    started = time.monotonic()
    manager: subprocess.Popen[bytes] | None = None
    try:
        stack = read_stack()
        check_ports(stack)
        prepare(stack)
        print("Starting the service, Rasa and the action server …", flush=True)
        manager = start(stack)
        wait_until_ready(stack, manager)
        announce(stack, manager, time.monotonic() - started)
        manager.wait()
        raise CannotStart(f"The process manager ended; {stack.data_dir / 'log'} says why.")
    except CannotStart as reason:
        print(f"\n✗ {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0
    finally:
        if manager is not None:
            stop(manager)


if __name__ == "__main__":
    sys.exit(main())
