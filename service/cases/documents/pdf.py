"""Turns a PDF into one that holds nothing but pictures of its pages. Pure, and also a program (see `cage`).

Imports nothing of ours: as a program it starts fast and knows no settings.
"""

from __future__ import annotations

import io
import resource
import sys
from contextlib import closing

import pypdfium2
from PIL import Image
from pypdfium2 import raw as pdfium

MAX_PAGES = 20
CPU_SECONDS = 15
MEMORY_BYTES = 1024 * 1024 * 1024
PAGE_LONG_SIDE = 2_000
_LARGEST_SCALE = 4.0

LOCKED, ACTIVE, TOO_LONG, DAMAGED = 10, 11, 12, 13


class Refused(Exception):
    """`verdict` is one of the numbers above, and what the program exits with."""

    def __init__(self, verdict: int) -> None:
        self.verdict = verdict
        super().__init__(f"refused with {verdict}")


def flatten(content: bytes) -> tuple[int, bytes]:
    """How many pages there are, and the new PDF."""
    try:
        with closing(pypdfium2.PdfDocument(content)) as document:
            _refuse_active(document)
            pages = [jpeg(render(document, index, PAGE_LONG_SIDE), quality=85) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise Refused(LOCKED if error.err_code == pdfium.FPDF_ERR_PASSWORD else DAMAGED) from None
    return len(pages), _pdf_of(pages)


def render(document: pypdfium2.PdfDocument, index: int, long_side: int) -> Image.Image:
    page = document[index]
    try:
        scale = long_side / max(*page.get_size(), 1.0)
        picture: Image.Image = page.render(scale=min(scale, _LARGEST_SCALE), may_draw_forms=False).to_pil()
        return picture
    finally:
        page.close()


def jpeg(picture: Image.Image, *, quality: int) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def _refuse_active(document: pypdfium2.PdfDocument) -> None:
    if len(document) == 0:
        raise Refused(DAMAGED)
    if len(document) > MAX_PAGES:
        raise Refused(TOO_LONG)
    if pdfium.FPDFDoc_GetAttachmentCount(document) > 0 or pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise Refused(ACTIVE)


def _pdf_of(jpegs: list[bytes]) -> bytes:
    with closing(pypdfium2.PdfDocument.new()) as document:
        for content in jpegs:
            picture = pypdfium2.PdfImage.new(document)
            picture.load_jpeg(io.BytesIO(content), inline=True)
            width, height = picture.get_px_size()
            picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
            page = document.new_page(width, height)
            page.insert_obj(picture)
            page.gen_content()
            page.close()
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def main() -> int:
    """A PDF on stdin; the number of pages, a line break and the new PDF on stdout."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold a merchant's document
    try:
        pages, content = flatten(sys.stdin.buffer.read())
    except Refused as refusal:
        return refusal.verdict
    sys.stdout.buffer.write(b"%d\n" % pages + content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
