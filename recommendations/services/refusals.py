"""What shoppers do not want, kept at once and undone at once."""

from django.db import transaction

from ecommerce_ai.shop.models import Customer, Product
from profiles.services import remove_tag, restore_tag
from recommendations.models import Refusal
from recommendations.selectors.reasons import OF_PRODUCTS, OF_TAGS, OF_THE_SHOPPER


class NotARefusal(ValueError):
    """There is no such reason, or it names nothing that is there."""


def refuse_product(customer: Customer, *, product: Product) -> Refusal:
    """ "Not for me": the product is not recommended to this customer again."""
    refusal, _ = Refusal.objects.get_or_create(customer=customer, product=product, code=Refusal.NOT_FOR_ME)
    return refusal


def allow_product(customer: Customer, *, product: Product) -> None:
    """Take "not for me" back."""
    Refusal.objects.filter(customer=customer, product=product, code=Refusal.NOT_FOR_ME).delete()


def strike_reason(customer: Customer, *, code: str, subject: str = "") -> None:
    """From now on this reason speaks against what it spoke for; a tag goes from the profile.

    `subject` is the reason's own: a product's key, "kind:key" of a tag, or nothing. Raises NotARefusal for
    codes that are no personal reason and for subjects that are not there.
    """
    if code in OF_TAGS:
        kind, key = tag_in(code, subject)
        remove_tag(customer, kind=kind, key=key)
    else:
        product = subject_product(code, subject)
        Refusal.objects.get_or_create(customer=customer, code=code, product=product)


def restore_reason(customer: Customer, *, code: str, subject: str = "") -> None:
    """Take the strike back."""
    if code in OF_TAGS:
        kind, key = tag_in(code, subject)
        restore_tag(customer, kind=kind, key=key)
    else:
        product = subject_product(code, subject)
        Refusal.objects.filter(customer=customer, code=code, product=product).delete()


def tag_in(code: str, subject: str) -> tuple[str, str]:
    kind, separator, key = subject.partition(":")
    if not separator or code != f"likes_{kind}" or not key:
        raise NotARefusal(f"“{subject}” is no tag of {code}.")
    return kind, key


def subject_product(code: str, subject: str) -> Product | None:
    if code in OF_THE_SHOPPER:
        return None
    is_number = subject.isascii() and subject.isdigit() and len(subject) < 19
    product = Product.objects.filter(pk=int(subject)).first() if is_number else None
    if code not in OF_PRODUCTS or product is None:
        raise NotARefusal(f"{code} is no reason about “{subject}”.")
    return product


@transaction.atomic
def move_refusals(source: Customer, *, target: Customer) -> int:
    """A visitor who logs in keeps what they said; returns how many refusals moved."""
    kept = Refusal.objects.filter(customer=source)
    rows = [Refusal(customer=target, code=each.code, product_id=each.product_id) for each in kept]
    Refusal.objects.bulk_create(rows, ignore_conflicts=True)
    kept.delete()
    return len(rows)
