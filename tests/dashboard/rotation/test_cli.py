"""`rank` and `rotation plan` write exactly the columns that other programs were promised."""

from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from dashboard.cli import rank, rotation
from models.priority.codes import CRITERIA, REMEDIES, TIERS
from models.rotation.slots import REASONS
from tests.data.pusing.hand_written import PUSKESMAS, RWS

RANK_COLUMNS = [
    "rw_code",
    "kelurahan",
    "kecamatan",
    "puskesmas",
    "score",
    "rank",
    "rank_low",
    "rank_high",
    "top_k_probability",
    "tier",
    "remedy",
    "contribution_expected_stunted",
    "contribution_severe_cases",
    "contribution_travel_time",
    "contribution_own_detour",
    "contribution_under_attendance",
    "contribution_pregnant_unscreened",
    "contribution_months_since_visit",
    "contribution_nomination",
]


@pytest.fixture
def written(city: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(rank, "get_engine", lambda: city)
    monkeypatch.setattr(rotation, "get_engine", lambda: city)
    return tmp_path / "list.csv"


def test_rank_writes_every_rw_with_its_place_and_a_column_per_criterion(written: Path) -> None:
    told = CliRunner().invoke(rank.app, ["--month", "2026-11", "--output", str(written)])
    assert told.exit_code == 0, told.output
    table = pd.read_csv(written)
    assert list(table.columns) == RANK_COLUMNS
    assert len(RANK_COLUMNS) == 11 + len(CRITERIA)
    assert sorted(table["rw_code"]) == sorted(RWS)
    assert sorted(table["rank"]) == list(range(1, len(RWS) + 1))
    assert set(table["remedy"]) <= set(REMEDIES)
    assert set(table["tier"]) <= set(TIERS)
    points = table[[name for name in table.columns if name.startswith("contribution_")]].sum(axis=1)
    assert points.to_numpy() == pytest.approx(table["score"].to_numpy(), abs=1e-3)


def test_rank_by_another_preset_is_another_ranking(written: Path) -> None:
    scores = []
    for preset in ("balanced", "access_first"):
        CliRunner().invoke(rank.app, ["--month", "2026-11", "--preset", preset, "--output", str(written)])
        scores.append(pd.read_csv(written)["score"].round(3).tolist())
    assert scores[0] != scores[1]


def test_a_rotation_plan_is_a_row_a_visit_with_its_reason(written: Path) -> None:
    told = CliRunner().invoke(rotation.app, ["plan", "--from", "2026-11", "--months", "2", "--output", str(written)])
    assert told.exit_code == 0, told.output
    table = pd.read_csv(written)
    assert list(table.columns) == ["month", "puskesmas", "rw_code", "reason", "fixed"]
    assert table["month"].tolist() == ["2026-11"] * len(PUSKESMAS) + ["2026-12"] * len(PUSKESMAS)
    assert set(table["rw_code"]) <= set(RWS)
    assert set(table["reason"]) <= set(REASONS)
    assert not table["fixed"].any()
