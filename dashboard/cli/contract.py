"""`contract`: print the data contract, as docs/data-contract.md holds it."""

import typer

from data.contract import markdown

app = typer.Typer()


@app.command()
def contract() -> None:
    """Print what every table and column of the shared database means, as Markdown."""
    typer.echo(markdown(), nl=False)
