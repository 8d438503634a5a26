from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from ecommerce_ai.office.lists import OfficeAdmin
from profiles.admin.lists import InferenceAdmin
from profiles.models import CustomerLabel, Label, LabelExample


class ExampleInline(TabularInline):
    model = LabelExample
    extra = 3
    autocomplete_fields = ("customer",)


@admin.register(Label)
class LabelAdmin(OfficeAdmin):
    """A merchant names a label and shows customers of whom it is true, and of whom it is not."""

    list_display = ("name", "kind", "is_live", "told_status")
    list_filter = ("kind", "is_live")
    search_fields = ("name",)
    prepopulated_fields = {"key": ("name",)}
    readonly_fields = ("status",)
    inlines = (ExampleInline,)

    @admin.display(description=_("status"))
    def told_status(self, label: Label) -> str:
        """What the last refresh found, in words."""
        status = label.status.get("status")
        if status == "ready":
            return gettext("Told of %(n)s customers") % {"n": label.status.get("customers", 0)}
        if status == "insufficient_data":
            have, need = label.status["have"], label.status["need"]
            return gettext("Too little data: %(have)s of %(need)s") % {"have": have, "need": need}
        return gettext("At the next refresh")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        Label.objects.filter(pk=form.instance.pk).update(status={})  # due at the next refresh


@admin.register(CustomerLabel)
class CustomerLabelAdmin(InferenceAdmin):
    list_display = ("customer", "label", "probability", "low", "high", "computed_at")
    list_select_related = ("customer", "label")
    list_filter = ("label",)
    search_fields = ("customer__name", "customer__email", "=customer__external_id")
    ordering = ("-probability",)
    show_full_result_count = False
