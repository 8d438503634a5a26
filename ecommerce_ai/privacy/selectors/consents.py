from django.conf import settings

from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.shop.models import Customer
from ecommerce_ai.shop.models.customers import CustomerQuerySet


def is_allowed(customer: Customer | None, purpose: Purpose) -> bool:
    """Whether this customer's data may be used for the purpose; without an answer the shop's rule decides."""
    if customer is None:
        return is_allowed_by_default(purpose)
    person = customer.merged_into_id or customer.pk
    said = ConsentChange.objects.filter(customer=person, purpose=purpose).newest_first()
    last_word = said.values_list("is_granted", flat=True).first()
    return is_allowed_by_default(purpose) if last_word is None else last_word


def is_allowed_by_default(purpose: Purpose) -> bool:
    """The shop's rule for who never answered: yes for what may be opted out of, no for what needs a yes."""
    return purpose in settings.PRIVACY_ALLOWED_BY_DEFAULT


def allowed_customers(purpose: Purpose) -> CustomerQuerySet:
    """Customers whose data may be used for the purpose; for training sets, audiences and exports."""
    is_default = is_allowed_by_default(purpose)
    last_words = ConsentChange.objects.filter(purpose=purpose).latest_per_customer()
    against_default = ConsentChange.objects.filter(pk__in=last_words.values("pk"), is_granted=not is_default)
    customers = Customer.objects.current()
    if is_default:
        return customers.exclude(pk__in=against_default.values("customer"))
    return customers.filter(pk__in=against_default.values("customer"))


def consents_of(customer: Customer | None) -> dict[Purpose, bool]:
    """Every purpose with whether it is allowed, in the order of the page."""
    words = ConsentChange.objects.filter(customer=customer).latest_per_customer() if customer else []
    said = {word.purpose: word.is_granted for word in words}
    return {purpose: said.get(purpose, is_allowed_by_default(purpose)) for purpose in Purpose}
