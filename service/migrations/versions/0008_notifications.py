"""Notices by other ways than the chat, and the reminders that were sent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DEADLINE_COLUMNS = ("flag", "deadline_days", "deadline_from")


def upgrade() -> None:
    op.add_column("applications", sa.Column("deadline_from", sa.Date(), nullable=True))
    op.add_column("applications", sa.Column("deadline_days", sa.Integer(), nullable=True))
    op.add_column("applications", sa.Column("flag", sa.String(length=20), nullable=True))
    op.create_table(
        "sent_reminders",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("anchor", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_sent_reminders_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_reminders")),
        sa.UniqueConstraint(
            "application_id", "rule", "anchor", "day", name=op.f("uq_sent_reminders_application_id_rule_anchor_day")
        ),
    )
    op.add_column("staff", sa.Column("email", sa.String(length=200), nullable=True))
    _create_deliveries()
    op.create_table(
        "notification_preferences",
        sa.Column("merchant_id", sa.String(length=32), nullable=False),
        sa.Column("sms", sa.Boolean(), nullable=False),
        sa.Column("wechat", sa.Boolean(), nullable=False),
        sa.Column("email_sealed", sa.String(length=600), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_notification_preferences")),
    )
    op.create_table(
        "disabled_targets",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("url_digest", sa.String(length=64), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_disabled_targets")),
    )


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("event_id", _BIG, nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("recipient", sa.String(length=60), nullable=False),
        sa.Column("to_hint", sa.String(length=220), nullable=False),
        sa.Column("application_no", sa.String(length=20), nullable=True),
        sa.Column("content", _JSON, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("event_id", "channel", "recipient", name=op.f("uq_deliveries_event_id_channel_recipient")),
    )
    op.create_index(op.f("ix_deliveries_channel_state_next_at"), "deliveries", ["channel", "state", "next_at"])
    op.create_index(op.f("ix_deliveries_state_created_at"), "deliveries", ["state", "created_at"])


def downgrade() -> None:
    for name in ("disabled_targets", "notification_preferences", "deliveries", "sent_reminders"):
        op.drop_table(name)
    op.drop_column("staff", "email")
    for name in _DEADLINE_COLUMNS:
        op.drop_column("applications", name)
