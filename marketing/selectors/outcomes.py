"""What came of texts that were sent: for ranking, and for pairs to learn from."""

from marketing.ml.ranking import Outcome


def outcomes_of(channel: str, language: str) -> list[Outcome]:
    """Of each approved text of this channel, to how many it went and how many answered."""
    return []
