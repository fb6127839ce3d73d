"""What the service does about conversations, applications and canned replies, as far as the console can see."""

from __future__ import annotations

from typing import Any

from .fake_forms import FakeForms
from .fake_people import HE, PEOPLE, WANG, Person, Refusal
from .fake_talks import DEPOSIT, Talk, ago, start_talks, suggested

Json = dict[str, Any]

RESULTS = [{"code": "solved", "text": "已解决"}, {"code": "follow_up", "text": "需要回访"}]
PINYIN = {"nin hao": "nh", "shou ju zenme pai": "sjzmp"}


class FakeConsole:
    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.talks = start_talks(HE, WANG)
        self.forms = FakeForms()
        self.presence: Json = {"state": "paused", "capacity": 3, "skills": ["general"]}
        self.inbox_moves: list[tuple[str, int]] = []
        self.sent: list[Json] = []
        self.outcomes: list[tuple[str, str]] = []
        self.meanings: list[tuple[int, str]] = []
        self.closed: list[Json] = []
        self.changes: list[tuple[str, str, Json]] = []
        self.utterances: dict[str, Json] = {}
        self.ended_calls: list[str] = []
        self.links = 0
        self.load_asked: Json = {}
        self.lose_answers = 0
        self.replies: list[Json] = [
            _reply("r1", "问候", "您好，我是{坐席}，很高兴为{商户名}服务。", "nin hao", own=False),
            _reply("r2", "收据怎么拍", "请把收据放平，四个角都拍到。", "shou ju zenme pai", own=True),
        ]

    # --- inbox ---

    def moved(self, talk: Talk) -> None:
        talk.revision += 1
        self.inbox_moves.append((talk.id, talk.revision))

    def box_of(self, talk: Talk, me: Person) -> str:
        if talk.status == "agent":
            return "mine" if talk.agent == me else "colleagues"
        return talk.status

    def inbox(self, me: Person, box: str, q: str) -> Json:
        boxes = [self.box_of(talk, me) for talk in self.talks.values()]
        found = [talk for talk in self.talks.values() if self.box_of(talk, me) == box and q in talk.name]
        found.sort(key=lambda talk: 99 if talk.position is None else talk.position)
        counts = {name: boxes.count(name) for name in ("bot", "waiting", "mine", "colleagues", "closed")}
        return {"items": [talk.row() for talk in found], "counts": counts, "next_cursor": None}

    # --- one conversation ---

    def talk(self, talk_id: str) -> Talk:
        if talk_id not in self.talks:
            raise Refusal(404, "not_found", "没有找到这个会话。")
        return self.talks[talk_id]

    def detail(self, talk: Talk, me: Person) -> Json:
        mine = talk.status == "agent" and talk.agent == me
        serving = ["send", "hand_back", "transfer", "close", "serve"] if mine else []
        claim = ["claim"] if talk.status in ("waiting", "bot") else []
        note = [] if talk.status == "closed" else ["note"]
        identity = {
            "verified": True,
            "method": "token" if talk.channel == "web" else "code",
            "merchant_no": talk.merchant_no,
            "merchant_name": talk.name,
            "party": "merchant",
            "phone_masked": "138****8001",
        }
        terminal = {"terminal_no": "A1000001", "sn_tail": "0001", "model": "智能POS", "status": "active"}
        earlier = {
            "conversation_id": "c_done",
            "last_at": ago(86_400),
            "summary": {"request": "问到账", "handling": "", "result": "已说明", "todo": ""},
            "result_code": "solved",
        }
        return {
            "row": talk.row(),
            "identity": identity if talk.verified and talk.name else None,
            "terminals": [{**terminal, "deposit_fen": 19_900, "bound_at": ago(9_000_000)}] if talk.verified else [],
            "applications": [self.forms.line(number) for number in talk.applications],
            "notes": talk.notes,
            "earlier": [earlier] if talk.verified else [],
            "handover": None,
            "call_id": talk.call_id,
            "allowed_actions": [*claim, *serving, *note],
            "last_seq": len(talk.messages),
        }

    def claim(self, talk: Talk, me: Person) -> None:
        if talk.status == "agent" and talk.agent not in (None, me):
            raise Refusal(409, "taken", f"{talk.agent.name}已经接了这位商户。" if talk.agent else "")
        talk.status, talk.agent, talk.position, talk.waiting_since, talk.unread = "agent", me, None, None, 0
        talk.say("system", f"{me.name} 来了，接下来由TA为您服务。")
        self.moved(talk)

    def send(self, talk: Talk, me: Person, body: Json) -> int:
        if talk.agent != me:
            raise Refusal(409, "not_yours", "这个会话已经不在您手上了。")
        if body["client_id"] in talk.said:
            return talk.said[body["client_id"]]
        newest = max((message["seq"] for message in talk.messages if message["sender"] == "merchant"), default=0)
        if newest > body["based_on"]:
            raise Refusal(409, "moved_on", "商户又说了话，请看过再发。")
        warnings = [warning for warning in self.check(body["text"]) if warning["code"] not in body["confirmed"]]
        if warnings:
            raise Refusal(422, "draft_warns", "这段话有需要注意的地方。", warnings=warnings)
        seq = talk.say("agent", body["text"], body["client_id"])
        talk.said[body["client_id"]] = seq
        self.sent.append(body)
        return seq

    @staticmethod
    def check(text: str) -> list[Json]:
        words = {
            "保证": ("promise", "不要承诺结果，可以说“审核通过后”。"),
            "110101199003074477": ("identity_number", "不要在聊天里写证件号码。"),
        }
        return [
            {"code": code, "text": why, "from": text.index(word), "to": text.index(word) + len(word)}
            for word, (code, why) in words.items()
            if word in text
        ]

    def merchant_says(self, talk_id: str, text: str, *, suggest: bool = True) -> None:
        talk = self.talks[talk_id]
        seq = talk.say("merchant", text)
        if suggest:
            talk.suggestions = suggested(seq)
        self.moved(talk)

    def change(self, talk: Talk, me: Person, path: str, body: Json) -> None:
        self.changes.append((talk.id, path, body))
        if path == "hand-back":
            talk.status, talk.agent = "bot", None
            talk.say("system", "坐席把您交还给了助手，我接着帮您办。")
        elif path == "transfer":
            talk.agent = next((person for person in PEOPLE if person.id == body["agent_id"]), None)
            talk.status = "agent" if talk.agent else "waiting"
        elif path == "notes":
            talk.notes.append({"id": f"n{len(talk.notes)}", "by": me.name, "at": ago(0), "text": body["text"]})
        elif path == "close":
            talk.status = "closed"
            self.closed.append(body)
        self.moved(talk)

    # --- calls ---

    def call(self, call_id: str, me: Person) -> Talk:
        known = next((talk for talk in self.talks.values() if talk.call_id == call_id), None)
        if known:
            return known
        talk = Talk(f"c_call{len(self.talks)}", status="agent", channel="phone", agent=me, call_id=call_id)
        talk.verified = False
        self.talks[talk.id] = talk
        self.moved(talk)
        return talk

    def utter(self, call_id: str, me: Person, body: Json) -> None:
        if body["utterance_id"] in self.utterances:
            return
        self.utterances[body["utterance_id"]] = body
        talk = self.call(call_id, me)
        seq = talk.say("merchant" if body["role"] == "caller" else "agent", body["text"])
        if body["role"] == "caller":
            talk.suggestions = suggested(seq)

    def verify(self, talk: Talk, code: str) -> None:
        if code != "428913":
            raise Refusal(422, "code_refused", "验证码不对，请再问一遍。")
        talk.verified, talk.name, talk.merchant_no = True, "春风小吃店", "822100058120001"
        self.moved(talk)

    # --- canned replies ---

    def find_replies(self, q: str, talk: Talk | None, me: Person) -> list[Json]:
        found = [reply for reply in self.replies if _fits(reply, q.lower())]
        return [{**reply, "text": _filled(reply["text"], talk, me)} if talk else reply for reply in found]

    # --- the lead's view ---

    def load(self) -> Json:
        return {
            "now": {
                "waiting": 2,
                "longest_wait_s": 200,
                "serving": 2,
                "agents": [
                    {"id": HE.id, "name": HE.name, "state": "ready", "open": 3, "capacity": 3},
                    {"id": WANG.id, "name": WANG.name, "state": "paused", "open": 1, "capacity": 3},
                ],
            },
            "waits": {"median_s": 42, "p90_s": 170, "count": 118},
            "first_reply": {"median_s": 18, "p90_s": 60, "count": 110},
            "handling": {"median_s": 410, "p90_s": 1_300, "count": 104},
            "service_level": {"target_s": 60, "share": 0.83, "count": 118},
            "by_day": [
                {"day": f"2026-11-{day}", "handovers": 10 + day % 7, "median_wait_s": 30 + 4 * (day % 5)}
                for day in range(20, 27)
            ],
            "suggestions": {
                "shown": 300,
                "sent": 120,
                "edited": 66,
                "dismissed": 30,
                "ignored": 84,
                "by_intent": [
                    {"intent": "退押金", "shown": 90, "accepted": 70},
                    {"intent": "常见问题/到账时间", "shown": 60, "accepted": 21},
                ],
            },
            "rating": {"average": 4.6, "count": 51},
        }


def _reply(reply_id: str, title: str, text: str, shortcut: str, *, own: bool) -> Json:
    return {"id": reply_id, "title": title, "text": text, "shortcut": PINYIN[shortcut], "group": "常用", "own": own}


def _fits(reply: Json, q: str) -> bool:
    return q in reply["title"] or q in reply["text"] or reply["shortcut"].startswith(q)


def _filled(text: str, talk: Talk | None, me: Person) -> str:
    return text.replace("{坐席}", me.name).replace("{商户名}", talk.name if talk and talk.name else "{商户名}")


PROCEDURES = [{**DEPOSIT, "intent": "退押金"}, {"code": "cancel_pos", "title": "取消POS机", "intent": "取消POS机"}]
