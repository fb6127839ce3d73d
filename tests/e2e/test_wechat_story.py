"""The main story by WeChat alone, photos included: from “押金怎么退” to the agreement, which waits on the own page."""

import io
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from PIL import Image, ImageDraw

from tests.e2e.conftest import SETTINGS, demo_logins
from tests.e2e.people import Reviewer
from tests.e2e.stack import Stack, start_stack
from tests.ports import free_port
from tests.wechat.emulator.server import Office, serve
from tests.wechat.storm import ACCOUNT

pytestmark = pytest.mark.timeout(600)  # a whole story, and the start of the product before it

SPRING, SPRING_PHONE = "822100058120001", "13800138001"
ANSWER_SECONDS = 40


@dataclass
class Phone:
    """A merchant with WeChat, who follows links in the browser of the phone."""

    office: Office
    stack: Stack
    openid: str = "oStory_1"
    seen: int = 0

    def told(self) -> str:
        return "\n\n".join(self.office.world.follower(self.openid).texts())

    def new(self) -> str:
        return self.told()[self.seen :]

    def say(self, text: str, *, answer: str) -> None:
        self.seen = len(self.told())
        self.office.push(self.office.pusher.text(self.openid, text))
        self.expect(answer)

    def choose(self, part: str, *, answer: str) -> None:
        """By the number that stands before the title."""
        numbers = re.findall(rf"^(\d+)\. .*{re.escape(part)}.*$", self.told(), re.MULTILINE)
        assert numbers, f"no choice with {part}:\n{self.told()[-800:]}"
        self.say(numbers[-1], answer=answer)

    def send_pictures(self, *pictures: bytes, answer: str) -> None:
        self.seen = len(self.told())
        for picture in pictures:
            self.office.push_aside(self.office.pusher.image(self.openid, picture))
            time.sleep(0.3)
        self.expect(answer)

    def expect(self, text: str) -> None:
        end = time.monotonic() + ANSWER_SECONDS
        while text not in self.new():
            assert time.monotonic() < end, f"“{text}” did not come:\n{self.told()[-1200:]}"
            time.sleep(0.2)

    def open_page(self) -> httpx.Client:
        """The newest link, opened as the page opens it."""
        link = re.findall(r"/widget/#w=(\S+)", self.told())[-1]
        got = httpx.post(f"{self.stack.url}/v1/wechat/session", json={"link": link})
        assert got.status_code == 200, got.text
        return httpx.Client(base_url=self.stack.url, headers={"Authorization": f"Bearer {got.json()['token']}"})

    def prove_identity(self) -> None:
        page = self.open_page()
        asked = page.post("/v1/conversation/verification", json={"merchant_no": SPRING, "phone": SPRING_PHONE})
        assert asked.status_code == 202, asked.text
        time.sleep(2)
        code = httpx.get(f"{self.stack.url}/demo/sms").json()["messages"][0]["code"]
        self.seen = len(self.told())
        assert page.post("/v1/conversation/verification/confirm", json={"code": code}).status_code == 200


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    port, at = free_port(), {"url": ""}
    office = Office(**ACCOUNT, address=lambda: at["url"])
    stop = serve(office, port)
    stack = start_stack(
        tmp_path_factory.mktemp("wechat"),
        **SETTINGS,
        WECHAT_APP_ID=ACCOUNT["app_id"],
        WECHAT_APP_SECRET=ACCOUNT["secret"],
        WECHAT_TOKEN=ACCOUNT["token"],
        WECHAT_AES_KEY=ACCOUNT["aes_key"],
        WECHAT_API_URL=f"http://127.0.0.1:{port}",
    )
    at["url"] = stack.url
    try:
        stack.wait_until_ready()
        yield Phone(office, stack)
    finally:
        stack.stop()
        stop()


def test_a_merchant_gets_the_deposit_back_by_wechat(phone: Phone) -> None:
    phone.office.push(phone.office.pusher.event(phone.openid, "subscribe"))
    assert "您好" in phone.told()
    phone.say("押金怎么退", answer="核实商户身份")
    phone.prove_identity()
    phone.expect("请选择要退押金的机器")
    phone.choose("POS", answer="为什么要退押金")
    phone.choose("店铺停业", answer="当初是怎么收的")
    phone.choose("机器押金", answer="您当初交了多少押金")
    phone.say("199元", answer="机器现在还在您手边吗")
    phone.choose("已经寄回", answer="押金退到哪个账户")
    phone.choose("登记的结算账户", answer="请核对")
    phone.choose("确认提交", answer="SQ")
    number = re.findall(r"SQ[0-9A-Z]{12}", phone.told())[-1]
    phone.expect("☐ 1.")

    missing = len(re.findall(r"^☐", phone.new(), re.MULTILINE))
    for left in range(missing, 0, -1):
        phone.send_pictures(picture(left), answer="材料收齐了" if left == 1 else "☐")

    reviewer = Reviewer(phone.stack.url, "reviewer", demo_logins(Path(phone.stack.data_dir))["reviewer"])
    phone.seen = len(phone.told())
    reviewer.accept_documents(number)
    reviewer.approve(number)
    phone.expect("退款协议")
    shown = phone.open_page().get(f"/v1/applications/{number}").json()
    assert shown["state"] == "agreement_pending"
    assert phone.office.world.follower(phone.openid).texts("failure") == []
    assert phone.office.world.refusals == []


def picture(number: int) -> bytes:
    kept = io.BytesIO()
    image = Image.new("RGB", (1_200, 900), (200, 190 + number, 180))
    ImageDraw.Draw(image).text((60, 60), f"receipt {number}", fill=(10, 10, 10))
    image.save(kept, "JPEG")
    return kept.getvalue()
