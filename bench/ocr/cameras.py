"""What cameras and hands do to a document."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

from PIL import Image, ImageEnhance, ImageFilter

Camera = Callable[[Image.Image], Image.Image]
TABLE = "#8d7f6d"


def clean(picture: Image.Image) -> Image.Image:
    return picture


def tilted(picture: Image.Image) -> Image.Image:
    return picture.rotate(6, expand=True, fillcolor=TABLE, resample=Image.Resampling.BICUBIC)


def dark(picture: Image.Image) -> Image.Image:
    """A third of the light, and the grain that comes with it."""
    grain = Image.effect_noise(picture.size, 30).convert("RGB")
    return Image.blend(ImageEnhance.Brightness(picture).enhance(0.35), grain, 0.12)


def turned_right(picture: Image.Image) -> Image.Image:
    return picture.transpose(Image.Transpose.ROTATE_270)


def upside_down(picture: Image.Image) -> Image.Image:
    return picture.transpose(Image.Transpose.ROTATE_180)


def photo(picture: Image.Image) -> Image.Image:
    """Tilted a little, soft, smaller, and saved twice."""
    small = picture.rotate(-3, expand=True, fillcolor=TABLE, resample=Image.Resampling.BICUBIC)
    small = small.filter(ImageFilter.GaussianBlur(1.0))
    small.thumbnail((small.width * 6 // 10, small.height * 6 // 10))
    return _saved(small, 35)


def shaken(picture: Image.Image) -> Image.Image:
    """So blurred that nobody can read it."""
    return _saved(picture.filter(ImageFilter.GaussianBlur(9)), 30)


GOOD: dict[str, Camera] = {
    "clean": clean,
    "tilted 6°": tilted,
    "dark": dark,
    "turned 90°": turned_right,
    "turned 180°": upside_down,
    "photo": photo,
}


def jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same pictures every time


def _saved(picture: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue()))
