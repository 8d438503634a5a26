"""What was shown, what came of it, and what staff may set: rules, and versions of the pipeline."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget

from ecommerce_ai.accounts.models import User
from ecommerce_ai.office.lists import OfficeAdmin, ReadOnlyAdmin
from recommendations.models import (
    Impression,
    MerchandisingRule,
    Outcome,
    Pipeline,
    PipelineChange,
    Refusal,
    RuleChange,
    Slot,
)
from recommendations.selectors.traces import cause_text
from recommendations.services.rules import delete_rule, save_rule


@admin.register(Impression)
class ImpressionAdmin(ReadOnlyAdmin):
    list_display = ("served_at", "slot", "customer", "pipeline", "bucket", "is_shadow", "how")
    list_select_related = ("customer", "pipeline")
    list_filter = ("slot", "is_shadow", "pipeline")
    search_fields = ("=id", "=customer__external_id")
    ordering = ("-served_at",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Impression]:
        return super().get_queryset(request).defer("trace")  # type: ignore[no-any-return]

    @display(description=_("how it came about"))
    def how(self, impression: Impression) -> SafeString:
        address = reverse("dashboard:impression", args=[impression.pk])
        return format_html('<a class="text-link" href="{}">{}</a>', address, gettext("Trace"))


@admin.register(Outcome)
class OutcomeAdmin(ReadOnlyAdmin):
    list_display = ("occurred_at", "kind", "product", "position", "impression")
    list_select_related = ("product", "impression")
    list_filter = ("kind", "impression__slot")
    search_fields = ("=product__sku", "product__title")
    ordering = ("-occurred_at",)
    show_full_result_count = False


@admin.register(Refusal)
class RefusalAdmin(ReadOnlyAdmin):
    list_display = ("refused_at", "customer", "what", "product")
    list_select_related = ("customer", "product")
    list_filter = ("code",)
    search_fields = ("=customer__external_id", "=product__sku")
    ordering = ("-refused_at",)

    @display(description=_("reason"), ordering="code")
    def what(self, refusal: Refusal) -> str:
        if refusal.code == Refusal.NOT_FOR_ME:
            return gettext("Not for me")
        about = {refusal.product.pk: refusal.product} if refusal.product else {}
        return cause_text(refusal.code, str(refusal.product_id or ""), about)


@admin.register(MerchandisingRule)
class MerchandisingRuleAdmin(OfficeAdmin):
    list_display = ("name", "action", "place", "product", "category", "brand", "is_active", "updated_at")
    list_select_related = ("product", "category")
    list_filter = ("action", "is_active")
    search_fields = ("name", "=product__sku", "brand")
    autocomplete_fields = ("product", "category")
    ordering = ("-id",)
    fieldsets = (
        (None, {"fields": ("name", "action", "strength", "position", "is_active")}),
        (_("What it is about: one of these"), {"fields": ("product", "category", "brand")}),
        (_("Where and when"), {"fields": ("slot", "starts_at", "ends_at")}),
    )

    @display(description=_("place"), ordering="slot")
    def place(self, rule: MerchandisingRule) -> str:
        return str(Slot(rule.slot).label) if rule.slot else gettext("Every place")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "slot":
            kwargs |= {"widget": UnfoldAdminSelectWidget(choices=[("", _("Every place")), *Slot.choices])}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: MerchandisingRule, form: Any, change: Any) -> None:
        save_rule(obj, by=cast("User", request.user))

    def delete_model(self, request: HttpRequest, obj: MerchandisingRule) -> None:
        delete_rule(obj, by=cast("User", request.user))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[MerchandisingRule]) -> None:
        for rule in queryset:
            delete_rule(rule, by=cast("User", request.user))


@admin.register(RuleChange)
class RuleChangeAdmin(ReadOnlyAdmin):
    list_display = ("changed_at", "rule_name", "rule_number", "action", "changed_by")
    fields = (*list_display, "values")
    list_select_related = ("changed_by",)
    list_filter = ("action",)
    search_fields = ("rule_name", "=rule_number")
    ordering = ("-changed_at",)


@admin.register(Pipeline)
class PipelineAdmin(OfficeAdmin):
    """Settings of a version. A version that was shown to somebody is not edited: another one is made."""

    list_display = ("id", "name", "status", "ranker", "diversity", "coverage", "exploration", "live_since")
    list_select_related = ("ranker",)
    list_filter = ("status",)
    search_fields = ("name",)
    ordering = ("-id",)
    fields = (
        "name",
        "ranker",
        "diversity",
        "coverage",
        "exploration",
        "session_weight",
        "repeat_after_shown",
        "status",
        "live_since",
    )
    readonly_fields = ("status", "live_since")

    def has_change_permission(self, request: HttpRequest, obj: Pipeline | None = None) -> bool:
        is_draft = obj is None or obj.status == Pipeline.Status.DRAFT
        return is_draft and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Pipeline | None = None) -> bool:
        return False


@admin.register(PipelineChange)
class PipelineChangeAdmin(ReadOnlyAdmin):
    list_display = fields = ("changed_at", "pipeline", "status", "previous", "changed_by")
    list_select_related = ("pipeline", "previous", "changed_by")
    list_filter = ("status",)
    search_fields = ("pipeline__name",)
    ordering = ("-changed_at",)
