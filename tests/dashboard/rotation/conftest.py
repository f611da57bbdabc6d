"""The hand-written city of the Pusing tests, for plans that are really made and saved."""

from tests.data.pusing.conftest import city, connection, hand_written_template

__all__ = ["city", "connection", "hand_written_template"]
