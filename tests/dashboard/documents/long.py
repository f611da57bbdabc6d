"""A briefing whose every word is as long as a city can make it: nothing of it may be cut off on a page."""

from dataclasses import replace

import pandas as pd

from dashboard.briefing.model import Briefing
from dashboard.briefing.story import tell
from tests.dashboard.briefing import known

LONG = "Kelurahan Mustikasari Bojong Rawalumbu Utara Indah"


def briefing() -> Briefing:
    """All slides of a city with forty parts, four hundred RWs and long names and promises everywhere."""
    rws = pd.concat([known.rws().assign(code=f"32.75.01.1001.{n:03d}") for n in range(100)], ignore_index=True)
    rws["code"] = [f"32.75.01.1001.{number:03d}" for number in range(len(rws))]
    parts = pd.concat([known.parts().assign(area_code=f"32.75.{n:02d}") for n in range(20)], ignore_index=True)
    promises = pd.concat([known.promises()] * 9, ignore_index=True)
    facts = known.facts(
        rws=rws.assign(kelurahan=LONG, kecamatan=[f"{LONG} {n % 40}" for n in range(len(rws))]),
        parts=parts.assign(name=[f"{LONG} {n}" for n in range(len(parts))]),
        promises=promises.assign(owner=f"Dinas {LONG}", text=f"Menambah petugas di {LONG} " * 6),
        slots=known.slots().assign(kelurahan=LONG, kecamatan=LONG),
        nominations=known.nominations().assign(kelurahan=LONG),
        answers=known.answers().assign(kelurahan=LONG),
        nearer_count=123_456,
    )
    told = tell(replace(facts, place=replace(facts.place, name=f"Kecamatan {LONG}")))
    stamp = replace(told.stamp, snapshot_id="R12-3f9a0c", snapshot_name="Rakor TW-III 2026")
    return replace(told, stamp=stamp)
