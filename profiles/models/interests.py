from datetime import UTC, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from pgvector.django import VectorField

from ecommerce_ai.shop.models import Customer, Product
from ecommerce_ai.shop.models.catalog import translated

DIMENSIONS = 384
HALF_LIFE_DAYS = 90.0
LANDMARK = datetime(2020, 1, 1, tzinfo=UTC)
# What fresh events have to come to for a weight of one half: an order counts 5, a look 1.
HALF_WEIGHT = 4.0
# A tag that says less than this is not worth telling.
LEAST_WEIGHT = 0.05
# What may speak for an interest, the strongest first.
SOURCES = ("order", "cart", "wishlist", "view", "search", "review", "question")


def forward_factor(moment: datetime) -> float:
    """By how much an event of this moment outweighs one of the landmark."""
    return float(2.0 ** ((moment - LANDMARK) / timedelta(days=HALF_LIFE_DAYS)))


class Trait(models.Model):
    """Something that products have in common and that people can like: a shelf, a brand, a colour."""

    class Kind(models.TextChoices):
        CATEGORY = "category", _("Shelf")
        BRAND = "brand", _("Brand")
        ATTRIBUTE = "attribute", _("Property")
        COLOUR = "colour", _("Colour")
        PRICE_BAND = "price_band", _("Price band")
        THEME = "theme", _("Theme")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    key = models.CharField(_("key"), max_length=700)
    label = models.CharField(_("label"), max_length=300)
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    products = models.ManyToManyField(
        Product, verbose_name=_("products"), through="ProductTrait", related_name="traits"
    )

    class Meta:
        verbose_name = _("trait")
        verbose_name_plural = _("traits")
        ordering = ["kind", "key"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="trait_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def local_label(self) -> str:
        return str(translated(self.translations, "label") or self.label)


class ProductTrait(models.Model):
    product = models.ForeignKey(
        Product,
        verbose_name=_("product"),
        on_delete=models.CASCADE,
        related_name="product_traits",
        db_index=False,
    )
    trait = models.ForeignKey(
        Trait, verbose_name=_("trait"), on_delete=models.CASCADE, related_name="product_traits"
    )

    class Meta:
        verbose_name = _("trait of a product")
        verbose_name_plural = _("traits of products")
        constraints = [models.UniqueConstraint(fields=["product", "trait"], name="producttrait_once")]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.trait_id}"


def weight_at(moment: datetime) -> "ExpressionWrapper[Any]":
    aged = F("strength") / forward_factor(moment)
    return ExpressionWrapper(aged / (aged + HALF_WEIGHT), models.FloatField())


class InterestQuerySet(models.QuerySet["Interest"]):
    def weighted_at(self, moment: datetime, *, least: float = LEAST_WEIGHT) -> Self:
        """With `weight`, 0 to 1: how much the events still say at this moment; weaker ones are left out."""
        return self.annotate(weight=weight_at(moment)).filter(weight__gte=least)

    def kept(self) -> Self:
        """Without the tags that the customer removed."""
        removals = TagRemoval.objects.filter(
            customer=OuterRef("customer"), kind=OuterRef("trait__kind"), key=OuterRef("trait__key")
        )
        return self.exclude(Exists(removals))


class Interest(models.Model):
    """How much a customer cares for a trait, and the events that say so.

    Events count half as much with each half-life. `strength` is what they come to at a fixed moment long
    ago, so rows at rest need no update (forward decay; Cormode et al., ICDE 2009): `weighted_at` ages it.
    """

    customer = models.ForeignKey(
        Customer,
        verbose_name=_("customer"),
        on_delete=models.CASCADE,
        related_name="interests",
        db_index=False,
    )
    trait = models.ForeignKey(
        Trait, verbose_name=_("trait"), on_delete=models.CASCADE, related_name="interests"
    )
    strength = models.FloatField(_("strength"))
    counts = models.JSONField(_("events by kind"), default=dict)
    evidence = models.JSONField(_("last events"), default=list)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        ordering = ["-strength"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "trait"], name="interest_once"),
            models.CheckConstraint(condition=Q(strength__gt=0), name="interest_strength_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.trait_id}"


class TagRemoval(models.Model):
    """A customer said that a tag is wrong. Never rebuilt: the trait may vanish and come back."""

    customer = models.ForeignKey(
        Customer,
        verbose_name=_("customer"),
        on_delete=models.CASCADE,
        related_name="tag_removals",
        db_index=False,
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Trait.Kind)
    key = models.CharField(_("key"), max_length=700)
    label = models.CharField(_("label"), max_length=300, blank=True)
    removed_at = models.DateTimeField(_("removed"), auto_now_add=True)

    class Meta:
        verbose_name = _("removed tag")
        verbose_name_plural = _("removed tags")
        ordering = ["-removed_at"]
        constraints = [models.UniqueConstraint(fields=["customer", "kind", "key"], name="tagremoval_once")]

    def __str__(self) -> str:
        return self.label or self.key


class Taste(models.Model):
    """The direction of a customer's taste: unit mean of the vectors of products they dealt with."""

    customer = models.OneToOneField(
        Customer,
        verbose_name=_("customer"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="taste",
    )
    embedding = VectorField(_("vector"), dimensions=DIMENSIONS)
    encoder = models.CharField(_("encoder"), max_length=200)
    input_hash = models.CharField(_("hash of the input"), max_length=64)
    computed_at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("taste")
        verbose_name_plural = _("tastes")

    def __str__(self) -> str:
        return str(self.customer_id)
