"""How soon suggestions stand for a merchant's message, while many conversations are live."""

from __future__ import annotations

import os
import random
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.assist.office import MERCHANTS, Chat, Office, office
from tests.e2e.stack import Part

TARGET_MS = 500
PARTS: tuple[Part, ...] = ("service", "bot", "actions")
#: As merchants write, plain and doubtful, in the middle of a form and outside of it.
SENTENCES = (
    "押金怎么退",
    "我想把机器的押金退回来，当时交了299",
    "不想用这个pos机了",
    "店关了，机器怎么取消",
    "多久能到账啊",
    "昨天刷的钱还没到",
    "费率是多少",
    "怎么扣了我一笔流量费",
    "有人打电话说免费换机，要先交28块",
    "95017是你们的电话吗",
    "我申请的那个怎么样了",
    "客户要退货，怎么把钱退给他",
    "刚才刷错了，能撤销吗",
    "要准备什么材料",
    "退到哪张卡",
    "好的",
    "谢谢",
    "在吗",
    "那个钱的事",
    "机器打不出小票",
    "想换结算卡",
    "业务员联系不上了",
    "为什么没通过",
    "没有收到短信",
    "我要投诉你们",
)


@dataclass
class Seen:
    """Of every message: how long until the agent had its suggestions."""

    milliseconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Pace:
    """For how long merchants write, and how often each."""

    seconds: float
    every: float
    first: bool = False
    """On a machine that others use: what is measured is not made to wait for them (Linux, by root)."""


def measure(*, conversations: int, pace: Pace) -> int:
    """Prints the table; 1 when the target is missed."""
    with office() as room:
        with ThreadPoolExecutor(4) as pool:
            chats = list(pool.map(lambda number: room.open(MERCHANTS[number % len(MERCHANTS)]), range(conversations)))
        _warm_up(room, chats[0])
        if pace.first:
            _go_first(room)
        known, before, seen = len(room.log()), _cpu_seconds(room), Seen()
        started = time.monotonic()
        threads = [threading.Thread(target=_write, args=(room, chat, seen, pace)) for chat in chats]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - started
        time.sleep(1)  # until the log is written
        log, after = room.log()[known:], _cpu_seconds(room)
    for failure in seen.failures[:5]:
        print(f"failed: {failure}")
    rate = len(seen.milliseconds) / took
    print(
        f"{conversations} conversations live, {len(seen.milliseconds)} messages in {took:.0f} s ({rate:.1f} a second),"
    )
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} at the end.\n")
    print("| from a message to its suggestions | p50 ms | p95 ms | most ms | target |")
    print("|---|---|---|---|---|")
    p95 = _row("seen by the agent", seen.milliseconds, f"p95 ≤ {TARGET_MS}")
    made = [row for row in log if row["event"] == "assist.made"]
    _row("… message taken in", _requests(log, "POST", "/messages"), "")
    _row("… waiting for a worker", [row["waited_ms"] for row in made], "")
    _row("… the bot's rehearsal", [row["rehearsal_ms"] for row in made], "")
    _row("… other meanings, knowledge", [row["others_ms"] for row in made], "")
    _row("… asked for and handed out, making included", _requests(log, "GET", "/suggestions"), "")
    for part, used in after.items():
        print(
            f"\nCPU of {part}: {1000 * (used - before[part]) / max(1, len(seen.milliseconds)):.0f} ms a message", end=""
        )
    print()
    return 0 if p95 <= TARGET_MS and not seen.failures else 1


def _write(room: Office, chat: Chat, seen: Seen, pace: Pace) -> None:
    """A merchant who writes about every so often; the agent's page asks as soon as it knows of the message."""
    dice = random.Random(chat.conversation_id)
    end = time.monotonic() + pace.seconds
    time.sleep(dice.uniform(0, pace.every))
    while time.monotonic() < end:
        asked = time.monotonic()
        try:
            seq = chat.say(dice.choice(SENTENCES))
            found = room.suggestions(chat)
            took = (time.monotonic() - asked) * 1000
            with seen.lock:
                if found["based_on"] == seq and found["items"]:
                    seen.milliseconds.append(took)
                else:
                    seen.failures.append(f"no suggestions for message {seq}")
        except Exception as error:
            with seen.lock:
                seen.failures.append(type(error).__name__)
        time.sleep(dice.uniform(0.5, 1.5) * pace.every)


def _requests(log: Sequence[dict[str, Any]], method: str, ending: str) -> list[float]:
    found = (row for row in log if row["event"] == "request" and row["method"] == method)
    return [row["ms"] for row in found if row["path"].endswith(ending)]


def _warm_up(room: Office, chat: Chat) -> None:
    for text in SENTENCES[:5]:
        chat.say(text)
        room.suggestions(chat)


def _go_first(room: Office) -> None:
    """All threads of the three processes and of this one, before everybody else's."""
    for pid in (*map(room.stack.pid_of, PARTS), os.getpid()):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setscheduler(int(thread.name), os.SCHED_RR, os.sched_param(1))


def _row(name: str, values: Sequence[float], target: str) -> float:
    if len(values) < 2:
        print(f"| {name} | – | – | – | {target} |")
        return float("inf")
    p95 = statistics.quantiles(values, n=20, method="inclusive")[18]
    print(f"| {name} | {statistics.median(values):.0f} | {p95:.0f} | {max(values):.0f} | {target} |")
    return p95


def _cpu_seconds(room: Office) -> dict[str, float]:
    return dict(_each_cpu(room))


def _each_cpu(room: Office) -> Iterator[tuple[str, float]]:
    """User and system time of each process so far, from /proc."""
    for part in PARTS:
        fields = Path(f"/proc/{room.stack.pid_of(part)}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        yield part, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
