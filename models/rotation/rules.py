"""What people decided about the rotation: gaps, promises and what a repeated visit is worth."""

from dataclasses import dataclass

from models.errors import UnusableRotationError


@dataclass(frozen=True)
class RotationRules:
    """Settings of a plan; all months are whole months.

    `min_gap_months`: visits of one RW are at least this far apart. `need_period_months`: within a period of this length
    (counted from the first month) an RW's need is served once at most; a year of two periods is proven in seconds, of
    four in minutes. `longest_wait_months`: every far RW is seen again within this many months (None: no promise).
    `catch_up_months`: nobody is due before this many months have gone, which leaves time for RWs already overdue or
    never visited (None: as long as the longest wait). `fair_share`: the part of its proportional stops that every
    kecamatan is promised (0: no promise). `repeat_value`: worth of serving a need again in a later period, against 1
    for the first time. `early_bonus`: worth of a stop one month earlier, as a fraction of the RW's own need.
    `revisit_after_months` and `revisit_within_months`: children found who have not come back from their referral are
    seen again from the one to the other after the visit. The supplementary food of an undernourished child is given for
    90 days at most (Kemenkes, Petunjuk Teknis PMT Pangan Lokal), so its growth is weighed about then.
    """

    min_gap_months: int = 6
    need_period_months: int = 6
    longest_wait_months: int | None = 12
    catch_up_months: int | None = None
    fair_share: float = 0.5
    repeat_value: float = 0.5
    early_bonus: float = 0.005
    revisit_after_months: int = 2
    revisit_within_months: int = 4

    def __post_init__(self) -> None:
        wrong = []
        if self.min_gap_months < 1:
            wrong.append("min_gap_months must be 1 or more")
        if self.need_period_months < 1:
            wrong.append("need_period_months must be 1 or more")
        if self.longest_wait_months is not None and self.longest_wait_months < 1:
            wrong.append("longest_wait_months must be 1 or more, or None")
        if self.catch_up_months is not None and self.catch_up_months < 1:
            wrong.append("catch_up_months must be 1 or more, or None")
        if (self.catch_up_months or 1) > (self.longest_wait_months or self.catch_up_months or 1):
            wrong.append("catch_up_months can't be longer than longest_wait_months")
        if not 0 <= self.fair_share <= 1:
            wrong.append("fair_share must lie between 0 and 1")
        if not 0 <= self.repeat_value <= 1:
            wrong.append("repeat_value must lie between 0 and 1")
        if not 0 <= self.early_bonus <= 0.05:
            wrong.append("early_bonus must lie between 0 and 0.05: it breaks ties and must not outweigh need")
        if not 1 <= self.revisit_after_months <= self.revisit_within_months:
            wrong.append("revisit_after_months must be 1 or more, and revisit_within_months not before it")
        if wrong:
            raise UnusableRotationError(f"The rotation's rules can't be used: {'; '.join(wrong)}.")
