"""Put the rights into a database: functions, row-level security, policies and grants, the same whoever comes first.

They stand beside the migrations and not in them: a right depends on every table of the newest schema, and says what
holds now and not how it came about. A mark in the database tells which rights are in place.
"""

import hashlib

from sqlalchemy import Connection, text

from data.rights import frozen
from data.rights.functions import HELD_BY_POLICIES, TOTALS
from data.rights.roles import IMPORTER, READER
from data.rights.tables import TABLES, Rights, Rows
from data.schema import metadata

_CLOSED = Rights(Rows("false", "nobody"))
_APP = f"{READER}, {IMPORTER}"


def are_in_place(connection: Connection) -> bool:
    """Say whether the database holds exactly the rights of this version."""
    found = connection.scalar(text("SELECT obj_description(to_regprocedure('rembuk_role()'), 'pg_proc')"))
    return found == _mark()


def put_in_place(connection: Connection) -> None:
    """Replace whatever rights the database holds by those of this version; the connection acts as the migrator.

    A table of which nobody has said who reads it stays closed to everybody.
    """
    schema = str(connection.scalar(text("SELECT quote_ident(current_schema())")))
    for statement in (*_statements(schema), f"COMMENT ON FUNCTION rembuk_role() IS '{_mark()}'"):
        connection.execute(text(statement))


def _statements(schema: str) -> list[str]:
    """Return the statements that make the rights, in order; `schema` is a name as SQL writes it."""
    done = [_DROP_POLICIES, _GRANT_READING, f"GRANT USAGE ON SCHEMA {schema} TO {_APP}"]
    for signature, body in HELD_BY_POLICIES.items():
        done.append(f"CREATE OR REPLACE FUNCTION {signature} {body}")
    for signature, body in TOTALS.items():
        # It finds our objects, and nothing that its caller put before them; its columns may have changed.
        owned = body.replace(" AS $$", f" SET search_path = {schema}, pg_temp AS $$", 1)
        done += [f"DROP FUNCTION IF EXISTS {_called(signature)}", f"CREATE FUNCTION {signature} {owned}"]
    for signature in (*HELD_BY_POLICIES, *TOTALS):
        done.append(f"REVOKE ALL ON FUNCTION {_called(signature)} FROM PUBLIC")
        done.append(f"GRANT EXECUTE ON FUNCTION {_called(signature)} TO {_APP}")
    for table in sorted(metadata.tables):
        done += _table(table, TABLES.get(table, _CLOSED))
    seen = {table: TABLES.get(table, _CLOSED).rows.condition for table in metadata.tables}
    return done + frozen.statements(schema, seen)


_DROP_POLICIES = """
DO $$
DECLARE
    held record;
BEGIN
    FOR held IN SELECT p.polname, c.oid::regclass AS tablename FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relowner = current_user::regrole
    LOOP
        EXECUTE format('DROP POLICY %I ON %s', held.polname, held.tablename);
    END LOOP;
END $$
"""

# Only what is ours: other people may keep tables of their own in the same schema.
_GRANT_READING = f"""
DO $$
DECLARE
    ours regclass;
BEGIN
    FOR ours IN SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace
        AND relkind IN ('r', 'p', 'v') AND relowner = current_user::regrole
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, {_APP}', ours);
        EXECUTE format('GRANT SELECT ON %s TO {_APP}', ours);
    END LOOP;
END $$
"""  # noqa: S608 - names of our own roles


def _called(signature: str) -> str:
    name, _, arguments = signature.partition("(")
    kinds = [argument.split()[-1] for argument in arguments.rstrip(")").split(",") if argument.strip()]
    return f"{name}({', '.join(kinds)})"


def _table(table: str, rights: Rights) -> list[str]:
    seen = rights.rows.condition
    done = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY see ON {table} FOR SELECT USING ({seen})",
    ]
    for command, roles in rights.write.items():
        columns = f" ({', '.join(rights.columns[command])})" if command in rights.columns else ""
        done.append(f"GRANT {command}{columns} ON {table} TO {IMPORTER}")
        changed = seen if rights.changed is None else rights.changed.condition
        may = _roles(roles, changed if command == "UPDATE" else seen)
        may_hold = _roles((*roles, *rights.lock), changed)
        match command:
            case "INSERT":
                done.append(f"CREATE POLICY add ON {table} FOR INSERT WITH CHECK ({may})")
            case "UPDATE":
                done.append(f"CREATE POLICY change ON {table} FOR UPDATE USING ({may_hold}) WITH CHECK ({may})")
            case "DELETE":
                done.append(f"CREATE POLICY remove ON {table} FOR DELETE USING ({may})")
    return done


def _roles(roles: tuple[str, ...], seen: str) -> str:
    if not roles:
        return "true"
    listed = ", ".join(f"'{role}'" for role in roles)
    return f"(SELECT rembuk_role() IN ({listed})) AND {seen}"


def _mark() -> str:
    told = "\n".join(_statements("public"))
    return f"rights {hashlib.sha256(told.encode()).hexdigest()[:16]}"
