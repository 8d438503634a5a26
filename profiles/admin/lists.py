"""Lists of inferences: nobody is in them, or in their files, who does not allow personalisation."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from ecommerce_ai.office.lists import ReadOnlyAdmin
from ecommerce_ai.privacy.selectors import Purpose, allowed_customers


class InferenceAdmin(ReadOnlyAdmin):
    """Asks the ledger with each request, whatever rows the last refresh left."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.filter(customer__in=allowed_customers(Purpose.PERSONALISATION).order_by().values("pk"))
