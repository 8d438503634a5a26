"""Who may see whose: fields that tell who a customer is are for those who may see customers."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest

from ecommerce_ai.office.lists import OfficeAdmin

SEE_CUSTOMERS = "shop.view_customer"


class PersonalAdmin(OfficeAdmin):
    """A list whose `personal_fields` stay hidden: as columns, fields, filters, searches, lookups and exports.

    `personal_fields` names model fields and columns of the list.
    """

    personal_fields: tuple[str, ...] = ()

    def is_hidden(self, request: HttpRequest) -> Callable[[Any], bool]:
        """Whether a column, path or filter tells this reader who a customer is."""
        if request.user.has_perm(SEE_CUSTOMERS):
            return lambda name: False
        return lambda name: path_of(name).split("__")[0] in self.personal_fields

    def without_personal(self, request: HttpRequest, names: Sequence[Any]) -> list[Any]:
        is_hidden = self.is_hidden(request)
        return [name for name in names if not is_hidden(name)]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return self.without_personal(request, super().get_list_display(request))

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return self.without_personal(request, super().get_list_filter(request))

    def get_search_fields(self, request: HttpRequest) -> list[Any]:
        return self.without_personal(request, super().get_search_fields(request))

    def get_csv_columns(self, request: HttpRequest) -> list[Any]:
        return self.without_personal(request, super().get_csv_columns(request))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = [
            (title, {**options, "fields": self.without_personal(request, options["fields"])})
            for title, options in super().get_fieldsets(request, obj)
        ]
        return [(title, options) for title, options in kept if options["fields"]]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """A filter typed into the address would tell by its hits what the page does not show."""
        if request is None or self.is_hidden(request)(lookup):
            return False
        return bool(super().lookup_allowed(lookup, value, request))


def path_of(name: Any) -> str:
    """The field behind a column, a filter (`("customer", Filter)`) or a search field (`=email`)."""
    field = name[0] if isinstance(name, tuple | list) else name
    return str(field).lstrip("^=@")
