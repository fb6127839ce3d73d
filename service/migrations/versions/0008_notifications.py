"""Notices by other ways than the chat, and the reminders that were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DEADLINE_COLUMNS = ("flag", "deadline_days", "deadline_from")


def upgrade() -> None:
    with op.batch_alter_table("applications") as table:
        table.add_column(sa.Column("deadline_from", sa.Date(), nullable=True))
        table.add_column(sa.Column("deadline_days", sa.Integer(), nullable=True))
        table.add_column(sa.Column("flag", sa.String(length=20), nullable=True))
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


def downgrade() -> None:
    op.drop_table("sent_reminders")
    with op.batch_alter_table("applications") as table:
        for name in _DEADLINE_COLUMNS:
            table.drop_column(name)
