from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter
from unfold.decorators import action, display

from ecommerce_ai.shop.admin.personal import PersonalAdmin
from ecommerce_ai.shop.models import Question, Review
from ecommerce_ai.shop.models.voices import Moderation

STATUS_COLOURS = {
    Moderation.PENDING: "warning",
    Moderation.APPROVED: "success",
    Moderation.REJECTED: "danger",
}


class ModeratedAdmin(PersonalAdmin):
    """What people wrote: shown in the shop once somebody approved it."""

    actions = ("approve", "reject")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # shoppers and imports write these

    @display(description=_("status"), ordering="status", label=STATUS_COLOURS)
    def state(self, voice: Any) -> tuple[str, str]:
        return voice.status, voice.get_status_display()

    @action(description=_("Show in the shop"), permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        queryset.update(status=Moderation.APPROVED)

    @action(description=_("Reject"), permissions=["change"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        queryset.update(status=Moderation.REJECTED)


@admin.register(Review)
class ReviewAdmin(ModeratedAdmin):
    list_display = ("headline", "product", "rating", "author_name", "state", "language", "created_at")
    list_select_related = ("product",)
    list_filter = (
        "status",
        "rating",
        ("product", AutocompleteSelectFilter),
        ("created_at", RangeDateTimeFilter),
        "language",
    )
    search_fields = ("title", "body", "=product__sku")
    readonly_fields = ("external_id", "product", "customer", "author_name", "rating", "created_at")
    personal_fields = ("customer", "author_name", "external_id")
    fieldsets = (
        (None, {"fields": ("status", "product", "rating", "title", "body", "language")}),
        (_("Who and when"), {"fields": ("author_name", "customer", "external_id", "created_at")}),
    )

    @display(description=_("review"))
    def headline(self, review: Review) -> str:
        return str(review) or str(_("Stars only"))


@admin.register(Question)
class QuestionAdmin(ModeratedAdmin):
    list_display = ("body", "product", "is_answered", "state", "language", "created_at")
    list_select_related = ("product",)
    list_filter = (
        "status",
        ("answer", admin.EmptyFieldListFilter),
        ("product", AutocompleteSelectFilter),
        ("created_at", RangeDateTimeFilter),
    )
    search_fields = ("body", "answer", "=product__sku")
    readonly_fields = ("product", "customer", "created_at", "answered_at")
    personal_fields = ("customer",)
    fieldsets = (
        (None, {"fields": ("status", "product", "body", "answer", "language")}),
        (_("Who and when"), {"fields": ("customer", "created_at", "answered_at")}),
    )

    @display(description=_("answered"), boolean=True)
    def is_answered(self, question: Question) -> bool:
        return bool(question.answer)

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: Any) -> None:
        if "answer" in form.changed_data:
            obj.answered_at = timezone.now() if obj.answer else None
        super().save_model(request, obj, form, change)
