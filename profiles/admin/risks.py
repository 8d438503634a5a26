from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from ecommerce_ai.accounts.models import User
from ecommerce_ai.office.lists import OfficeAdmin
from profiles.models import RiskAssessment
from profiles.selectors.risks import risk_facts
from profiles.services.verdicts import review_risk

COLOURS = {"low": "success", "medium": "warning", "high": "danger"}
SIGNS = {"negative": "−", "neutral": "·", "positive": "+"}


@admin.register(RiskAssessment)
class RiskAssessmentAdmin(OfficeAdmin):
    """The review queue. A verdict is kept and learnt from; orders are blocked by people, elsewhere."""

    list_display = ("subject", "level_label", "score", "reasons", "status", "assessed_at")
    list_filter = ("status", "level")
    list_select_related = ("order", "customer")
    search_fields = ("=order__number", "customer__name", "customer__email")
    ordering = ("-score", "-pk")
    show_full_result_count = False
    actions = ("clear", "confirm")
    fields = (
        "order",
        "customer",
        "level",
        "score",
        "reasons",
        "status",
        "note",
        "reviewed_by",
        "reviewed_at",
    )
    readonly_fields = tuple(name for name in fields if name not in {"status", "note"})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: RiskAssessment, form: Any, change: bool) -> None:  # noqa: FBT001
        review_risk(obj, status=obj.status, reviewer=reviewer(request), note=obj.note)

    @display(description=_("order or account"))
    def subject(self, assessment: RiskAssessment) -> str:
        return str(assessment.order or assessment.customer)

    @display(description=_("level"), ordering="score", label=COLOURS)
    def level_label(self, assessment: RiskAssessment) -> tuple[str, str]:
        return assessment.level, assessment.get_level_display()

    @display(description=_("facts"))
    def reasons(self, assessment: RiskAssessment) -> SafeString:
        facts = [(SIGNS[fact.sentiment], fact.description) for fact in risk_facts(assessment)]
        return format_html_join("", "<div>{} {}</div>", facts) if facts else SafeString("-")

    @action(description=_("Fine"), permissions=["change"])
    def clear(self, request: HttpRequest, queryset: QuerySet[RiskAssessment]) -> None:
        self.review(request, queryset, RiskAssessment.Status.CLEARED)

    @action(description=_("Abuse confirmed"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[RiskAssessment]) -> None:
        self.review(request, queryset, RiskAssessment.Status.CONFIRMED)

    def review(self, request: HttpRequest, queryset: QuerySet[RiskAssessment], status: str) -> None:
        assessments = list(queryset)
        for assessment in assessments:
            review_risk(assessment, status=status, reviewer=reviewer(request))
        told = ngettext("%(n)s verdict kept.", "%(n)s verdicts kept.", len(assessments))
        self.message_user(request, told % {"n": len(assessments)}, messages.SUCCESS)


def reviewer(request: HttpRequest) -> User:
    return cast("User", request.user)
