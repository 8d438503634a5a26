"""The words that a recipient gets: their own where there are some, else those for all, in their language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from ecommerce_ai.shop.models import Customer, Product
from marketing.ml.copy_checks import Rule
from marketing.models import PersonalVariant, Variant
from marketing.selectors.product_facts import digests_of
from marketing.selectors.rules import rules_of

FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Text:
    """`variant` is the approved text that it is or stands for; `personal` the row of the shopper's own."""

    subject: str
    body: str
    language: str
    variant: int
    personal: int | None = None
    html: str = ""


def text_for(variant: Variant, customer: Customer, language: str = "") -> Text:
    """In this language as far as somebody approved it; without one in the variant's own."""
    return texts_for(variant, {customer: language})[customer.pk]


def texts_for(variant: Variant, languages: Mapping[Customer, str]) -> dict[int, Text]:
    """The texts of many recipients by customer, each in the language that is wished for; few queries."""
    own = personal_texts(variant, list(languages))
    in_language = {each.language: each for each in latest_variants(variant)}
    found = {}
    for customer, wished in languages.items():
        language = wished or variant.language
        personal = own.get(customer.pk)
        if personal and personal.language == language:
            found[customer.pk] = text_of(personal, variant, customer, personal.pk)
        else:
            chosen = variant if language == variant.language else in_language.get(language, variant)
            found[customer.pk] = text_of(chosen, chosen, customer)
    return found


def personal_texts(variant: Variant, customers: Sequence[Customer]) -> dict[int, PersonalVariant]:
    """Those of approved sets, for who still agrees, about goods that did not change and can be bought, by the
    rules of now; the later of two.
    """
    rows = PersonalVariant.objects.filter(
        set__variant=variant,
        set__approved_at__isnull=False,
        customer__in=allowed_customers(Purpose.PERSONALISATION).filter(
            pk__in=[each.pk for each in customers]
        ),
    )
    found = list(rows.select_related("set", "product__category").order_by("set_id"))
    if not found:
        return {}
    now, rules = facts_now(variant, found), rules_now(variant, found)
    return {row.customer_id: row for row in found if is_still_so(row, now) and may_stand(row, rules)}


def facts_now(variant: Variant, rows: Sequence[PersonalVariant]) -> dict[str, str]:
    brief = variant.brief
    products = {row.product.pk: row.product for row in rows if row.product and can_be_bought(row.product)}
    digests: dict[str, str] = {}
    for language in {row.language for row in rows}:
        digests |= digests_of(products.values(), language, offer=brief.offer, services=brief.must_say)
    return digests


def can_be_bought(product: Product) -> bool:
    return product.is_live and product.is_in_stock


def rules_now(variant: Variant, rows: Sequence[PersonalVariant]) -> dict[str, Sequence[Rule]]:
    return {language: rules_of(variant.brief, language) for language in {row.language for row in rows}}


def may_stand(row: PersonalVariant, rules: Mapping[str, Sequence[Rule]]) -> bool:
    text = "\n".join(row.parts.values()) or f"{row.subject}\n{row.body}"
    return not any(rule.pattern.search(text) for rule in rules[row.language])


def is_still_so(row: PersonalVariant, now: Mapping[str, str]) -> bool:
    key = f"{row.language}:{row.product_id}"
    return key in now and row.set.facts.get(key) == now[key]


def latest_variants(variant: Variant) -> list[Variant]:
    """What was last approved of the same brief in other languages, for the same channel."""
    rows = Variant.objects.in_use().filter(brief=variant.brief_id, channel=variant.channel)
    others = rows.exclude(language=variant.language).order_by("language", "-approved_at", "-id")
    return list(others.distinct("language"))


def text_of(
    words: Variant | PersonalVariant, variant: Variant, customer: Customer, personal: int | None = None
) -> Text:
    values = {
        field: known_value(field, customer) or default for field, default in variant.template_fields.items()
    }
    return Text(
        filled(words.subject, values), filled(words.body, values), words.language, variant.pk, personal
    )


def known_value(field: str, customer: Customer) -> str:
    """What is known of a recipient that may stand in a text."""
    if field != "first_name" or not customer.name.strip():
        return ""
    return customer.name.split()[0]


def filled(text: str, values: Mapping[str, str]) -> str:
    """One pass, so that a name which looks like a field stays a name."""
    return FIELD.sub(lambda found: values.get(found[1], found[0]), text)
