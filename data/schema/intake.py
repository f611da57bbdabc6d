"""Files that were taken in, and rows that wait."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from data.schema.base import metadata, one_of

BATCH_STATUSES = ("active", "superseded", "undone")
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
    one_of("status", BATCH_STATUSES),
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
