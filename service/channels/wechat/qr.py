"""A QR code as a picture: drawn here, so that no page has to load one from elsewhere."""

from __future__ import annotations

import base64
import io

import segno

_DOT, _QUIET_ZONE = 8, 4


def qr_png(text: str) -> str:
    """As base64. A picture and no drawing, because telephones can save it and read it from their album."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=_DOT, border=_QUIET_ZONE)
    return base64.b64encode(picture.getvalue()).decode()
