from typing import Self

from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Product
from marketing.ml.writing.channels import in_order
from marketing.models.briefs import Brief, Language, Writer
from marketing.models.seen import mark_of


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def to_decide(self) -> Self:
        return self.filter(status=Candidate.Status.PROPOSED)

    def best_first(self) -> Self:
        """What is to decide, then what was approved, then the rest."""
        place = Case(*(When(status=each, then=number) for number, each in enumerate(Candidate.Status)))
        return self.order_by(place, "-score", "-id")


class Candidate(models.Model):
    """A text that a writer proposed, with what it claims and what proves it. One that failed is kept too.

    `parts` by name, as the channel has them; `claims` say part, start, end, kind, proof or reason; `removed`
    are sentences that were taken out and why; `reasons` say why it is refused; `contributions` add up to
    `score`.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("To decide")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Not wanted")
        REFUSED = "refused", _("Refused by the checks")

    brief = models.ForeignKey(
        Brief, verbose_name=_("brief"), on_delete=models.CASCADE, related_name="candidates"
    )
    product = models.ForeignKey(
        Product,
        verbose_name=_("product"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    writer = models.CharField(_("writer"), max_length=10, choices=Writer, default=Writer.FACTS)
    writer_name = models.CharField(_("name of the writer"), max_length=200)
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.ENGLISH)
    parts = models.JSONField(_("parts"), default=dict)
    claims = models.JSONField(_("claims"), default=list, blank=True)
    removed = models.JSONField(_("sentences taken out"), default=list, blank=True)
    reasons = models.JSONField(_("reasons of the refusal"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROPOSED)
    score = models.FloatField(_("score"), null=True, blank=True)
    contributions = models.JSONField(_("what the score is made of"), default=list, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(reasons=[]), name="candidate_refused_says_why"
            )
        ]
        indexes = [models.Index(fields=["brief", "status", "-score"], name="candidate_best")]

    def __str__(self) -> str:
        return next((text for text in self.parts.values() if text), str(self.pk))[:80]

    @property
    def parts_in_order(self) -> dict[str, str]:
        return in_order(self.parts, self.brief.channel)

    @property
    def text(self) -> str:
        return "\n".join(self.parts_in_order.values())

    @property
    def mark(self) -> str:
        """Of the words as they are now: a yes is to these and no others."""
        return mark_of(self.language, *self.parts_in_order.items())


class Step(models.Model):
    """What a person did about a candidate: said, changed, approved, rejected. Lines never change.

    An edit keeps both texts, so that the difference can be shown and learned from.
    """

    class Kind(models.TextChoices):
        COMMENTED = "commented", _("Commented")
        EDITED = "edited", _("Edited")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    candidate = models.ForeignKey(
        Candidate, verbose_name=_("candidate"), on_delete=models.CASCADE, related_name="steps"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    before = models.JSONField(_("parts before"), default=dict, blank=True)
    after = models.JSONField(_("parts after"), default=dict, blank=True)
    by = models.ForeignKey(
        User, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("step of an approval")
        verbose_name_plural = _("steps of approvals")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="commented") | ~Q(comment=""), name="step_comment_given")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.candidate_id}"
