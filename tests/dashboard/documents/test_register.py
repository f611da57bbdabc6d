"""Minutes come from the register: the meeting's own promises, the plan that it adopted, and its overrides."""

import datetime

import pandas as pd

from dashboard.documents.register import minutes_of
from models.priority.codes import CRITERIA
from models.priority.weights import DEFAULT_PRESET, PRESETS
from tests.dashboard.briefing import known

MEETING = {
    "id": 4,
    "held_on": datetime.date(2026, 11, 20),
    "name": "Rakor TW-III 2026",
    "kind": "rakor",
    "area": "",
    "chair": "Sekretaris Daerah",
    "place": "Aula",
    "present": ["Dinas Kesehatan"],
    "decisions": ["Posyandu dibuka kembali"],
}
PROMISES = pd.DataFrame(
    {
        "meeting_id": [4, 3],
        "owner": ["Kecamatan Timur", "Dinas Sosial"],
        "text": ["Mendata ulang", "Lainnya"],
        "due_on": datetime.date(2026, 12, 31),
        "indicator": ["Kehadiran timbang", ""],
        "figure_then": [61.4, None],
        "figure_month": [datetime.date(2026, 10, 1), None],
    }
)
PLAN = {
    **known.plan("adopted"),
    "adopted_by": "Wali Kota atau Sekda",
    "weights": {code: PRESETS[DEFAULT_PRESET][code] for code in CRITERIA},
}


def test_only_the_meetings_own_promises_are_in_its_minutes() -> None:
    told = minutes_of(MEETING, PROMISES, None, known.slots(), "", "Kota Contoh", is_demo=False)
    assert [(row.owner, row.figure) for row in told.promises] == [
        ("Kecamatan Timur", "Kehadiran timbang 61,4 % (Okt 2026)")
    ]
    assert told.plan is None
    assert told.overrides == ()
    assert told.about == "Kota Contoh"


def test_the_adopted_plan_stands_with_weights_in_words_and_each_override_with_its_reason() -> None:
    told = minutes_of(MEETING, PROMISES, PLAN, known.slots(), "Rakor, no. 3", "Kota Contoh", is_demo=True)
    assert told.plan is not None
    assert (told.plan.number, told.plan.visits, told.plan.adopted_by) == (7, 3, "Wali Kota atau Sekda")
    assert round(sum(told.plan.weights.values()), 6) == 1
    assert "Waktu tempuh ke puskesmas terdekat" in told.plan.weights
    assert [(row.rw, row.reason) for row in told.overrides] == [("RW 002 Atas", "permintaan lurah")]
