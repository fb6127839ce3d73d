"""The service's /v1 API, thin: one method for each route the bot uses, on behalf of one conversation."""

import threading
from typing import Any, Final

import requests

from actions.errors import AnswerRefused, Conflict, IdentityRequired, NotFound, Refused, ServiceUnavailable

Json = dict[str, Any]

TIMEOUT_SECONDS: Final = (1.5, 5.0)
_RETRIES_OF_A_READ: Final = 1
_STILL_RUNNING: Final = "idempotency_in_progress"
_REFUSALS: Final[dict[int, type[Refused]]] = {
    403: IdentityRequired,
    404: NotFound,
    409: Conflict,
    412: Conflict,
    422: AnswerRefused,
}
_sessions = threading.local()


class Service:
    """What the merchant of this conversation may do, and nothing else."""

    def __init__(self, url: str, token: str, conversation_id: str, turn_id: str) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}", "X-Conversation": conversation_id}
        self._turn = f"{conversation_id}:{turn_id}"

    def procedures(self) -> list[Json]:
        """The procedures that can be filed now."""
        return _items(self._get("/v1/procedures"))

    def applications(self) -> list[Json]:
        """The merchant's open applications, newest first."""
        return _items(self._get("/v1/applications", open="true"))

    def application(self, number: str) -> Json:
        """One application, whole."""
        return self._get(f"/v1/applications/{number}")

    def open_application(self, procedure: str, prefill: dict[str, str]) -> Json:
        """A new draft."""
        return self._change("POST", "/v1/applications", {"procedure": procedure, "prefill": prefill}, "open")

    def answer(self, number: str, field: str, value: str | None) -> Json:
        """Puts the answer to one question."""
        return self._change("PUT", f"/v1/applications/{number}/answers/{field}", {"value": value}, f"answer:{field}")

    def clear_answer(self, number: str, field: str) -> Json:
        """Takes an answer back, so that it is asked again."""
        return self._change("DELETE", f"/v1/applications/{number}/answers/{field}", None, f"clear:{field}")

    def submit(self, number: str, version: int) -> Json:
        """Files the application."""
        return self._change("POST", f"/v1/applications/{number}/submit", {"version": version}, "submit")

    def withdraw(self, number: str, reason: str) -> Json:
        """Takes the whole application back."""
        return self._change("POST", f"/v1/applications/{number}/withdraw", {"reason": reason}, "withdraw")

    def knowledge(self, topic: str, sentence: str = "") -> Json:
        """What is known about a topic of 常见问题: the fact that fits the merchant's sentence best."""
        return self._get(f"/v1/knowledge/{topic}", q=sentence)

    def fact(self, topic: str, fact_id: str) -> Json:
        """One fact that was told before."""
        return self._get(f"/v1/knowledge/{topic}", id=fact_id)

    def corrections(self, sentence: str) -> list[Json]:
        """What stands against a wrong claim in the sentence; often nothing."""
        return _items(self._get("/v1/corrections", q=sentence))

    def contacts(self) -> list[Json]:
        """Confirmed contacts; often none."""
        return _items(self._get("/v1/contacts"))

    def check_contacts(self, text: str) -> list[Json]:
        """The numbers and addresses in a text, and whether each is a confirmed one."""
        found: list[Json] = self._send("POST", "/v1/contacts/check", json={"text": text})["found"]
        return found

    def ask_for_person(self, reason: str) -> Json:
        """A place in the agents' queue, or the one that there is already."""
        return self._send("POST", "/v1/conversation/person", json={"reason": reason})

    def _get(self, path: str, **query: str) -> Json:
        for attempts_left in range(_RETRIES_OF_A_READ, -1, -1):
            try:
                return self._send("GET", path, params=query)
            except ServiceUnavailable:
                if not attempts_left:
                    raise
        raise AssertionError("unreachable")

    def _change(self, method: str, path: str, body: Json | None, purpose: str) -> Json:
        """Never retried here: the turn is sent again as a whole, and the same key makes the change happen once."""
        return self._send(method, path, json=body, headers={"Idempotency-Key": f"{self._turn}:{purpose}"})

    def _send(self, method: str, path: str, **options: Any) -> Json:
        headers = {**self._headers, **options.pop("headers", {})}
        try:
            answer = _session().request(
                method, self._url + path, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False, **options
            )
            body = answer.json()
        except requests.RequestException as error:
            raise ServiceUnavailable(f"{method}: {type(error).__name__}") from error
        if answer.ok and isinstance(body, dict):
            return body
        raise _refusal(answer.status_code, body if isinstance(body, dict) else {})


def _refusal(status: int, problem: Json) -> Exception:
    code = str(problem.get("type", ""))
    if status not in (*_REFUSALS, 429) or code == _STILL_RUNNING or "detail" not in problem:
        return ServiceUnavailable(f"status {status}")
    return _REFUSALS.get(status, Refused)(code, str(problem["detail"]), list(problem.get("errors") or []))


def _items(body: Json) -> list[Json]:
    items: list[Json] = body["items"]
    return items


def _session() -> requests.Session:
    """One kept-alive session for each thread; the addresses are ours, so no proxy settings are read."""
    session: requests.Session | None = getattr(_sessions, "session", None)
    if session is None:
        session = _sessions.session = requests.Session()
        session.trust_env = False
    return session
