"""The last slide: how the figures are to be read, and what they cannot say."""

from dashboard import format as fmt
from dashboard.briefing.facts import Facts
from dashboard.briefing.model import Sentences, Slide
from dashboard.briefing.words import ROUTINE
from data.settings import ATTENDANCE_MINIMUM, WINDOW_MONTHS

CODE = "cara-baca"


def slide(facts: Facts) -> Slide:
    """Return the slide."""
    lines = (
        f"Prevalensi rutin: anak stunting dibagi anak yang diukur sahih dalam {WINDOW_MONTHS} bulan; tiap anak "
        "dihitung sekali, dengan ukuran terakhirnya.",
        "Angka survei (SSGI, SKI) mengukur contoh rumah tangga; tidak disambung dan tidak dibandingkan dengan "
        "angka rutin atau targetnya.",
        "Angka per RW adalah perkiraan yang diperhalus dengan rentang, karena jumlah anaknya sedikit; jumlah anak "
        "per RW disebut dalam kelompok lima.",
        f"RW dengan D/S di bawah {fmt.share(ATTENDANCE_MINIMUM, 0)} tidak pernah disebut baik.",
        "Target dinilai terhadap deret yang sama pada bulan yang sama.",
        "Rencana Pusing disusun dari bobot, kapasitas, dan batas tunggu yang tertulis; orang boleh menggantinya "
        "dengan alasan.",
    )
    title = "Cara membaca angka di paparan ini, dan yang tidak bisa dikatakannya"
    return Slide(CODE, title, (Sentences(lines),), ROUTINE, fmt.window(facts.month, WINDOW_MONTHS))
