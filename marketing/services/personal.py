"""A text for each shopper of an audience, about what suits them; a person approves them all."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from ecommerce_ai.accounts.models import User
from ecommerce_ai.jobs.progress import JobError, Progress, silent
from ecommerce_ai.jobs.services import start_job
from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from ecommerce_ai.shop.models import Customer, Product
from marketing.ml.copy_checks import Wanted, check
from marketing.ml.facts import ProductFacts
from marketing.models import Language, PersonalSet, PersonalVariant, Variant
from marketing.selectors.audiences import Match, matches_of
from marketing.selectors.product_facts import digest_of
from marketing.services.approving import words_of_parts
from marketing.services.candidates import assignment_of
from marketing.services.checking import wanted_of
from marketing.services.writers import Assignment, Draft, FactsCopyWriter
from profiles.models import Trait
from profiles.selectors.interests import trait_label

TASK = "marketing.tasks.write_personal_texts"
BATCH = 200
TRIES = 3  # texts for one shopper, until one passes


def start_personal_variants(variant: Variant, *, by: User) -> PersonalSet:
    """A job that a person watches; the texts are sent once their set is approved."""
    with transaction.atomic():
        made = PersonalSet.objects.create(variant=variant, segment=variant.brief.segment, requested_by=by)
        made.job = start_job(
            TASK, title=gettext_noop("Personal texts"), arguments={"set_id": made.pk}, requested_by=by
        )
        made.save(update_fields=["job"])
    return made


def write_personal_variants(made: PersonalSet, *, progress: Progress = silent) -> dict[str, int]:
    """One for each of the audience who agreed to personal suggestions; called again, what is missing.

    Returns {"written", "without_text", "per_second"}. Who gets none gets the text for all. Raises JobError
    for a set that was approved: nobody read what would come to it.
    """
    if PersonalSet.objects.approved().filter(pk=made.pk).exists():
        raise JobError("These texts were approved: what is written now nobody would read.")
    started = time.perf_counter()
    everybody = audience_of(made.variant)
    total, seen, fresh = everybody.count(), 0, 0
    scribe = Scribe(made)
    for people in batches(everybody):
        rows = PersonalVariant.objects.bulk_create(scribe.texts(people), ignore_conflicts=True)
        seen, fresh = seen + len(people), fresh + len(rows)
        progress(seen, total)
    seconds = time.perf_counter() - started
    written = PersonalVariant.objects.filter(set=made).count()
    PersonalSet.objects.filter(pk=made.pk).update(
        written=written, without_text=total - written, seconds=seconds, finished_at=timezone.now()
    )
    return {
        "written": written,
        "without_text": total - written,
        "per_second": round(fresh / seconds),
    }


@transaction.atomic
def approve_personal_set(made: PersonalSet, *, by: User) -> None:
    """From now on its texts are sent in place of the one for all. Raises JobError while they are written."""
    approved = PersonalSet.objects.filter(pk=made.pk, finished_at__isnull=False, approved_at=None)
    if not approved.update(approved_by=by, approved_at=timezone.now()):
        raise JobError("These texts are not finished, or were approved before.")


def audience_of(variant: Variant) -> QuerySet[Customer]:
    brief = variant.brief
    people = Customer.objects.current().order_by("pk")
    if brief.customer_id:
        return people.filter(pk=brief.customer_id)
    if brief.segment_id is None:
        return people.none()
    return people.filter(segment_memberships__segment=brief.segment_id, segment_memberships__left_at=None)


def batches(people: QuerySet[Customer]) -> Iterator[list[Customer]]:
    rows = people.only("pk", "language").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield batch


@dataclass
class Desk:
    """What writing in one language needs, made once."""

    assignment: Assignment
    wanted: Wanted
    writer: FactsCopyWriter
    goods: Mapping[int, tuple[Product, ProductFacts]] = field(init=False)

    def __post_init__(self) -> None:
        self.goods = {product.pk: (product, facts) for product, facts in self.assignment.goods}

    def text_about(self, product: int) -> Draft | None:
        """The first that passes every check."""
        order = replace(self.assignment, goods=[self.goods[product]])
        for _ in range(TRIES):
            for draft in self.writer.write(order, 1).drafts:
                checked = check(draft.parts, replace(self.wanted, product=draft.facts))
                if not checked.is_refused:
                    return replace(draft, parts=checked.parts)
        return None


class Scribe:
    """Writes a set, batch by batch."""

    def __init__(self, made: PersonalSet) -> None:
        self.set, self.variant = made, made.variant
        self.desks: dict[str, Desk] = {}
        self.labels: dict[int, str] = {}

    def texts(self, people: list[Customer]) -> list[PersonalVariant]:
        there = PersonalVariant.objects.filter(set=self.set, customer__in=people).values("customer")
        agreed = allowed_customers(Purpose.PERSONALISATION).filter(pk__in=[each.pk for each in people])
        wanted = set(agreed.exclude(pk__in=there).values_list("pk", flat=True))
        goods = self.desk(self.variant.language).goods
        matches = matches_of(wanted, list(goods))
        self.learn_labels(matches)
        found = (self.text(each, matches.get(each.pk, [])) for each in people if each.pk in wanted)
        return [each for each in found if each is not None]

    def text(self, customer: Customer, matches: list[Match]) -> PersonalVariant | None:
        language = language_of(customer, self.variant.language)
        desk = self.desk(language)
        best = next((match for match in matches if match.product in desk.goods), None)
        product = best.product if best else next(iter(desk.goods), None)
        draft = desk.text_about(product) if product is not None else None
        if draft is None:
            return None
        return PersonalVariant(
            set=self.set, customer=customer, product=draft.product, language=language,
            reason=self.labels.get(best.trait, "") if best else "", **words_of_parts(draft.parts),
        )  # fmt: skip

    def desk(self, language: str) -> Desk:
        if language not in self.desks:
            brief = self.variant.brief
            wanted = replace(wanted_of(brief, language), earlier=())  # they are all alike by intention
            self.desks[language] = Desk(assignment_of(brief, language), wanted, FactsCopyWriter(self.set.pk))
            self.keep_facts(language)
        return self.desks[language]

    def keep_facts(self, language: str) -> None:
        """As they were when the first of these texts was written: a text about what changed is not sent."""
        goods = self.desks[language].goods
        digests = {f"{language}:{pk}": digest_of(facts) for pk, (_product, facts) in goods.items()}
        self.set.facts = {**digests, **self.set.facts}
        self.set.save(update_fields=["facts"])

    def learn_labels(self, matches: Mapping[int, list[Match]]) -> None:
        traits = {match.trait for found in matches.values() for match in found} - self.labels.keys()
        self.labels |= {trait.pk: trait_label(trait) for trait in Trait.objects.filter(pk__in=traits)}


def language_of(customer: Customer, otherwise: str) -> str:
    """The one of the writers' languages that they read."""
    base = customer.language.partition("-")[0].lower()
    return {"en": Language.ENGLISH, "zh": Language.CHINESE}.get(base, otherwise)
