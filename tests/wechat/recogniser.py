"""A little recogniser of speech on a port of its own: it "hears" the words that a made-up recording carries."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_FRAME = 31
"""Bytes that follow the first one of a frame in AMR's best quality."""


def recording(words: str, seconds: float = 2.0) -> bytes:
    """AMR of this length; the words stand where the sound would."""
    sound = words.encode().ljust(int(seconds * 50) * _FRAME, b"\0")
    frames = (sound[at : at + _FRAME] for at in range(0, len(sound), _FRAME))
    return b"#!AMR\n" + b"".join(b"\x3c" + frame.ljust(_FRAME, b"\0") for frame in frames)


def words_in(content: bytes) -> str:
    sound = content.removeprefix(b"#!AMR\n")
    return b"".join(sound[at + 1 : at + 1 + _FRAME] for at in range(0, len(sound), _FRAME + 1)).rstrip(b"\0").decode()


@dataclass
class Heard:
    """What one call brought."""

    path: str
    authorization: str | None
    fields: dict[str, str]
    content: bytes
    content_type: str


@dataclass
class Recogniser:
    heard: list[Heard] = field(default_factory=list)
    status: int = 200
    answer: bytes | None = None
    """In the place of what was heard."""
    location: str | None = None
    may_answer: threading.Event = field(default_factory=threading.Event)
    """Not set: it hangs."""
    asked: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def __post_init__(self) -> None:
        self.may_answer.set()


@contextmanager
def running_recogniser() -> Iterator[Recogniser]:
    recogniser = Recogniser()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(recogniser))
    recogniser.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield recogniser
    finally:
        recogniser.may_answer.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def _handler(recogniser: Recogniser) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard = _read(self.path, self.headers.get("Authorization"), self.headers["Content-Type"], body)
            recogniser.heard.append(heard)
            recogniser.asked.set()
            recogniser.may_answer.wait(30)
            answer = recogniser.answer
            if answer is None:
                answer = json.dumps({"text": words_in(heard.content)}).encode()
            self.send_response(recogniser.status)
            if recogniser.location:
                self.send_header("Location", recogniser.location)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            with suppress(OSError):  # whoever asked may have gone
                self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    return Handler


def _read(path: str, authorization: str | None, content_type: str, body: bytes) -> Heard:
    form = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    fields: dict[str, str] = {}
    content, file_type = b"", ""
    for part in form.walk():
        name, payload = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        if part.get_filename():
            content, file_type = payload, part.get_content_type()
        else:
            fields[str(name)] = payload.decode()
    return Heard(path, authorization, fields, content, file_type)
