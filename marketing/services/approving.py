"""What a person does about a candidate. Nothing can be sent that did not come through `approve_candidate`."""

import re
from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from ecommerce_ai.accounts.models import User
from marketing.ml.copy_checks import Checked, check_as_is
from marketing.ml.writing.channels import CHANNELS, in_order
from marketing.models import Brief, Candidate, Language, PreferencePair, Step, Variant
from marketing.selectors.lessons import prompt_of_candidate
from marketing.selectors.product_facts import known_facts
from marketing.services.checking import claims_shown, faults_shown, wanted_of

FIELD = re.compile(r"\{(\w+)\}")
STAND_IN = {Language.ENGLISH: "there", Language.CHINESE: "朋友"}  # for whom no name is known
HEADS = ("subject", "title", "headline", "headline 1")


class NotApprovable(ValueError):
    """The text does not pass the checks as things are now; the candidate's row says why."""


class ChangedMeanwhile(NotApprovable):
    """The words are not those that were read."""


def comment_on(candidate: Candidate, comment: str, *, by: User) -> Step:
    return Step.objects.create(candidate=candidate, kind=Step.Kind.COMMENTED, comment=comment, by=by)


@transaction.atomic
def edit_candidate(candidate: Candidate, parts: Mapping[str, str], *, by: User, comment: str = "") -> Checked:
    """A person's words as they are, with what the checks say of them; what was before stays on record."""
    held = held_candidate(candidate)
    names = [part.name for part in CHANNELS[held.brief.channel]]
    after = {name: str(parts.get(name, "")).strip() for name in names}
    checked = checked_now(held, after)
    if after != held.parts:
        Step.objects.create(
            candidate=held,
            kind=Step.Kind.EDITED,
            comment=comment,
            before=held.parts_in_order,
            after=after,
            by=by,
        )
    keep_check(held, checked)
    return checked


@transaction.atomic
def approve_candidate(
    candidate: Candidate, *, by: User, comment: str = "", seen: str | None = None
) -> Variant | None:
    """The text that may be sent from now on; None where it does not pass the checks as things are now.

    `seen` is the mark of the words that were read. Raises ChangedMeanwhile where they are others by now.
    """
    held = held_candidate(candidate)
    if seen is not None and seen != held.mark:
        raise ChangedMeanwhile(held.pk)
    checked = checked_now(held, held.parts_in_order)
    keep_check(held, checked)
    if checked.is_refused:
        return None
    Candidate.objects.filter(pk=held.pk).update(status=Candidate.Status.APPROVED)
    Step.objects.create(candidate=held, kind=Step.Kind.APPROVED, comment=comment, by=by)
    variant = Variant.objects.create(**words_of(held), approved_by=by, approved_at=timezone.now())
    learn_from_edits(held)
    learn_from_choice(held)
    return variant


@transaction.atomic
def reject_candidate(candidate: Candidate, *, by: User, comment: str = "") -> None:
    held = held_candidate(candidate)
    Candidate.objects.filter(pk=held.pk).update(status=Candidate.Status.REJECTED)
    Step.objects.create(candidate=held, kind=Step.Kind.REJECTED, comment=comment, by=by)
    for other in Candidate.objects.filter(
        brief=held.brief_id, language=held.language, status=Candidate.Status.APPROVED
    ):
        keep_pair(other, held, PreferencePair.Source.CHOICE)


def held_candidate(candidate: Candidate) -> Candidate:
    """The row, locked; two people who decide at once come one after the other."""
    held = Candidate.objects.select_for_update().get(pk=candidate.pk)
    if held.status in (Candidate.Status.APPROVED, Candidate.Status.REJECTED):
        raise NotApprovable(held.get_status_display())
    return held


def checked_now(candidate: Candidate, parts: Mapping[str, str]) -> Checked:
    """By the facts, prices and rules of now."""
    brief = candidate.brief
    wanted = wanted_of(brief, candidate.language)
    if candidate.product is not None:
        known = known_facts(
            [candidate.product], candidate.language, offer=brief.offer, services=brief.must_say
        )
        wanted = replace(wanted, product=known[candidate.product.pk].facts)
    return check_as_is(parts, wanted)


def keep_check(candidate: Candidate, checked: Checked) -> None:
    candidate.parts = checked.parts
    candidate.claims, candidate.reasons = claims_shown(checked), faults_shown(checked.faults)
    candidate.status = Candidate.Status.REFUSED if checked.is_refused else Candidate.Status.PROPOSED
    candidate.save(update_fields=["parts", "claims", "reasons", "status"])


def words_of(candidate: Candidate) -> dict[str, object]:
    """As a text has them that may be sent."""
    used = set(FIELD.findall(candidate.text))
    return {
        "candidate": candidate, "brief": candidate.brief, "product": candidate.product,
        "channel": candidate.brief.channel, "language": candidate.language,
        **words_of_parts(candidate.parts_in_order),
        "template_fields": {"first_name": STAND_IN[Language(candidate.language)]} if used else {},
    }  # fmt: skip


def words_of_parts(parts: Mapping[str, str]) -> dict[str, object]:
    """What stands first in the channel, and the rest."""
    head = next((name for name in HEADS if parts.get(name)), "")
    rest = [text for name, text in parts.items() if name != head and text]
    return {
        "parts": dict(parts),
        "subject": parts.get(head, "")[:300],
        "body": "\n".join(rest) or parts[head],
    }


def learn_from_edits(candidate: Candidate) -> None:
    """What a person made of a writer's text is better than the text."""
    first = candidate.steps.filter(kind=Step.Kind.EDITED).first()
    if first:
        before = "\n".join(in_order(first.before, candidate.brief.channel).values())
        keep_texts(candidate, candidate.text, before, PreferencePair.Source.EDIT)


def learn_from_choice(candidate: Candidate) -> None:
    rejected = Candidate.objects.filter(
        brief=candidate.brief_id, language=candidate.language, status=Candidate.Status.REJECTED
    )
    for other in rejected:
        keep_pair(candidate, other, PreferencePair.Source.CHOICE)


def keep_pair(better: Candidate, worse: Candidate, source: str) -> None:
    keep_texts(better, better.text, worse.text, source)


def keep_texts(candidate: Candidate, better: str, worse: str, source: str) -> None:
    if better == worse or not worse.strip():
        return
    brief: Brief = candidate.brief
    PreferencePair.objects.get_or_create(
        brief=brief, better=better, worse=worse, source=source,
        defaults={
            "candidate": candidate, "channel": brief.channel, "language": candidate.language,
            "prompt": prompt_of_candidate(candidate),
        },
    )  # fmt: skip


@transaction.atomic
def withdraw_variant(variant: Variant, *, by: User | None = None, comment: str = "") -> bool:
    """It is not sent any more; what was sent stays on record. False where it was withdrawn before."""
    if not Variant.objects.in_use().filter(pk=variant.pk).update(withdrawn_at=timezone.now()):
        return False
    Step.objects.create(candidate_id=variant.candidate_id, kind=Step.Kind.WITHDRAWN, comment=comment, by=by)
    return True
