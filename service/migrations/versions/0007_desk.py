"""Notes, second opinions and saved views of the review desk; the index of phones, and those that the list needs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_LIST_INDEXES = (
    ("ix_applications_submitted_at_id", ["submitted_at", "id"]),
    ("ix_applications_deadline_on", ["deadline_on"]),
    ("ix_applications_assignee_id", ["assignee_id"]),
    ("ix_applications_merchant_no", ["merchant_no"]),
    ("ix_applications_subject_key", ["subject_key"]),
    ("ix_applications_phone_tail", ["phone_tail"]),
)


def upgrade() -> None:
    # Nobody can fill it here: phones are the directory's and sealed. A job does it once the service runs.
    op.add_column("applications", sa.Column("phone_tail", sa.String(length=64), nullable=True))
    for name, columns in _LIST_INDEXES:
        op.create_index(op.f(name), "applications", columns)
    op.create_index(op.f("ix_application_events_event_at"), "application_events", ["event", "at"])
    op.create_table(
        "application_notes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        _foreign_key("application_notes", "application_id", "applications"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_notes")),
    )
    op.create_index(op.f("ix_application_notes_application_id_at"), "application_notes", ["application_id", "at"])
    op.create_table(
        "second_opinions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("asked_by_id", sa.String(length=32), nullable=False),
        sa.Column("asked_by_name", sa.String(length=60), nullable=False),
        sa.Column("asked_id", sa.String(length=32), nullable=False),
        sa.Column("asked_name", sa.String(length=60), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("advice", sa.String(length=10), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        _foreign_key("second_opinions", "application_id", "applications"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_opinions")),
    )
    op.create_index(
        op.f("ix_second_opinions_application_id_asked_at"), "second_opinions", ["application_id", "asked_at"]
    )
    op.create_index(op.f("ix_second_opinions_asked_id_answered_at"), "second_opinions", ["asked_id", "answered_at"])
    op.create_table(
        "saved_views",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("query", _JSON, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        _foreign_key("saved_views", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("staff_id", "name", name=op.f("uq_saved_views_staff_id_name")),
    )


def downgrade() -> None:
    for table in ("saved_views", "second_opinions", "application_notes"):
        op.drop_table(table)
    op.drop_index(op.f("ix_application_events_event_at"), table_name="application_events")
    for name, _columns in reversed(_LIST_INDEXES):
        op.drop_index(op.f(name), table_name="applications")
    op.drop_column("applications", "phone_tail")


def _foreign_key(table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{referred}.id"], name=op.f(f"fk_{table}_{column}_{referred}"))
