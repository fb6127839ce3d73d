"""How long a recording in AMR is: its frames are counted, nothing is decoded."""

from __future__ import annotations

CONTENT_TYPES = {b"#!AMR-WB\n": "audio/amr-wb", b"#!AMR\n": "audio/amr"}
"""By what a file begins with."""
_SIZES = {
    "audio/amr": {**dict(enumerate((12, 13, 15, 17, 19, 20, 26, 31, 5))), 15: 0},
    "audio/amr-wb": {**dict(enumerate((17, 23, 32, 36, 40, 46, 50, 58, 60, 5))), 14: 0, 15: 0},
}
"""Bytes that follow the first one of a frame, by its type."""
_FRAMES_PER_SECOND = 50


def content_type_of(content: bytes) -> str | None:
    return next((kind for magic, kind in CONTENT_TYPES.items() if content.startswith(magic)), None)


def seconds_of(content: bytes) -> float | None:
    """None for what is no AMR, is damaged, or has nothing in it."""
    kind = content_type_of(content)
    if kind is None:
        return None
    sizes = _SIZES[kind]
    at, frames = content.index(b"\n") + 1, 0
    while at < len(content):
        size = sizes.get(content[at] >> 3 & 0x0F)
        if size is None or at + 1 + size > len(content):
            return None
        at += 1 + size
        frames += 1
    return frames / _FRAMES_PER_SECOND or None
