import csv
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.cli import main
from models.growth.zscores import RESULT_COLUMNS

GOLDEN = Path(__file__).parent / "golden" / "anthro_sample.csv"
HEADER = "sex,age_days,weight_kg,lenhei_cm,measure,oedema"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Write a sheet, run the command on it and return its exit code and the path of its output."""

    def go(content, name="in.csv"):
        source, target = tmp_path / name, tmp_path / "out.csv"
        source.write_bytes(content if isinstance(content, bytes) else content.encode())
        monkeypatch.setattr(sys, "argv", ["dashboard", "growth", str(source), str(target)])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0, target

    return go


def _rows(path, delimiter=","):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def _scores(row):
    return [row[name] for name in RESULT_COLUMNS]


def test_the_golden_sample_comes_back_as_anthro_has_it(run):
    code, out = run(GOLDEN.read_bytes())
    assert code == 0
    expected = [row for row in _rows(GOLDEN) if row["tie_risk"] == "0" and float(row["lenhei_cm"] or 9) > 0.7]
    expected = [row for row in expected if float(row["weight_kg"] or 9) > 0]
    got = [row for row in _rows(out) if row["tie_risk"] == "0" and float(row["lenhei_cm"] or 9) > 0.7]
    got = [row for row in got if float(row["weight_kg"] or 9) > 0]
    assert got == expected
    assert len(got) > 1400
    assert out.read_text().splitlines()[0].endswith("tie_risk," + ",".join(RESULT_COLUMNS))


def test_row_order_and_the_text_of_other_columns_stay(run):
    code, out = run(
        'catatan,sex,age_days,weight_kg,lenhei_cm,id\n"koma, ""kutip""\ndan baris",1,0500,9.40,78.30,007\n'
        " NA ,2,,x,,1e5\n"
    )
    assert code == 0
    first, second = _rows(out)
    assert [first[k] for k in ("catatan", "age_days", "weight_kg", "id")] == [
        'koma, "kutip"\ndan baris',
        "0500",
        "9.40",
        "007",
    ]
    assert [second[k] for k in ("catatan", "weight_kg", "id")] == [" NA ", "x", "1e5"]
    assert first["haz"] == "-0.90"


@pytest.mark.parametrize(
    "row",
    [
        "3,500,9.4,78.3,l,n",
        ",500,9.4,78.3,l,n",
        "1,-1,9.4,78.3,l,n",
        "1,-0.001,9.4,78.3,l,n",
        "1,1e309,9.4,78.3,l,n",
        "1,inf,9.4,78.3,l,n",
        "1,-inf,9.4,78.3,l,n",
        "1,99999999999999999999,9.4,78.3,l,n",
        "1,1826.25,9.4,78.3,l,n",
        "1,500,nan,inf,l,n",
        "1,500,0,0,l,n",
        "1,500,-9.4,-78.3,l,n",
        "1,500,9.4kg,tujuh,l,n",
        "1,500,1e309,1e309,l,n",
        "1,abc,,78.3,l,n",
        "1",
        ",,,,,",
    ],
)
def test_impossible_input_gives_blanks(run, row):
    code, out = run(f"{HEADER}\n{row}\n1,500,9.4,78.3,,n\n")
    assert code == 0
    impossible, ordinary = _rows(out)
    assert _scores(impossible) == [""] * 8
    assert _scores(ordinary) == ["-0.90", "-1.10", "-0.92", "-0.78", "0", "0", "0", "0"]


@pytest.mark.parametrize(
    "row", ["L,500,9.4,78.3,H,N", "m,500.0,9.4,78.3,h,n", '1," 500 ","9,4","78,3",h,', "M,5e2,9.4,78.3, H ,x"]
)
def test_every_notation_of_one_child_gives_one_score(run, row):
    _, out = run(f"{HEADER}\n{row}\n")
    assert _scores(_rows(out)[0]) == ["-0.64", "-1.10", "-1.08", "-1.01", "0", "0", "0", "0"]


def test_upper_case_oedema_blanks_what_depends_on_weight(run):
    _, out = run(f"{HEADER}\n1,500,9.4,78.3,,Y\n")
    assert _scores(_rows(out)[0]) == ["-0.90", "", "", "", "0", "", "", ""]


def test_dates_give_the_age_where_age_days_is_blank_and_age_days_wins_elsewhere(run):
    header = "sex,birth_date,measured_on,age_days,weight_kg,lenhei_cm"
    _, out = run(
        f"{header}\n1,2024-01-01,2025-05-15,,9.4,78.3\n1,01/01/2024,15/05/2025,NA,9.4,78.3\n1,2019-01-01,2025-05-15,500,9.4,78.3\n"
    )
    assert [row["haz"] for row in _rows(out)] == ["-0.90"] * 3


def test_dates_alone_are_enough_and_unreal_ones_leave_only_weight_for_length(run):
    _, out = run(
        "sex,birth_date,measured_on,weight_kg,lenhei_cm\n1,2024-01-01,2025-05-15,9.4,78.3\n"
        "1,2023-02-30,2025-05-15,9.4,78.3\n1,2025-05-16,2025-05-15,9.4,78.3\n"
    )
    real, unreal, reversed_ = map(_scores, _rows(out))
    assert real[0] == "-0.90"
    assert unreal == ["", "", "-0.92", "", "", "", "0", ""]
    assert reversed_ == [""] * 8


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_another_delimiter_is_found_and_kept(run, delimiter):
    _, out = run(f"{HEADER}\n1,500,9.4,78.3,h,n\n".replace(",", delimiter))
    assert _rows(out, delimiter)[0]["haz"] == "-0.64"


@pytest.mark.parametrize("encode", [lambda text: b"\xef\xbb\xbf" + text.encode(), lambda text: text.encode("utf-16")])
def test_a_byte_order_mark_does_not_hide_the_first_column(run, encode):
    code, out = run(encode(f"{HEADER}\r\n1,500,9.4,78.3,h,n\r\n"))
    assert code == 0
    assert _rows(out)[0]["sex"] == "1"
    assert out.read_bytes().endswith(b"0,0,0,0\r\n")


def test_bytes_that_are_not_utf_8_pass_through(run):
    _, out = run(f"{HEADER},posyandu\n1,500,9.4,78.3,h,n,".encode() + b"Caf\xe9\n")
    assert b"Caf\xe9,-0.64" in out.read_bytes()


def test_a_long_row_keeps_its_extra_cells_and_a_blank_line_stays(run):
    _, out = run(f"{HEADER}\n1,500,9.4,78.3,h,n,lebih\n\n1,500,9.4,78.3,h,n\n")
    assert out.read_text().splitlines()[1:] == [
        "1,500,9.4,78.3,h,n,-0.64,-1.10,-1.08,-1.01,0,0,0,0,lebih",
        "",
        "1,500,9.4,78.3,h,n,-0.64,-1.10,-1.08,-1.01,0,0,0,0",
    ]


def test_earlier_results_are_replaced_at_the_end(run):
    _, out = run("haz,sex,age_days,weight_kg,lenhei_cm,baz_flag,team\n9,1,500,9.4,78.3,9,A\n")
    assert out.read_text().splitlines()[0] == "sex,age_days,weight_kg,lenhei_cm,team," + ",".join(RESULT_COLUMNS)
    assert _rows(out)[0]["haz"] == "-0.90"
    assert _rows(out)[0]["team"] == "A"


def test_a_sheet_of_headers_only_gives_headers_only(run):
    code, out = run(HEADER + "\n")
    assert code == 0
    assert out.read_text() == HEADER + "," + ",".join(RESULT_COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"age_days,weight_kg,lenhei_cm\n", "column sex"),
        (b"sex,weight_kg,lenhei_cm,birth_date\n", "column age_days (or birth_date and measured_on)"),
        (b"sex,age_days,weight_kg\n", "column lenhei_cm"),
        (b"sex,sex,age_days,weight_kg,lenhei_cm\n", "more than one column sex"),
        (b"PK\x03\x04\x00\x00\x00", "not a CSV"),
        (HEADER.encode() + b'\n1,500,9.4,78.3,h,"n\n1,500,9.4,78.3,h,n\n', "quotation mark"),
    ],
)
def test_an_unusable_sheet_is_refused_in_one_sentence_and_leaves_the_output_alone(run, tmp_path, capsys, content, word):
    (tmp_path / "out.csv").write_text("kept")
    code, out = run(content)
    said = capsys.readouterr().err.strip()
    assert code == 2
    assert word in said
    assert "\n" not in said
    assert out.read_text() == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_a_sheet_may_be_its_own_output(tmp_path, monkeypatch):
    sheet = tmp_path / "in.csv"
    sheet.write_text(f"{HEADER}\n1,500,9.4,78.3,h,n\n")
    monkeypatch.setattr(sys, "argv", ["dashboard", "growth", str(sheet), str(sheet)])
    with pytest.raises(SystemExit):
        main()
    assert _rows(sheet)[0]["haz"] == "-0.64"


@pytest.mark.parametrize("target", ["nowhere/out.csv", "."])
def test_an_impossible_target_is_refused(tmp_path, monkeypatch, capsys, target):
    (tmp_path / "in.csv").write_text(HEADER + "\n")
    monkeypatch.setattr(sys, "argv", ["dashboard", "growth", str(tmp_path / "in.csv"), str(tmp_path / target)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "folder" in capsys.readouterr().err


def test_blocks_of_rows_meet_without_a_seam(run, monkeypatch):
    monkeypatch.setattr("dashboard.cli.growth.BLOCK_ROWS", 3)
    lines = [f"1,{age},9.4,78.3,h,n" for age in range(400, 410)]
    _, out = run("\n".join([HEADER, *lines]) + "\n")
    assert [row["age_days"] for row in _rows(out)] == [str(age) for age in range(400, 410)]
    assert all(row["haz"] for row in _rows(out))


def test_the_real_command_ends_with_2_and_without_a_traceback(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "growth", tmp_path / "none.csv", tmp_path / "out.csv"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error: there is no file")
    assert "Traceback" not in done.stderr
