"""Taking a person out of every store. What runs here was asked for, proved and confirmed in `erasures`."""

from typing import Any

from django.db import connection, models, transaction

from ecommerce_ai.accounts.models import User
from ecommerce_ai.data_register import Entry, OnErasure, Subject, stores_in_order
from ecommerce_ai.jobs.progress import Progress
from ecommerce_ai.privacy.selectors.holdings import entries_about_people, model_of, rows_about

BEFORE_ROWS = 50


def erase_everywhere(subject: Subject, progress: Progress) -> None:
    """Stores that need the rows to find their own, the rows in one transaction, then all other stores."""
    stores = list(stores_in_order())
    for number, each in enumerate(stores):
        if each.order < BEFORE_ROWS:
            each.erase(subject)
        progress(number + 1, 2 * len(stores) + 1, each.name)
    erase_rows(subject)
    for number, each in enumerate(stores):
        if each.order >= BEFORE_ROWS:
            each.erase(subject)
        progress(len(stores) + number + 1, 2 * len(stores) + 1, each.name)


@transaction.atomic
def erase_rows(subject: Subject) -> None:
    """Books are emptied of the person and kept; everything else goes, the customer and the log-in last.

    The customer is locked first, as jobs lock whom they write about: so neither waits for the other.
    """
    list(rows_of_customers(subject).order_by("pk").select_for_update())
    about = entries_about_people()
    kept = [entry for entry in about if entry.keeping.on_erasure == OnErasure.KEEP]
    for entry in kept:
        empty(entry, subject)
    for entry in about:
        if entry not in kept and entry.model not in ("shop.Customer", "accounts.User"):
            rows_about(entry, subject).delete()
    rows_of_customers(subject).delete()
    User.objects.filter(pk__in=subject.user_ids, is_staff=False, is_superuser=False).delete()
    forget_statistics([model_of(entry) for entry in about])


def rows_of_customers(subject: Subject) -> "models.QuerySet[Any]":
    entry = next(each for each in entries_about_people() if each.model == "shop.Customer")
    return rows_about(entry, subject)


def empty(entry: Entry, subject: Subject) -> None:
    fields = [model_of(entry)._meta.get_field(name) for name in sorted(entry.personal)]
    rows_about(entry, subject).update(**{field.name: empty_value(field) for field in fields})


def empty_value(field: Any) -> Any:
    if field.null:
        return None
    if isinstance(field, models.JSONField):
        return field.get_default()
    if isinstance(field, models.CharField | models.TextField):
        return ""
    raise TypeError(f"{field} cannot be emptied: declare its row to be deleted")


def forget_statistics(touched: "list[type[models.Model]]") -> None:
    """The planner keeps the values that are met most: counted anew they are without this person's."""
    with connection.cursor() as cursor:
        for model in touched:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
