from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models.catalog import Product
from ecommerce_ai.shop.models.customers import Customer


class Moderation(models.TextChoices):
    PENDING = "pending", _("Waiting")
    APPROVED = "approved", _("Shown")
    REJECTED = "rejected", _("Rejected")


class ReviewQuerySet(models.QuerySet["Review"]):
    def approved(self) -> Self:
        return self.filter(status=Moderation.APPROVED)


class Review(models.Model):
    """What a buyer says about a product, with one to five stars."""

    external_id = models.CharField(_("shop's number"), max_length=100, unique=True, null=True, blank=True)
    product = models.ForeignKey(
        Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="reviews"
    )
    customer = models.ForeignKey(
        Customer,
        verbose_name=_("customer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reviews",
    )
    author_name = models.CharField(_("author"), max_length=100, blank=True)
    rating = models.PositiveSmallIntegerField(_("stars"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    status = models.CharField(_("status"), max_length=10, choices=Moderation, default=Moderation.PENDING)
    created_at = models.DateTimeField(_("written"))

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(rating__range=(1, 5)), name="review_rating_one_to_five")
        ]
        indexes = [models.Index(fields=["product", "status", "-created_at"], name="review_of_product")]

    def __str__(self) -> str:
        return self.title or self.body[:60]


class QuestionQuerySet(models.QuerySet["Question"]):
    def approved(self) -> Self:
        return self.filter(status=Moderation.APPROVED)

    def answered(self) -> Self:
        return self.exclude(answer="")


class Question(models.Model):
    """What a shopper asks about a product, and the shop's answer."""

    product = models.ForeignKey(
        Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="questions"
    )
    customer = models.ForeignKey(
        Customer,
        verbose_name=_("customer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="questions",
    )
    body = models.TextField(_("question"))
    answer = models.TextField(_("answer"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    status = models.CharField(_("status"), max_length=10, choices=Moderation, default=Moderation.PENDING)
    created_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False), name="question_answer_has_a_time"
            )
        ]
        indexes = [models.Index(fields=["product", "-created_at"], name="question_of_product")]

    def __str__(self) -> str:
        return self.body[:60]
