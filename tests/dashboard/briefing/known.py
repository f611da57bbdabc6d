"""Hand-written facts of a city whose every figure can be checked in the head."""

import datetime
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.briefing.facts import CITY, KECAMATAN, Facts, Place
from dashboard.briefing.model import LegendClass, MapPicture, Stamp
from data.queries.city import CityState
from models.months import month_after

MONTH = datetime.date(2026, 10, 1)
TODAY = datetime.date(2026, 11, 22)
VISITS_IN = datetime.date(2026, 11, 1)


def months(start: int = 400, end: int = 300, measured: int = 10_000, weighed: int = 9_000) -> pd.DataFrame:
    """Thirteen months from `start` to `end` stunted children; the flows say that 150 turned five and 50 were found."""
    rows = []
    for back in range(12, -1, -1):
        stunted = start if back else end
        last = back == 0
        rows.append(
            {
                "month": month_after(MONTH, -back),
                "stunted": float(stunted),
                "haz_valid": float(measured),
                "d_weighed": float(weighed),
                "s_target": 12_500.0,
                "newly_stunted": 20.0 * last,
                "newly_found": 60.0 * last,
                "moved_in": 0.0,
                "recovered": 20.0 * last,
                "lapsed": 10.0 * last,
                "aged_out": 150.0 * last,
                "moved_out": 0.0,
            }
        )
    return pd.DataFrame(rows)


def targets(value: float = 0.025) -> pd.DataFrame:
    """A routine target that holds through 2026, and one to arrive at in 2027."""
    return pd.DataFrame(
        {
            "year": [2026, 2027],
            "value": [value, 0.02],
            "path": "stepped",
            "decree": "SK contoh",
            "citation": "SK contoh",
        }
    )


def rws() -> pd.DataFrame:
    """Four RWs: surely high and far, in the middle, few weighed and far, and one without data or travel."""
    names = pd.DataFrame(
        {
            "code": [f"32.75.01.1001.{number:03d}" for number in (1, 2, 3, 4)],
            "rw_name": [f"RW {number:03d}" for number in (1, 2, 3, 4)],
            "kelurahan_code": "32.75.01.1001",
            "kelurahan": "Atas",
            "kecamatan_code": ["32.75.01", "32.75.01", "32.75.02", "32.75.02"],
            "kecamatan": ["Timur", "Timur", "Barat", "Barat"],
        }
    )
    return names.assign(
        s_target=[100.0, 80.0, 60.0, float("nan")],
        attendance_share=[0.70, 0.90, 0.40, float("nan")],
        rate=[0.09, 0.02, 0.01, 0.03],
        rate_low=[0.06, 0.01, 0.004, 0.01],
        rate_high=[0.13, 0.04, 0.03, 0.09],
        status=["reliable", "reliable", "low_attendance", "no_data"],
        nearest_duration_s=[1800.0, 300.0, 1200.0, float("nan")],
    )


def parts() -> pd.DataFrame:
    """Two kecamatan: one far above the city beyond chance, one below with too few weighed."""
    return pd.DataFrame(
        {
            "area_code": ["32.75.01", "32.75.02"],
            "name": ["Timur", "Barat"],
            "stunted": [250.0, 50.0],
            "haz_valid": [5_000.0, 5_000.0],
            "d_weighed": [5_000.0, 2_000.0],
            "s_target": [6_000.0, 6_500.0],
            "stunted_before": [260.0, 140.0],
            "haz_valid_before": [5_000.0, 5_000.0],
            "d_weighed_before": [5_000.0, 4_000.0],
            "s_target_before": [6_000.0, 6_500.0],
        }
    )


def slots() -> pd.DataFrame:
    """Three stops, the second put there by a person."""
    return pd.DataFrame(
        {
            "month": [VISITS_IN, VISITS_IN, datetime.date(2026, 12, 1)],
            "puskesmas_code": "P1",
            "puskesmas": "Puskesmas Atas",
            "rw_code": ["32.75.01.1001.001", "32.75.01.1001.002", "32.75.02.1001.003"],
            "rw_name": ["RW 001", "RW 002", "RW 003"],
            "kelurahan": "Atas",
            "kecamatan": ["Timur", "Timur", "Barat"],
            "kind": ["own_team", "own_team", "partner_clinic"],
            "reason": ["need", "fixed", "longest_wait"],
            "is_fixed": [False, True, False],
            "override_reason": [None, "permintaan lurah", None],
        }
    )


def plan(status: str = "draft") -> dict[str, Any]:
    """A plan of two months that serves 120 more under-fives than taking turns."""
    figures = {"stops": 3, "longest_wait_months": 9, "broken_promises": 0}
    return {
        "id": 7,
        "first_month": VISITS_IN,
        "months": 2,
        "status": status,
        "result": {
            "comparison": [
                {"name": "plan", "under_fives_served": 520, **figures},
                {"name": "top_n", "under_fives_served": 450, **figures},
                {"name": "in_turn", "under_fives_served": 400, **figures},
            ],
            "gap": 0.004,
            "is_proven": True,
        },
    }


def nominations() -> pd.DataFrame:
    """One RW that the plan visits and that was answered, one that it does not visit and nobody answered."""
    return pd.DataFrame(
        {
            "rw_code": ["32.75.01.1001.001", "32.75.02.1001.004"],
            "rw_name": ["RW 001", "RW 004"],
            "kelurahan": "Atas",
            "reason": "Rumah Pak Rahasia kebanjiran",
            "reply": ["disetujui", None],
        }
    )


def answers() -> pd.DataFrame:
    """One kelurahan that named RWs, and one that is silent."""
    return pd.DataFrame({"kelurahan": ["Atas", "Bawah"], "named": [2, 0], "answered_by": ["Lurah", None]})


def promises() -> pd.DataFrame:
    """One promise kept, one late."""
    return pd.DataFrame(
        {
            "owner": ["Dinas Kesehatan", "Kecamatan Barat"],
            "text": ["Menambah dua kit antropometri", "Mendata ulang balita RW 003"],
            "due_on": [datetime.date(2026, 10, 31), datetime.date(2026, 9, 30)],
            "status": ["done", "started"],
            "since": ["Prevalensi stunting 4,0 % (Jul 2026) → 3,0 % (Okt 2026), turun 1,0 poin, membaik", ""],
        }
    )


def facts(**changes: Any) -> Facts:
    """Facts of the city, some of them changed."""
    city = CityState("32.75", "Kota Contoh", True, (MONTH,), None, None, 4, 0, "network")
    known = Facts(
        place=Place("32.75", "Kota Contoh", CITY),
        city=city,
        month=MONTH,
        today=TODAY,
        months=months(),
        city_share=0.03,
        parts=parts(),
        rws=rws(),
        targets=targets(),
        surveys=pd.DataFrame({"series": ["SSGI"], "period": ["2024"], "value": [11.7]}),
        promises=promises(),
        plan=plan(),
        slots=slots(),
        nominations=nominations(),
        answers=answers(),
        visits_in=VISITS_IN,
        nearer_count=2,
        far_s=900.0,
        mode_name="jalan kaki",
        picture=MapPicture("Perkiraan prevalensi stunting per RW", "Peta", (LegendClass((0, 0, 0), "2,5–3,9 %", 4),)),
        stamp=Stamp(MONTH, datetime.date(2026, 11, 5), TODAY, is_demo=True),
    )
    return replace(known, **changes)


KECAMATAN_PLACE = Place("32.75.01", "Kecamatan Timur", KECAMATAN)
