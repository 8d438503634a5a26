from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import action, display

from ecommerce_ai.office.lists import OfficeAdmin
from support.models import Intent, IntentExample
from support.tasks import train_intents


class ExampleInline(TabularInline):
    model = IntentExample
    fields = ("text", "language", "is_approved")
    extra = 1
    per_page = 30
    hide_title = True


@admin.register(Intent)
class IntentAdmin(OfficeAdmin):
    list_display = ("name", "action", "example_count", "is_active")
    list_filter = ("action", "is_active")
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("name", "action", "is_active")
    inlines = (ExampleInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Intent]:
        return super().get_queryset(request).annotate(examples_there=Count("examples"))  # type: ignore[no-any-return]

    @display(description=_("examples"), ordering="examples_there")
    def example_count(self, intent: Intent) -> int:
        return int(vars(intent)["examples_there"])


@admin.register(IntentExample)
class IntentExampleAdmin(OfficeAdmin):
    """What shoppers say. Suggested ones wait here for a yes."""

    list_display = ("text", "intent", "language", "is_approved")
    list_select_related = ("intent",)
    list_filter = ("is_approved", "language", "intent")
    search_fields = ("text",)
    ordering = ("is_approved", "-id")
    fields = ("intent", "text", "language", "is_approved")
    actions = ("approve",)

    @action(description=_("Approve, and learn from them"), permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[IntentExample]) -> None:
        queryset.update(is_approved=True)
        train_intents.delay()
