"""Agreements as documents, and the trail of everything that is not an application; both trails only ever grow."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEYS = {
    "application_events": ("id = NEW.id", "application_id = NEW.application_id AND seq = NEW.seq"),
    "trail_entries": ("seq = NEW.seq",),
    "chain_heads": ("chain = NEW.chain",),
}
_GROWING = ("application_events", "trail_entries")
_ONE_FURTHER = "NEW.chain = OLD.chain AND NEW.length = OLD.length + 1"


def upgrade() -> None:
    heads = op.create_table(
        "chain_heads",
        sa.Column("chain", sa.String(length=60), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_chain_heads")),
    )
    op.create_table(
        "trail_entries",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("target", sa.String(length=120), nullable=False),
        sa.Column("before", _JSON, nullable=True),
        sa.Column("after", _JSON, nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_trail_entries")),
    )
    _create_agreements()
    op.create_index(op.f("ix_trail_entries_at"), "trail_entries", ["at"])
    op.create_index(op.f("ix_trail_entries_target"), "trail_entries", ["target"])
    op.create_index(op.f("ix_application_events_at"), "application_events", ["at"])
    op.bulk_insert(heads, [{"chain": "trail", "length": 0, "digest": "0" * 64}])
    op.execute(
        "INSERT INTO chain_heads (chain, length, digest) "
        "SELECT 'application:' || application_id, seq, digest FROM application_events AS event WHERE seq = "
        "(SELECT max(seq) FROM application_events AS other WHERE other.application_id = event.application_id)"
    )
    _refuse_on_sqlite() if _is_sqlite() else _refuse_on_postgresql()


def _create_agreements() -> None:
    op.create_table(
        "application_agreements",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("amount_fen", _BIG, nullable=False),
        sa.Column("account", _JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by", sa.String(length=80), nullable=True),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_application_agreements_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_agreements")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_application_agreements_application_id_number")),
    )
    op.create_index(op.f("ix_application_agreements_digest"), "application_agreements", ["digest"])


def downgrade() -> None:
    op.drop_index(op.f("ix_application_agreements_digest"), table_name="application_agreements")
    op.drop_table("application_agreements")
    if _is_sqlite():
        for operation in ("update", "delete", "replace"):
            op.execute(f"DROP TRIGGER application_events_refuse_{operation}")
    else:
        op.execute("DROP TRIGGER refuse_change ON application_events")
    op.drop_index(op.f("ix_application_events_at"), table_name="application_events")
    op.drop_index(op.f("ix_trail_entries_target"), table_name="trail_entries")
    op.drop_index(op.f("ix_trail_entries_at"), table_name="trail_entries")
    op.drop_table("trail_entries")
    op.drop_table("chain_heads")
    if not _is_sqlite():
        op.execute("DROP FUNCTION refuse_change()")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _refuse_on_sqlite() -> None:
    """REPLACE removes rows without asking the triggers for DELETE: it is caught where it inserts."""
    for table, keys in _KEYS.items():
        changes = "" if table in _GROWING else f"WHEN NOT ({_ONE_FURTHER})"
        taken = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {key})" for key in keys)  # noqa: S608
        _sqlite_trigger(table, "update", f"BEFORE UPDATE ON {table} {changes}")
        _sqlite_trigger(table, "delete", f"BEFORE DELETE ON {table}")
        _sqlite_trigger(table, "replace", f"BEFORE INSERT ON {table} WHEN {taken}")


def _sqlite_trigger(table: str, operation: str, when: str) -> None:
    refusal = f"SELECT RAISE(ABORT, '{table} is append-only: {operation} refused')"
    op.execute(f"CREATE TRIGGER {table}_refuse_{operation} {when} BEGIN {refusal}; END")


def _refuse_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, lower(TG_OP) USING ERRCODE = '23000'; "
        "END $$"
    )
    for table in _GROWING:
        _postgresql_trigger(table, "refuse_change", "UPDATE OR DELETE OR TRUNCATE", "STATEMENT")
    _postgresql_trigger("chain_heads", "refuse_removal", "DELETE OR TRUNCATE", "STATEMENT")
    _postgresql_trigger("chain_heads", "refuse_change", "UPDATE", f"ROW WHEN (NOT ({_ONE_FURTHER}))")


def _postgresql_trigger(table: str, name: str, operations: str, each: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {operations} ON {table} FOR EACH {each} EXECUTE FUNCTION refuse_change()")
