"""Kelengkapan: what the city still lacks, what each gap costs in accuracy, and what to do about it."""

from dashboard import cache
from dashboard.completeness import view as completeness_view
from dashboard.shell import open_page, source_line

viewer, version, city = open_page(
    "Kelengkapan",
    "Apa yang masih kurang di basis data kota ini, apa akibatnya bagi ketelitian, dan apa yang dapat dilakukan.",
)
completeness_view.show(cache.gaps(version))
source_line("hari ini", "isi basis data Rembuk: wilayah, fasilitas, waktu tempuh, penimbangan, dan target")
