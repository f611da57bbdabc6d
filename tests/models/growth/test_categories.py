from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from models.growth.categories import (
    CLASSES,
    Index,
    canonical_categories,
    canonical_label,
    categorize,
    category_codes,
)

EDGES = pd.read_csv(Path(__file__).parent / "golden" / "permenkes_classes.csv")


@pytest.mark.parametrize("row", list(EDGES.itertuples(index=False)), ids=lambda row: f"{row.indeks} {row.z}")
def test_each_edge_has_the_class_of_the_regulation(row):
    assert categorize(row.indeks, [row.z])[0] == row.kategori_permenkes_2_2020


def test_a_column_is_classed_like_its_rows():
    for index, rows in EDGES.groupby("indeks"):
        assert list(categorize(index, rows.z)) == list(rows.kategori_permenkes_2_2020)


def test_pb_u_and_bb_pb_are_the_same_indices_as_tb_u_and_bb_tb():
    assert Index("PB/U") is Index.LENGTH_FOR_AGE
    assert Index("BB/PB") is Index.WEIGHT_FOR_LENGTH


def test_a_score_is_rounded_before_it_is_classed():
    assert list(categorize("TB/U", [-2.004, -2.006])) == ["Normal", "Pendek"]


def test_a_missing_score_has_no_class():
    assert category_codes("BB/U", [np.nan, 0.0]).tolist() == [-1, 2]


def test_oedema_is_severe_in_every_index_but_length_for_age():
    for index in Index:
        code = category_codes(index, [np.nan, 0.0], has_oedema=[True, False])
        assert code.tolist() == ([-1, 2] if index is Index.LENGTH_FOR_AGE else [0, 2])


@pytest.mark.parametrize("index", list(Index))
def test_classes_rise_with_the_score(index):
    codes = category_codes(index, np.arange(-700, 700) / 100)
    assert (np.diff(codes) >= 0).all()
    assert set(codes) == set(range(len(CLASSES[index].labels)))


@pytest.mark.parametrize(
    ("index", "label", "meaning"),
    [
        ("BB/U", "Sangat Kurang", "Berat badan sangat kurang"),
        ("BB/U", "Kurang", "Berat badan kurang"),
        ("BB/U", "Berat Badan Normal", "Berat badan normal"),
        ("BB/U", "Risiko Lebih", "Risiko berat badan lebih"),
        ("BB/U", "Gizi Buruk", "Berat badan sangat kurang"),
        ("TB/U", "SANGAT  PENDEK ", "Sangat pendek"),
        ("TB/U", "Normal", "Normal"),
        ("TB/U", "Tinggi", "Tinggi"),
        ("BB/TB", "Normal", "Gizi baik"),
        ("BB/TB", "Gizi Baik/Normal", "Gizi baik"),
        ("BB/TB", "Gizi Buruk", "Gizi buruk"),
        ("BB/PB", "Risiko Gizi Lebih", "Berisiko gizi lebih"),
        ("BB/TB", "Sangat Kurus", "Gizi buruk"),
        ("IMT/U", "Gemuk", "Gizi lebih"),
        ("IMT/U", "Obesitas", "Obesitas"),
    ],
)
def test_one_word_is_understood_by_its_index(index, label, meaning):
    assert canonical_label(index, label) == meaning


def test_a_label_of_another_index_is_unknown():
    assert canonical_label("TB/U", "Gizi Buruk") is None
    assert canonical_label("BB/U", "Pendek") is None


def test_a_column_of_labels_keeps_its_order_and_leaves_the_unknown_missing():
    column = canonical_categories("BB/TB", ["Obesitas", "-", None, "Kurus"])
    assert column.tolist()[::3] == ["Obesitas", "Gizi kurang"]
    assert column.isna().tolist() == [False, True, True, False]
    assert column.ordered


def test_every_official_label_means_itself():
    for index, classes in CLASSES.items():
        assert [canonical_label(index, label) for label in classes.labels] == list(classes.labels)
