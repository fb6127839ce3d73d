"""Makes an upload safe: what it is shows in its bytes, and only pixels that were decoded here are kept."""

from __future__ import annotations

import io
import threading
import warnings
from contextlib import closing
from dataclasses import dataclass

import pillow_heif
import puremagic
import pypdfium2
import structlog
from PIL import ExifTags, Image, ImageOps

from service.cases.documents.cage import flatten_caged
from service.cases.documents.errors import (
    FileDamaged,
    FileEmpty,
    FileTooLarge,
    FileTypeRefused,
    PictureTooLarge,
)
from service.cases.documents.pdf import jpeg, render
from service.platform.problems import Problem

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 24_000_000
PREVIEW_LONG_SIDE = 1_600
LONG_PREVIEW_SIDE = 2_200
MARGIN = 40

_PICTURE_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/heif": "HEIF",
    "image/heic": "HEIF",
}
_PDF = "application/pdf"
_UPRIGHT: dict[object, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

log = structlog.get_logger(__name__)

pillow_heif.register_heif_opener(thumbnails=False)
_pdfium_lock = threading.Lock()  # pdfium is not safe to use from several threads


@dataclass(frozen=True)
class Clean:
    """What is kept of an upload."""

    content: bytes
    content_type: str
    pages: int


def sanitise(content: bytes) -> Clean:
    """The upload with everything but its pictures taken away, or the problem with it."""
    if not content:
        raise FileEmpty
    if len(content) > MAX_BYTES:
        raise FileTooLarge
    kinds = _kinds(content)
    if _PDF in kinds:
        return _clean_pdf(content)
    formats = [_PICTURE_FORMATS[kind] for kind in kinds if kind in _PICTURE_FORMATS]
    if formats:
        return _clean_picture(content, formats)
    raise FileTypeRefused


def preview(content: bytes, content_type: str, page: int) -> bytes:
    """A JPEG of one page of stored content, for screens. `page` counts from 1 and is within the file's pages."""
    if content_type == _PDF:
        with _pdfium_lock, closing(pypdfium2.PdfDocument(content)) as document:
            picture = render(document, page - 1, PREVIEW_LONG_SIDE)
    else:
        picture = Image.open(io.BytesIO(content))
        picture.thumbnail((PREVIEW_LONG_SIDE, PREVIEW_LONG_SIDE))
    return jpeg(picture, quality=85)


def long_preview(pdf: bytes) -> bytes:
    """A JPEG of all pages under each other without their margins, to be read by scrolling on a telephone."""
    with _pdfium_lock, closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = [render(document, index, LONG_PREVIEW_SIDE).convert("RGB") for index in range(len(document))]
    inked = [ImageOps.invert(page.convert("L")).getbbox() or (0, 0, *page.size) for page in pages]
    left, right = min(box[0] for box in inked), max(box[2] for box in inked)
    strips = [page.crop((left, box[1], right, box[3])) for page, box in zip(pages, inked, strict=True)]
    height = sum(strip.height + MARGIN for strip in strips) + MARGIN
    whole = Image.new("RGB", (right - left + 2 * MARGIN, height), "white")
    top = MARGIN
    for strip in strips:
        whole.paste(strip, (MARGIN, top))
        top += strip.height + MARGIN
    return jpeg(whole, quality=85)


def _kinds(content: bytes) -> list[str]:
    try:
        return [match.mime_type for match in puremagic.magic_string(content)]
    except (puremagic.PureError, ValueError):
        return []


def _clean_picture(content: bytes, formats: list[str]) -> Clean:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=formats)
            if picture.width * picture.height > MAX_PIXELS:
                raise PictureTooLarge
            picture.load()
            upright = _upright(picture)
            if picture.format == "PNG":
                return Clean(_png(upright), "image/png", 1)
            return Clean(jpeg(upright, quality=90), "image/jpeg", 1)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PictureTooLarge from None
    except Problem:
        raise
    except Exception as error:  # a decoder fails in any way that bytes can be wrong
        log.info("upload.damaged", error=type(error).__name__)
        raise FileDamaged from None


def _upright(picture: Image.Image) -> Image.Image:
    """Pillow's own way also writes the EXIF data anew, and fails where only that is odd."""
    method = _UPRIGHT.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    return picture if method is None else picture.transpose(method)


def _png(picture: Image.Image) -> bytes:
    plain = Image.new("RGB", picture.size, "white")
    rgba = picture.convert("RGBA")
    plain.paste(rgba, mask=rgba.getchannel("A"))
    out = io.BytesIO()
    plain.save(out, "PNG")
    return out.getvalue()


def _clean_pdf(content: bytes) -> Clean:
    pages, flat = flatten_caged(content)
    return Clean(flat, _PDF, pages)
