"""The reading process: it reads, knows nothing of us, is ended when it must be, and is gone when it is idle."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from bench.ocr import cameras, papers
from bench.ocr.people import somebody
from service.cases.reading.reader import MAX_PAGES
from service.cases.reading.understanding import understand
from service.cases.reading.worker import ReadingProcess, Unread
from tests.service.cases.documents.test_sanitise import pdf

PRETENDER = str(Path(__file__).with_name("pretender.py"))


@pytest.fixture
def pretender() -> Iterator[ReadingProcess]:
    process = ReadingProcess(program=PRETENDER)
    yield process
    process.close()


@pytest.fixture(scope="module")
def reader() -> Iterator[ReadingProcess]:
    """The real one; it costs seconds to start, so all tests share it."""
    process = ReadingProcess(idle_seconds=600)
    yield process
    process.close()


def said(process: ReadingProcess, content: str) -> str:
    (page,) = process.read(content.encode(), "image/jpeg")
    return page.lines[0].text


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_one_process_reads_one_file_after_the_other(pretender: ReadingProcess) -> None:
    assert said(pretender, "收据") == "收据"
    first = pretender.pid
    assert said(pretender, "合同") == "合同"
    assert pretender.pid == first


@pytest.mark.parametrize(("content", "why"), [("crashes", "crashed"), ("computes", "too_long"), ("sleeps", "too_long")])
def test_what_a_file_does_to_its_reader_ends_with_it(content: str, why: str) -> None:
    process = ReadingProcess(program=PRETENDER, page_seconds=1 if content == "sleeps" else 30)
    with pytest.raises(Unread) as caught:
        process.read(content.encode(), "image/jpeg")
    assert caught.value.why == why
    assert process.pid is None
    patient = ReadingProcess(program=PRETENDER)
    assert said(patient, "下一份") == "下一份"
    patient.close()
    process.close()


def test_a_reader_that_died_in_its_sleep_is_replaced(pretender: ReadingProcess) -> None:
    said(pretender, "收据")
    pid = pretender.pid
    assert pid is not None
    os.kill(pid, 9)
    while not gone(pid) and Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z":
        time.sleep(0.01)
    assert said(pretender, "合同") == "合同"
    assert pretender.pid != pid


def test_an_idle_reader_gives_its_memory_back() -> None:
    process = ReadingProcess(program=PRETENDER, idle_seconds=0.2)
    said(process, "收据")
    pid = process.pid
    assert pid is not None
    until = time.monotonic() + 30
    while not gone(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert gone(pid)
    assert process.pid is None
    assert said(process, "合同") == "合同"
    process.close()


@pytest.mark.slow
def test_a_tilted_receipt_is_read_without_our_secrets_and_without_a_socket(
    reader: ReadingProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "of the service")
    paper = papers.receipt(somebody(cameras.dice(3)))
    pages = reader.read(cameras.jpeg(cameras.tilted(paper.draw())), "image/jpeg")
    found = understand(pages).fields
    assert {key: found[key].value for key in paper.truth} == paper.truth
    home = Path(f"/proc/{reader.pid}")
    assert (home / "environ").read_bytes() == b""
    assert not any(str(handle.readlink()).startswith("socket:") for handle in (home / "fd").iterdir())


@pytest.mark.slow
def test_a_long_document_is_read_in_its_first_pages(reader: ReadingProcess) -> None:
    assert len(reader.read(pdf(20), "application/pdf")) == MAX_PAGES


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 broken", pdf(1)[:200]])
def test_a_broken_file_is_unread_and_the_next_one_is_read(reader: ReadingProcess, content: bytes) -> None:
    with pytest.raises(Unread):
        reader.read(content, "application/pdf" if content.startswith(b"%PDF") else "image/jpeg")


@pytest.mark.slow
def test_a_bomb_goes_off_in_its_own_house(reader: ReadingProcess) -> None:
    with pytest.raises(Unread):
        reader.read(bomb(), "image/png")
    (page,) = reader.read(cameras.jpeg(Image.new("RGB", (64, 64), "white")), "image/jpeg")
    assert page.lines == ()


def bomb() -> bytes:
    """Half a gigabyte of pixels in some kilobytes."""
    out = io.BytesIO()
    Image.new("1", (22_000, 22_000)).save(out, "PNG", optimize=False)
    return out.getvalue()
