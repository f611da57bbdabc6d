"""The ways in which people travel to care, and how each is told apart.

Walk and motorcycle are how carers come (walk is the default); car is how the Pusing team comes.
"""

from typing import Literal, get_args

Mode = Literal["walk", "motorcycle", "car"]

MODES: tuple[Mode, ...] = get_args(Mode)
