"""For tests of the trails: a change by somebody who may switch the database's triggers off."""

from sqlalchemy import text

from service.platform.database import Database


def tamper(database: Database, statement: str) -> None:
    with database.begin() as session:
        if database.is_sqlite:
            names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
            for name in names:
                session.execute(text(f"DROP TRIGGER {name}"))
        else:
            session.execute(text("SET LOCAL session_replication_role = replica"))
        session.execute(text(statement))
