"""Opens a stranger's PDF in a process of its own: without our secrets, and ended when it takes too long.

A PDF of a kilobyte can keep its reader busy for days, or crash it; neither may reach the service.
"""

from __future__ import annotations

import subprocess
import sys
import threading

from service.cases.documents import pdf
from service.cases.documents.errors import FileDamaged, PdfActive, PdfLocked, PdfTooComplex, PdfTooLong
from service.platform.problems import Problem, ServiceUnavailable

WALL_SECONDS = 20.0
_PATIENCE_SECONDS = 5.0
_PROBLEMS: dict[int, type[Problem]] = {
    pdf.LOCKED: PdfLocked,
    pdf.ACTIVE: PdfActive,
    pdf.TOO_LONG: PdfTooLong,
    pdf.DAMAGED: FileDamaged,
}
_places = threading.BoundedSemaphore(2)  # who waits here holds a thread of the service


def flatten_caged(content: bytes, wall_seconds: float = WALL_SECONDS) -> tuple[int, bytes]:
    """As `pdf.flatten`; raises the problem with the file."""
    if not _places.acquire(timeout=_PATIENCE_SECONDS):
        raise ServiceUnavailable("现在上传 PDF 的人有点多，请等一会儿再传，或者直接拍照上传。", retry_after=10)
    try:
        done = subprocess.run(  # noqa: S603 - our own program; a stranger gives its input alone
            [sys.executable, "-I", pdf.__file__],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a reader's complaint may quote the document
            env={},
            timeout=wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PdfTooComplex from None
    finally:
        _places.release()
    if done.returncode < 0:  # ended by a signal: its time was up, or it crashed
        raise PdfTooComplex
    if done.returncode != 0:
        raise _PROBLEMS.get(done.returncode, FileDamaged)
    pages, _, flat = done.stdout.partition(b"\n")
    return int(pages), flat
