"""How a story is told: what the merchant says and presses, what is filed, what the desk decides."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.conversations.coverage import Sightings
from tests.conversations.merchants import Party
from tests.e2e.people import Block, Json, Merchant, Reviewer, until
from tests.e2e.secrets import CARD_NUMBER, ID_NUMBER

_NUMBER = re.compile(r"SQ\d{6}[0-9A-Z]{6}")

Answer = str | dict[str, str]
"""A button's title, other words, or what is put into the secure card."""


@dataclass
class Story:
    """One conversation, about the application that is at hand."""

    merchant: Merchant
    seen: Sightings
    party: Party | None = None
    number: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    """Procedure of each application that the story knows."""
    read: int = 0
    """How much of the conversation has been looked at."""
    asked_since: int = 0
    """Where the answer to what was done last begins."""

    # --- opening ---

    def opens(self, words: str, procedure: str) -> None:
        """Words that open an application of this procedure."""
        self._act(lambda: self.merchant.say(words))
        self._take_newest(procedure)

    def opens_by_button(self, title: str, procedure: str) -> None:
        """A button that opens one."""
        self._act(lambda: self.merchant.choose(title))
        self._take_newest(procedure)

    def goes_on(self, words: str = "继续") -> None:
        """Takes up the application again that waits."""
        self._act(lambda: self.merchant.say(words))
        self._look()

    def says(self, words: str) -> str:
        """Says something, and gives what is answered."""
        blocks = self._act(lambda: self.merchant.say(words))
        self._look()
        return "\n".join(block["text"] for block in blocks if "text" in block)

    def presses(self, title: str) -> str:
        """Presses a button, and gives what is answered."""
        blocks = self._act(lambda: self.merchant.choose(title))
        self._look()
        return "\n".join(block["text"] for block in blocks if "text" in block)

    def proves_identity(self, party: Party) -> None:
        """The page says who the merchant is, as it does after the merchant has logged in there."""
        self.party = party
        self._mark()
        self.merchant.log_in(party.merchant_no)

    # --- answering ---

    def answers(self, **given: Answer) -> None:
        """Answers these questions, each of which has to be the one that is asked."""
        for name, answer in given.items():
            self.is_asked(name)
            self._answer(answer)

    def is_asked(self, name: str) -> Json:
        """Waits until this question has been put."""
        question: Json = self.application["next_question"] or {}
        assert question.get("field") == name, f"{question.get('field')} is asked, not {name}; said: {self._answered()}"
        until(lambda: question["prompt"] in self._answered(), f"“{question['prompt']}”; said: {self._answered()}")
        self._read_on()
        return question

    def corrects(self, words: str, **given: Answer) -> None:
        """Says that an answer was wrong, and gives another one."""
        self._act(lambda: self.merchant.say(words))
        self._look()
        self.answers(**given)

    def is_blocked(self, check: str) -> None:
        """Something has to be settled first: it is said, and the form rests."""
        question = self.is_asked(check)
        assert question["kind"] == "blocked"
        assert not question["choices"]

    def turns_to(self, procedure: str) -> None:
        """The last answer has taken the story into another procedure."""
        assert self.codes[self.number] == procedure
        before = self.merchant.application(self.application["turned_from"])
        assert before["state"] == "withdrawn"

    # --- filing, documents, money ---

    def files(self) -> None:
        """Says yes to the summary, and hears the number."""
        self.is_asked("confirm")
        blocks = self._act(lambda: self.merchant.choose("确认提交"))
        self._look()
        assert self.application["state"] in ("submitted", "in_review"), self.application["state"]
        assert any(self.number in block.get("text", "") for block in blocks)

    def uploads(self, *keys: str) -> None:
        """Photographs whatever is missing, and these besides; then the review begins."""
        for key in keys:
            self.merchant.upload(self.number, key)
        self.merchant.upload_missing(self.number)
        self.comes_to("in_review")

    def agrees(self) -> None:
        """Yes to amount and account, on the card."""
        self._saw(self.merchant.agree(self.number))

    def disagrees(self) -> None:
        """No to the amount: back to the reviewer."""
        self._saw(self.merchant.disagree(self.number))
        self.comes_to("in_review")

    def sends_machine(self, words: str) -> None:
        """Presses the button of the notice, and says by what way the machine comes."""
        self.comes_to("returning")
        self.hears("填快递单号", in_button=True)
        self._act(lambda: self.merchant.choose("填快递单号"))
        self._look()
        self.answers(tracking_no=words)
        assert self.application["state"] == "inspecting"

    def has_received(self) -> None:
        """The money is there, or the customer has it."""
        self.comes_to("paid")
        self._saw(self.merchant.confirm_receipt(self.number))

    def withdraws(self) -> None:
        """Takes back what was filed or begun."""
        self._saw(self.merchant.withdraw(self.number))
        assert self.application["state"] == "withdrawn"

    # --- looking ---

    @property
    def application(self) -> Json:
        """The application at hand, as it is now."""
        found = self.merchant.application(self.number)
        self._saw(found)
        return found

    @property
    def documents(self) -> set[str]:
        """Keys of the checklist."""
        return {document["key"] for document in self.application["documents"]}

    @property
    def steps(self) -> list[str]:
        """Titles of the progress strip."""
        return [step["title"] for step in self.application["steps"]]

    def comes_to(self, state: str) -> Json:
        """Waits until the application stands there."""
        found = self.merchant.wait_for_state(self.number, state)
        self._saw(found)
        return found

    def hears(self, part: str, *, in_button: bool = False) -> None:
        """Waits until the conversation says it, after whatever was done last."""
        words = part.rstrip("。")  # which may go on in a longer sentence

        def look() -> bool:
            self.merchant.refresh()
            blocks = self._blocks_since(self.asked_since)
            return any(words in text for text in (_buttons(blocks) if in_button else _texts(blocks)))

        until(look, f"“{part}”; said: {self._answered()}")
        self._read_on()

    def is_over(self) -> None:
        """The end of the story: the application is closed, and the merchant has heard the closing words."""
        self.comes_to("closed")
        self.hears(self.seen.catalogue[self.codes[self.number]].outcomes.closed)

    # --- what happens behind ---

    def _answer(self, answer: Answer) -> None:
        question: Json = self.application["next_question"]
        if isinstance(answer, dict):
            self._mark()
            self.merchant.put_answer(self.number, question["field"], answer)
        elif answer == "跳过" or answer in {choice["title"] for choice in question["choices"]}:
            self._act(lambda: self.merchant.choose(answer))
        else:
            self._act(lambda: self.merchant.say(answer))
        self._look()

    def _act(self, act: Callable[[], list[Block]]) -> list[Block]:
        self._mark()
        return act()

    def _mark(self) -> None:
        self.merchant.refresh()
        self.asked_since = len(self.merchant.history)

    def _answered(self) -> str:
        self.merchant.refresh()
        return "\n".join(_texts(self._blocks_since(self.asked_since)))

    def _blocks_since(self, place: int) -> list[Block]:
        return [block for message in self.merchant.history[place:] for block in message["blocks"]]

    def _take_newest(self, procedure: str) -> None:
        newest = self.merchant.newest_application()
        assert newest["procedure"]["code"] == procedure, f"{newest['procedure']['code']} was opened"
        assert newest["application_no"] not in self.codes, "no new application was opened"
        self._take(newest)

    def _take(self, application: Json) -> None:
        self.number = application["application_no"]
        self.codes[self.number] = application["procedure"]["code"]
        self._saw(application)
        self._read_on()

    def _look(self) -> None:
        """Looks at the application, and follows it where it goes on as another one."""
        if not self.number:
            return
        current = self.merchant.application(self.number)
        self._saw(current)
        if current["state"] == "withdrawn":
            newest = self.merchant.newest_application()
            if newest["turned_from"] == self.number:
                self.seen.turned(current, newest)
                self._take(newest)
        self._read_on()

    def _saw(self, application: Json) -> None:
        self.seen.application(application)

    def _read_on(self) -> None:
        """Notes what was said since the last look, each text with the application that it names or that is at hand."""
        self.merchant.refresh()
        for text in _texts(self._blocks_since(self.read)):
            named = [number for number in _NUMBER.findall(text) if number in self.codes]
            self.seen.text(self.codes[named[0] if named else self.number], text)
        self.read = len(self.merchant.history)


@dataclass
class Desk:
    """A member of staff who decides about the application of a story."""

    reviewer: Reviewer
    seen: Sightings

    def looks_at(self, story: Story) -> Json:
        """What the desk shows."""
        return self._saw(self.reviewer.detail(story.number))

    def facts(self, story: Story) -> dict[str, str]:
        """The facts beside the application, by label."""
        return {fact["label"]: fact["value"] for fact in self.looks_at(story)["facts"]}

    def accepts(self, story: Story) -> None:
        """Accepts whatever has been uploaded."""
        self.reviewer.accept_documents(story.number)
        self.looks_at(story)

    def sends_back(self, story: Story, key: str, words: str) -> None:
        """One document is not good enough."""
        self._saw(self.reviewer.send_back(story.number, key, words))
        story.comes_to("documents_requested")
        story.hears(words)

    def asks_for_more(self, story: Story, words: str) -> None:
        """Opens one more item of the checklist."""
        self._saw(self.reviewer.request_documents(story.number, words))
        story.comes_to("documents_requested")
        story.hears(words)

    def rejects(self, story: Story, words: str) -> None:
        """Refuses, with a reason; the merchant hears how to appeal."""
        story.comes_to("in_review")
        self._saw(self.reviewer.reject(story.number, words))
        story.comes_to("rejected")
        story.hears(words)
        story.hears("投诉")

    def approves(
        self, story: Story, amount_fen: int | None = None, reply: str | None = None, deduction: str | None = None
    ) -> None:
        """Accepts the documents and approves; what was asked for, if no other sum is said."""
        story.comes_to("in_review")
        self.accepts(story)
        self._saw(self.reviewer.approve(story.number, amount_fen, reply, deduction))

    def releases(self, story: Story) -> None:
        """Looks once more at a large sum or another account, and lets the money go."""
        story.comes_to("paying")
        story.hears("由另一位同事再核对一遍")
        self._saw(self.reviewer.release(story.number))

    def takes_machine(self, story: Story) -> None:
        """The machine is here and as it should be."""
        self._saw(self.reviewer.machine(story.number, "accepted"))

    def finds_fault(self, story: Story, words: str) -> None:
        """Something about the machine is not right: back to the merchant."""
        self._saw(self.reviewer.machine(story.number, "mismatch", words))
        story.comes_to("returning")
        story.hears(words)

    def waives_machine(self, story: Story, words: str) -> None:
        """The machine need not come back."""
        self._saw(self.reviewer.machine(story.number, "waived", words))

    def _saw(self, detail: Json) -> Json:
        self.seen.detail(detail)
        return detail


def identity(story: Story) -> dict[str, str]:
    """The owner's proof for the secure card."""
    return {"name": story.party.owner if story.party else "", "id_number": ID_NUMBER}


def own_account(story: Story) -> dict[str, str]:
    """Another account in the merchant's own name for the secure card."""
    return {"holder": story.party.name if story.party else "", "bank": "演示银行故事支行", "number": CARD_NUMBER}


def _buttons(blocks: list[Block]) -> list[str]:
    return [choice["title"] for block in blocks for choice in block.get("choices", [])]


def _texts(blocks: list[Block]) -> list[str]:
    return [block["text"] for block in blocks if "text" in block]
