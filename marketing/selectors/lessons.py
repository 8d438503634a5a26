"""What a writer may learn from: the shop's approved copy, and what it was an answer to."""

from collections.abc import Iterator

from ecommerce_ai.inference.training_plan import Lesson, Lessons
from ecommerce_ai.shop.models import Product
from marketing.ml.splits import share_of
from marketing.ml.writing.channels import in_order
from marketing.ml.writing.prompts import labelled, lesson_prompt
from marketing.models import Candidate, Language, Tone, Variant
from marketing.selectors.product_facts import ML_LANGUAGES, known_facts


def prompt_of_candidate(candidate: Candidate) -> str:
    """What a writer would have been told to write it."""
    if candidate.product is None:
        return ""
    facts = known_facts([candidate.product], candidate.language)[candidate.product.pk].facts
    brief = candidate.brief
    return lesson_prompt(facts, brief.channel, ML_LANGUAGES[candidate.language], brief.tone)


HELD_OUT = 0.1
MOST = 20_000
BATCH = 500


def copy_lessons() -> Lessons:
    """Approved texts, and the catalogue's own descriptions; a product's are on one side of the split."""
    training: list[Lesson] = []
    held_out: list[Lesson] = []
    for sku, lesson in [*approved_copy(), *own_descriptions()]:
        (held_out if share_of(sku) < HELD_OUT else training).append(lesson)
    return Lessons(training, held_out)


def approved_copy() -> Iterator[tuple[str, Lesson]]:
    """Of texts for many; what was written for one shopper teaches nobody."""
    rows = Variant.objects.filter(brief__customer=None, product__isnull=False).order_by("-id")
    for row in rows.select_related("product__category", "brief")[:MOST]:
        if row.product is not None:
            facts = known_facts([row.product], row.language)[row.product.pk].facts
            prompt = lesson_prompt(facts, row.channel, ML_LANGUAGES[row.language], row.brief.tone)
            yield row.product.sku, Lesson(prompt, labelled(in_order(row.parts, row.channel)))


def own_descriptions() -> Iterator[tuple[str, Lesson]]:
    """What the merchant wrote of each product, in the languages that the writers know."""
    products = (
        Product.objects.live().exclude(description="").select_related("category").order_by("-pk")[:MOST]
    )
    for product in products.iterator(chunk_size=BATCH):
        for language in Language:
            told = product.translations.get(language, {}).get("description", "")
            is_own = product.language.partition("-")[0] == language.partition("-")[0]
            if text := told or (product.description if is_own else ""):
                facts = known_facts([product], language)[product.pk].facts
                prompt = lesson_prompt(facts, "description", ML_LANGUAGES[language], Tone.PLAIN)
                yield product.sku, Lesson(prompt, text)
