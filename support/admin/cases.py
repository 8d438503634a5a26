from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from ecommerce_ai.accounts.models import User
from ecommerce_ai.office.lists import OfficeAdmin, ReadOnlyAdmin
from support.models import LogEntry, ServiceRequest
from support.services.requests import move_on, refuse

STATUS_COLOURS = {
    ServiceRequest.Status.PROPOSED: "info",
    ServiceRequest.Status.CONFIRMED: "warning",
    ServiceRequest.Status.APPROVED: "primary",
    ServiceRequest.Status.RECEIVED: "primary",
    ServiceRequest.Status.DONE: "success",
    ServiceRequest.Status.REFUSED: "danger",
}


@admin.register(ServiceRequest)
class ServiceRequestAdmin(OfficeAdmin):
    """Cases of after-sales; their states move by steps, never by hand."""

    list_display = ("kind", "state", "order", "product", "created_at", "finished_at")
    list_select_related = ("order", "product")
    list_filter = ("status", "kind")
    search_fields = ("=order__number", "=product__sku")
    ordering = ("-created_at",)
    date_hierarchy = "created_at"
    actions = ("take_next_step", "say_no")
    fields = ("kind", "status", "order", "product", "details", "created_at", "confirmed_at", "finished_at")
    readonly_fields = fields

    @display(description=_("status"), ordering="status", label=STATUS_COLOURS)
    def state(self, request: ServiceRequest) -> tuple[str, str]:
        return request.status, request.get_status_display()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # shoppers make these

    @action(description=_("Next step: approved, goods are back, paid back"), permissions=["change"])
    def take_next_step(self, request: HttpRequest, queryset: QuerySet[ServiceRequest]) -> None:
        if isinstance(request.user, User):
            for case in queryset:
                move_on(case, by=request.user)

    @action(description=_("Refuse"), permissions=["change"])
    def say_no(self, request: HttpRequest, queryset: QuerySet[ServiceRequest]) -> None:
        if isinstance(request.user, User):
            for case in queryset:
                refuse(case, by=request.user)


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """What was done and what was held back."""

    list_display = ("at", "kind", "detail", "conversation", "by")
    list_select_related = ("conversation", "by")
    list_filter = ("kind",)
    search_fields = ("detail",)
    ordering = ("-id",)
    date_hierarchy = "at"
    show_full_result_count = False
    fields = ("at", "kind", "detail", "conversation", "by")
