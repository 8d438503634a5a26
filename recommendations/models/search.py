"""What search keeps: the merchant's synonyms and pins, and an index that `manage.py refresh` may rebuild."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Product

MAX_PINS = 50


class SynonymQuerySet(models.QuerySet["Synonym"]):
    def live(self) -> Self:
        return self.filter(is_live=True)


class SearchPinQuerySet(models.QuerySet["SearchPin"]):
    def live(self) -> Self:
        return self.filter(is_live=True)


class Synonym(models.Model):
    """Words that shoppers type for words that the shop uses. A draft shows in previews only."""

    words = models.CharField(_("shoppers type"), max_length=200)
    means = models.CharField(_("the shop calls it"), max_length=200)
    is_two_way = models.BooleanField(_("both ways"), default=True)
    is_live = models.BooleanField(_("live"), default=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = SynonymQuerySet.as_manager()

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["words", "means"]
        constraints = [
            models.UniqueConstraint(Lower("words"), Lower("means"), name="synonym_once"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(means=""), name="synonym_words_given"),
            models.CheckConstraint(condition=~Q(words__iexact=F("means")), name="synonym_not_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.words} {'=' if self.is_two_way else '→'} {self.means}"


class SearchPin(models.Model):
    """A product that the merchant puts at a place of the results of one query."""

    query = models.CharField(_("search"), max_length=300)
    product = models.ForeignKey(
        Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="search_pins"
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MAX_PINS)]
    )
    is_live = models.BooleanField(_("live"), default=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = SearchPinQuerySet.as_manager()

    class Meta:
        verbose_name = _("pinned result")
        verbose_name_plural = _("pinned results")
        ordering = ["query", "position", "id"]
        constraints = [
            models.UniqueConstraint(Lower("query"), "product", name="searchpin_product_once"),
            models.CheckConstraint(condition=~Q(query=""), name="searchpin_query_given"),
            models.CheckConstraint(
                condition=Q(position__range=(1, MAX_PINS)), name="searchpin_position_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.query} → {self.position}. {self.product_id}"


class SearchDocument(models.Model):
    """The words of a live product in every language it is told in: title A, shelf B, facts C, text D."""

    product = models.OneToOneField(
        Product, verbose_name=_("product"), on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    words = SearchVectorField(_("words"))
    content_hash = models.CharField(_("hash of the text"), max_length=32)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        indexes = [GinIndex(fields=["words"], name="searchdocument_words")]

    def __str__(self) -> str:
        return str(self.product_id)


class SearchWord(models.Model):
    """A word of the shop's own vocabulary: what typos are repaired to, and prefixes completed to.

    `keys` are the word with each letter left out, and the same of how it sounds: two words that share one
    are a slip apart.
    """

    word = models.CharField(_("word"), max_length=40, primary_key=True)
    lexeme = models.CharField(_("stem"), max_length=40)
    documents = models.PositiveIntegerField(_("products"))
    in_titles = models.PositiveIntegerField(_("titles"), default=0)
    keys = ArrayField(models.CharField(max_length=40), verbose_name=_("keys"), default=list)

    class Meta:
        verbose_name = _("word of the shop")
        verbose_name_plural = _("words of the shop")
        ordering = ["-documents", "word"]
        indexes = [
            GinIndex(fields=["keys"], name="searchword_keys"),
            models.Index(fields=["lexeme"], name="searchword_lexeme"),
            models.Index(fields=["-documents"], name="searchword_common"),
        ]

    def __str__(self) -> str:
        return self.word


class FacetPhrase(models.Model):
    """How shoppers may name a value of an attribute (or a brand): its words in any language of the shop."""

    phrase = models.CharField(_("words"), max_length=100)
    name = models.CharField(_("attribute"), max_length=100)
    value = models.CharField(_("value"), max_length=200)
    documents = models.PositiveIntegerField(_("products"))

    class Meta:
        verbose_name = _("name of a value")
        verbose_name_plural = _("names of values")
        constraints = [
            models.UniqueConstraint(fields=["phrase", "name", "value"], name="facetphrase_once"),
        ]

    def __str__(self) -> str:
        return f"{self.phrase}: {self.name} = {self.value}"
