from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField, HnswIndex, VectorField

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Product, Promotion

DIMENSIONS = 384


class ArticleQuerySet(models.QuerySet["Article"]):
    def live(self) -> Self:
        return self.filter(status=Article.Status.LIVE)

    def valid(self, on: date) -> Self:
        """Live, and true on this day."""
        begun = Q(valid_from=None) | Q(valid_from__lte=on)
        not_over = Q(valid_until=None) | Q(valid_until__gte=on)
        return self.live().filter(begun, not_over)

    def for_audiences(self, audiences: "tuple[Article.Audience, ...]") -> Self:
        return self.filter(audience__in=audiences)

    def written(self) -> Self:
        """By people; the others are made of products and promotions."""
        return self.exclude(kind__in=Article.DERIVED)


class Article(models.Model):
    """Something the shop says about itself. `body` is its text of now; each it ever had is a version."""

    class Kind(models.TextChoices):
        HELP = "help", _("Help")
        POLICY = "policy", _("Policy")
        ANSWER = "answer", _("Question and answer")
        PRODUCT = "product", _("Product")
        PROMOTION = "promotion", _("Promotion")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        LIVE = "live", _("Live")
        RETIRED = "retired", _("Taken back")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("Everyone")
        CUSTOMERS = "customers", _("Customers who are logged in")
        STAFF = "staff", _("Staff only")

    DERIVED = (Kind.PRODUCT, Kind.PROMOTION)

    key = models.CharField(_("key"), max_length=120, help_text=_("The same in every language."))
    language = models.CharField(_("language"), max_length=10, default="en")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.HELP)
    topic = models.CharField(_("topic"), max_length=80, blank=True)
    title = models.CharField(_("title"), max_length=300)
    body = models.TextField(_("text"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    product = models.ForeignKey(
        Product,
        verbose_name=_("product"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="articles",
    )
    promotion = models.ForeignKey(
        Promotion,
        verbose_name=_("promotion"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="articles",
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["topic", "title"]
        constraints = [
            models.UniqueConstraint(fields=["key", "language"], name="article_once_per_language"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="article_says_something"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="article_validity_in_order",
            ),
        ]
        indexes = [models.Index(fields=["status", "language"], name="article_live")]

    def __str__(self) -> str:
        return self.title


class ArticleVersion(models.Model):
    """A text that an article had. Quotes point here, so that they are found again after a change."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=300)
    body = models.TextField(_("text"))
    changed_by = models.ForeignKey(
        User, verbose_name=_("changed by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of an article")
        verbose_name_plural = _("versions of articles")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="articleversion_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Passage(models.Model):
    """A piece of a live article as it is found: where it begins in the body, its words, and its meaning.

    `embedding` is empty until the encoder has read it; it is found by its words meanwhile.
    """

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="passages"
    )
    version = models.PositiveIntegerField(_("version"))
    start = models.PositiveIntegerField(_("begins at"))
    text = models.TextField(_("text"))
    words = SearchVectorField(_("words"), null=True)
    embedding = VectorField(dimensions=DIMENSIONS, null=True)
    encoder = models.CharField(_("encoder"), max_length=200, blank=True)
    content_hash = models.CharField(_("hash of title and text"), max_length=32)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["article", "start"]
        constraints = [models.UniqueConstraint(fields=["article", "start"], name="passage_once")]
        indexes = [
            GinIndex(fields=["words"], name="passage_words"),
            models.Index(fields=["-updated_at"], name="passage_updated"),
            HnswIndex(
                OpClass(Cast("embedding", HalfVectorField(dimensions=DIMENSIONS)), "halfvec_cosine_ops"),
                name="passage_near",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
