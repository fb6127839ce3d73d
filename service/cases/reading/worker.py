"""Keeps the reading process: started when something is to be read, watched while it reads, ended when it is idle."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from typing import Any, Literal, Protocol

from service.cases.reading import reader
from service.cases.reading.pages import Corners, Page, page_of

PAGE_SECONDS = 60.0
IDLE_SECONDS = 60.0


class Unread(Exception):
    """The file could not be read; the picture itself is as good as before."""

    def __init__(self, why: Literal["too_long", "crashed"]) -> None:
        self.why = why
        super().__init__(why)


class PageReader(Protocol):
    """Reads what stands on a document that was checked and cleaned before."""

    def read(self, content: bytes, content_type: str) -> list[Page]:
        """The first pages with their lines; raises `Unread`."""

    def close(self) -> None:
        """Gives back what it holds; it may be used again."""


class ReadingProcess:
    """One process, one file at a time. It costs half a gigabyte, so it does not outlive its work for long."""

    def __init__(
        self,
        *,
        program: str = reader.__file__,
        page_seconds: float = PAGE_SECONDS,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._program = program
        self._page_seconds = page_seconds
        self._idle_seconds = idle_seconds
        self._turn = threading.Lock()
        self._child: _Child | None = None
        self._idle: threading.Timer | None = None

    @property
    def pid(self) -> int | None:
        """Of the process that is there now."""
        child = self._child
        return child.process.pid if child else None

    def read(self, content: bytes, content_type: str) -> list[Page]:
        with self._turn:
            self._stay()
            if self._child is None or not self._child.lives:
                self._child = _Child(self._program, self._page_seconds)
            try:
                return self._child.read(content, content_type)
            except Unread:
                self._end()
                raise
            finally:
                self._leave_later()

    def close(self) -> None:
        with self._turn:
            self._stay()
            self._end()

    def _stay(self) -> None:
        if self._idle:
            self._idle.cancel()
            self._idle = None

    def _leave_later(self) -> None:
        if self._child:
            self._idle = threading.Timer(self._idle_seconds, self.close)
            self._idle.daemon = True
            self._idle.start()

    def _end(self) -> None:
        if self._child:
            self._child.end()
            self._child = None


class _Child:
    def __init__(self, program: str, page_seconds: float) -> None:
        self._page_seconds = page_seconds
        self._late = False
        self.process = subprocess.Popen(  # noqa: S603 - our own program; a stranger gives its input alone
            [sys.executable, "-I", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a reader's complaint may quote the document
            env={},
            start_new_session=True,  # Ctrl-C is for the service, which then lets go of it
        )

    @property
    def lives(self) -> bool:
        return self.process.poll() is None

    def read(self, content: bytes, content_type: str) -> list[Page]:
        request = json.dumps({"type": content_type, "size": len(content)}).encode() + b"\n" + content
        pages = []
        answer = self._ask(request)
        while answer is not None:
            pages.append(_page(answer))
            answer = self._ask(b"")
        return pages

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _ask(self, request: bytes) -> dict[str, Any] | None:
        """The next answer, which may take so long and no longer."""
        watch = threading.Timer(self._page_seconds, self._too_late)
        watch.daemon = True
        watch.start()
        try:
            line = self._exchange(request)
        finally:
            watch.cancel()
        if not line.endswith(b"\n"):
            raise Unread("too_long" if self._late or self._used_up() else "crashed")
        answer: dict[str, Any] | None = json.loads(line)
        return answer

    def _exchange(self, request: bytes) -> bytes:
        if self.process.stdin is None or self.process.stdout is None:
            return b""
        try:
            self.process.stdin.write(request)
            self.process.stdin.flush()
        except BrokenPipeError:
            return b""
        return self.process.stdout.readline()

    def _too_late(self) -> None:
        self._late = True
        self.process.kill()

    def _used_up(self) -> bool:
        """Whether its processor time was up."""
        return self.process.wait() == -signal.SIGXCPU


def _page(answer: dict[str, Any]) -> Page:
    width, height = answer["size"]
    lines = [(text, score, _corners(sides)) for text, score, sides in answer["lines"]]
    return page_of((width, height), answer["flipped"], lines)


def _corners(sides: list[int]) -> Corners:
    return tuple(zip(sides[::2], sides[1::2], strict=True))
