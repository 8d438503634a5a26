"""The base of every list and form: readable JSON, CSV export, and lists that nobody may change."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from ecommerce_ai.office.export import csv_response
from ecommerce_ai.office.formats import json_block, json_text


class ReadableJSONField(forms.JSONField):
    """A JSON form field on several lines."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else json_text(value)


class OfficeAdmin(ModelAdmin):
    """A list and a form. `csv_columns`: the columns of an export, for lists that have one."""

    list_filter_submit = True
    warn_unsaved_form = True
    list_per_page = 50
    csv_columns: tuple[str, ...] = ()
    formfield_overrides = {models.JSONField: {"form_class": ReadableJSONField}}

    def __init__(self, model: type[models.Model], admin_site: Any) -> None:
        super().__init__(model, admin_site)
        self.json_fields = [
            field for field in model._meta.concrete_fields if isinstance(field, models.JSONField)
        ]
        for field in self.json_fields:
            setattr(self, f"readable_{field.name}", readable(field))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        if not self.csv_columns:
            actions.pop("export_csv", None)
        return actions  # type: ignore[no-any-return]

    def get_csv_columns(self, request: HttpRequest) -> Sequence[str]:
        return self.csv_columns

    @action(description=_("Export as CSV"), permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: QuerySet[Any]) -> StreamingHttpResponse:
        columns = self.get_csv_columns(request)
        rows = queryset.values_list(*columns).iterator(chunk_size=2000)
        name = f"{self.model._meta.model_name}s"
        return csv_response(name, header=[column.replace("__", "_") for column in columns], rows=rows)

    actions: tuple[str, ...] = ("export_csv",)

    def json_to_read(self, request: HttpRequest, obj: Any) -> set[str]:
        """The JSON fields that this reader sees and does not edit."""
        fixed = set(super().get_readonly_fields(request, obj))
        edits = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return {field.name for field in self.json_fields if not edits or field.name in fixed}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        read = self.json_to_read(request, obj)
        readable_names = {f"readable_{field.name}" for field in self.json_fields}  # Django lists them too
        return [
            (
                title,
                {
                    **options,
                    "fields": [
                        f"readable_{name}" if name in read else name
                        for name in options["fields"]
                        if name not in readable_names
                    ],
                },
            )
            for title, options in super().get_fieldsets(request, obj)
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        readable_names = [f"readable_{field.name}" for field in self.json_fields]
        return (*super().get_readonly_fields(request, obj), *readable_names)


class ReadOnlyAdmin(OfficeAdmin):
    """Facts that nobody edits by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def readable(field: "models.Field[Any, Any]") -> Any:
    """A column that shows a JSON field as text."""

    @display(description=field.verbose_name)
    def show(obj: models.Model) -> str:
        return json_block(getattr(obj, field.name))

    return show
