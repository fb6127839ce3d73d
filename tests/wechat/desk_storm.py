"""A storm over 微信客服: processes that die, lost and doubled bells, lost answers of the API, slow turns."""

import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.ports import free_port
from tests.wechat.emulator.pushing import Response
from tests.wechat.emulator.server import serve
from tests.wechat.emulator.wecom.server import BELLS, DeskOffice
from tests.wechat.emulator.wecom.world import Customer
from tests.wechat.storm import Process, Rasa, running_rasa

CORPORATION = {
    "corp_id": "ww1234567890abcdef",
    "secret": "a secret of the application",
    "token": "aToken456",
    "aes_key": "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg",
}
ACCOUNTS = ("wkFirst", "wkSecond")
ANSWER_SECONDS = 120
DOUBLED, TOO_OFTEN = 40058, 45009


@dataclass(frozen=True)
class DeskPlan:
    customers: int
    messages: int = 3
    processes: int = 2
    at_once: int = 16
    kills: int = 2
    kill_every: float = 4.0
    lost_bells: float = 0.3
    doubled_bells: float = 0.2
    lost_answers: float = 0.2
    burst: float = 0.4
    seed: int = 11


@dataclass
class DeskOutcome:
    """What the transcripts say."""

    answers: int = 0
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    refusals: list[tuple[str, int]] = field(default_factory=list)
    repeated: int = 0
    """Sends that were refused because the first try had arrived."""
    token_fetches: int = 0
    kills: int = 0
    seconds: float = 0.0


class DeskStorm:
    def __init__(self, plan: DeskPlan, folder: Path, environment: dict[str, str]) -> None:
        self.plan = plan
        self._dice = random.Random(plan.seed)
        self._rasa = Rasa(slow=True, seed=plan.seed)
        self._port = free_port()
        settings = {
            **os.environ,
            **environment,
            "RASA_URL": f"http://127.0.0.1:{self._rasa.port}",
            "WECOM_CORP_ID": CORPORATION["corp_id"],
            "WECOM_SECRET": CORPORATION["secret"],
            "WECOM_TOKEN": CORPORATION["token"],
            "WECOM_AES_KEY": CORPORATION["aes_key"],
            "WECOM_API_URL": f"http://127.0.0.1:{self._port}",
            "READING": "off",
        }
        names = [f"desk-{number}" for number in range(plan.processes)]
        self._processes = [Process(settings, folder / f"{name}.log", name) for name in names]
        self._client = httpx.Client(timeout=5, trust_env=False)
        self._office = DeskOffice(
            **CORPORATION, deliver=self._deliver, loses=lambda: self._dice.random() < plan.lost_answers
        )
        self._kills = 0
        self._over = threading.Event()

    def run(self) -> DeskOutcome:
        started = time.monotonic()
        with ExitStack() as stack:
            stack.enter_context(running_rasa(self._rasa))
            stack.callback(serve(self._office, self._port))
            for process in self._processes:
                stack.callback(process.kill)
                process.start()
            killer = threading.Thread(target=self._kill_now_and_then, daemon=True)
            killer.start()
            with ThreadPoolExecutor(self.plan.at_once) as pool:
                said = list(pool.map(self._converse, range(self.plan.customers)))
            self._over.set()
            killer.join()
            for customer, texts in said:
                self._wait_for(customer, texts)
            time.sleep(3)  # whatever would come a second time
        return self._judge(said, time.monotonic() - started)

    def _deliver(self, query: dict[str, str], body: bytes) -> Response | None:
        living = [each for each in self._processes if each.ready]
        if not living:
            return None
        try:
            url = f"http://127.0.0.1:{self._dice.choice(living).port}{BELLS}"
            got = self._client.post(url, params=query, content=body)
        except httpx.HTTPError:
            return None
        return Response(got.status_code, got.content)

    def _kill_now_and_then(self) -> None:
        while self._kills < self.plan.kills and not self._over.wait(self.plan.kill_every):
            process = self._dice.choice(self._processes)
            process.kill()
            self._kills += 1
            process.start()

    def _converse(self, number: int) -> tuple[Customer, list[str]]:
        """One user: writes, waits for the answer, writes again; sometimes twice without waiting."""
        dice = random.Random(self.plan.seed * 100_003 + number)
        customer = self._office.corporation.customer(ACCOUNTS[number % len(ACCOUNTS)], f"wmStorm{number}")
        said: list[str] = []
        while len(said) < self.plan.messages:
            together = 2 if dice.random() < self.plan.burst and len(said) + 2 <= self.plan.messages else 1
            for _ in range(together):
                said.append(f"u{number}m{len(said)}.")
                self._office.desk.text(customer, said[-1])
                self._ring(customer, dice)
            self._wait_for(customer, said)
            time.sleep(dice.uniform(0.5, 1.0))
        return customer, said

    def _ring(self, customer: Customer, dice: random.Random) -> None:
        if dice.random() < self.plan.lost_bells:
            return
        times = 2 if dice.random() < self.plan.doubled_bells else 1
        query, body = self._office.desk.parcel(customer.open_kfid)
        for _ in range(times):
            self._deliver(query, body)

    @staticmethod
    def _wait_for(customer: Customer, said: list[str]) -> None:
        end = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < end:
            told = "\n".join(customer.texts())
            if all(f"回：{each}" in told for each in said):
                return
            time.sleep(0.1)

    def _judge(self, said: list[tuple[Customer, list[str]]], seconds: float) -> DeskOutcome:
        corporation = self._office.corporation
        outcome = DeskOutcome(
            refusals=[each for each in corporation.refusals if each[1] not in (DOUBLED, TOO_OFTEN)],
            repeated=sum(code == DOUBLED for _, code in corporation.refusals),
            token_fetches=len(corporation.fetches),
            kills=self._kills,
            seconds=seconds,
        )
        for customer, texts in said:
            told = "\n".join(customer.texts())
            counts = {each: told.count(f"回：{each}") for each in texts}
            outcome.answers += sum(count == 1 for count in counts.values())
            outcome.missing += [each for each, count in counts.items() if count == 0]
            outcome.doubled += [each for each, count in counts.items() if count > 1]
            places = [told.find(f"回：{each}") for each in texts if counts[each]]
            if places != sorted(places):
                outcome.out_of_order.append(customer.userid)
        return outcome
