"""The data contract says of every table and column what it means, and is the one that is written down."""

from data.contract import markdown
from data.schema import metadata
from data.settings import PROJECT_ROOT


def test_every_table_and_column_is_explained() -> None:
    unexplained = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if not column.comment or not table.comment
    ]
    assert unexplained == []


def test_the_written_contract_is_that_of_the_schema() -> None:
    written = (PROJECT_ROOT / "docs" / "data-contract.md").read_text(encoding="utf-8")
    assert written == markdown(), "run: python -m dashboard contract > docs/data-contract.md"
