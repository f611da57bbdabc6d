"""Every act that is logged, and every detail of it, has a word in Indonesian."""

import ast

from dashboard.audit.words import act_name, actor_name, detail_told
from data.settings import PROJECT_ROOT

_WRITERS = frozenset({"log", "note", "note_within"})
_SAME = frozenset({"target"})
"""Details whose Indonesian word is the log's own."""


def logged() -> tuple[set[str], set[str]]:
    """Return the acts and the names of details in all calls that write to the log; half an act ends with a space."""
    acts: set[str] = set()
    details: set[str] = set()
    for path in [*PROJECT_ROOT.glob("data/**/*.py"), *PROJECT_ROOT.glob("dashboard/**/*.py")]:
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name in _WRITERS and len(call.args) > 1:
                told = [part.value for argument in call.args for part in ast.walk(argument) if _is_text(part)]
                acts |= {act for act in told if not act.endswith(" ")}
                details |= {keyword.arg for keyword in call.keywords if keyword.arg} if told else set()
    return acts, details


def _is_text(part: ast.AST) -> bool:
    return isinstance(part, ast.Constant) and isinstance(part.value, str)


def test_every_logged_act_has_a_word():
    acts, _ = logged()
    assert len(acts) > 50
    assert {act for act in acts if act_name(act) == act} == set()


def test_every_logged_detail_has_a_word():
    _, details = logged()
    assert len(details) > 30
    assert {name for name in details - _SAME if detail_told({name: 1}).startswith(f"{name}:")} == set()


def test_who_did_it_is_told_without_signs_of_the_log():
    assert actor_name("planner * Perencana Dinkes") == "Perencana Dinkes"
    assert actor_name("planner * user 7") == "Perencana Dinkes akun 7"
    assert actor_name("lurah 32.75.01.1001 user 3").endswith("32.75.01.1001 akun 3")


def test_figures_and_states_of_an_entry_are_told_as_people_write_them():
    assert detail_told({"km": 90.53, "status": "open", "evidence": None}) == (
        "kilometer: 90,5, keadaan: belum dimulai, bukti: –"
    )
