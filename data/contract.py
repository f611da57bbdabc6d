"""The data contract as a document: written from the schema itself, so that it cannot drift from it."""

from sqlalchemy import CheckConstraint, Column, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql

from data.rights.tables import TABLES
from data.schema import metadata

_INTRODUCTION = """\
# Data contract

This page is for whoever writes to or reads from Rembuk's shared database ("satu data") besides Rembuk itself. It is
made from `data/schema` by `python -m dashboard contract`; a test keeps both the same.

- PostgreSQL 14 or later. Only Rembuk's migrations change tables (`python -m dashboard migrate`).
- Area codes are Kemendagri codes and every roll-up is a prefix: city `32.75`, kecamatan `32.75.01`, kelurahan
  `32.75.01.1001`, RW `32.75.01.1001.007`. Codes are text: leading zeros count.
- Geometry is WKB in `bytea`, EPSG:4326, longitude first. Where the server has PostGIS, the views `area_gis`,
  `facility_gis` and `travel_route_gis` offer real geometry columns (made when a migration runs).
- Months are their first day. Units stand in column names: `_m` metres, `_s` seconds, `_kg`, `_cm`, `_km2`.
- A blank (NULL) is unknown, and never zero. Rows that nobody reported are absent.
- No name, NIK, parent or address of a child is stored anywhere. `child_key` is the first 16 bytes of an HMAC-SHA256
  under a secret that is not in this database.
- Window counts of `growth_month` (`haz_valid`, `stunted`, `severely_stunted`, `waz_valid`, `underweight`, `whz_valid`,
  `wasted`) hold each child once, by its latest valid measurement in the three months that end with `month`. They may be
  added over areas, age bands and sexes, and never over months. `d_weighed` and `n_gained` are of the month alone.
- Per RW and month, `stunted` of one month less that of the month before equals `newly_stunted + newly_found + moved_in
  - recovered - moved_out - aged_out - lapsed`.
- `quality_month` counts each weighing once, and so all of it may be added over posyandu, areas and months. Its rows
  hold whatever the lists hold: children are counted again each month. `posyandu_alias` says which spelling is which
  posyandu; whoever changes it has the RW's months counted again.
- Who sees what: row-level security holds for every log-in but a superuser, and nothing is seen without a scope. Act as
  `rembuk_reader` (or, to write, `rembuk_importer`) and set, once for a log-in of a system, what the dashboard sets for
  each transaction: `ALTER ROLE qgis SET role = 'rembuk_reader'; ALTER ROLE qgis SET rembuk.role = 'planner'; ALTER ROLE
  qgis SET rembuk.areas = '*'` (or area codes with commas between them). The own areas are those of `rembuk.areas` with
  everything inside them, and the RWs that the puskesmas of `rembuk.facility` serves. Everybody gets the city's totals
  by month from the functions `city_counts(since)` and `city_interventions(since)`.
- `COPY … FROM` is refused by PostgreSQL where row-level security holds: copy into a temporary table and insert from it.
- Who writes: the importer writes `child`, `measurement`, `growth_month`, `quality_month`, `posyandu_alias`,
  `import_batch`, `parked_row` and `replaced_row` together, in one transaction. Other systems may write
  `maternal_month`, `intervention_month`, `pusing_visit`, `official_statistic`, `target`, `break_event` and
  `under_five_figure`; they set s_target and k_enrolled in `growth_month` only. What people read is cached until a
  batch, a setting or a network changes: a system that writes other tables adds a row to `import_batch` when done.
"""


def markdown() -> str:
    """Return the whole document."""
    parts = [_INTRODUCTION]
    parts += [_table(table) for table in sorted(metadata.tables.values(), key=lambda table: table.name)]
    return "\n".join(parts)


def _table(table: Table) -> str:
    lines = [
        f"## {table.name}",
        "",
        f"{table.comment}.",
        "",
        _access(table),
        "",
        "| column | type | blank | meaning |",
        "| --- | --- | --- | --- |",
    ]
    lines += [_column(column) for column in table.columns]
    lines.append("")
    lines.append(f"Key: {', '.join(f'`{column.name}`' for column in table.primary_key.columns)}.")
    for constraint in sorted(table.constraints, key=lambda constraint: str(constraint.name)):
        if isinstance(constraint, UniqueConstraint):
            lines.append(f"Unique: {', '.join(f'`{column.name}`' for column in constraint.columns)}.")
        elif isinstance(constraint, CheckConstraint):
            lines.append(f"Rule: `{constraint.sqltext}`.")
    return "\n".join(lines) + "\n"


def _access(table: Table) -> str:
    """Say who sees which rows and who writes them, as row-level security holds it."""
    rights = TABLES.get(table.name)
    if rights is None:
        return "Rows seen: by nobody."
    writers = [
        f"{command.lower()} {', '.join(roles) if roles else 'every role'}" for command, roles in rights.write.items()
    ]
    return f"Rows seen: {rights.rows.told}. Written by: {'; '.join(writers) or 'nobody'}."


def _column(column: Column) -> str:
    kind = column.type.compile(dialect=postgresql.dialect()).lower()
    meaning = column.comment or ""
    for target in (*(key.target_fullname for key in column.foreign_keys), *column.info.values()):
        meaning += f" (refers to `{target}`)"
    return f"| `{column.name}` | {kind} | {'yes' if column.nullable else 'no'} | {meaning} |"
