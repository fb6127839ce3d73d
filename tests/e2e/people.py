"""A merchant and a reviewer who use the product over HTTP, as the browser does, where no picture is needed."""

import functools
import subprocess
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import httpx
from PIL import Image, ImageDraw, ImageFont

from tests.e2e.secrets import CARD_NUMBER, ID_NUMBER

ANSWER_TIMEOUT_SECONDS = 60

MOST_QUESTIONS = 30

# Made-up contents of secure forms, by kind of input.
CARD = {
    "name": "张建国",
    "id_number": ID_NUMBER,
    "bank_card": CARD_NUMBER,
    "bank_name": "中国农业银行杭州分行",
    "text": "无",
}

Block = dict[str, Any]
Json = dict[str, Any]


@functools.cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """A font with Chinese letters, as the tests' set-up installs it."""
    command = ["fc-match", "--format=%{file}", ":lang=zh-cn"]
    return ImageFont.truetype(subprocess.run(command, capture_output=True, text=True, check=True).stdout, size)


def picture(title: str, note: str) -> bytes:
    """A made-up document as a photograph; the note makes it different from every other."""
    image = Image.new("RGB", (900, 1200), "#e9e4d8")
    draw = ImageDraw.Draw(image)
    draw.rectangle((70, 70, 830, 1130), fill="#fffdf8", outline="#b7ad97", width=3)
    draw.text((450, 150), title, fill="#23201a", font=_font(52), anchor="mm")
    draw.line((130, 210, 770, 210), fill="#b7ad97", width=3)
    for row, line in enumerate(("演示材料，不是真实票据", f"编号 {note}", "金额 见申请单", "日期 2026年11月")):
        draw.text((130, 270 + row * 80), line, fill="#4a4538", font=_font(32))
    draw.ellipse((560, 860, 760, 1060), outline="#c0392b", width=6)
    draw.text((660, 960), "演示章", fill="#c0392b", font=_font(40), anchor="mm")
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def until[T](look: Callable[[], T | None], what: str, timeout: float = ANSWER_TIMEOUT_SECONDS) -> T:
    """Asks again until there is something; a refused connection counts as nothing yet."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        try:
            found = look()
        except httpx.TransportError:
            found = None
        if found:
            return found
        time.sleep(0.1)
    raise TimeoutError(f"waited {timeout} s for {what}")


@dataclass
class Merchant:
    """One conversation."""

    url: str
    token: str = ""
    seen: int = 0
    history: list[Json] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.url, timeout=30)
        answer = self.http.post("/v1/conversations", json={"channel": "web", "identity_token": None})
        answer.raise_for_status()
        self.token = answer.json()["token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def log_in(self, merchant_no: str) -> None:
        """As a host page does that knows its merchant."""
        token = self.http.get("/demo/identity-token", params={"merchant_no": merchant_no}).json()["identity_token"]
        self.http.post("/v1/conversation/identity", json={"identity_token": token}).raise_for_status()

    def send(self, client_id: str | None = None, **message: Any) -> int:
        """Sends a text or a choice, again and again with the same id until the service takes it; gives its seq."""
        body = {"client_id": client_id or str(uuid.uuid4()), **message}

        def post() -> int | None:
            answer = self.http.post("/v1/conversation/messages", json=body)
            return answer.json()["seq"] if answer.status_code in (200, 202) else None

        return until(post, f"the service to take {message}")

    @property
    def conversation_id(self) -> str:
        return str(self.http.get("/v1/conversation").json()["conversation_id"])

    def say(self, text: str) -> list[Block]:
        """Sends a text and gives the blocks of everything answered to it."""
        return self.answer_to(self.send(text=text))

    def choose(self, title: str) -> list[Block]:
        """Presses the newest button with that title."""
        self.refresh()
        for message in reversed(self.history):
            for block in message["blocks"]:
                for choice in block.get("choices", []):
                    if choice["title"] == title:
                        return self.answer_to(self.send(choice={"seq": message["seq"], "choice_id": choice["id"]}))
        raise LookupError(f"no button '{title}' in {self.history[-3:]}")

    def answer_to(self, seq: int) -> list[Block]:
        """Waits for the bot's answer to that message."""

        def look() -> list[Block] | None:
            self.refresh()
            return [block for message in self.history if message["in_reply_to"] == seq for block in message["blocks"]]

        return until(look, f"an answer to message {seq}; newest: {self.history[-2:]}")

    def refresh(self) -> None:
        """Fetches what came since the last look."""
        answer = self.http.get("/v1/conversation/messages", params={"after": self.seen, "limit": 100})
        answer.raise_for_status()
        self.history += answer.json()["messages"]
        self.seen = max([self.seen, *(message["seq"] for message in self.history)])

    def wait_for_text(self, part: str) -> str:
        """Waits until a message contains that text, and gives the whole text."""

        def look() -> str | None:
            self.refresh()
            return next((text for text in self.texts() if part in text), None)

        return until(look, f"a message with '{part}'")

    def texts(self) -> list[str]:
        """Every text said so far, by anyone."""
        return [block["text"] for message in self.history for block in message["blocks"] if "text" in block]

    def application(self, number: str) -> Json:
        """The application as the merchant sees it."""
        answer = self.http.get(f"/v1/applications/{number}")
        answer.raise_for_status()
        found: Json = answer.json()
        return found

    def newest_application(self) -> Json:
        """The merchant's newest application."""
        items = self.http.get("/v1/applications").json()["items"]
        return self.application(items[0]["application_no"])

    def open_procedures(self) -> set[str]:
        """Codes of the procedures that the merchant has under way."""
        items = self.http.get("/v1/applications", params={"open": "true"}).json()["items"]
        return {item["procedure"]["code"] for item in items}

    def withdraw_all(self) -> None:
        """Leaves nothing under way."""
        for item in self.http.get("/v1/applications", params={"open": "true"}).json()["items"]:
            self.http.post(
                f"/v1/applications/{item['application_no']}/withdraw",
                json={"reason": ""},
                headers={"Idempotency-Key": str(uuid.uuid4())},
            ).raise_for_status()

    def fill_in_and_file(self) -> str:
        """Answers what is asked with the first choice or the example until the newest application is filed."""
        number: str = self.newest_application()["application_no"]
        for _ in range(MOST_QUESTIONS):
            question = self.application(number)["next_question"]
            if question["kind"] == "confirm":
                self.choose("确认提交")
                return number
            if question["kind"] == "secure":
                self.fill_card(number, question)
            else:
                choices = question["choices"]
                self.say(choices[0]["title"] if choices else question["example"])
        raise AssertionError(f"{number} still asks: {question}")

    def fill_card(self, number: str, question: Json) -> None:
        """Fills in a secure form as a made-up person, and waits until the bot goes on."""
        values = {box["name"]: CARD[box["kind"]] for box in question["inputs"]}
        answer = self.http.put(
            f"/v1/applications/{number}/answers/{question['field']}",
            json={"value": values},
            headers={"Idempotency-Key": str(uuid.uuid4())},
        )
        assert answer.status_code == 200, answer.text
        following = answer.json()["next_question"]
        self.wait_for_text(following["prompt"])

    def upload_missing(self, number: str) -> None:
        """Photographs every required document that is missing or was sent back."""
        for document in self.application(number)["documents"]:
            if document["required"] and document["state"] in ("missing", "rejected"):
                self.upload(number, document["key"])

    def upload(self, number: str, key: str) -> Json:
        """Uploads a photograph for one document."""
        idempotency_key, content = str(uuid.uuid4()), picture(key, uuid.uuid4().hex[:12])

        def post() -> Json | None:
            answer = self.http.post(
                f"/v1/applications/{number}/documents/{key}",
                files={"file": ("photo.jpg", content, "image/jpeg")},
                headers={"Idempotency-Key": idempotency_key},
            )
            return answer.json() if answer.status_code == 201 else None

        return until(post, f"the upload of {key}")

    def put_answer(self, number: str, field: str, value: str | dict[str, str]) -> Json:
        """Answers as a card does, past the chat."""
        return self._change("PUT", f"{number}/answers/{field}", value=value)

    def agree(self, number: str) -> Json:
        """Accepts amount and account."""
        return self._change("POST", f"{number}/agreement", accept=True, version=self.application(number)["version"])

    def disagree(self, number: str) -> Json:
        """Does not accept them."""
        return self._change("POST", f"{number}/agreement", accept=False, version=self.application(number)["version"])

    def confirm_receipt(self, number: str) -> Json:
        """Says that the money is there."""
        return self._change("POST", f"{number}/receipt", received=True)

    def withdraw(self, number: str) -> Json:
        """Takes the application back."""
        return self._change("POST", f"{number}/withdraw", reason="不办了")

    def _change(self, method: str, path: str, **body: Any) -> Json:
        answer = self.http.request(
            method, f"/v1/applications/{path}", json=body, headers={"Idempotency-Key": str(uuid.uuid4())}
        )
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def wait_for_state(self, number: str, state: str) -> Json:
        """Waits until the application has come to that state."""

        def look() -> Json | None:
            found = self.application(number)
            return found if found["state"] == state else None

        return until(look, f"{number} to be {state}")


@dataclass
class Reviewer:
    """A member of staff at the review desk."""

    url: str
    login: str
    password: str

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.url, timeout=30)
        answer = self.http.post("/v1/staff/session", json={"login": self.login, "password": self.password})
        answer.raise_for_status()
        self.http.headers["X-CSRF-Token"] = answer.json()["csrf_token"]

    def detail(self, number: str) -> Json:
        """The application as the desk shows it."""
        answer = self.http.get(f"/v1/review/applications/{number}")
        answer.raise_for_status()
        found: Json = answer.json()
        return found

    def post(self, path: str, number: str, **body: Any) -> Json:
        """A decision, on the version that the desk shows now."""
        version = self.detail(number)["application"]["version"]
        answer = self.http.post(
            f"/v1/review/applications/{number}/{path}",
            json={"version": version, **body},
            headers={"Idempotency-Key": str(uuid.uuid4())},
        )
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def accept_documents(self, number: str) -> None:
        """Accepts every uploaded document."""
        for document in self.detail(number)["application"]["documents"]:
            if document["state"] == "uploaded":
                self.post(f"documents/{document['key']}/decision", number, decision="accept")

    def send_back(self, number: str, key: str, words: str) -> Json:
        """Sends one document back."""
        return self.post(
            f"documents/{key}/decision", number, decision="send_back", reason_code="unclear", reason_text=words
        )

    def request_documents(self, number: str, words: str) -> Json:
        """Asks for something that is not on the list."""
        return self.post("decision", number, decision="request_documents", reason_text=words)

    def approve(
        self, number: str, amount_fen: int | None = None, words: str | None = None, deduction: str | None = None
    ) -> Json:
        """Approves the application; without a sum what was asked for, and less by an item of the price list."""
        decision = {"amount_fen": amount_fen, "deduction_code": deduction, "reason_text": words}
        return self.post("decision", number, decision="approve", **decision)

    def release(self, number: str) -> Json:
        """Lets a held payout go, as the second person."""
        return self.post("payout/release", number)

    def reject(self, number: str, words: str) -> Json:
        """Refuses the application."""
        return self.post("decision", number, decision="reject", reason_code="other", reason_text=words)

    def machine(self, number: str, result: str, words: str | None = None) -> Json:
        """Says what became of the machine: accepted, mismatch or waived."""
        return self.post("machine", number, result=result, reason_text=words)
