"""Customers under plain column names."""

from ecommerce_ai.shop.models import Customer
from ecommerce_ai.shop.services.importing import values as v
from ecommerce_ai.shop.services.importing.countries import country_code
from ecommerce_ai.shop.services.importing.records import CustomerRecord
from ecommerce_ai.shop.services.importing.rows import RejectedValue, Row

NAMES: dict[str, tuple[str, ...]] = {
    "external_id": ("external_id", "customer_id", "id"),
    "email": ("email", "e_mail"),
    "name": ("name", "full_name"),
    "phone": ("phone", "telephone"),
    "country": ("country", "country_code"),
    "city": ("city",),
    "language": ("language", "lang"),
    "birth_year": ("birth_year", "year_of_birth"),
    "gender": ("gender",),
    "created_at": ("created_at", "registered_at"),
}
GENDERS = {"f": "female", "w": "female", "m": "male"}


def map_customer(row: Row, default_currency: str) -> CustomerRecord:
    values = row.values
    created_at = v.text(values, "created_at", 60, "registered_at")
    return CustomerRecord(
        line=row.line,
        external_id=v.required(values, "external_id", 100, *NAMES["external_id"]),
        email=v.email(v.text(values, "email", 254, "e_mail"), "email"),
        name=v.text(values, "name", 200, "full_name"),
        phone=v.text(values, "phone", 40, "telephone"),
        country=country(v.text(values, "country", 0, "country_code")),
        city=v.text(values, "city", 120),
        language=v.text(values, "language", 10, "lang"),
        birth_year=v.whole(v.text(values, "birth_year", 0, "year_of_birth"), "birth_year", 1900, 2100),
        gender=gender(v.text(values, "gender")),
        created_at=v.moment(created_at, "created_at") if created_at else None,
    )


def updated_fields(header: list[str]) -> frozenset[str]:
    """The fields of a customer that a file with this header speaks about; others stay as they are."""
    return frozenset(field for field, names in NAMES.items() if not set(names).isdisjoint(header))


def country(name: str) -> str:
    code = country_code(name)
    if name and not code:
        raise RejectedValue("country", f"“{name[:40]}” is no country")
    return code


def gender(word: str) -> str:
    return v.choice(GENDERS.get(word.lower(), word), "gender", Customer.Gender.values, "") if word else ""
