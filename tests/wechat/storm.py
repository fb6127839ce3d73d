"""A storm: many users at several processes, slow turns, answers lost, pushes doubled and reordered, kill -9."""

import http.server
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text

from service.platform.database import Database
from tests.ports import free_port
from tests.wechat.emulator.pushing import SECONDS, Push
from tests.wechat.emulator.pushing import Response as Pushed
from tests.wechat.emulator.server import PATH, Office, serve

ACCOUNT = {
    "app_id": "wx1234567890abcdef",
    "secret": "a secret of the account",
    "token": "aToken123",
    "aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}
START_SECONDS = 90
ANSWER_SECONDS = 90


@dataclass(frozen=True)
class Plan:
    conversations: int
    messages: int = 3
    processes: int = 2
    at_once: int = 24
    kills: int = 2
    kill_every: float = 4.0
    lost: float = 0.3
    doubled: float = 0.1
    burst: float = 0.3
    """How often a user writes twice without waiting."""
    reordered: float = 0.3
    """How often the second of these arrives first."""
    slow: bool = True
    seed: int = 7


@dataclass
class Outcome:
    """What the transcripts say."""

    answers: int = 0
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    failures: int = 0
    silences: int = 0
    refusals: list[tuple[str, int]] = field(default_factory=list)
    token_fetches: int = 0
    kills: int = 0
    passive: int = 0
    pushes: int = 0
    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0


def outgoing(url: str) -> dict[str, int]:
    """How many messages went which way; `unknown`: the process was killed while it sent them, and WeChat cannot be
    asked whether they arrived, so they are not repeated."""
    database = Database(url)
    with database.session() as session:
        rows = session.execute(text("SELECT state, count(*) FROM wechat_outgoing GROUP BY state"))
        found = {row[0]: row[1] for row in rows}
    database.dispose()
    return found


class Rasa:
    """Answers each turn once, some at once, some later than WeChat waits; repeats its answer for a turn it knows."""

    def __init__(self, *, slow: bool, seed: int) -> None:
        self.port = free_port()
        self._dice = random.Random(seed)
        self._slow = slow
        self._known: dict[str, bytes] = {}
        self.heard: dict[str, int] = {}
        """In which order the messages were taken in, which is the order of their answers."""
        self._lock = threading.Lock()

    def answer(self, turn: dict[str, Any]) -> bytes:
        with self._lock:
            known = self._known.get(turn["turn_id"])
            self.heard.setdefault(turn["text"], len(self.heard))
            pause = self._pause()
        if known is None:
            time.sleep(pause)
            blocks = [{"type": "text", "text": f"回：{turn['text']}"}]
            known = json.dumps({"turn_id": turn["turn_id"], "blocks": blocks, "understood": None}).encode()
            with self._lock:
                self._known[turn["turn_id"]] = known
        return known

    def _pause(self) -> float:
        if not self._slow:
            return 0.02
        fate = self._dice.random()
        return self._dice.uniform(0.05, 0.4) if fate < 0.75 else self._dice.uniform(1, 3) if fate < 0.92 else 6.0


@contextmanager
def running_rasa(rasa: Rasa) -> Iterator[None]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._send(b"{}")

        def do_POST(self) -> None:
            self._send(rasa.answer(json.loads(self.rfile.read(int(self.headers["content-length"])))))

        def log_message(self, *_arguments: Any) -> None:
            """Nothing to say."""

        def _send(self, content: bytes) -> None:
            with suppress(ConnectionError):  # who asked was killed meanwhile
                self.send_response(200)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", rasa.port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield
    server.shutdown()


class Process:
    """One process of the service."""

    def __init__(self, environment: dict[str, str], log: Path, name: str) -> None:
        self.port = free_port()
        self.ready = False
        self._log = log.open("ab")
        self._environment = {**environment, "PORT": str(self.port), "COPY_ID": name}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "service"]
        self._process = subprocess.Popen(command, env=self._environment, stdout=self._log, stderr=self._log)
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2, trust_env=False).status_code == 200:
                    self.ready = True
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise TimeoutError("a process of the service did not start")

    def kill(self) -> None:
        self.ready = False
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()


class Balancer:
    """As a proxy does it: one living process after the other, the next one when a connection breaks."""

    def __init__(self, processes: list[Process], dice: random.Random) -> None:
        self._processes = processes
        self._dice = dice
        self._client = httpx.Client(timeout=SECONDS, trust_env=False, limits=httpx.Limits(max_connections=500))

    def deliver(self, query: dict[str, str], body: bytes) -> Pushed | None:
        end = time.monotonic() + SECONDS
        while (left := end - time.monotonic()) > 0.05:
            living = [each for each in self._processes if each.ready]
            if not living:
                time.sleep(0.05)
                continue
            url = f"http://127.0.0.1:{self._dice.choice(living).port}{PATH}"
            try:
                got = self._client.post(url, params=query, content=body, timeout=left)
            except httpx.TimeoutException:
                return None
            except httpx.HTTPError:
                time.sleep(0.02)
                continue
            return Pushed(got.status_code, got.content)
        return None


class Storm:
    def __init__(self, plan: Plan, folder: Path, environment: dict[str, str]) -> None:
        self.plan = plan
        self._dice = random.Random(plan.seed)
        self.rasa = Rasa(slow=plan.slow, seed=plan.seed)
        self._emulator_port = free_port()
        settings = {
            **os.environ,
            **environment,
            "RASA_URL": f"http://127.0.0.1:{self.rasa.port}",
            "WECHAT_APP_ID": ACCOUNT["app_id"],
            "WECHAT_APP_SECRET": ACCOUNT["secret"],
            "WECHAT_TOKEN": ACCOUNT["token"],
            "WECHAT_AES_KEY": ACCOUNT["aes_key"],
            "WECHAT_API_URL": f"http://127.0.0.1:{self._emulator_port}",
            "READING": "off",
        }
        names = [f"storm-{number}" for number in range(plan.processes)]
        self.processes = [Process(settings, folder / f"{name}.log", name) for name in names]
        self.office = Office(**ACCOUNT, address=lambda: "")
        self.office.pusher.carry_by(Balancer(self.processes, self._dice).deliver)
        self._kills = 0
        self._over = threading.Event()
        self._latencies: list[float] = []

    def run(self) -> Outcome:
        with ExitStack() as stack:
            stack.enter_context(running_rasa(self.rasa))
            stack.callback(serve(self.office, self._emulator_port))
            for process in self.processes:
                stack.callback(process.kill)
                process.start()
            started = time.monotonic()
            killer = threading.Thread(target=self._kill_now_and_then, daemon=True)
            killer.start()
            with ThreadPoolExecutor(self.plan.at_once) as pool:
                said = list(pool.map(self._converse, range(self.plan.conversations)))
            self._over.set()
            killer.join()
            self._wait_for_answers(said)
            return self._judge(said, time.monotonic() - started)

    def _kill_now_and_then(self) -> None:
        while self._kills < self.plan.kills and not self._over.wait(self.plan.kill_every):
            process = self._dice.choice(self.processes)
            process.kill()
            self._kills += 1
            process.start()

    def _converse(self, number: int) -> tuple[str, list[str]]:
        """One user: writes, waits for the answer, writes again; sometimes twice without waiting."""
        dice, openid = random.Random(self.plan.seed * 100_003 + number), f"oStorm_{number}"
        said: list[str] = []
        while len(said) < self.plan.messages:
            together = 2 if dice.random() < self.plan.burst and len(said) + 2 <= self.plan.messages else 1
            pushes = []
            for _ in range(together):
                said.append(f"u{number}m{len(said)}.")
                pushes.append(self.office.pusher.text(openid, said[-1]))
            if dice.random() < self.plan.reordered:
                pushes.reverse()
            threads = []
            for push in pushes:
                threads.append(threading.Thread(target=self._push, args=(push, dice.random())))
                threads[-1].start()
                time.sleep(0.15)
            for thread in threads:
                thread.join()
            self._wait_for(openid, said)
            time.sleep(dice.uniform(1.0, 1.6))
        return openid, said

    def _push(self, push: Push, fate: float) -> None:
        dice = random.Random(fate)
        if dice.random() < self.plan.doubled:
            twin = Push(push.openid, push.fields)
            threading.Thread(target=lambda: self.office.pusher.deliver_unheard(twin), daemon=True).start()
        while not self.office.pusher.try_once(push, lose=push.tries < 2 and dice.random() < self.plan.lost):
            time.sleep(max(0.0, SECONDS - push.latencies[-1]))
        self._latencies += push.latencies

    def _wait_for(self, openid: str, said: list[str]) -> None:
        end = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < end:
            told = "\n".join(self.office.world.follower(openid).texts())
            if all(f"回：{each}" in told for each in said):
                return
            time.sleep(0.1)

    def _wait_for_answers(self, said: list[tuple[str, list[str]]]) -> None:
        for openid, texts in said:
            self._wait_for(openid, texts)
        time.sleep(3)  # whatever would come a second time

    def _judge(self, said: list[tuple[str, list[str]]], seconds: float) -> Outcome:
        world = self.office.world
        outcome = Outcome(
            refusals=[each for each in world.refusals if each[1] in (45015, 45047, 40033, 45002)],
            token_fetches=len(world.fetches),
            kills=self._kills,
            silences=world.silences,
            latencies=sorted(self._latencies),
            seconds=seconds,
        )
        for openid, texts in said:
            follower = world.follower(openid)
            told = "\n".join(follower.texts())
            outcome.failures += len(follower.texts("failure"))
            outcome.passive += len(follower.texts("passive"))
            outcome.pushes += len(follower.texts("push"))
            counts = {each: told.count(f"回：{each}") for each in texts}
            outcome.answers += sum(count == 1 for count in counts.values())
            outcome.missing += [each for each, count in counts.items() if count == 0]
            outcome.doubled += [each for each, count in counts.items() if count > 1]
            taken_in = sorted((each for each in texts if counts[each]), key=lambda each: self.rasa.heard[each])
            places = [told.find(f"回：{each}") for each in taken_in]
            if places != sorted(places):
                outcome.out_of_order.append(openid)
        return outcome
