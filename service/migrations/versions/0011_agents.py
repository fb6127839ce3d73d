"""Agents: hand-overs, presence, looks, notes, canned replies, calls, and who serves a conversation."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _extend_conversations()
    _create_handovers()
    _create_desk()
    _create_calls()


def _extend_conversations() -> None:
    for column in (
        sa.Column("agent_id", sa.String(length=32), nullable=True),
        sa.Column("mood", sa.String(length=10), nullable=False, server_default="calm"),
        sa.Column("answered_seq", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("merchant_wrote_at", _MOMENT, nullable=True),
        sa.Column("merchant_waits_since", _MOMENT, nullable=True),
    ):
        op.add_column("conversations", column)
    # Of conversations that were verified before, the directory is asked.
    op.add_column("conversation_identities", _text("merchant_no", 15, nullable=True))
    op.add_column("conversation_identities", _text("merchant_name", 100, nullable=True))
    op.add_column("turns", sa.Column("event_note", sa.Text(), nullable=True))
    op.create_index(op.f("ix_conversations_agent_id"), "conversations", ["agent_id"])
    op.create_index(op.f("ix_conversations_status_updated_at"), "conversations", ["status", "updated_at"])
    op.create_index(op.f("ix_conversations_updated_at"), "conversations", ["updated_at"])


def _create_handovers() -> None:
    op.create_table(
        "handovers",
        _text("id", 32),
        _text("conversation_id", 32),
        _text("reason", 20),
        _text("skill", 20),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("queued_at", _MOMENT, nullable=False),
        sa.Column("outside_hours", sa.Boolean(), nullable=False),
        sa.Column("told_longer_at", _MOMENT, nullable=True),
        _text("left_by_id", 32, nullable=True),
        _text("agent_id", 32, nullable=True),
        sa.Column("taken_at", _MOMENT, nullable=True),
        sa.Column("first_reply_at", _MOMENT, nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        _text("end", 20, nullable=True),
        _text("result_code", 30, nullable=True),
        sa.Column("summary", _JSON, nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("rated_at", _MOMENT, nullable=True),
        _foreign_key("handovers", "conversation_id", "conversations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    for columns in (["conversation_id", "asked_at"], ["ended_at", "asked_at"], ["agent_id", "ended_at"]):
        op.create_index(op.f(f"ix_handovers_{'_'.join(columns)}"), "handovers", columns)


def _create_desk() -> None:
    op.create_table(
        "agent_presence",
        _text("staff_id", 32),
        _text("state", 10),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("skills", _JSON, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=True),
        _foreign_key("agent_presence", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_agent_presence")),
    )
    op.create_table(
        "conversation_looks",
        _text("conversation_id", 32),
        _text("staff_id", 32),
        sa.Column("at", _MOMENT, nullable=False),
        _foreign_key("conversation_looks", "conversation_id", "conversations"),
        _foreign_key("conversation_looks", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("conversation_id", "staff_id", name=op.f("pk_conversation_looks")),
    )
    op.create_table(
        "conversation_notes",
        _text("id", 32),
        _text("conversation_id", 32),
        _text("said_once", 255, nullable=True),
        _text("by_id", 32),
        _text("by_name", 60),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        _foreign_key("conversation_notes", "conversation_id", "conversations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_notes")),
        sa.UniqueConstraint(
            "conversation_id", "said_once", name=op.f("uq_conversation_notes_conversation_id_said_once")
        ),
    )
    op.create_index(op.f("ix_conversation_notes_conversation_id_at"), "conversation_notes", ["conversation_id", "at"])
    op.create_table(
        "canned_replies",
        _text("id", 32),
        _text("owner_id", 32, nullable=True),
        _text("title", 60),
        sa.Column("text", sa.Text(), nullable=False),
        _text("shortcut", 20),
        _text("group_name", 30),
        sa.Column("sound", sa.Text(), nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        _foreign_key("canned_replies", "owner_id", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
    )
    op.create_index(op.f("ix_canned_replies_owner_id"), "canned_replies", ["owner_id"])


def _create_calls() -> None:
    op.create_table(
        "calls",
        _text("id", 64),
        _text("conversation_id", 32),
        _text("caller_sealed", 400, nullable=True),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        _foreign_key("calls", "conversation_id", "conversations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_calls_conversation_id")),
    )
    op.create_table(
        "utterances",
        _text("call_id", 64),
        _text("utterance_id", 64),
        _text("role", 10),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        _foreign_key("utterances", "call_id", "calls"),
        sa.PrimaryKeyConstraint("call_id", "utterance_id", name=op.f("pk_utterances")),
    )
    op.create_table(
        "upload_links",
        _text("token_hash", 64),
        _text("conversation_id", 32),
        _text("made_by", 32),
        sa.Column("expires_at", _MOMENT, nullable=False),
        _foreign_key("upload_links", "conversation_id", "conversations"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_upload_links")),
    )


def downgrade() -> None:
    tables = (
        "upload_links utterances calls canned_replies conversation_notes conversation_looks agent_presence handovers"
    )
    for table in tables.split():
        op.drop_table(table)
    op.drop_column("turns", "event_note")
    op.drop_column("conversation_identities", "merchant_name")
    op.drop_column("conversation_identities", "merchant_no")
    for index in ("agent_id", "status_updated_at", "updated_at"):
        op.drop_index(op.f(f"ix_conversations_{index}"), table_name="conversations")
    for column in ("merchant_waits_since", "merchant_wrote_at", "answered_seq", "mood", "agent_id"):
        op.drop_column("conversations", column)


def _text(name: str, length: int, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _foreign_key(table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{referred}.id"], name=op.f(f"fk_{table}_{column}_{referred}"))
