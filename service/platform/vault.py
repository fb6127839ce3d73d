"""The vault: sensitive numbers of a conversation, encrypted; others see tokens: ⟦银行卡 尾号1234 #k3q9⟧."""

import re
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.platform.clock import Clock
from service.platform.crypto import BlindIndex, Cipher
from service.platform.database import Base, UtcDateTime
from service.platform.ids import new_id, random_code
from service.platform.masking import KIND_TITLES, REFUSED_KINDS, Kind, find_sensitive, redact

__all__ = ["Vault", "VaultEntry", "redact", "refused_kinds"]

_TOKEN = re.compile(r"⟦[^⟦⟧#]{1,30} #([0-9a-z]{2,12})⟧")
_REFUSED_TOKEN = re.compile(rf"⟦({'|'.join(KIND_TITLES[kind] for kind in sorted(REFUSED_KINDS))}) 未保存⟧")
_REFERENCE_LENGTH = 6


class VaultEntry(Base):
    __tablename__ = "vault_entries"
    __table_args__ = (
        UniqueConstraint("conversation_id", "reference"),
        Index(None, "conversation_id", "blind"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(32))
    reference: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(20))
    sealed: Mapped[str] = mapped_column(String(400))
    blind: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Vault:
    def __init__(self, cipher: Cipher, blind_index: BlindIndex, clock: Clock) -> None:
        self._cipher = cipher
        self._blind_index = blind_index
        self._clock = clock

    def put(self, session: Session, conversation_id: str, kind: Kind, value: str) -> str:
        """Keeps the value and gives its token; the same value in the same conversation has one token."""
        if kind in REFUSED_KINDS:
            raise ValueError(f"a {kind} is never kept")
        blind = self._blind_index(f"{kind}:{value}")
        entry = session.scalars(
            select(VaultEntry).where(VaultEntry.conversation_id == conversation_id, VaultEntry.blind == blind)
        ).first()
        if entry is None:
            entry = VaultEntry(
                id=new_id(),
                conversation_id=conversation_id,
                reference=random_code(_REFERENCE_LENGTH).lower(),
                kind=kind,
                blind=blind,
                created_at=self._clock.now(),
            )
            entry.sealed = self._cipher.encrypt(value, context=_context(entry))
            session.add(entry)
            session.flush()
        return f"⟦{KIND_TITLES[kind]} 尾号{value[-4:]} #{entry.reference}⟧"

    def resolve(self, session: Session, conversation_id: str, token: str) -> str | None:
        """The value behind a token of this very conversation; None for anything else."""
        match = _TOKEN.fullmatch(token.strip())
        if match is None:
            return None
        entry = session.scalars(
            select(VaultEntry).where(
                VaultEntry.conversation_id == conversation_id, VaultEntry.reference == match.group(1)
            )
        ).first()
        return None if entry is None else self._cipher.decrypt(entry.sealed, context=_context(entry))

    @staticmethod
    def forget(session: Session, conversation_id: str) -> None:
        """Applications have what they need of it sealed in their own answers."""
        session.execute(delete(VaultEntry).where(VaultEntry.conversation_id == conversation_id))

    def tokenize(self, session: Session, conversation_id: str, text: str) -> str:
        """The text with every sensitive number kept here and replaced by its token; codes and passwords are dropped."""
        return replace_sensitive(text, lambda kind, value: self.put(session, conversation_id, kind, value))


def replace_sensitive(text: str, keep: Callable[[Kind, str], str]) -> str:
    parts: list[str] = []
    end = 0
    for found in find_sensitive(text):
        parts.append(text[end : found.start])
        title = KIND_TITLES[found.kind]
        parts.append(f"⟦{title} 未保存⟧" if found.kind in REFUSED_KINDS else keep(found.kind, found.value))
        end = found.end
    return "".join(parts) + text[end:]


def refused_kinds(text: str) -> list[str]:
    """What was dropped from a text that `tokenize` gave back, in words."""
    return list(dict.fromkeys(_REFUSED_TOKEN.findall(text)))


def _context(entry: VaultEntry) -> str:
    return f"vault:{entry.conversation_id}:{entry.kind}:{entry.reference}"
