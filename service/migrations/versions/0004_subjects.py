"""Applications about more than terminals: subject, facts, the machine's way back; ledgers of every pot."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("applications") as table:
        table.add_column(sa.Column("subject_kind", sa.String(length=20), nullable=True))
        table.add_column(sa.Column("subject_key", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("subject", _JSON, nullable=True))
        table.add_column(sa.Column("facts", _JSON, nullable=True))
        table.add_column(sa.Column("turned_from", sa.String(length=20), nullable=True))
        table.add_column(sa.Column("pot", sa.String(length=80), nullable=True))
        table.add_column(sa.Column("machine", sa.String(length=10), nullable=True))
        table.alter_column("active_key", type_=sa.String(length=160), existing_nullable=True)
    _move_terminals_to_subjects()
    with op.batch_alter_table("applications") as table:
        table.alter_column("facts", existing_type=_JSON, nullable=False)
        table.drop_column("terminal_no")
        table.drop_column("terminal")
        table.drop_column("has_account")
    _rename_ledger(
        old=("terminal_no", 20, "deposit_fen", "within_deposit"), new=("pot", 80, "ceiling_fen", "within_ceiling")
    )
    op.execute("UPDATE refund_ledgers SET pot = 'terminal:' || pot")


def downgrade() -> None:
    op.execute("DELETE FROM refund_ledgers WHERE pot NOT LIKE 'terminal:%'")
    op.execute("UPDATE refund_ledgers SET pot = substr(pot, 10)")
    _rename_ledger(
        old=("pot", 80, "ceiling_fen", "within_ceiling"), new=("terminal_no", 20, "deposit_fen", "within_deposit")
    )
    with op.batch_alter_table("applications") as table:
        table.add_column(sa.Column("terminal_no", sa.String(length=20), nullable=True))
        table.add_column(sa.Column("terminal", _JSON, nullable=True))
        table.add_column(sa.Column("has_account", sa.Boolean(), nullable=False, server_default=sa.false()))
    _move_subjects_to_terminals()
    with op.batch_alter_table("applications") as table:
        table.alter_column("has_account", existing_type=sa.Boolean(), server_default=None)
        table.alter_column("active_key", type_=sa.String(length=120), existing_nullable=True)
        for name in ("machine", "pot", "turned_from", "facts", "subject", "subject_key", "subject_kind"):
            table.drop_column(name)


_APPLICATIONS = sa.table(
    "applications",
    sa.column("id", sa.String),
    sa.column("terminal_no", sa.String),
    sa.column("terminal", _JSON),
    sa.column("has_account", sa.Boolean),
    sa.column("amount_fen", sa.BigInteger),
    sa.column("approved_fen", sa.BigInteger),
    sa.column("subject_kind", sa.String),
    sa.column("subject_key", sa.String),
    sa.column("subject", _JSON),
    sa.column("facts", _JSON),
    sa.column("pot", sa.String),
)


def _move_terminals_to_subjects() -> None:
    connection, table = op.get_bind(), _APPLICATIONS
    columns = ("id", "terminal_no", "terminal", "has_account", "amount_fen", "approved_fen")
    for row in connection.execute(sa.select(*(table.c[name] for name in columns))).mappings().all():
        terminal, number = row["terminal"], row["terminal_no"]
        facts = {"has_settlement_account": int(row["has_account"]), "deposit_left_fen": row["amount_fen"] or 0}
        values = {
            "subject_kind": "terminal" if number else None,
            "subject_key": number,
            "subject": {"title": f"{terminal['model']}（{number}）", **terminal} if number and terminal else None,
            "facts": facts if number else {},
            "pot": f"terminal:{number}" if number and row["approved_fen"] else None,
        }
        connection.execute(sa.update(table).where(table.c.id == row["id"]).values(**values))


def _move_subjects_to_terminals() -> None:
    connection, table = op.get_bind(), _APPLICATIONS
    rows = connection.execute(
        sa.select(table.c.id, table.c.subject_kind, table.c.subject_key, table.c.subject, table.c.facts)
    )
    for row in rows.mappings().all():
        subject = dict(row["subject"] or {})
        subject.pop("title", None)
        is_terminal = row["subject_kind"] == "terminal"
        values = {
            "terminal_no": row["subject_key"] if is_terminal else None,
            "terminal": subject if is_terminal else None,
            "has_account": bool((row["facts"] or {}).get("has_settlement_account")),
        }
        connection.execute(sa.update(table).where(table.c.id == row["id"]).values(**values))


def _rename_ledger(*, old: tuple[str, int, str, str], new: tuple[str, int, str, str]) -> None:
    """The check names a column that changes its name, so it goes first and comes again."""
    old_key, old_length, old_sum, old_check = old
    new_key, new_length, new_sum, new_check = new
    with op.batch_alter_table("refund_ledgers") as table:
        table.drop_constraint(op.f(f"ck_refund_ledgers_{old_check}"), type_="check")
    with op.batch_alter_table("refund_ledgers") as table:
        table.alter_column(
            old_key,
            new_column_name=new_key,
            existing_type=sa.String(length=old_length),
            type_=sa.String(length=new_length),
        )
        table.alter_column(old_sum, new_column_name=new_sum, existing_type=_BIG)
    with op.batch_alter_table("refund_ledgers") as table:
        table.create_check_constraint(
            op.f(f"ck_refund_ledgers_{new_check}"), f"committed_fen >= 0 AND committed_fen <= {new_sum}"
        )
