"""The twins of the tables, in the schema `rembuk_frozen`: they hold what snapshots froze.

A twin has its table's name and columns, and two numbers: the snapshot from which on a row is in, and the first in which
it is no more. So a row that does not change is kept once for all snapshots, and a new snapshot costs what changed since
the one before. Row-level security shows a transaction the rows of the one snapshot that its scope names, under the
table's own conditions; a scope that names none is shown nothing. With this schema first on the search path every query
reads frozen rows unchanged. Nobody writes here but the functions `freeze` and `thaw`.
"""

from sqlalchemy import Table

from data.rights.functions import TOTALS
from data.rights.roles import FROZEN_SCHEMA, IMPORTER, MIGRATOR, READER
from data.rights.tables import FREEZERS
from data.schema import metadata

LIVE_ONLY = frozenset(
    {
        "child",
        "measurement",
        "parked_row",
        "replaced_row",
        "app_user",
        "log_in",
        "audit_log",
        "snapshot",
        "slide_sequence",
    }
)
"""Tables that are never frozen: children one by one, which no page reads, people, the registers themselves, and the
order of slides, which is chosen after the freezing."""

STILL_IN = 2_147_483_647
"""`frozen_until` of a row that no later snapshot has ended."""

_WORK_MEMORY = "128MB"
"""What comparing a table of half a million rows takes in memory, twice over."""

_LIVE_FUNCTIONS = ("data_version", "find_app_user")
_APP = f"{READER}, {IMPORTER}"


def frozen_tables() -> list[Table]:
    """Return the tables that snapshots freeze, by name."""
    return [table for name, table in sorted(metadata.tables.items()) if name not in LIVE_ONLY]


def statements(schema: str, seen: dict[str, str]) -> list[str]:
    """Return the statements that bring the frozen schema to this version, in order.

    `schema` is the live tables' as SQL writes it, and `seen` says by table which rows a scope sees. The twins are made
    with the first snapshot, for many a database never has one; those that are there catch up.
    """
    tables = frozen_tables()
    built = [
        _drop_views(),
        *(statement for table in tables for statement in _twin(table, schema, seen[table.name])),
        _catch_up(schema),
        _views(schema),
    ]
    indexed = [statement for table in tables for statement in _indexes(table)]
    done = [f"GRANT USAGE ON SCHEMA {FROZEN_SCHEMA} TO {_APP}"]
    for signature, body in TOTALS.items():
        name, _, arguments = signature.partition("(")
        if name not in _LIVE_FUNCTIONS:
            path = f" SET search_path = {FROZEN_SCHEMA}, {schema}, pg_temp AS $$"
            done += _function(f"{name}({arguments}", body.replace(" AS $$", path, 1))
    done += _function("build()", _ddl(schema, built), is_open=False)
    done += _function("index()", _ddl(schema, indexed), is_open=False)
    done += _function("freeze()", _act(schema, "TABLE (number integer, changed text[])", _freeze(schema)))
    done += _function("thaw()", _act(schema, "void", _thaw(schema)))
    done += _function("clear()", _ddl(schema, [_CLEAR]), is_open=False)
    return [*done, _BUILD_AGAIN]


_BUILD_AGAIN = f"""
DO $$
BEGIN
    IF to_regclass('{FROZEN_SCHEMA}.area') IS NOT NULL THEN
        PERFORM {FROZEN_SCHEMA}.build(), {FROZEN_SCHEMA}.index();
    END IF;
END $$
"""


_CLEAR = f"""
DO $$
DECLARE
    held regclass;
BEGIN
    FOR held IN SELECT oid FROM pg_class WHERE relnamespace = '{FROZEN_SCHEMA}'::regnamespace AND relkind = 'r'
    LOOP
        EXECUTE format('TRUNCATE %s', held);
    END LOOP;
END $$
"""  # noqa: S608 - names of our own schema


def _ddl(schema: str, made: list[str]) -> str:
    """Return a function that runs some statements; it belongs to the migrator and so do the tables that it makes."""
    listed = "\n".join(f"EXECUTE $made${statement}$made$;" for statement in made)
    return f"""
        RETURNS void LANGUAGE plpgsql SECURITY DEFINER
            SET search_path = {schema}, pg_temp SET client_min_messages = warning AS $function$
        BEGIN
        {listed}
        END $function$"""


def _function(signature: str, body: str, *, is_open: bool = True) -> list[str]:
    name, _, arguments = signature.partition("(")
    kinds = ", ".join(argument.split()[-1] for argument in arguments.rstrip(")").split(",") if argument.strip())
    called = f"{FROZEN_SCHEMA}.{name}({kinds})"
    done = [
        f"DROP FUNCTION IF EXISTS {called}",
        f"CREATE FUNCTION {FROZEN_SCHEMA}.{signature} {body}",
        f"REVOKE ALL ON FUNCTION {called} FROM PUBLIC",
    ]
    return [*done, f"GRANT EXECUTE ON FUNCTION {called} TO {_APP}"] if is_open else done


def _twin(table: Table, schema: str, seen: str) -> list[str]:
    twin = f"{FROZEN_SCHEMA}.{table.name}"
    return [
        f"CREATE TABLE IF NOT EXISTS {twin} (LIKE {schema}.{table.name}, frozen_from integer NOT NULL,"
        f" frozen_until integer NOT NULL DEFAULT {STILL_IN})",
        f"REVOKE ALL ON {twin} FROM PUBLIC, {_APP}",
        f"GRANT SELECT ON {twin} TO {_APP}",
        f"ALTER TABLE {twin} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {twin} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS see ON {twin}",
        f"CREATE POLICY see ON {twin} FOR SELECT USING (frozen_from <= (SELECT rembuk_snapshot())"
        f" AND frozen_until > (SELECT rembuk_snapshot()) AND {seen})",
        f"DROP POLICY IF EXISTS keep ON {twin}",
        f"CREATE POLICY keep ON {twin} FOR ALL TO {MIGRATOR}"
        " USING ((SELECT current_setting('rembuk.freezing', true) = 'on'))",
    ]


def _indexes(table: Table) -> list[str]:
    """Return the statements that index a twin: a key is in at most one row that is still in."""
    twin = f"{FROZEN_SCHEMA}.{table.name}"
    done = [f"CREATE UNIQUE INDEX IF NOT EXISTS pk_{table.name} ON {twin} ({', '.join(_key(table))}, frozen_until)"]
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        columns = [column.name for column in index.columns]
        if columns and index.dialect_options["postgresql"]["where"] is None:
            done.append(f"CREATE INDEX IF NOT EXISTS {index.name} ON {twin} ({', '.join(columns)})")
    return done


# A later version's columns come to the twins of older snapshots blank, or with the constant that old rows got.
def _catch_up(schema: str) -> str:
    names = ", ".join(f"'{table.name}'" for table in frozen_tables())
    return f"""
DO $$
DECLARE
    late record;
BEGIN
    FOR late IN
        SELECT l.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type, b.attname IS NULL AS is_missing,
               pg_get_expr(d.adbin, d.adrelid) AS given
        FROM pg_class l
        JOIN pg_class t ON t.relname = l.relname AND t.relnamespace = '{FROZEN_SCHEMA}'::regnamespace
        JOIN pg_attribute a ON a.attrelid = l.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attribute b ON b.attrelid = t.oid AND b.attname = a.attname AND NOT b.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = l.oid AND d.adnum = a.attnum
        WHERE l.relnamespace = '{schema}'::regnamespace AND l.relname IN ({names})
            AND (b.attname IS NULL OR (b.atttypid, b.atttypmod) <> (a.atttypid, a.atttypmod))
    LOOP
        IF late.is_missing THEN
            EXECUTE format('ALTER TABLE {FROZEN_SCHEMA}.%I ADD COLUMN %I %s', late.relname, late.attname, late.type)
                || CASE WHEN late.given ~ '^[^(]+$' THEN ' DEFAULT ' || late.given ELSE '' END;
        ELSE
            EXECUTE format('ALTER TABLE {FROZEN_SCHEMA}.%I ALTER COLUMN %I TYPE %s USING %I::%s', late.relname,
                           late.attname, late.type, late.attname, late.type);
        END IF;
    END LOOP;
END $$
"""  # noqa: S608 - names of our own schema


def _drop_views() -> str:
    return f"""
DO $$
DECLARE
    held text;
BEGIN
    FOR held IN SELECT relname FROM pg_class WHERE relnamespace = '{FROZEN_SCHEMA}'::regnamespace AND relkind = 'v'
    LOOP
        EXECUTE format('DROP VIEW IF EXISTS {FROZEN_SCHEMA}.%I CASCADE', held);
    END LOOP;
END $$
"""  # noqa: S608 - names of our own schema


# A view's text names its tables by the search path; PostGIS' views are for other programs and stay live.
def _views(schema: str) -> str:
    return f"""
DO $$
DECLARE
    path text := current_setting('search_path');
    told record;
BEGIN
    FOR told IN SELECT relname, pg_get_viewdef(oid) AS query FROM pg_class
        WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'v' AND relowner = current_user::regrole
            AND relname NOT LIKE '%\\_gis' ORDER BY oid
    LOOP
        PERFORM set_config('search_path', '{FROZEN_SCHEMA}, ' || path, true);
        EXECUTE format('CREATE VIEW {FROZEN_SCHEMA}.%I AS ', told.relname)
            || replace(told.query, 'CURRENT_DATE', 'rembuk_today()');
        EXECUTE format('REVOKE ALL ON {FROZEN_SCHEMA}.%I FROM PUBLIC', told.relname);
        EXECUTE format('GRANT SELECT ON {FROZEN_SCHEMA}.%I TO {_APP}', told.relname);
        PERFORM set_config('search_path', path, true);
    END LOOP;
END $$
"""  # noqa: S608 - names of our own schema


def _act(schema: str, returned: str, body: str) -> str:
    """Return the function of an act on the twins, which only the roles that freeze may call."""
    roles = ", ".join(f"'{role}'" for role in FREEZERS)
    return f"""
        RETURNS {returned} LANGUAGE plpgsql SECURITY DEFINER
            SET search_path = {schema}, pg_temp SET work_mem = '{_WORK_MEMORY}' AS $$
        BEGIN
            IF rembuk_role() NOT IN ({roles}) OR NOT rembuk_sees_all() THEN
                RAISE EXCEPTION 'this role freezes nothing' USING ERRCODE = '42501';
            END IF;
            PERFORM set_config('rembuk.freezing', 'on', true);
            {body}
            PERFORM set_config('rembuk.freezing', '', true);
        END $$"""


def _freeze(schema: str) -> str:
    """Return what ends the rows that changed or went since the last snapshot, and adds those that came or changed.

    The tables named as changed are those whose rows are other than in the snapshot before.
    """
    done = [
        "IF current_setting('transaction_isolation') <> 'repeatable read' THEN"
        " RAISE EXCEPTION 'freeze within one view of the data' USING ERRCODE = '25001'; END IF;",
        "number := nextval(pg_get_serial_sequence('snapshot', 'number'));",
        "changed := '{}';",
        f"IF to_regclass('{FROZEN_SCHEMA}.area') IS NULL THEN PERFORM {FROZEN_SCHEMA}.build(); END IF;",
    ]
    for table in frozen_tables():
        live, twin = f"{schema}.{table.name}", f"{FROZEN_SCHEMA}.{table.name}"
        columns = [column.name for column in table.columns]
        key = _key(table)
        rest = [name for name in columns if name not in key]
        same_key = " AND ".join(f"l.{name} = t.{name}" for name in key)
        same = f"ROW({_of('l', rest)}) IS NOT DISTINCT FROM ROW({_of('t', rest)})" if rest else "true"
        is_open = f"t.frozen_until = {STILL_IN}"
        # Two scans tell whether anything changed at all, in a fraction of what comparing row by row takes.
        done.append(
            f"IF (SELECT ROW(count(*), sum(hash_record_extended(ROW({_of('l', columns)}), 0))) FROM {live} l)"  # noqa: S608
            f" IS DISTINCT FROM (SELECT ROW(count(*), sum(hash_record_extended(ROW({_of('t', columns)}), 0)))"
            f" FROM {twin} t WHERE {is_open}) THEN"
            f" UPDATE {twin} t SET frozen_until = number WHERE {is_open}"
            f" AND NOT EXISTS (SELECT 1 FROM {live} l WHERE {same_key} AND {same});"
            f" INSERT INTO {twin} ({', '.join(columns)}, frozen_from) SELECT {_of('l', columns)}, number FROM {live} l"
            f" WHERE NOT EXISTS (SELECT 1 FROM {twin} t WHERE {same_key} AND {is_open});"
            f" changed := changed || '{table.name}'::text;"
            " END IF;"
        )
    # Indexes are made over the rows of the first snapshot, in a third of the time of filling them.
    done.append(f"IF to_regclass('{FROZEN_SCHEMA}.pk_area') IS NULL THEN PERFORM {FROZEN_SCHEMA}.index(); END IF;")
    done.append(
        f"FOR i IN 1 .. cardinality(changed) LOOP EXECUTE format('ANALYZE {FROZEN_SCHEMA}.%I', changed[i]); END LOOP;"
    )
    done.append("RETURN NEXT;")
    return "\n            ".join(done)


def _thaw(schema: str) -> str:
    """Return what removes the rows that are in no snapshot any more."""
    return "\n            ".join(
        f"DELETE FROM {FROZEN_SCHEMA}.{table.name} t WHERE NOT EXISTS (SELECT 1 FROM {schema}.snapshot s"  # noqa: S608
        " WHERE s.number >= t.frozen_from AND s.number < t.frozen_until);"
        for table in frozen_tables()
    )


def _of(alias: str, columns: list[str]) -> str:
    return ", ".join(f"{alias}.{name}" for name in columns)


def _key(table: Table) -> list[str]:
    return [column.name for column in table.primary_key.columns]
