"""What a writer may learn from: the shop's approved copy, and what it was an answer to."""

from marketing.ml.writing.prompts import lesson_prompt
from marketing.models import Candidate
from marketing.selectors.product_facts import ML_LANGUAGES, known_facts


def prompt_of_candidate(candidate: Candidate) -> str:
    """What a writer would have been told to write it."""
    if candidate.product is None:
        return ""
    facts = known_facts([candidate.product], candidate.language)[candidate.product.pk].facts
    brief = candidate.brief
    return lesson_prompt(facts, brief.channel, ML_LANGUAGES[candidate.language], brief.tone)
