"""Second factors, roles, and the master data that people edit."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _staff()
    _second_factors()
    _login_attempts()
    _reasons()


def downgrade() -> None:
    op.drop_table("reasons")
    op.drop_table("login_attempts")
    op.create_table(
        "login_attempts",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_login_attempts")),
    )
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
    op.drop_column("staff_sessions", "seen_at")
    op.drop_column("staff", "must_change_password")


def _staff() -> None:
    op.add_column("staff", sa.Column("must_change_password", sa.Boolean(), server_default=sa.false(), nullable=False))
    # Nobody knows when the sessions of now were last used: they count as long idle.
    op.add_column(
        "staff_sessions",
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default="1970-01-01 00:00:00", nullable=False),
    )


def _second_factors() -> None:
    op.create_table(
        "second_factors",
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("secret_sealed", sa.String(length=400), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_second_factors_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_recovery_codes_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", "code_hash", name=op.f("pk_recovery_codes")),
    )


def _login_attempts() -> None:
    """Counted anew: what was counted before did not say where it came from."""
    op.drop_table("login_attempts")
    op.create_table(
        "login_attempts",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("login", "address", name=op.f("pk_login_attempts")),
    )


def _reasons() -> None:
    """What is changed or added by hand; the rest stands in the file."""
    op.create_table(
        "reasons",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("clause", sa.String(length=200), nullable=True),
        sa.Column("amount_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", name=op.f("pk_reasons")),
    )
