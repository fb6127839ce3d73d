"""The WeChat bridge: followers, receipts, what goes out, the access token, one-use tickets."""

import sqlalchemy as sa
from alembic import op

from service.platform.database import BigKey, Json

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "wechat_users",
        sa.Column("openid", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("told_seq", sa.Integer(), nullable=False),
        sa.Column("offered", Json, nullable=True),
        sa.Column("message_opened_at", moment, nullable=True),
        sa.Column("message_used", sa.Integer(), nullable=False),
        sa.Column("event_opened_at", moment, nullable=True),
        sa.Column("event_used", sa.Integer(), nullable=False),
        sa.Column("pictures_until", moment, nullable=True),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("lease_until", moment, nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("openid", name=op.f("pk_wechat_users")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_wechat_users_conversation_id")),
    )
    op.create_table(
        "wechat_receipts",
        sa.Column("id", BigKey, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("openid", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("created", BigKey, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("processed_at", moment, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("message_seq", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("reply_sealed", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("received_at", moment, nullable=False),
        sa.Column("last_try_at", moment, nullable=False),
        sa.Column("decided_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wechat_receipts")),
        sa.UniqueConstraint("key", name=op.f("uq_wechat_receipts_key")),
    )
    op.create_index(op.f("ix_wechat_receipts_openid_id"), "wechat_receipts", ["openid", "id"])
    op.create_index(op.f("ix_wechat_receipts_state_last_try_at"), "wechat_receipts", ["state", "last_try_at"])
    op.create_index(op.f("ix_wechat_receipts_received_at"), "wechat_receipts", ["received_at"])
    op.create_index(op.f("ix_wechat_receipts_processed_at"), "wechat_receipts", ["processed_at"])
    op.create_table(
        "wechat_outgoing",
        sa.Column("id", BigKey, autoincrement=True, nullable=False),
        sa.Column("openid", sa.String(length=64), nullable=False),
        sa.Column("receipt_id", BigKey, nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", moment, nullable=False),
        sa.Column("window", sa.String(length=10), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("done_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wechat_outgoing")),
    )
    op.create_index(op.f("ix_wechat_outgoing_openid_state_id"), "wechat_outgoing", ["openid", "state", "id"])
    op.create_index(op.f("ix_wechat_outgoing_state_next_at"), "wechat_outgoing", ["state", "next_at"])
    op.create_table(
        "wechat_tokens",
        sa.Column("app_id", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("expires_at", moment, nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("lease_until", moment, nullable=True),
        sa.Column("fetched", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("app_id", name=op.f("pk_wechat_tokens")),
    )
    op.create_table(
        "wechat_tickets",
        sa.Column("scene_hash", sa.String(length=64), nullable=False),
        sa.Column("merchant_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("used_by", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("scene_hash", name=op.f("pk_wechat_tickets")),
    )
    op.create_index(op.f("ix_wechat_tickets_used_by"), "wechat_tickets", ["used_by"])


def downgrade() -> None:
    for table in ("wechat_tickets", "wechat_tokens", "wechat_outgoing", "wechat_receipts", "wechat_users"):
        op.drop_table(table)
