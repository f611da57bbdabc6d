"""The rules and the objective once more, in plain loops over codes and months: slow, and made without the planner."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import chain, pairwise, product
from math import isnan

import pandas as pd

from models.rotation import RotationProblem

Visit = tuple[str, str, int]


def visits_in(problem: RotationProblem, slots: pd.DataFrame) -> list[Visit]:
    """Return slots as puskesmas, RW and month number."""
    return [
        (slot.puskesmas_code, slot.rw_code, problem.months.index(slot.month)) for slot in slots.itertuples(index=False)
    ]


def breaches(problem: RotationProblem, visits: list[Visit]) -> list[str]:
    """Return every rule that a set of visits breaks, in words."""
    return PlainRules(problem).breaches(visits)


def objective(problem: RotationProblem, visits: list[Visit]) -> float:
    """Return need served, once a period, with repeats and early bonus."""
    return PlainRules(problem).objective(visits)


def best_by_trying_all(problem: RotationProblem) -> float | None:
    """Return the best objective of all sets of visits that break no rule; None when there is none."""
    rules = PlainRules(problem)
    per_month = []
    for at in range(len(problem.months)):
        teams = []
        for puskesmas in sorted({code for code, _ in rules.areas}):
            slots = sum(rules.slots[puskesmas, at].values())
            assert slots <= 1, "the trial knows teams of one stop a month only"
            mine: list[list[Visit]] = [[]]
            mine += [[(puskesmas, rw, at)] for code, rw in rules.areas if code == puskesmas and slots]
            teams.append(mine)
        per_month.append([list(chain(*chosen)) for chosen in product(*teams)])
    best = None
    for plan in product(*per_month):
        visits = list(chain(*plan))
        worth = rules.objective(visits)
        if (best is None or worth > best) and not rules.breaches(visits):
            best = worth
    return best


class PlainRules:
    """A problem's frames as plain tables, and the rules over them."""

    def __init__(self, problem: RotationProblem) -> None:
        def rows(frame: pd.DataFrame) -> list:
            return list(frame.itertuples(index=False))

        self.problem, self.rules, self.months = problem, problem.rules, problem.months
        self.rws = {row.rw_code: row for row in rows(problem.rws)}
        areas = problem.rws if problem.work_areas is None else problem.work_areas
        self.areas = [(row.puskesmas_code, row.rw_code) for row in rows(areas)]
        self.slots: dict[tuple[str, int], Counter] = {
            (code, at): Counter() for code in {code for code, _ in self.areas} for at in range(len(self.months))
        }
        for row in rows(problem.capacity):
            where = (row.puskesmas_code, self.months.index(row.month))
            self.slots.setdefault(where, Counter())[bool(row.is_vehicle_needed)] += int(row.slots)
        self.vehicle_days = None
        if problem.vehicle_days is not None:
            days = {row.month: row.vehicle_days for row in rows(problem.vehicle_days)}
            self.vehicle_days = [days.get(month, 0) for month in self.months]
        self.share = {(code, code): 1.0 for code in self.rws}
        self.share |= {(row.rw_code, row.neighbour_code): row.share for row in rows(problem.neighbours)}
        self.revisits = rows(problem.revisits)
        self.fixed = rows(problem.fixed)
        self.closed = {(row.puskesmas_code, self.months.index(row.month)) for row in rows(problem.closed)}
        self.excluded = {(row.rw_code, row.month) for row in rows(problem.excluded)}
        self.adopted = {
            (row.puskesmas_code, row.rw_code, self.months.index(row.month)) for row in rows(problem.adopted)
        }

    def objective(self, visits: list[Visit]) -> float:
        total = 0.0
        for code, row in self.rws.items():
            best: dict[int, float] = {}
            for _, stop, month in visits:
                since = row.months_since_visit
                is_fresh = isnan(since) or since + month >= self.rules.need_period_months
                if (stop, code) in self.share and is_fresh:
                    period = month // self.rules.need_period_months
                    best[period] = max(best.get(period, 0.0), self.share[stop, code])
            if best:
                first = max(best.values())
                total += row.need * (first + self.rules.repeat_value * (sum(best.values()) - first))
        last = len(self.months)
        return total + sum(self.rws[rw].need * self.rules.early_bonus * (last - month) for _, rw, month in visits)

    def breaches(self, visits: list[Visit]) -> list[str]:
        new = [visit for visit in visits if visit not in self.adopted]
        found = chain(
            self._adopted(visits, new),
            self._where_and_when(visits, new),
            self._capacity(new),
            chain(*(self._of_rw(code, visits, new) for code in self.rws)),
            self._shares(visits),
        )
        return list(found)

    def _adopted(self, visits: list[Visit], new: list[Visit]) -> Iterable[str]:
        adopted_months = {month for _, _, month in self.adopted}
        yield from (f"adopted stop {visit} is gone" for visit in self.adopted if visit not in visits)
        yield from (f"{visit} joins an adopted month" for visit in new if visit[2] in adopted_months)

    def _where_and_when(self, visits: list[Visit], new: list[Visit]) -> Iterable[str]:
        if len({(rw, month) for _, rw, month in visits}) < len(visits):
            yield "an RW is visited twice in a month"
        for visit in new:
            puskesmas, rw, month = visit
            if (puskesmas, rw) not in self.areas:
                yield f"{visit} is outside the work area"
            if {(puskesmas, month), (None, month)} & self.closed:
                yield f"{visit} is on a closed month"
            if {(rw, None), (rw, self.months[month])} & self.excluded:
                yield f"{visit} is excluded"

    def _capacity(self, new: list[Visit]) -> Iterable[str]:
        vehicles: Counter = Counter()
        for (puskesmas, month), made in Counter((puskesmas, month) for puskesmas, _, month in new).items():
            slots = self.slots[puskesmas, month]
            if made > slots.total():
                yield f"{puskesmas} makes {made} stops in {self.months[month]}"
            vehicles[month] += max(0, made - slots[False])
        if self.vehicle_days is not None:
            for month, needed in vehicles.items():
                if needed > self.vehicle_days[month]:
                    yield f"{self.months[month]} needs {needed} vehicle-days"

    def _of_rw(self, code: str, visits: list[Visit], new: list[Visit]) -> Iterable[str]:
        since = self.rws[code].months_since_visit
        made = sorted(month for _, rw, month in visits if rw == code)
        mine = {month for _, rw, month in new if rw == code}
        windows = [(row.first_month, row.last_month) for row in self.revisits if row.rw_code == code]
        plain = [month for month in made if not any(first <= self.months[month] <= last for first, last in windows)]
        for earlier, later in pairwise(plain):
            if later - earlier < self.rules.min_gap_months and {earlier, later} & mine:
                yield f"{code} is visited again after {later - earlier} months"
        if plain and plain[0] in mine and not isnan(since) and plain[0] + since < self.rules.min_gap_months:
            yield f"{code} is visited too soon after its last visit"
        for first, last in windows:
            inside = [month for month in made if first <= self.months[month] <= last]
            if self.months[0] <= last <= self.months[-1] and not inside:
                yield f"{code} is not visited again by {last}"
            if len(inside) > 1:
                yield f"{code} is visited again more than once"
        for row in self.fixed:
            there = [puskesmas for puskesmas, rw, month in visits if rw == code and self.months[month] == row.month]
            if row.rw_code == code and not (there if row.puskesmas_code is None else row.puskesmas_code in there):
                yield f"{code} is not visited in {row.month} as fixed"
        yield from self._waits(code, made)

    def _waits(self, code: str, made: list[int]) -> Iterable[str]:
        row, wait, months = self.rws[code], self.rules.longest_wait_months, len(self.months)
        if not row.is_far or wait is None or (code, None) in self.excluded:
            return
        due = (self.rules.catch_up_months or wait) - 1
        if not isnan(row.months_since_visit):
            due = max(due, wait - int(row.months_since_visit))
        if due >= months:
            return
        if not made or made[0] > due:
            yield f"{code} waits past {self.months[due]}"
            return
        if any(later - earlier > wait for earlier, later in pairwise(made)):
            yield f"{code} waits too long between visits"
        # The next visit would have to fall inside the plan.
        if made[-1] + wait < months:
            yield f"{code} waits too long at the end"

    @cached_property
    def _least_stops(self) -> dict[str, int]:
        adopted_months = {month for _, _, month in self.adopted}
        stops = float(len(self.adopted))
        for at in range(len(self.months)):
            if at in adopted_months:
                continue
            is_shut = {code: bool({(code, at), (None, at)} & self.closed) for code, _ in self.slots}
            of_month = [slots for (code, month), slots in self.slots.items() if month == at and not is_shut[code]]
            by_vehicle = sum(slots[True] for slots in of_month)
            if self.vehicle_days is not None:
                by_vehicle = min(by_vehicle, self.vehicle_days[at])
            stops += by_vehicle + sum(slots[False] for slots in of_month)
        far_need: Counter = Counter()
        for row in self.rws.values():
            far_need[row.kecamatan_code] += row.need * bool(row.is_far)
        total = sum(far_need.values())
        if not total:
            return {}
        return {code: int(self.rules.fair_share * need / total * stops + 1e-9) for code, need in far_need.items()}

    def _shares(self, visits: list[Visit]) -> Iterable[str]:
        made = Counter(self.rws[rw].kecamatan_code for _, rw, _ in visits)
        for code, least in self._least_stops.items():
            if made[code] < least:
                yield f"kecamatan {code} has {made[code]} stops of {least}"
