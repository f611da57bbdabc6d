"""The hand-written city, fresh for every test."""

from tests.data.pusing.conftest import city, hand_written_template

__all__ = ["city", "hand_written_template"]
