"""Whoever does not see a chart is told what it shows."""

import ast

from data.settings import PROJECT_ROOT


def test_every_chart_and_map_has_an_alt_text() -> None:
    silent = [
        f"{path.relative_to(PROJECT_ROOT)}:{call.lineno}"
        for folder in ("dashboard", "pages")
        for path in (PROJECT_ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ("plotly_chart", "pydeck_chart")
        and not any(word.arg == "alt" for word in call.keywords)
    ]
    assert silent == []
