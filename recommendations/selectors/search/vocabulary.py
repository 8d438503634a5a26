"""What the shop's own words say about a query: known, a slip, or the name of an attribute's value."""

from collections.abc import Collection, Sequence
from functools import cache

from django.db.models import Max

from ecommerce_ai.text_analysis import words_of
from recommendations.ml.search.spelling import Candidate, Repair, best_repair, keys_of
from recommendations.ml.search.taxonomy import rows
from recommendations.models import FacetPhrase, SearchWord

MAX_CANDIDATES = 300
LEAST_CONFIDENCE = 0.65
LEAST_PLURAL = 5
# Words of the taxonomy stand in no product, but shoppers type them and their slips.
WRITTEN_DOCUMENTS = 1


def documents_of(lexemes: Collection[str]) -> dict[str, int]:
    """In how many products each lexeme stands; those that stand in none are left out."""
    found = SearchWord.objects.filter(lexeme__in=lexemes).order_by()
    return dict(found.values_list("lexeme").annotate(most=Max("documents")))


def most_documents() -> int:
    """In how many products the shop's most common word stands: the scale of what is rare."""
    return SearchWord.objects.order_by("-documents").values_list("documents", flat=True).first() or 0


def repairs_of(words: Sequence[str], language: str) -> dict[str, Repair]:
    """The likeliest word of the shop (or of the taxonomy) for each that is a slip of one."""
    forms = {word: forms_of(word) for word in words}
    wanted = sorted({key for each in forms.values() for form in each for key in keys_of(form)})
    if not wanted:
        return {}
    rows = SearchWord.objects.filter(keys__overlap=wanted).order_by("-documents")
    shop = [
        Candidate(word, documents)
        for word, documents in rows.values_list("word", "documents")[:MAX_CANDIDATES]
    ]
    found = {}
    for word, own in forms.items():
        keys = {key for form in own for key in keys_of(form)}
        written = {candidate for key in keys for candidate in written_words(language).get(key, ())}
        candidates = [*shop, *(Candidate(each, WRITTEN_DOCUMENTS) for each in sorted(written))]
        for form in own:
            if (repair := best_repair(form, candidates)) and repair.confidence >= LEAST_CONFIDENCE:
                found[word] = repair
                break
    return found


def forms_of(word: str) -> list[str]:
    """The word, and what it may be the plural of: a shop that has a scarf need not say scarfs."""
    return [word, word[:-1]] if word.endswith("s") and word.isascii() and len(word) > LEAST_PLURAL else [word]


@cache
def written_words(language: str) -> dict[str, tuple[str, ...]]:
    """Words of the taxonomy in one language by each of their keys."""
    words = {
        word
        for row in rows()
        for name in row.get(language, "").replace("/", ";").split(";")
        for word in words_of(name)
    }
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        for key in keys_of(word):
            found.setdefault(key, []).append(word)
    return {key: tuple(each) for key, each in found.items()}


def named_values(phrases: Collection[str]) -> list[FacetPhrase]:
    """Values of attributes that go by one of these phrases, the most common first."""
    return list(FacetPhrase.objects.filter(phrase__in=phrases).order_by("-documents", "pk")[:100])
