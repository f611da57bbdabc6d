"""Keep how children were weighed, by posyandu and month, and count it for the weighings that are there already."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0009"
down_revision = "0010"
branch_labels = None
depends_on = None

COUNTS = {
    "weighings": ("Weighings, each once", "true"),
    "boys": ("Of weighings: of boys", "sex = 1"),
    "has_weight": ("Of weighings: with a weight", "weight_kg IS NOT NULL"),
    "has_length": ("Of weighings: with a length or height", "lenhei_cm IS NOT NULL"),
    "has_both": ("Of weighings: with both", "weight_kg IS NOT NULL AND lenhei_cm IS NOT NULL"),
    "scored": ("Of weighings: with any of haz, waz, whz", "coalesce(haz, waz, whz) IS NOT NULL"),
    "flagged": ("Of scored: with any of them flagged as implausible", "haz_flag OR waz_flag OR whz_flag"),
    "haz_flagged": ("Weighings whose haz is flagged", "haz_flag"),
    "waz_flagged": ("Weighings whose waz is flagged", "waz_flag"),
    "whz_flagged": ("Weighings whose whz is flagged", "whz_flag"),
    "born_on_15th": ("Of weighings: of children born on a 15th", "extract(day FROM born) = 15"),
    "comparable": (
        "Of has_both: the same child was weighed and measured in the RW in the month before",
        "is_comparable",
    ),
    "copied": ("Of comparable: weight and length are both those of the month before", "is_comparable AND is_same"),
    "twins": ("Of has_both: same RW, day, birthday, sex, weight and length as another child", "is_twin"),
    "repeated": ("Of weighings: beyond the first of a child in the month and RW", "is_repeated"),
}
INDICES = ("haz", "waz", "whz")
POWERS = range(5)
_END = "(floor({}::double precision * 10 + 0.01)::bigint % 10)"
_GROUP = "(width_bucket(months_old, ARRAY[9, 12, 24, 36, 48]))"
HISTOGRAMS = {
    "length_digit": ("Lengths by the digit of the tenths, 0 to 9", 10, _END.format("lenhei_cm"), "lenhei_cm IS NOT NULL"),
    "weight_digit": ("Weights by the digit of the tenths, 0 to 9", 10, _END.format("weight_kg"), "weight_kg IS NOT NULL"),
    "lying": (
        "Lengths measured lying, by age from 0, 9, 12, 24, 36, 48 completed months",
        6,
        _GROUP,
        "lenhei_cm IS NOT NULL AND measure = 'l'",
    ),
    "standing": (
        "Lengths measured standing, by the same ages", 6, _GROUP, "lenhei_cm IS NOT NULL AND measure = 'h'"
    ),
    "unnoted": (
        "Lengths without a noted position, by the same ages", 6, _GROUP, "lenhei_cm IS NOT NULL AND measure IS NULL"
    ),
    "age_month": ("Weighings by age in completed months, 0 to 59", 60, "months_old", "true"),
    "birth_month": (
        "Weighings by calendar month of birth, January first", 12, "extract(month FROM born)::int - 1", "true"
    ),
    "haz_bin": (
        "Valid haz by half a z, from -6 to 6",
        24,
        "greatest(0, least(23, floor((haz::double precision + 6) * 2)::int))",
        "haz IS NOT NULL AND NOT haz_flag",
    ),
}  # fmt: skip

_REFERENCES = (("quality_month", "rw_code", "area", "code"),)

# Text by its letters and digits, without the word Posyandu at its start.
_SPELLING = "regexp_replace(regexp_replace(lower(coalesce({}, '')), '[^a-z0-9]+', '', 'g'), '^posyandu', '')"

# Each name as written is read once, and not once a weighing.
_SPELT = f"""
CREATE TEMP TABLE spelt ON COMMIT DROP AS
SELECT rw_code, posyandu AS written, times, {_SPELLING.format("posyandu")} AS spelling
FROM (SELECT rw_code, coalesce(posyandu, '') AS posyandu, count(*) AS times FROM measurement GROUP BY 1, 2) w
"""  # noqa: S608 - our own columns

_ALIASES = f"""
INSERT INTO posyandu_alias (rw_code, spelling, posyandu)
SELECT w.rw_code, w.spelling, coalesce(r.name, w.name)
FROM (SELECT DISTINCT ON (rw_code, spelling) rw_code, spelling, written AS name FROM spelt
    ORDER BY rw_code, spelling, times DESC, written) w
LEFT JOIN (
    SELECT area_code, {_SPELLING.format("name")} AS spelling, min(name) AS name FROM facility WHERE kind = 'posyandu'
    GROUP BY 1, 2
) r ON r.area_code = w.rw_code AND r.spelling = w.spelling
"""  # noqa: S608 - our own columns


def _count_columns() -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=False, comment=told) for name, (told, _) in COUNTS.items()]


def _sum_columns() -> list[sa.Column]:
    return [
        sa.Column(
            f"{index}_sum{power}",
            sa.Double() if power else sa.Integer(),
            nullable=False,
            comment=f"Sum of valid {index} to the power {power}" if power else f"Weighings with a valid {index}",
        )
        for index in INDICES
        for power in POWERS
    ]


def _histogram_columns() -> list[sa.Column]:
    return [
        sa.Column(name, ARRAY(sa.Integer()), nullable=False, comment=told)
        for name, (told, _, _, _) in HISTOGRAMS.items()
    ]


def _counting() -> str:
    """Return the statement that counts every weighing there is."""
    sums = {
        f"{index}_sum{power}": (
            f"coalesce(sum(round({index}::double precision * 100) ^ {power})"
            f" FILTER (WHERE {index} IS NOT NULL AND NOT {index}_flag), 0) / 100.0::double precision ^ {power}"
            if power
            else f"count(*) FILTER (WHERE {index} IS NOT NULL AND NOT {index}_flag)"
        )
        for index in INDICES
        for power in POWERS
    }
    counts = {name: f"count(*) FILTER (WHERE {condition})" for name, (_, condition) in COUNTS.items()}
    bins = {
        name: "ARRAY[{}]".format(", ".join(f"count(*) FILTER (WHERE {name} = {at})" for at in range(length)))
        for name, (_, length, _, _) in HISTOGRAMS.items()
    }
    made = counts | sums | bins
    places = ", ".join(
        f"CASE WHEN {condition} THEN {place} END AS {name}" for name, (_, _, place, condition) in HISTOGRAMS.items()
    )
    return f"""
        INSERT INTO quality_month (rw_code, posyandu, month, received_on, {", ".join(made)})
        SELECT w.rw_code, a.posyandu, w.month, min(w.received_on), {", ".join(made.values())}
        FROM (
            SELECT *, {places}
            FROM (
            SELECT m.*, (m.measured_on - m.age_days) AS born, date_trunc('month', m.measured_on::timestamp)::date AS month,
                least(59, floor(m.age_days / 30.4375)::int) AS months_old,
                (b.imported_at AT TIME ZONE 'UTC')::date AS received_on,
                coalesce(m.posyandu, '') AS written,
                m.weight_kg IS NOT NULL AND m.lenhei_cm IS NOT NULL AND p.weight_kg IS NOT NULL
                    AND p.lenhei_cm IS NOT NULL AS is_comparable,
                m.weight_kg = p.weight_kg AND m.lenhei_cm = p.lenhei_cm AS is_same,
                m.weight_kg IS NOT NULL AND m.lenhei_cm IS NOT NULL AND row_number() OVER (
                    PARTITION BY m.rw_code, m.measured_on, m.age_days, m.sex, m.weight_kg, m.lenhei_cm
                    ORDER BY m.child_key) > 1 AS is_twin,
                row_number() OVER (
                    PARTITION BY m.child_key, m.rw_code, date_trunc('month', m.measured_on::timestamp)
                    ORDER BY m.measured_on) > 1 AS is_repeated
            FROM measurement m
            JOIN import_batch b ON b.id = m.batch_id
            LEFT JOIN (
                SELECT DISTINCT ON (child_key, rw_code, month) child_key, rw_code, weight_kg, lenhei_cm, month
                FROM (
                    SELECT *, (date_trunc('month', measured_on::timestamp) + interval '1 month')::date AS month
                    FROM measurement
                ) earlier
                ORDER BY child_key, rw_code, month, measured_on DESC
            ) p ON p.child_key = m.child_key AND p.rw_code = m.rw_code
                AND p.month = date_trunc('month', m.measured_on::timestamp)::date
            ) m OFFSET 0
        ) w
        JOIN spelt USING (rw_code, written)
        JOIN posyandu_alias a USING (rw_code, spelling)
        GROUP BY w.rw_code, a.posyandu, w.month
    """  # noqa: S608 - our own columns


def upgrade() -> None:
    op.create_table(
        "posyandu_alias",
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW in whose lists it stands"),
        sa.Column(
            "spelling",
            sa.Text(),
            nullable=False,
            comment="Name as a file writes it: letters and digits only, lower case, without the word Posyandu",
        ),
        sa.Column(
            "posyandu",
            sa.Text(),
            nullable=False,
            comment="Name under which it is counted; blank where a file names none",
        ),
        sa.Column("decided_by", sa.Text(), nullable=True, comment="Who decided it; blank when the first file did"),
        _written_at(),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_posyandu_alias_rw_code_area")),
        sa.PrimaryKeyConstraint("rw_code", "spelling", name=op.f("pk_posyandu_alias")),
        comment="A remembered crosswalk: how files spell the posyandu of an RW",
    )
    op.create_table(
        "quality_month",
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW"),
        sa.Column(
            "posyandu",
            sa.Text(),
            nullable=False,
            comment="Posyandu as posyandu_alias names it; blank where none is named",
        ),
        sa.Column("month", sa.Date(), nullable=False, comment="First day of the month"),
        sa.Column("received_on", sa.Date(), nullable=False, comment="Day on which the month's first file came in, UTC"),
        *_count_columns(),
        *_sum_columns(),
        *_histogram_columns(),
        sa.PrimaryKeyConstraint("rw_code", "posyandu", "month", name=op.f("pk_quality_month")),
        comment="How a posyandu's weighings of a month were made; all of it adds up over posyandu, RWs and months",
    )
    op.create_index(op.f("ix_quality_month_month_rw_code"), "quality_month", ["month", "rw_code"])
    op.create_table(
        "under_five_figure",
        sa.Column("area_code", sa.Text(), nullable=False, comment="City, kecamatan, kelurahan or RW"),
        sa.Column(
            "source", sa.Text(), nullable=False, comment="dukcapil, bps, posyandu (a register of its own) or other"
        ),
        sa.Column("as_of", sa.Date(), nullable=False, comment="Day that the figure speaks of"),
        sa.Column("children", sa.Integer(), nullable=False, comment="Children under five"),
        sa.Column(
            "is_approximate",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="Estimated or published as 'sekitar'",
        ),
        sa.Column("citation", sa.Text(), nullable=False, comment="Where it comes from"),
        _written_at(),
        sa.CheckConstraint("children >= 0", name=op.f("ck_under_five_figure_children")),
        sa.CheckConstraint(
            "source IN ('dukcapil', 'bps', 'posyandu', 'other')", name=op.f("ck_under_five_figure_source")
        ),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_under_five_figure_area_code_area")),
        sa.PrimaryKeyConstraint("area_code", "source", "as_of", name=op.f("pk_under_five_figure")),
        comment="How many children under five an area has, by a source other than the weighing lists",
    )
    for table, column, parent, key in _REFERENCES:
        for act in ("insert", "update"):
            op.execute(
                f"CREATE TRIGGER require_{column}_on_{act} AFTER {act} ON {table} REFERENCING NEW TABLE AS written"
                f" FOR EACH STATEMENT EXECUTE FUNCTION require_reference('{column}', '{parent}', '{key}')"
            )
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER keep_for_{table}_on_{act} AFTER {act} ON {parent} REFERENCING OLD TABLE AS gone"
                f" FOR EACH STATEMENT EXECUTE FUNCTION refuse_orphans('{key}', '{table}', '{column}')"
            )
    fill()


def fill() -> None:
    """Count what is there: weighings are only seen under a scope, also by the role that owns them."""
    op.execute("SELECT set_config('rembuk.role', 'planner', true), set_config('rembuk.areas', '*', true)")
    op.execute("SET LOCAL work_mem = '256MB'")
    op.execute(_SPELT)
    op.execute(_ALIASES)
    op.execute(sa.text(_counting().replace(":", r"\:")))
    op.execute("DROP TABLE spelt")
    op.execute("SET LOCAL work_mem TO DEFAULT")
    op.execute("SELECT set_config('rembuk.role', '', true), set_config('rembuk.areas', '', true)")


def _written_at() -> sa.Column:
    return sa.Column(
        "written_at",
        sa.DateTime(timezone=True),
        server_default=sa.text("now()"),
        nullable=False,
        comment="When this row was written",
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER keep_for_quality_month_on_update ON area")
    op.execute("DROP TRIGGER keep_for_quality_month_on_delete ON area")
    op.drop_table("under_five_figure")
    op.drop_table("quality_month")
    op.drop_table("posyandu_alias")
