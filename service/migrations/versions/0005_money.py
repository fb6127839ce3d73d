"""Money that is held until a second person lets it go, and notices of the other side."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CHECKS = {
    "second_person": (
        "held_because IS NULL OR (approved_by IS NOT NULL "
        "AND (released_by IS NULL OR released_by <> approved_by) AND (paid_by IS NULL OR paid_by <> approved_by))"
    ),
    "held_until_released": (
        "held_because IS NULL OR released_by IS NOT NULL OR (sent_at IS NULL AND state IN ('held', 'void'))"
    ),
    "held_for_a_reason": "state <> 'held' OR (held_because IS NOT NULL AND released_by IS NULL)",
}


def upgrade() -> None:
    with op.batch_alter_table("payouts") as table:
        table.add_column(sa.Column("pot", sa.String(length=80), nullable=True))
        table.add_column(sa.Column("held_because", sa.String(length=20), nullable=True))
        table.add_column(sa.Column("released_by", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
        for name, condition in _CHECKS.items():
            table.create_check_constraint(op.f(f"ck_payouts_{name}"), condition)
    op.execute("UPDATE payouts SET pot = (SELECT pot FROM applications WHERE applications.id = payouts.application_id)")
    with op.batch_alter_table("simulated_transfers") as table:
        table.add_column(sa.Column("fault", sa.String(length=20), nullable=True))
    op.create_table(
        "payout_notices",
        sa.Column("adapter", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("refund_no", sa.String(length=30), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["refund_no"], ["payouts.refund_no"], name=op.f("fk_payout_notices_refund_no_payouts")),
        sa.PrimaryKeyConstraint("adapter", "digest", name=op.f("pk_payout_notices")),
    )


def downgrade() -> None:
    """The older service knows no held payout: it becomes a failed one, which a person may send again."""
    op.drop_table("payout_notices")
    op.execute(
        "UPDATE applications SET state = 'payout_failed' "
        "WHERE id IN (SELECT application_id FROM payouts WHERE state = 'held')"
    )
    with op.batch_alter_table("simulated_transfers") as table:
        table.drop_column("fault")
    with op.batch_alter_table("payouts") as table:
        for name in _CHECKS:
            table.drop_constraint(op.f(f"ck_payouts_{name}"), type_="check")
    op.execute("UPDATE payouts SET state = 'failed', live_key = NULL WHERE state = 'held'")
    with op.batch_alter_table("payouts") as table:
        for name in ("released_at", "released_by", "held_because", "pot"):
            table.drop_column(name)
