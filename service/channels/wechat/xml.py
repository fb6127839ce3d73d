"""The XML of WeChat: read strictly (no entities, no doubled tags), written so that nothing in a text breaks it."""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat

from service.channels.wechat.crypto import Refused, Sealed

MAX_BYTES = 64 * 1024
_MAX_DEPTH = 6
_MAX_ELEMENTS = 400


class _Reader:
    """Collects the children of the root: a text for a leaf, "" for what has children of its own."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self._path: list[str] = []
        self._text: list[str] = []
        self._elements = 0

    def read(self, content: bytes) -> dict[str, str]:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.EntityDeclHandler = _refuse_entity
        parser.ExternalEntityRefHandler = _refuse_external
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise Refused(f"not well-formed ({expat.ErrorString(error.code)})") from error
        except UnicodeError as error:
            raise Refused("not UTF-8") from error
        return self.fields

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > _MAX_ELEMENTS or len(self._path) >= _MAX_DEPTH:
            raise Refused("too much in it")
        if not self._path and name != "xml":
            raise Refused("another root")
        if len(self._path) == 1 and name in self.fields:
            raise Refused("a tag twice")
        if len(self._path) == 1:
            self.fields[name] = ""
        self._path.append(name)
        self._text = []

    def _characters(self, data: str) -> None:
        self._text.append(data)

    def _end(self, name: str) -> None:
        if len(self._path) == 2:
            self.fields[name] = "".join(self._text)
        self._path.pop()
        self._text = []


def read_xml(content: bytes) -> dict[str, str]:
    """The fields of `<xml>`; of nested ones only that they are there."""
    if len(content) > MAX_BYTES:
        raise Refused("too large")
    return _Reader().read(content)


def text_reply(*, to: str, sender: str, at: int, text: str) -> bytes:
    return (
        f"<xml><ToUserName>{_cdata(to)}</ToUserName><FromUserName>{_cdata(sender)}</FromUserName>"
        f"<CreateTime>{at}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>{_cdata(text)}</Content></xml>"
    ).encode()


def sealed_reply(sealed: Sealed) -> bytes:
    return (
        f"<xml><Encrypt>{_cdata(sealed.encrypt)}</Encrypt><MsgSignature>{_cdata(sealed.signature)}</MsgSignature>"
        f"<TimeStamp>{sealed.timestamp}</TimeStamp><Nonce>{_cdata(sealed.nonce)}</Nonce></xml>"
    ).encode()


def clean(text: str) -> str:
    """Without what XML cannot carry: control characters but for line feeds and tabs, and half surrogates."""
    return "".join(char for char in text if _fits_xml(char))


def _fits_xml(char: str) -> bool:
    return char in "\n\t" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char >= "\U00010000"


def _cdata(text: str) -> str:
    return f"<![CDATA[{clean(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def _refuse_doctype(*_: object) -> None:
    raise Refused("a document type")


def _refuse_entity(*_: object) -> None:
    raise Refused("an entity")


def _refuse_external(*_: object) -> int:
    raise Refused("an external entity")
