"""How much of a person is where: the rows of the register, and the places beside the tables."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.module_loading import autodiscover_modules

from ecommerce_ai.data_register import Entry, Subject, entries, stores_in_order
from ecommerce_ai.privacy.models import ErasureRequest

QUICK_UP_TO = 30  # stores of a higher order search through files and tables


def register() -> dict[str, Entry]:
    """Every app's declarations."""
    autodiscover_modules("personal_data")
    return entries


def entries_about_people() -> list[Entry]:
    """Models that lead to a customer, the farthest first: their way there goes through the others."""
    about = [entry for entry in register().values() if entry.person]
    return sorted(about, key=lambda entry: (-entry.person.count("__"), entry.person == "pk", entry.model))


def model_of(entry: Entry) -> type[Model]:
    return apps.get_model(entry.model)


def rows_about(entry: Entry, subject: Subject) -> QuerySet[Any]:
    """The rows of a model that are about a person."""
    return model_of(entry)._default_manager.filter(**{f"{entry.person}__in": subject.customer_ids})


def holdings(subject: Subject, *, is_thorough: bool = True) -> dict[str, int]:
    """How many entries each store holds about a person, by its name; tables by that of their model.

    A thorough look searches files, caches and every table; without it, only what is quick is counted.
    """
    counts = {entry.model: rows_about(entry, subject).count() for entry in entries_about_people()}
    looked_at = [each for each in stores_in_order() if is_thorough or each.order <= QUICK_UP_TO]
    return counts | {each.name: each.count(subject) for each in looked_at}


def rows_naming(subject: Subject) -> int:
    """Rows of any table, declared or not, whose text holds one of the person's own words."""
    words = [f"%{like(word)}%" for word in subject.words]
    return sum(count_in(table, words) for table in tables()) if words else 0


def count_in(table: str, patterns: list[str]) -> int:
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(table)
        cursor.execute(f"SELECT count(*) FROM {name} t WHERE t::text ILIKE ANY(%s)", [patterns])  # noqa: S608
        return int(cursor.fetchone()[0])


def tables() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model._meta.db_table


def like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def in_flight(subject: Subject) -> ErasureRequest | None:
    return ErasureRequest.objects.in_flight().filter(customer__in=subject.customer_ids).first()
