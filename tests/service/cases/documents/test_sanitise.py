"""Hostile and broken files: what is refused, with which reason, and what is left of what is taken."""

from __future__ import annotations

import io
import struct
import subprocess
import zlib
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps
from pypdfium2 import raw

from service.cases.documents import errors
from service.cases.documents.cage import flatten_caged
from service.cases.documents.sanitise import MAX_BYTES, preview, sanitise
from service.cases.documents.service import safe_name
from service.platform.problems import Problem
from tests.service.cases.world import picture

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"


def png_claiming(width: int, height: int) -> bytes:
    """A small file that says it is a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def pdf(pages: int = 1) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(300, 400)
    return saved(document)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_with_attachment() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(300, 400)
    attachment = document.new_attachment("evil.exe")
    attachment.set_data(b"MZ....")
    return saved(document)


PDF_WITH_SCRIPT = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a)4 0 R]>>>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
4 0 obj<</S/JavaScript/JS(app.alert\\(1\\))>>endobj
trailer<</Root 1 0 R>>
"""

LOCKED_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
5 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -4
/O<2055c756c72e1ad702608e8196acad447ad32d17cff583235f6dd15fed7dab67>
/U<7150bd1da9d292af3627fca6a8dde1d696e25312041aed09059f9daee04353ae>>>endobj
trailer<</Root 1 0 R/Encrypt 5 0 R/ID[<cafe><cafe>]>>
"""


def pdf_that_never_ends() -> bytes:
    """Forms that draw forms: ten times ten times ten…, in two kilobytes."""
    depth, drawn = 9, "/X Do " * 10

    def form(number: int, content: str, about: str = "") -> str:
        inner = f"/Resources<</XObject<</X {number + 1} 0 R>>>>" if content is drawn else ""
        return f"{number} 0 obj<<{about}{inner}/Length {len(content)}>>stream\n{content}\nendstream endobj\n"

    boxed = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
    forms = [form(number, drawn, boxed) for number in range(5, 5 + depth)]
    return (
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        "/Resources<</XObject<</X 5 0 R>>>>>>endobj\n"
        f"{form(4, drawn)}{''.join(forms)}{form(5 + depth, '0 0 m 600 800 l S ', boxed)}"
        "trailer<</Root 1 0 R>>"
    ).encode()


def test_a_pdf_that_never_ends_is_ended() -> None:
    with pytest.raises(errors.PdfTooComplex):
        flatten_caged(pdf_that_never_ends(), wall_seconds=2)


def test_who_reads_a_strangers_pdf_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[dict[str, Any]] = []
    run = subprocess.run

    def watch(*arguments: Any, **options: Any) -> Any:
        started.append(options)
        return run(*arguments, **options)

    monkeypatch.setattr(subprocess, "run", watch)
    assert sanitise(pdf()).pages == 1
    assert [options["env"] for options in started] == [{}]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b"", errors.FileEmpty, id="zero bytes"),
        pytest.param(b"x" * (MAX_BYTES + 1), errors.FileTooLarge, id="too large"),
        pytest.param(SVG, errors.FileTypeRefused, id="svg"),
        pytest.param(HTML, errors.FileTypeRefused, id="html"),
        pytest.param(EICAR, errors.FileTypeRefused, id="eicar"),
        pytest.param(b"PK\x03\x04" + b"\0" * 100, errors.FileTypeRefused, id="zip"),
        pytest.param(b"MZ" + b"\0" * 200, errors.FileTypeRefused, id="program"),
        pytest.param(picture(400, 300)[:400], errors.FileDamaged, id="truncated jpeg"),
        pytest.param(picture(400, 300, "PNG")[:200], errors.FileDamaged, id="truncated png"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + SVG, errors.FileDamaged, id="svg with the beginning of a png"),
        pytest.param(png_claiming(50_000, 50_000), errors.PictureTooLarge, id="bomb"),
        pytest.param(png_claiming(6_000, 4_001), errors.PictureTooLarge, id="a line too many"),
        pytest.param(b"%PDF-1.4\nnot really", errors.FileDamaged, id="broken pdf"),
        pytest.param(pdf(21), errors.PdfTooLong, id="21 pages"),
        pytest.param(pdf_with_attachment(), errors.PdfActive, id="pdf with attachment"),
        pytest.param(PDF_WITH_SCRIPT, errors.PdfActive, id="pdf with script"),
        pytest.param(LOCKED_PDF, errors.PdfLocked, id="locked pdf"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(content: bytes, problem: type[Problem]) -> None:
    with pytest.raises(problem) as caught:
        sanitise(content)
    assert caught.value.detail.endswith("。")
    assert 400 <= caught.value.status < 500


@pytest.mark.parametrize(
    ("kind", "kept_as"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/jpeg"), ("HEIF", "image/jpeg")],
)
def test_a_picture_is_taken_whatever_it_is_called(kind: str, kept_as: str) -> None:
    clean = sanitise(picture(320, 200, kind))
    assert (clean.content_type, clean.pages) == (kept_as, 1)
    assert Image.open(io.BytesIO(clean.content)).size == (320, 200)


def test_where_and_with_what_a_photo_was_taken_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SecretPhone"
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, "JPEG", exif=exif)
    clean = sanitise(out.getvalue())
    assert b"SecretPhone" not in clean.content
    kept = Image.open(io.BytesIO(clean.content))
    assert (kept.size, len(kept.getexif())) == ((200, 300), 0)


def exif(*entries: bytes) -> bytes:
    return b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", len(entries)) + b"".join(sorted(entries)) + b"\0" * 4


@pytest.mark.parametrize("orientation", range(10))
def test_a_photo_stands_as_its_camera_was_held_however_odd_its_notes_are(orientation: int) -> None:
    held = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    odd = struct.pack(">HHI4s", 0x0100, 2, 3, b"abc")  # a width in letters
    photo = Image.new("RGB", (30, 20), "red")
    photo.paste("blue", (0, 0, 15, 10))
    plain, noted = io.BytesIO(), io.BytesIO()
    photo.save(plain, "PNG", exif=exif(held))
    photo.save(noted, "PNG", exif=exif(held, odd))
    expected = ImageOps.exif_transpose(Image.open(plain))
    kept = Image.open(io.BytesIO(sanitise(noted.getvalue()).content))
    assert kept.size == expected.size
    assert kept.tobytes() == expected.convert("RGB").tobytes()


@pytest.mark.parametrize("payload", [HTML, EICAR, b"PK\x03\x04" + b"payload" * 20])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_that_hangs_on_a_picture_is_kept(kind: str, payload: bytes) -> None:
    clean = sanitise(picture(64, 64, kind) + payload)
    assert payload not in clean.content


def test_a_transparent_picture_gets_a_white_ground() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    kept = Image.open(io.BytesIO(sanitise(out.getvalue()).content))
    assert kept.getpixel((5, 5)) == (255, 255, 255)


def test_a_pdf_becomes_pictures_of_its_pages() -> None:
    clean = sanitise(pdf(3) + b"\n<script>alert(1)</script>")
    assert (clean.content_type, clean.pages) == ("application/pdf", 3)
    assert b"script" not in clean.content
    document = pypdfium2.PdfDocument(clean.content)
    assert len(document) == 3
    assert raw.FPDFDoc_GetJavaScriptActionCount(document) == 0
    assert Image.open(io.BytesIO(preview(clean.content, clean.content_type, 2))).format == "JPEG"


def test_a_preview_fits_a_screen() -> None:
    clean = sanitise(picture(3000, 2000))
    assert Image.open(io.BytesIO(preview(clean.content, clean.content_type, 1))).size == (1600, 1067)


SOUND = [picture(40, 30, kind, "green") for kind in ("JPEG", "PNG", "WEBP")] + [pdf()]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_is_refused_and_never_breaks_anything(data: st.DataObject) -> None:
    original = data.draw(st.sampled_from(SOUND))
    content = bytearray(original)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    status = 415
    try:
        clean = sanitise(bytes(content))
    except Problem as problem:
        status = problem.status
    else:
        preview(clean.content, clean.content_type, 1)
    assert 400 <= status < 500


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("收据.jpg", "收据.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\照片\\合同.PNG", "合同.jpg"),
        ("a\r\nSet-Cookie: x=1.jpg", "aSet-Cookie x=1.jpg"),
        ("", "文件.jpg"),
        ("....", "文件.jpg"),
        ("invoice\u202egpj.exe", "invoicegpj.jpg"),
        ("很" * 200 + ".jpg", "很" * 60 + ".jpg"),
    ],
)
def test_a_file_name_is_only_a_name(given_name: str, shown: str) -> None:
    assert safe_name(given_name, "image/jpeg") == shown
