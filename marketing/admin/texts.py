from django.contrib import admin

from ecommerce_ai.office.lists import ReadOnlyAdmin
from marketing.models import Candidate, Step, Variant


@admin.register(Candidate)
class CandidateAdmin(ReadOnlyAdmin):
    """Every text that a writer proposed, with its proofs."""

    list_display = ("__str__", "brief", "status", "language", "writer_name", "score", "created_at")
    list_select_related = ("brief",)
    list_filter = ("status", "language", "writer")
    search_fields = ("brief__name",)
    ordering = ("-id",)
    fields = (
        "brief",
        "product",
        "status",
        "language",
        "writer_name",
        "parts",
        "claims",
        "removed",
        "reasons",
        "score",
        "contributions",
        "created_at",
    )


@admin.register(Step)
class StepAdmin(ReadOnlyAdmin):
    """Who changed, approved and rejected what, and when."""

    list_display = ("at", "kind", "candidate", "comment", "by")
    list_select_related = ("candidate", "by")
    list_filter = ("kind",)
    search_fields = ("comment", "candidate__brief__name")
    ordering = ("-id",)
    fields = ("at", "kind", "candidate", "comment", "before", "after", "by")


@admin.register(Variant)
class VariantAdmin(ReadOnlyAdmin):
    """What may be sent."""

    list_display = ("__str__", "brief", "channel", "language", "approved_by", "approved_at", "withdrawn_at")
    list_select_related = ("brief", "approved_by")
    list_filter = ("channel", "language")
    search_fields = ("subject", "body", "brief__name")
    ordering = ("-approved_at",)
    csv_columns = ("brief__name", "channel", "language", "subject", "body", "approved_at", "withdrawn_at")
    fields = (
        "brief",
        "channel",
        "language",
        "subject",
        "body",
        "template_fields",
        "approved_by",
        "approved_at",
        "withdrawn_at",
    )
