"""What anybody types is read, or left out: all that is decided before the database is asked."""

from hypothesis import given, settings

from recommendations.ml.search.parsing import parse
from recommendations.ml.search.prices import price_words
from recommendations.ml.search.spelling import keys_of
from recommendations.ml.search.understanding import understand
from recommendations.selectors.search.engine import cleaned
from recommendations.selectors.search.lexemes import any_of
from tests.typed import TYPED


@settings(max_examples=300, deadline=None)
@given(TYPED)
def test_nothing_that_can_be_typed_breaks_its_reading(query: str) -> None:
    """All that is decided before the database is asked, and the statements' own language after it."""
    text = cleaned(query)
    price_words(text)
    draft = parse(text, expected="en")
    understanding = understand(draft, documents=dict.fromkeys(draft.lexemes(), 3), products=9)
    assert all(keys_of(word) is not None for word in draft.unknown_words({}))
    for term in understanding.terms:
        assert any_of(term).count("'") % 2 == 0
