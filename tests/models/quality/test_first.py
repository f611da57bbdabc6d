import pandas as pd

from models.quality.first import visit_first


def judged(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["posyandu", "grade", "status_reporting", "measured"])


def test_d_comes_first_then_the_silent_then_c_and_in_each_where_more_are_weighed():
    rows = judged(
        ("good", "A", "good", 900),
        ("few", "", "good", 20),
        ("c small", "C", "good", 200),
        ("silent", "", "problem", 0),
        ("c large", "C", "good", 700),
        ("d", "D", "good", 150),
        ("watched", "B", "good", 800),
    )
    assert visit_first(rows)["posyandu"].tolist() == ["d", "silent", "c large", "c small"]


def test_no_more_than_asked_for_are_named_and_none_where_all_is_well():
    rows = judged(*[(f"c{place}", "C", "good", 100 + place) for place in range(20)])
    assert visit_first(rows)["posyandu"].tolist() == [f"c{place}" for place in range(19, 9, -1)]
    assert visit_first(judged(("good", "A", "good", 900))).empty
