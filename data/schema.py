"""The shared database's tables: what docs/data-contract.md promises to the other systems that read and write here.

Area codes are Kemendagri codes, so every roll-up is a prefix: city `32.75`, kecamatan `32.75.01`, kelurahan
`32.75.01.1001`, RW `32.75.01.1001.007`. Every fact's key begins with the area code, so that a province can partition by
city. Geometry is WKB in EPSG:4326. Tables hold no child's name, NIK, parent or address.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, REAL

from models.quality.counts import ARRAYS, COUNTED, SUMMED

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

LEVELS = ("kota", "kecamatan", "kelurahan", "rw")
AGE_BANDS = ("0-5", "6-23", "24-59")
FACILITY_KINDS = ("puskesmas", "pustu", "posyandu", "klinik", "rumah_sakit")
INTERVENTION_STATUSES = ("reported", "not_started")
TARGET_PATHS = ("stepped", "straight")
BATCH_STATUSES = ("active", "superseded", "undone")
BREAK_KINDS = ("definition", "cleaning", "boundary", "method", "other")
TRAVEL_MODES = ("walk", "motorcycle", "car")


def _refers_to(column: str) -> dict[str, str]:
    """Note a reference that a trigger keeps once a statement: a foreign key's check of each row is most of a load."""
    return {"refers_to": column}


def _one_of(column: str, values: tuple[str, ...], name: str | None = None) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name or column)


def _written_at() -> Column:
    return Column(
        "written_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="When this row was written",
    )


area = Table(
    "area",
    metadata,
    Column("code", Text, primary_key=True, comment="Kemendagri code; an RW adds its three-digit number"),
    Column("level", Text, nullable=False, comment="kota, kecamatan, kelurahan or rw"),
    Column("name", Text, nullable=False, comment="Name as people say it: Bekasi Timur, RW 007"),
    Column("parent_code", Text, ForeignKey("area.code"), comment="The area that holds it; blank for the city"),
    Column("geometry", LargeBinary, comment="Outline: WKB polygon or multipolygon, EPSG:4326"),
    Column(
        "geometry_source",
        Text,
        nullable=False,
        server_default="none",
        comment="official (from the authority), approximate (computed) or none",
    ),
    Column("point_lat", Double, comment="Population-weighted point, degrees north, EPSG:4326"),
    Column("point_lon", Double, comment="Population-weighted point, degrees east, EPSG:4326"),
    Column(
        "point_source",
        Text,
        nullable=False,
        server_default="none",
        comment="What the point stands for: population, posyandu, buildings, centroid or none",
    ),
    Column("area_km2", Double, comment="Surface in square kilometres"),
    Column("valid_from", Date, nullable=False, server_default=text("'1900-01-01'"), comment="First day"),
    Column("valid_to", Date, comment="Last day; blank while the area exists"),
    Column(
        "outline_from", Date, comment="First day of this outline where area_past has earlier ones; blank: since ever"
    ),
    _one_of("level", LEVELS),
    _one_of("geometry_source", ("official", "approximate", "none")),
    Index("ix_area_level_code", "level", "code"),
    Index("ix_area_parent_code", "parent_code"),
    comment="An area at one level",
)

area_past = Table(
    "area_past",
    metadata,
    Column("area_code", Text, ForeignKey("area.code"), nullable=False, comment="The area"),
    Column("valid_from", Date, nullable=False, comment="First day on which it was so"),
    Column("valid_to", Date, nullable=False, comment="Last day on which it was so"),
    Column("geometry", LargeBinary, comment="Outline of those days: WKB polygon or multipolygon, EPSG:4326"),
    Column("geometry_source", Text, nullable=False, comment="official (from the authority), approximate or none"),
    Column("point_lat", Double, comment="Point of those days, degrees north, EPSG:4326"),
    Column("point_lon", Double, comment="Point of those days, degrees east, EPSG:4326"),
    Column("point_source", Text, nullable=False, comment="What the point stands for, as in area"),
    Column("area_km2", Double, comment="Surface in square kilometres"),
    PrimaryKeyConstraint("area_code", "valid_from"),
    CheckConstraint("valid_to >= valid_from", name="days_in_order"),
    comment="How an area lay before its outline changed, or before it ended and came back",
)

area_alias = Table(
    "area_alias",
    metadata,
    Column("city_code", Text, nullable=False, comment="City in which the spelling is used"),
    Column(
        "spelling",
        Text,
        nullable=False,
        comment="Place name as a file writes it: letters and digits only, lower case",
    ),
    Column("level", Text, nullable=False, comment="Level the spelling names: kecamatan, kelurahan or rw"),
    Column(
        "within_code",
        Text,
        nullable=False,
        server_default="",
        comment="Area inside which it holds; blank for the city",
    ),
    Column("area_code", Text, ForeignKey("area.code"), nullable=False, comment="The area that is meant"),
    Column("decided_by", Text, comment="Who decided it"),
    _written_at(),
    PrimaryKeyConstraint("city_code", "level", "within_code", "spelling"),
    comment="A remembered crosswalk: how files spell an area",
)

facility = Table(
    "facility",
    metadata,
    Column("code", Text, primary_key=True, comment="Code of the facility: Kemenkes code, or a source's own id"),
    Column("kind", Text, nullable=False, comment="puskesmas, pustu, posyandu, klinik or rumah_sakit"),
    Column("name", Text, nullable=False, comment="Name with its kind's word"),
    Column(
        "area_code",
        Text,
        ForeignKey("area.code"),
        comment="Kelurahan or RW it stands in; blank outside the city",
    ),
    Column("lat", Double, comment="Degrees north, EPSG:4326; blank when unknown"),
    Column("lon", Double, comment="Degrees east, EPSG:4326; blank when unknown"),
    Column("point_source", Text, comment="Where the point comes from"),
    Column("is_government", Boolean, comment="Run by government; blank when unknown"),
    Column(
        "is_partner",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="Takes part in Pusing as a partner",
    ),
    Column("partner_from", Date, comment="First day of the partnership"),
    Column("partner_to", Date, comment="Last day of the partnership; blank while it lasts"),
    Column("capacity_per_month", Integer, comment="Mobile-clinic visits it can staff in a month"),
    Column("services", Text, comment="Services in words"),
    Column("opening_hours", Text, comment="Opening hours in words"),
    Column("source", Text, comment="Citation of the row"),
    Column("valid_from", Date, nullable=False, server_default=text("'1900-01-01'"), comment="First day"),
    Column("valid_to", Date, comment="Last day; blank while it is open"),
    _one_of("kind", FACILITY_KINDS),
    Index("ix_facility_kind", "kind"),
    comment="A place of care",
)

service_area = Table(
    "service_area",
    metadata,
    Column("rw_code", Text, ForeignKey("area.code"), nullable=False, comment="RW"),
    Column("facility_code", Text, ForeignKey("facility.code"), nullable=False, comment="Puskesmas that serves it"),
    Column("valid_from", Date, nullable=False, server_default=text("'1900-01-01'"), comment="First day"),
    Column("valid_to", Date, comment="Last day; blank while it holds"),
    PrimaryKeyConstraint("rw_code", "valid_from"),
    Index("ix_service_area_facility_code", "facility_code"),
    comment="An RW in a puskesmas's wilayah kerja",
)

import_batch = Table(
    "import_batch",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True, comment="Number of the batch"),
    Column("kind", Text, nullable=False, comment="What was taken in: demo, eppgbm, …"),
    Column(
        "content_sha256",
        Text,
        nullable=False,
        comment="SHA-256 of the file's bytes; its name is not kept, it may hold a person's",
    ),
    Column("layout", Text, comment="Layout that was recognised"),
    Column("rows_read", Integer, nullable=False, comment="Rows read: accepted + parked + duplicates"),
    Column("accepted", Integer, nullable=False, comment="Rows taken in"),
    Column("parked", Integer, nullable=False, comment="Rows set aside"),
    Column("duplicates", Integer, nullable=False, comment="Rows that repeat a child and a day within the file"),
    Column(
        "replaced",
        Integer,
        nullable=False,
        server_default="0",
        comment="Earlier rows that it replaced or withdrew",
    ),
    Column("totals", JSONB, nullable=False, comment="Control totals as printed"),
    Column(
        "status",
        Text,
        nullable=False,
        server_default="active",
        comment="active, superseded once no row of it is left, or undone once a person took it back",
    ),
    Column("imported_by", Text, comment="Person or command"),
    Column("imported_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="When"),
    Column("undone_at", DateTime(timezone=True), comment="When it was taken back; blank while it stands"),
    Column("undone_by", Text, comment="Who took it back: role and area, or command"),
    _one_of("status", BATCH_STATUSES),
    Index("ix_import_batch_kind_content_sha256", "kind", "content_sha256"),
    comment="A file taken in, with its control totals",
)

parked_row = Table(
    "parked_row",
    metadata,
    Column(
        "batch_id",
        BigInteger,
        ForeignKey("import_batch.id", ondelete="CASCADE"),
        nullable=False,
        comment="Batch",
    ),
    Column(
        "row_number",
        Integer,
        nullable=False,
        comment="Row in the file as a person counts it, the first line being 1",
    ),
    Column("reason", Text, nullable=False, comment="Code of the reason"),
    Column("place", Text, comment="Place names as written (kecamatan / kelurahan / RW), for area reasons only"),
    Column(
        "sheet",
        Text,
        nullable=False,
        server_default="",
        comment="Sheet that holds the row, where rows come from several sheets of a workbook",
    ),
    PrimaryKeyConstraint("batch_id", "sheet", "row_number"),
    comment="A row set aside with its reason, without personal data",
)

replaced_row = Table(
    "replaced_row",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True, comment="Number of the row"),
    Column(
        "batch_id",
        BigInteger,
        ForeignKey("import_batch.id", ondelete="CASCADE"),
        nullable=False,
        comment="Batch to which it gave way",
    ),
    Column("source_batch_id", BigInteger, comment="Batch it had come with; blank for none"),
    Column("table_name", Text, nullable=False, comment="Table in which it stood"),
    Column("content", JSONB, nullable=False, comment="The row as it stood; of a child only its pseudonymous key"),
    Index("ix_replaced_row_batch_id", "batch_id"),
    Index("ix_replaced_row_source_batch_id", "source_batch_id"),
    comment="An earlier row that gave way to a batch, kept so that the batch can be undone",
)

child = Table(
    "child",
    metadata,
    Column(
        "child_key",
        LargeBinary,
        primary_key=True,
        comment="First 16 bytes of an HMAC-SHA256 of the child's identity",
    ),
    Column("rw_code", Text, info=_refers_to("area.code"), nullable=False, comment="RW of the latest weighing"),
    Column("sex", SmallInteger, nullable=False, comment="1 boy, 2 girl"),
    Column("birth_date", Date, nullable=False, comment="Birth date, needed for age and for leaving at five"),
    CheckConstraint("sex IN (1, 2)", name="sex"),
    Index("ix_child_rw_code", "rw_code"),
    comment="A pseudonymous child",
)

measurement = Table(
    "measurement",
    metadata,
    Column("rw_code", Text, info=_refers_to("area.code"), nullable=False, comment="RW at that weighing"),
    Column("child_key", LargeBinary, info=_refers_to("child.child_key"), nullable=False, comment="Child"),
    Column("measured_on", Date, nullable=False, comment="Day of the weighing"),
    Column("age_days", Integer, nullable=False, comment="Age in days"),
    Column("sex", SmallInteger, nullable=False, comment="1 boy, 2 girl"),
    Column("weight_kg", REAL, comment="Weight in kilograms; blank when not weighed"),
    Column("lenhei_cm", REAL, comment="Length or height in centimetres as measured; blank when not measured"),
    Column("measure", Text, comment="l lying, h standing, blank unknown"),
    Column("haz", REAL, comment="Length/height-for-age z-score (WHO 2006), two decimals"),
    Column("waz", REAL, comment="Weight-for-age z-score"),
    Column("whz", REAL, comment="Weight-for-length/height z-score"),
    Column("baz", REAL, comment="BMI-for-age z-score"),
    Column("haz_flag", Boolean, comment="haz below -6 or above 6: not valid"),
    Column("waz_flag", Boolean, comment="waz below -6 or above 5"),
    Column("whz_flag", Boolean, comment="whz below -5 or above 5"),
    Column("baz_flag", Boolean, comment="baz below -5 or above 5"),
    Column("weight_gain", Text, comment="N, T, O or B by the Buku KIA rule; blank when not known"),
    Column("posyandu", Text, comment="Posyandu as the file names it"),
    Column("batch_id", BigInteger, info=_refers_to("import_batch.id"), nullable=False, comment="Batch it came with"),
    PrimaryKeyConstraint("child_key", "measured_on"),
    CheckConstraint("measure IN ('l', 'h')", name="measure"),
    Index("ix_measurement_rw_code_measured_on", "rw_code", "measured_on"),
    Index("ix_measurement_batch_id", "batch_id"),
    comment="One weighing of a pseudonymous child",
)

_COUNT_COLUMNS = {
    "s_target": "S: children who should be weighed; blank when unknown",
    "k_enrolled": "K: children enrolled (with a KMS/KIA book); blank when unknown",
    "d_weighed": "D: children weighed in this month",
    "n_gained": "N: of D, those whose weight gain was enough",
    "haz_valid": "Children with a valid HAZ, each by its latest in the window of three months that ends here",
    "stunted": "Of haz_valid: HAZ below -2",
    "severely_stunted": "Of haz_valid: HAZ below -3",
    "waz_valid": "Children with a valid WAZ in the window",
    "underweight": "Of waz_valid: WAZ below -2",
    "whz_valid": "Children with a valid WHZ in the window",
    "wasted": "Of whz_valid: WHZ below -2",
    "newly_stunted": "Measured not stunted before, stunted now",
    "newly_found": "Stunted now, with no valid measurement in the window before",
    "recovered": "Stunted before, measured not stunted now",
    "moved_in": "Stunted, and arrived from another RW",
    "moved_out": "Counted stunted here before, now in another RW",
    "aged_out": "Counted stunted before, and turned five",
    "lapsed": "Counted stunted before, with no valid measurement left in the window",
}

GROWTH_FLOWS = ("newly_stunted", "newly_found", "recovered", "moved_in", "moved_out", "aged_out", "lapsed")
"""Columns of growth_month that count events of a month; the other counts are states."""

GROWTH_COUNTS = tuple(name for name in _COUNT_COLUMNS if name not in GROWTH_FLOWS)
GROWTH_TARGETS = ("s_target", "k_enrolled")
"""Counts that are given and not made from weighings: they may be unknown."""

growth_month = Table(
    "growth_month",
    metadata,
    Column("rw_code", Text, info=_refers_to("area.code"), nullable=False, comment="RW"),
    Column("month", Date, nullable=False, comment="First day of the month"),
    Column("age_band", Text, nullable=False, comment="Age in completed months: 0-5, 6-23 or 24-59"),
    Column("sex", SmallInteger, nullable=False, comment="1 boy, 2 girl"),
    *[
        Column(
            name,
            Integer,
            nullable=name in GROWTH_TARGETS,
            server_default=None if name in GROWTH_TARGETS else "0",
            comment=comment,
        )
        for name, comment in _COUNT_COLUMNS.items()
    ],
    PrimaryKeyConstraint("rw_code", "month", "age_band", "sex"),
    _one_of("age_band", AGE_BANDS),
    CheckConstraint("sex IN (1, 2)", name="sex"),
    CheckConstraint("severely_stunted <= stunted AND stunted <= haz_valid", name="stunted"),
    Index("ix_growth_month_month_rw_code", "month", "rw_code"),
    comment="An RW's children in a month by age band and sex; window counts hold a child once, so never add months",
)

posyandu_alias = Table(
    "posyandu_alias",
    metadata,
    Column("rw_code", Text, ForeignKey("area.code"), nullable=False, comment="RW in whose lists it stands"),
    Column(
        "spelling",
        Text,
        nullable=False,
        comment="Name as a file writes it: letters and digits only, lower case, without the word Posyandu",
    ),
    Column("posyandu", Text, nullable=False, comment="Name under which it is counted; blank where a file names none"),
    Column("decided_by", Text, comment="Who decided it; blank when the first file did"),
    _written_at(),
    PrimaryKeyConstraint("rw_code", "spelling"),
    comment="A remembered crosswalk: how files spell the posyandu of an RW",
)

_QUALITY_COMMENTS = {
    "weighings": "Weighings, each once",
    "boys": "Of weighings: of boys",
    "has_weight": "Of weighings: with a weight",
    "has_length": "Of weighings: with a length or height",
    "has_both": "Of weighings: with both",
    "scored": "Of weighings: with any of haz, waz, whz",
    "flagged": "Of scored: with any of them flagged as implausible",
    "haz_flagged": "Weighings whose haz is flagged",
    "waz_flagged": "Weighings whose waz is flagged",
    "whz_flagged": "Weighings whose whz is flagged",
    "born_on_15th": "Of weighings: of children born on a 15th",
    "comparable": "Of has_both: the same child was weighed and measured in the RW in the month before",
    "copied": "Of comparable: weight and length are both those of the month before",
    "twins": "Of has_both: same RW, day, birthday, sex, weight and length as another child",
    "repeated": "Of weighings: beyond the first of a child in the month and RW",
    "length_digit": "Lengths by the digit of the tenths, 0 to 9",
    "weight_digit": "Weights by the digit of the tenths, 0 to 9",
    "lying": "Lengths measured lying, by age from 0, 9, 12, 24, 36, 48 completed months",
    "standing": "Lengths measured standing, by the same ages",
    "unnoted": "Lengths without a noted position, by the same ages",
    "age_month": "Weighings by age in completed months, 0 to 59",
    "birth_month": "Weighings by calendar month of birth, January first",
    "haz_bin": "Valid haz by half a z, from -6 to 6",
}


def _power_comment(name: str) -> str:
    index, _, power = name.partition("_sum")
    return f"Weighings with a valid {index}" if power == "0" else f"Sum of valid {index} to the power {power}"


quality_month = Table(
    "quality_month",
    metadata,
    Column("rw_code", Text, info=_refers_to("area.code"), nullable=False, comment="RW"),
    Column("posyandu", Text, nullable=False, comment="Posyandu as posyandu_alias names it; blank where none is named"),
    Column("month", Date, nullable=False, comment="First day of the month"),
    Column("received_on", Date, nullable=False, comment="Day on which the month's first file came in, UTC"),
    *[Column(name, Integer, nullable=False, comment=_QUALITY_COMMENTS[name]) for name in COUNTED],
    *[
        Column(name, Integer if name.endswith("0") else Double, nullable=False, comment=_power_comment(name))
        for name in SUMMED
    ],
    *[Column(name, ARRAY(Integer), nullable=False, comment=_QUALITY_COMMENTS[name]) for name in ARRAYS],
    PrimaryKeyConstraint("rw_code", "posyandu", "month"),
    Index("ix_quality_month_month_rw_code", "month", "rw_code"),
    comment="How a posyandu's weighings of a month were made; all of it adds up over posyandu, RWs and months",
)

SOURCES_OF_CHILDREN = ("dukcapil", "bps", "posyandu", "other")

under_five_figure = Table(
    "under_five_figure",
    metadata,
    Column("area_code", Text, ForeignKey("area.code"), nullable=False, comment="City, kecamatan, kelurahan or RW"),
    Column("source", Text, nullable=False, comment="dukcapil, bps, posyandu (a register of its own) or other"),
    Column("as_of", Date, nullable=False, comment="Day that the figure speaks of"),
    Column("children", Integer, nullable=False, comment="Children under five"),
    Column(
        "is_approximate",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="Estimated or published as 'sekitar'",
    ),
    Column("citation", Text, nullable=False, comment="Where it comes from"),
    Column("batch_id", BigInteger, ForeignKey("import_batch.id"), comment="Batch it came with; blank for none"),
    _written_at(),
    PrimaryKeyConstraint("area_code", "source", "as_of"),
    _one_of("source", SOURCES_OF_CHILDREN),
    CheckConstraint("children >= 0", name="children"),
    comment="How many children under five an area has, by a source other than the weighing lists",
)

maternal_month = Table(
    "maternal_month",
    metadata,
    Column("rw_code", Text, info=_refers_to("area.code"), nullable=False, comment="RW"),
    Column("month", Date, nullable=False, comment="First day of the month"),
    Column("pregnant_target", Integer, comment="Pregnant women expected; blank when unknown"),
    Column("screened", Integer, comment="Screened by the month's end"),
    Column("chronic_energy_deficiency", Integer, comment="Of screened: KEK (LILA under 23.5 cm)"),
    Column("anaemia", Integer, comment="Of screened: haemoglobin under 11 g/dl"),
    Column("batch_id", BigInteger, ForeignKey("import_batch.id"), comment="Batch it came with; blank for none"),
    PrimaryKeyConstraint("rw_code", "month"),
    Index("ix_maternal_month_month", "month"),
    comment="An RW's pregnant women in a month",
)

indicator = Table(
    "indicator",
    metadata,
    Column("code", Text, primary_key=True, comment="Short English code"),
    Column("name", Text, nullable=False, comment="Name in Indonesian"),
    Column("unit", Text, nullable=False, comment="percent, children, minutes, …"),
    Column("direction", SmallInteger, nullable=False, comment="1 higher is better, -1 lower is better, 0 neither"),
    Column(
        "indicator_group",
        Text,
        nullable=False,
        comment="growth, attendance, maternal, specific, sensitive, spm, access",
    ),
    Column("definition", Text, nullable=False, comment="Definition in Indonesian"),
    Column("source", Text, nullable=False, comment="Standard or regulation"),
    Column("opd", Text, comment="OPD that answers for it; blank when none does"),
    comment="The dictionary of indicators",
)

intervention_month = Table(
    "intervention_month",
    metadata,
    Column("rw_code", Text, info=_refers_to("area.code"), nullable=False, comment="RW"),
    Column("month", Date, nullable=False, comment="First day of the month"),
    Column("indicator_code", Text, info=_refers_to("indicator.code"), nullable=False, comment="Indicator"),
    Column("numerator", Integer, comment="Reached, for spm_… done; blank when not reported"),
    Column("denominator", Integer, comment="Should be reached, for spm_… raised; blank when unknown"),
    Column("received", Integer, comment="For spm_… only: of those raised, taken up by the OPD"),
    Column(
        "status",
        Text,
        nullable=False,
        server_default="reported",
        comment="reported, or not_started where the roll-out has not reached the RW: its coverage is none, not zero",
    ),
    Column("batch_id", BigInteger, ForeignKey("import_batch.id"), comment="Batch it came with; blank for none"),
    PrimaryKeyConstraint("rw_code", "month", "indicator_code"),
    _one_of("status", INTERVENTION_STATUSES),
    CheckConstraint(
        "status <> 'not_started' OR numerator IS NULL AND received IS NULL", name="not_started_is_not_zero"
    ),
    CheckConstraint(
        "numerator >= 0 AND numerator <= denominator AND numerator <= received AND received <= denominator",
        name="part_of_whole",
    ),
    Index("ix_intervention_month_indicator_code_month", "indicator_code", "month"),
    comment="An intervention's coverage in an RW and month; for the six SPM sectors needs raised, received, done",
)

official_statistic = Table(
    "official_statistic",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the row"),
    Column(
        "area_code",
        Text,
        nullable=False,
        comment="BPS or Kemendagri prefix of the area, also outside the city; 00 the nation",
    ),
    Column("area_name", Text, nullable=False, comment="Name of the area; Kota and Kabupaten are different areas"),
    Column("indicator_code", Text, ForeignKey("indicator.code"), nullable=False, comment="Indicator"),
    Column(
        "series",
        Text,
        nullable=False,
        comment="SSGI, SKI, e-PPGBM, …: figures of two series are never joined",
    ),
    Column("period", Text, nullable=False, comment="Year or month (YYYY or YYYY-MM)"),
    Column("value", Double, nullable=False, comment="The figure in the indicator's unit"),
    Column("low", Double, comment="Lower limit of its interval, when published"),
    Column("high", Double, comment="Upper limit of its interval, when published"),
    Column(
        "is_approximate",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="Published as 'sekitar'",
    ),
    Column("citation", Text, nullable=False, comment="Where it was published"),
    Column("reliability", Text, comment="tinggi, sedang or rendah"),
    Column("note", Text, comment="Conflicts and doubts"),
    comment="A published figure",
)

target = Table(
    "target",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the row"),
    Column("area_code", Text, nullable=False, comment="Area, also outside the city; 00 the nation"),
    Column("area_name", Text, nullable=False, comment="Name of the area"),
    Column("indicator_code", Text, ForeignKey("indicator.code"), nullable=False, comment="Indicator"),
    Column("series", Text, nullable=False, comment="Series that the target speaks of"),
    Column("year", Integer, nullable=False, comment="Year to arrive"),
    Column("value", Double, nullable=False, comment="Target in the indicator's unit"),
    Column("decree", Text, nullable=False, comment="Decree or plan that sets it"),
    Column("citation", Text, nullable=False, comment="Where it was published"),
    Column("note", Text, comment="Doubts"),
    Column(
        "path",
        Text,
        nullable=False,
        server_default="stepped",
        comment="Way to this year's value from the year before: stepped, or straight",
    ),
    Column("set_by", Text, comment="Who set it; blank when it came with the published facts"),
    Column("replaced_at", DateTime(timezone=True), comment="When it was replaced or withdrawn; blank while it holds"),
    Column("ended_by", Text, comment="Who replaced or withdrew it"),
    Column("ended_why", Text, comment="Why it was withdrawn; blank when a newer row replaced it"),
    _written_at(),
    _one_of("path", TARGET_PATHS),
    Index(
        "uq_target_holding",
        "area_code",
        "indicator_code",
        "series",
        "year",
        "decree",
        unique=True,
        postgresql_where=text("replaced_at IS NULL"),
    ),
    comment="A target by area, indicator, series, year and decree; rows are ended, never changed or deleted",
)

break_event = Table(
    "break_event",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the row"),
    Column("area_code", Text, nullable=False, comment="Area that it touches"),
    Column("happened_on", Date, nullable=False, comment="First day"),
    Column("ended_on", Date, comment="Last day; blank for an event of one day or one that lasts"),
    Column("kind", Text, nullable=False, comment="definition, cleaning, boundary, method or other"),
    Column("note", Text, nullable=False, comment="What happened, in Indonesian"),
    Column("corrects", Integer, ForeignKey("break_event.id"), comment="Event that this one corrects"),
    Column("written_by", Text, comment="Who wrote it; blank when it came with the data"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was corrected or withdrawn; blank while it holds"),
    Column("withdrawn_by", Text, comment="Who corrected or withdrew it"),
    Column("withdrawn_why", Text, comment="Why it was withdrawn; blank when a newer row corrects it"),
    _written_at(),
    _one_of("kind", BREAK_KINDS),
    CheckConstraint("ended_on >= happened_on", name="dates"),
    comment="A dated event that explains a jump; rows are withdrawn, never changed or deleted",
)

road_network = Table(
    "road_network",
    metadata,
    Column(
        "id",
        Text,
        primary_key=True,
        comment="Hash of extract, boundary, profiles and engine; straight_line for none",
    ),
    Column(
        "built_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="When it was built",
    ),
    Column("extract_date", Date, comment="Date of the OpenStreetMap data"),
    Column("engine", Text, nullable=False, comment="Routing engine and version"),
    Column("source", Text, nullable=False, comment="Citation of the roads"),
    Column(
        "is_current",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="The network that travel speaks of",
    ),
    Column(
        "basemap",
        JSONB,
        comment="Paths of the drawn roads, water and rail, by layer, with their length in km",
    ),
    comment="A road network that travel times were computed on",
)

travel = Table(
    "travel",
    metadata,
    Column(
        "rw_code",
        Text,
        info=_refers_to("area.code"),
        nullable=False,
        comment="RW, from its population-weighted point",
    ),
    Column("facility_code", Text, info=_refers_to("facility.code"), nullable=False, comment="Facility"),
    Column("mode", Text, nullable=False, comment="walk, motorcycle or car"),
    Column("duration_s", REAL, comment="Seconds on the road between the snapped points; blank when not routed"),
    Column("distance_m", REAL, comment="Metres on the road between the snapped points; blank when not routed"),
    Column("origin_snap_m", REAL, comment="Metres from the RW's point to the road"),
    Column("destination_snap_m", REAL, comment="Metres from the facility to the road"),
    Column("method", Text, nullable=False, comment="network, straight_line, or unrouted"),
    Column(
        "network_id",
        Text,
        info=_refers_to("road_network.id"),
        nullable=False,
        comment="Network it was computed on",
    ),
    PrimaryKeyConstraint("rw_code", "facility_code", "mode"),
    _one_of("mode", TRAVEL_MODES),
    _one_of("method", ("network", "straight_line", "unrouted")),
    Index("ix_travel_facility_code_mode", "facility_code", "mode"),
    comment="Travel from an RW to a facility by one mode",
)

travel_route = Table(
    "travel_route",
    metadata,
    Column("rw_code", Text, ForeignKey("area.code"), nullable=False, comment="RW"),
    Column(
        "facility_code",
        Text,
        ForeignKey("facility.code"),
        nullable=False,
        comment="Its own or its nearest puskesmas",
    ),
    Column("mode", Text, nullable=False, comment="walk, motorcycle or car"),
    Column(
        "geometry",
        LargeBinary,
        nullable=False,
        comment="The road taken: WKB linestring, EPSG:4326, simplified",
    ),
    PrimaryKeyConstraint("rw_code", "facility_code", "mode"),
    _one_of("mode", TRAVEL_MODES),
    comment="A drawn route",
)

road_closure = Table(
    "road_closure",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the scenario"),
    Column("name", Text, nullable=False, comment="Name as people call it: Banjir Kali Bekasi 2025"),
    Column("reason", Text, nullable=False, comment="Why these roads are taken as closed"),
    Column(
        "circles",
        JSONB,
        nullable=False,
        server_default=text("'[]'"),
        comment="Ground on which all roads are closed: lat, lon, radius_m",
    ),
    Column("streets", JSONB, nullable=False, server_default=text("'[]'"), comment="Streets closed as a whole, by name"),
    Column(
        "bridges",
        JSONB,
        nullable=False,
        server_default=text("'[]'"),
        comment="Bridges closed, by the name of their street",
    ),
    Column("closed_km", Double, comment="Road closed, in kilometres; blank while not computed"),
    Column("lines", JSONB, comment="Closed roads to draw, as paths of lon and lat"),
    Column(
        "network_id",
        Text,
        ForeignKey("road_network.id"),
        comment="Network that its times were computed on; blank while they were not",
    ),
    Column("computed_at", DateTime(timezone=True), comment="When its times were computed"),
    Column(
        "is_example",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="Invented, as part of the demo city",
    ),
    Column("made_by", Text, nullable=False, comment="Role and area of the person"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was taken back; blank while it holds"),
    _written_at(),
    Index("uq_road_closure_holding", "name", unique=True, postgresql_where=text("withdrawn_at IS NULL")),
    comment="A named scenario of closed roads, such as a flood; it never replaces ordinary travel",
)

travel_closed = Table(
    "travel_closed",
    metadata,
    Column("rw_code", Text, info=_refers_to("area.code"), nullable=False, comment="RW"),
    Column("closure_id", Integer, info=_refers_to("road_closure.id"), nullable=False, comment="Scenario"),
    Column("facility_code", Text, info=_refers_to("facility.code"), nullable=False, comment="Facility"),
    Column("mode", Text, nullable=False, comment="walk, motorcycle or car"),
    Column("duration_s", REAL, comment="Seconds with the roads closed; blank where no way is left"),
    PrimaryKeyConstraint("rw_code", "closure_id", "facility_code", "mode"),
    _one_of("mode", TRAVEL_MODES),
    Index("ix_travel_closed_closure_id_mode", "closure_id", "mode"),
    comment="Travel that closed roads make longer or impossible; where there is no row, travel is as in travel",
)

site_travel = Table(
    "site_travel",
    metadata,
    Column("rw_code", Text, info=_refers_to("area.code"), nullable=False, comment="RW"),
    Column(
        "site_code",
        Text,
        nullable=False,
        comment="Pustu or posyandu (facility.code), or a kelurahan (area.code) where the city has neither",
    ),
    Column("mode", Text, nullable=False, comment="walk or motorcycle"),
    Column("duration_s", REAL, nullable=False, comment="Seconds on the road"),
    PrimaryKeyConstraint("rw_code", "site_code", "mode"),
    _one_of("mode", TRAVEL_MODES),
    Index("ix_site_travel_mode", "mode"),
    comment="Travel to places where one more puskesmas or pustu could stand, where these are nearer than a puskesmas",
)

travel_correction = Table(
    "travel_correction",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the row"),
    Column("rw_code", Text, ForeignKey("area.code"), nullable=False, comment="RW"),
    Column("facility_code", Text, ForeignKey("facility.code"), nullable=False, comment="Facility"),
    Column("mode", Text, nullable=False, comment="walk, motorcycle or car"),
    Column("duration_s", REAL, nullable=False, comment="Seconds as people on the spot know them"),
    Column("reason", Text, nullable=False, comment="Why: bridge broken, flood, …"),
    Column("corrected_by", Text, nullable=False, comment="Role and area of the person"),
    Column("valid_from", Date, nullable=False, comment="First day"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was taken back; blank while it holds"),
    _written_at(),
    _one_of("mode", TRAVEL_MODES),
    comment="A travel time corrected by hand; reversible",
)

forecast = Table(
    "forecast",
    metadata,
    Column("area_code", Text, ForeignKey("area.code"), nullable=False, comment="City, kecamatan or kelurahan"),
    Column("indicator_code", Text, ForeignKey("indicator.code"), nullable=False, comment="Indicator"),
    Column("series", Text, nullable=False, comment="Series that it continues"),
    Column("month", Date, nullable=False, comment="Month that is forecast"),
    Column("share", Double, nullable=False, comment="Middle of the forecast, a fraction"),
    Column("low_80", Double, nullable=False, comment="Lower limit of the 80 % interval, a fraction"),
    Column("high_80", Double, nullable=False, comment="Upper limit of the 80 % interval"),
    Column("low_95", Double, nullable=False, comment="Lower limit of the 95 % interval"),
    Column("high_95", Double, nullable=False, comment="Upper limit of the 95 % interval"),
    Column("centre", Double, nullable=False, comment="Middle on the log-odds scale"),
    Column("spread", Double, nullable=False, comment="Scale of Student's t around it, on the log-odds scale"),
    Column("freedom", Double, nullable=False, comment="Degrees of freedom of that t"),
    PrimaryKeyConstraint("area_code", "indicator_code", "series", "month"),
    comment="A forecast month of an area's series, made at intake; nothing below kelurahan",
)

forecast_check = Table(
    "forecast_check",
    metadata,
    Column("area_code", Text, ForeignKey("area.code"), nullable=False, comment="City, kecamatan or kelurahan"),
    Column("indicator_code", Text, ForeignKey("indicator.code"), nullable=False, comment="Indicator"),
    Column("series", Text, nullable=False, comment="Series"),
    Column("status", Text, nullable=False, comment="shown: it beat both naive forecasts; loses, or too_short"),
    Column("last_month", Date, nullable=False, comment="Newest month that it was made from"),
    Column("months", Integer, nullable=False, comment="Unbroken months that it was made from"),
    Column("origins", Integer, nullable=False, comment="Past months from which it was tested"),
    Column("miss", Double, comment="Mean absolute miss of its tests, a fraction"),
    Column("miss_naive", Double, comment="That of the last month's figure"),
    Column("miss_seasonal", Double, comment="That of the figure of the same month a year before"),
    Column("method", Text, nullable=False, comment="How it was made"),
    _written_at(),
    PrimaryKeyConstraint("area_code", "indicator_code", "series"),
    _one_of("status", ("shown", "loses", "too_short")),
    comment="How well an area's forecast did on its own past",
)

pusing_visit = Table(
    "pusing_visit",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the visit"),
    Column("rw_code", Text, ForeignKey("area.code"), nullable=False, comment="RW"),
    Column("visited_on", Date, nullable=False, comment="Day"),
    Column("facility_code", Text, ForeignKey("facility.code"), nullable=False, comment="Puskesmas"),
    Column("team", Text, comment="Who went, as units, not names"),
    Column("served", Integer, comment="People served"),
    Column("weighed", Integer, comment="Children weighed"),
    Column("found", Integer, comment="Children newly found stunted"),
    Column("referred", Integer, comment="Referred"),
    Column("returned", Integer, comment="Of those referred, came back"),
    _written_at(),
    UniqueConstraint("rw_code", "visited_on"),
    comment="A visit made by the mobile clinic",
)

nomination = Table(
    "nomination",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the nomination"),
    Column("rw_code", Text, ForeignKey("area.code"), nullable=False, comment="RW named"),
    Column("month", Date, nullable=False, comment="Month it is named for"),
    Column("reason", Text, nullable=False, comment="Reason"),
    Column("nominated_by", Text, nullable=False, comment="Role and area"),
    Column("reply", Text, comment="Dinkes' answer"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was taken back"),
    _written_at(),
    Index("ix_nomination_month", "month"),
    comment="An RW named by a camat or lurah",
)

place_note = Table(
    "place_note",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the note"),
    Column("rw_code", Text, ForeignKey("area.code"), comment="RW it speaks of; blank for another place"),
    Column("area_code", Text, ForeignKey("area.code"), comment="Kelurahan, kecamatan or city it speaks of; else blank"),
    Column("facility_code", Text, ForeignKey("facility.code"), comment="Puskesmas it speaks of; blank for an area"),
    Column("note", Text, nullable=False, comment="A few words; never a person's name or address"),
    Column("written_by", Text, nullable=False, comment="Role and area"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was taken back; blank while it stands"),
    _written_at(),
    CheckConstraint("num_nonnulls(rw_code, area_code, facility_code) = 1", name="place"),
    Index("ix_place_note_rw_code", "rw_code"),
    comment="A short note on a place by those who work there",
)

rotation_plan = Table(
    "rotation_plan",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the plan"),
    Column("first_month", Date, nullable=False, comment="First month"),
    Column("months", SmallInteger, nullable=False, comment="How many months"),
    Column("status", Text, nullable=False, server_default="draft", comment="draft, discussed or adopted"),
    Column("preset", Text, comment="Name of the preset the weights came from; blank when set by hand"),
    Column("weights", JSONB, nullable=False, comment="Weights used"),
    Column("settings", JSONB, nullable=False, server_default=text("'{}'"), comment="Settings of the ranking used"),
    Column("rules", JSONB, nullable=False, server_default=text("'{}'"), comment="Rules of the rotation used"),
    Column(
        "result", JSONB, nullable=False, server_default=text("'{}'"), comment="Objective, bound, gap and comparison"
    ),
    Column("data_state", JSONB, nullable=False, comment="Latest month and batch at the time"),
    Column("adopted_by", Text, comment="Who adopted it"),
    Column("adopted_at", DateTime(timezone=True), comment="When"),
    _written_at(),
    _one_of("status", ("draft", "discussed", "adopted")),
    comment="A rotation of the mobile clinic",
)

rotation_slot = Table(
    "rotation_slot",
    metadata,
    Column("plan_id", Integer, ForeignKey("rotation_plan.id", ondelete="CASCADE"), nullable=False, comment="Plan"),
    Column("month", Date, nullable=False, comment="Month"),
    Column("facility_code", Text, ForeignKey("facility.code"), nullable=False, comment="Puskesmas"),
    Column("rw_code", Text, ForeignKey("area.code"), nullable=False, comment="RW"),
    Column(
        "kind", Text, nullable=False, server_default="own_team", comment="own_team, partner_clinic or hospital_staff"
    ),
    Column("reason", Text, nullable=False, comment="Code of why it was chosen"),
    Column("is_fixed", Boolean, nullable=False, server_default=text("false"), comment="Fixed by a person"),
    Column("override_reason", Text, comment="Reason of the person"),
    PrimaryKeyConstraint("plan_id", "month", "rw_code"),
    comment="A stop of a rotation",
)

nomination_answer = Table(
    "nomination_answer",
    metadata,
    Column("area_code", Text, ForeignKey("area.code"), nullable=False, comment="Kelurahan or kecamatan that answered"),
    Column("month", Date, nullable=False, comment="Month asked for"),
    Column("answered_by", Text, nullable=False, comment="Role and area"),
    Column("note", Text, comment="For example that no RW is named this month"),
    _written_at(),
    PrimaryKeyConstraint("area_code", "month"),
    comment="Who has answered the call for nominations, also with none",
)

weight_preset = Table(
    "weight_preset",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the row"),
    Column("name", Text, nullable=False, comment="Name as people call it"),
    Column("weights", JSONB, nullable=False, comment="Weight of every criterion; they sum to 1"),
    Column("adopted_by", Text, nullable=False, comment="Who adopted it"),
    Column("adopted_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="When"),
    Column("replaced_at", DateTime(timezone=True), comment="When a newer one of the same name replaced it"),
    comment="Weights of the ranking, adopted under a name",
)

VISIT_KINDS = ("own_team", "partner_clinic", "hospital_staff")

visit_capacity = Table(
    "visit_capacity",
    metadata,
    Column("facility_code", Text, ForeignKey("facility.code"), nullable=False, comment="Puskesmas"),
    Column("month", Date, nullable=False, comment="Month"),
    Column("kind", Text, nullable=False, comment="own_team, partner_clinic or hospital_staff"),
    Column("slots", SmallInteger, nullable=False, comment="Visits that can be made"),
    Column("is_vehicle_needed", Boolean, nullable=False, server_default=text("true"), comment="Takes a city vehicle"),
    Column("reason", Text, comment="Why it differs from the usual"),
    Column("written_by", Text, comment="Who said so"),
    _written_at(),
    PrimaryKeyConstraint("facility_code", "month", "kind"),
    _one_of("kind", VISIT_KINDS),
    CheckConstraint("slots >= 0", name="slots"),
    comment="How many visits a puskesmas can make in a month; a month without a row has one visit of its own team",
)

visit_closure = Table(
    "visit_closure",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the row"),
    Column("facility_code", Text, ForeignKey("facility.code"), comment="Puskesmas; blank for the whole city"),
    Column("month", Date, nullable=False, comment="Month without visits"),
    Column("reason", Text, nullable=False, comment="Why: flood, accreditation, …"),
    Column("closed_by", Text, nullable=False, comment="Who said so"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was taken back; blank while it holds"),
    _written_at(),
    comment="Months in which a puskesmas makes no visits",
)

snapshot = Table(
    "snapshot",
    metadata,
    Column(
        "id", Text, primary_key=True, comment="Short id printed on every slide: its number and the hash's beginning"
    ),
    Column("number", Integer, Identity(always=True), nullable=False, comment="Number of the snapshot, in their order"),
    Column("name", Text, nullable=False, comment="Name, such as Rakor TW-III 2026"),
    Column("as_of", Date, nullable=False, comment="Day that is today inside it"),
    Column("content_sha256", Text, nullable=False, comment="Hash of the content: of its tables' hashes"),
    Column(
        "content", JSONB, nullable=False, comment="By table: rows, columns and the SHA-256 of its rows in key order"
    ),
    Column("made_by", Text, comment="Role of who made it"),
    _written_at(),
    UniqueConstraint("number"),
    comment="A frozen state for a meeting; its rows stand in the schema rembuk_frozen",
)

slide_sequence = Table(
    "slide_sequence",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the sequence"),
    Column("name", Text, nullable=False, comment="Name, such as Rakor TW-III 2026"),
    Column("steps", JSONB, nullable=False, comment="Slides in their order, each with slide, area_code and seconds"),
    Column("written_by", Text, comment="Role of who arranged it"),
    Column("replaced_at", DateTime(timezone=True), comment="When a later one of its name or its end came; blank: now"),
    _written_at(),
    comment="Slides in the order in which a meeting is shown them",
)

MEETING_KINDS = ("rakor", "rembuk_stunting")

meeting = Table(
    "meeting",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the meeting"),
    Column("held_on", Date, nullable=False, comment="Day"),
    Column("name", Text, nullable=False, comment="Name, such as Rakor TW-III 2026"),
    Column("present", JSONB, comment="Units present"),
    Column("kind", Text, nullable=False, server_default="rakor", comment="rakor or rembuk_stunting"),
    Column("area_code", Text, comment="Kecamatan that it is about; blank for the whole city"),
    Column("chair", Text, comment="Office that led it, not a name"),
    Column("place", Text, comment="Where it was held"),
    Column("snapshot_id", Text, ForeignKey("snapshot.id"), comment="Frozen state that it spoke of"),
    Column("plan_id", Integer, comment="Rotation plan that was adopted there"),
    Column("decisions", JSONB, comment="What was decided besides, as texts in their order"),
    Column("written_by", Text, comment="Role of who wrote it down"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was taken back; blank while it stands"),
    _written_at(),
    _one_of("kind", MEETING_KINDS),
    comment="A rakor",
)

OWNER_KINDS = ("opd", "kecamatan", "kelurahan", "puskesmas", "partner")
PROMISE_STATUSES = ("open", "started", "done", "dropped")

action_item = Table(
    "action_item",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the promise"),
    Column("meeting_id", Integer, ForeignKey("meeting.id"), nullable=False, comment="Rakor it was made at"),
    Column("owner", Text, nullable=False, comment="Name of the OPD, kecamatan, kelurahan, puskesmas or partner"),
    Column("text", Text, nullable=False, comment="What was promised"),
    Column("due_on", Date, nullable=False, comment="Due"),
    Column("status", Text, nullable=False, server_default="open", comment="open, started, done or dropped"),
    Column("evidence", Text, comment="Evidence"),
    Column("area_code", Text, comment="Area it speaks of"),
    Column("indicator_code", Text, comment="Indicator it should move"),
    Column("owner_kind", Text, nullable=False, server_default="opd", comment="opd, kecamatan, kelurahan, …"),
    Column("owner_code", Text, comment="Area code, or facility code of a puskesmas; blank for OPD and partner"),
    Column("figure_then", Double, comment="The indicator's figure in its area when it was promised, as told to all"),
    Column("figure_month", Date, comment="Month of that figure"),
    Column("written_by", Text, comment="Role of who wrote it down"),
    Column("answered_by", Text, comment="Role and area of who answered last"),
    Column("answered_at", DateTime(timezone=True), comment="When"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was taken back; blank while it stands"),
    _written_at(),
    _one_of("owner_kind", OWNER_KINDS),
    _one_of("status", PROMISE_STATUSES),
    CheckConstraint("(owner_kind IN ('opd', 'partner')) = (owner_code IS NULL)", name="owner_code"),
    Index("ix_action_item_meeting_id", "meeting_id"),
    comment="A promise made at a rakor",
)

month_signoff = Table(
    "month_signoff",
    metadata,
    Column("facility_code", Text, ForeignKey("facility.code"), nullable=False, comment="Puskesmas"),
    Column("month", Date, nullable=False, comment="First day of the month"),
    Column("signed_by", Text, nullable=False, comment="Role and area"),
    Column("signed_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="When"),
    Column("data_at", DateTime(timezone=True), comment="Newest import when it was signed: a later one is not covered"),
    Column("note", Text, comment="What the reader should know"),
    PrimaryKeyConstraint("facility_code", "month"),
    comment="A puskesmas's word that the figures of a month are theirs",
)

setting = Table(
    "setting",
    metadata,
    Column("code", Text, primary_key=True, comment="Name of the setting"),
    Column("value", JSONB, nullable=False, comment="Its value"),
    Column("changed_by", Text, comment="Who changed it last"),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="When"),
    comment="What this database is and how it is set: city, demo or real, thresholds",
)

USER_ROLES = ("mayor", "planner", "camat", "lurah", "puskesmas", "opd", "partner", "screen", "admin", "inspector")

app_user = Table(
    "app_user",
    metadata,
    Column(
        "subject",
        Text,
        primary_key=True,
        comment="Identity as the OpenID provider names it: e-mail in lower case, or issuer#subject",
    ),
    Column("number", Integer, Identity(always=True), nullable=False, comment="What the log calls the person"),
    Column("role", Text, nullable=False, comment="Role"),
    Column("area_code", Text, comment="Kecamatan of a camat, kelurahan of a lurah; blank for others"),
    Column("facility_code", Text, comment="Puskesmas of its head; blank for others"),
    Column("unit", Text, comment="OPD or partner, as action items name it; blank for others"),
    Column("is_active", Boolean, nullable=False, server_default=text("true"), comment="May enter"),
    _written_at(),
    _one_of("role", USER_ROLES),
    CheckConstraint(
        "(role IN ('camat', 'lurah')) = (area_code IS NOT NULL) AND (role = 'puskesmas') = (facility_code IS NOT NULL)"
        " AND (role IN ('opd', 'partner')) = (unit IS NOT NULL)",
        name="area",
    ),
    UniqueConstraint("number"),
    comment="Role and area of a person",
)

log_in = Table(
    "log_in",
    metadata,
    Column("key", Text, primary_key=True, comment="Digest of one log-in: provider, subject, moment and random part"),
    Column("person", Integer, ForeignKey("app_user.number"), nullable=False, comment="Number of the person"),
    Column("started_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="First seen"),
    Column("used_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="Last used"),
    Column("ended_at", DateTime(timezone=True), comment="When it ended; blank while it holds"),
    Column("standing", Text, nullable=False, server_default="open", comment="open, logged_out, rested or aged"),
    _one_of("standing", ("open", "logged_out", "rested", "aged")),
    comment="A log-in and whether it still holds: a cookie cannot be taken back, this row can",
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True, comment="Number of the entry"),
    Column("happened_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="When"),
    Column(
        "actor",
        Text,
        nullable=False,
        server_default=text(
            "concat_ws(' ', nullif(current_setting('rembuk.role', true), ''),"
            " nullif(concat_ws(',', nullif(current_setting('rembuk.areas', true), ''),"
            " nullif(current_setting('rembuk.facility', true), ''), nullif(current_setting('rembuk.unit', true), '')),"
            " ''), nullif(current_setting('rembuk.actor', true), ''))"
        ),
        comment="Role, area and person (app_user's number) of the transaction's scope; the database fills it",
    ),
    Column("act", Text, nullable=False, comment="What was done"),
    Column("detail", JSONB, comment="Numbers and codes; never personal data"),
    Column(
        "is_change",
        Boolean,
        nullable=False,
        server_default=text("true"),
        comment="Whether figures or settings changed; looking, entering and refusals change nothing",
    ),
    Index("ix_audit_log_id_changes", "id", postgresql_where=text("is_change")),
    comment="An append-only log: no row is ever changed or deleted",
)
