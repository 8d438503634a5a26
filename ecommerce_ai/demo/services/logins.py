"""One log-in for each role, with passwords that are meant to be read aloud."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Count

from ecommerce_ai.accounts.models import User
from ecommerce_ai.accounts.roles import ANALYST, MERCHANT, SUPPORT_AGENT
from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from ecommerce_ai.shop.models import Customer, Event

DOMAIN = "larkmere.example"


@dataclass(frozen=True)
class Login:
    """`role` is a group's name; "administrator" may do everything, "shopper" is a customer."""

    role: str
    mailbox: str
    password: str

    @property
    def email(self) -> str:
        return f"{self.mailbox}@{DOMAIN}"


LOGINS = (
    Login("administrator", "admin", "lark-admin-1"),
    Login(MERCHANT, "merchant", "lark-merchant-1"),
    Login(SUPPORT_AGENT, "support", "lark-support-1"),
    Login(ANALYST, "analyst", "lark-analyst-1"),
    Login("shopper", "shopper", "lark-shopper-1"),
)


@transaction.atomic
def create_logins() -> tuple[Login, ...]:
    """Create those that are missing. The shopper is a customer with orders, reviews and a year of visits."""
    for login in LOGINS:
        if not User.objects.filter(email=login.email).exists():
            create_login(login)
    return LOGINS


def create_login(login: Login) -> None:
    if login.role == "administrator":
        User.objects.create_superuser(login.email, login.password)
        return
    is_staff = login.role != "shopper"
    user = User.objects.create_user(login.email, login.password, is_staff=is_staff)
    if is_staff:
        user.groups.add(Group.objects.get(name=login.role))
        return
    customer = busiest_customer()
    customer.user, customer.email = user, login.email
    customer.save(update_fields=["user", "email"])
    user.first_name = customer.name.partition(" ")[0]
    user.save(update_fields=["first_name"])


def busiest_customer() -> Customer:
    """Of the English-speaking customers with the most orders and no log-in, the one who came last.

    Whoever refused to be recommended to would be a dull guide.
    """
    allowed = allowed_customers(Purpose.PERSONALISATION) & allowed_customers(Purpose.TRAINING)
    candidates = allowed.filter(user=None, language="en").exclude(external_id=None)
    busiest = candidates.annotate(count=Count("orders")).order_by("-count", "id")[:15]
    visits = Event.objects.filter(customer__in=[customer.pk for customer in busiest])
    return visits.select_related("customer").order_by("-occurred_at", "-id")[:1].get().customer or busiest[0]
