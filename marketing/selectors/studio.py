"""The copy studio as its page shows it: briefs, candidates with their claims marked, and what was done."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Sum

from ecommerce_ai.jobs.models import JobRun
from marketing.ml.writing.channels import CHANNELS, length, limit
from marketing.models import Brief, Candidate, Step, Variant, WriterBudget
from marketing.selectors.audiences import products_of_brief
from marketing.selectors.product_facts import known_facts
from marketing.selectors.words import (
    CONTRIBUTIONS,
    FAULTS,
    OFFER_FAULTS,
    PARTS,
    PROOFS,
    WHY_NOT,
    word,
)

WORD = re.compile(r"\s+|[\u4e00-\u9fff]|[^\s\u4e00-\u9fff]+")
REFUSED_SHOWN = 6
WRITING = "marketing.tasks.generate_copy"


@dataclass(frozen=True)
class Piece:
    """Some words of a text; with a claim where they claim something."""

    text: str
    claim: Mapping[str, Any] | None = None
    number: int = 0


@dataclass(frozen=True)
class PartShown:
    name: str
    label: str
    text: str
    pieces: Sequence[Piece]
    length: int
    limit: int


@dataclass(frozen=True)
class FaultShown:
    label: str
    text: str
    detail: str
    reason: str
    part: str


@dataclass(frozen=True)
class Change:
    """Words of a difference: `kept`, `added` or `taken`."""

    kind: str
    text: str


@dataclass(frozen=True)
class StepShown:
    step: Step
    changes: Sequence[tuple[str, Sequence[Change]]]


@dataclass(frozen=True)
class CandidateShown:
    candidate: Candidate
    parts: Sequence[PartShown]
    claims: Sequence[Mapping[str, Any]]
    reasons: Sequence[FaultShown]
    removed: Sequence[FaultShown]
    contributions: Sequence[Mapping[str, Any]]
    steps: Sequence[StepShown]
    variant: Variant | None

    @property
    def is_open(self) -> bool:
        return self.candidate.status in (Candidate.Status.PROPOSED, Candidate.Status.REFUSED)


@dataclass(frozen=True)
class Costs:
    """What calls of a server cost for a brief, and what is left of the month."""

    calls: int
    cost: Decimal
    currency: str
    left: Decimal


@dataclass(frozen=True)
class Studio:
    brief: Brief
    job: JobRun | None
    costs: Costs | None
    products: Sequence[Any]
    offer_faults: Sequence[tuple[Any, str, Any]]
    candidates: Sequence[CandidateShown]
    refused: Sequence[CandidateShown]

    @property
    def is_empty(self) -> bool:
        return not self.candidates and not self.refused


def studio_of(brief: Brief) -> Studio:
    products = products_of_brief(brief)
    steps = Step.objects.select_related("by").order_by("id")
    rows = brief.candidates.select_related("product", "brief").prefetch_related(
        Prefetch("steps", steps), "variants__personal_sets__job"
    )
    shown = [shown_candidate(row) for row in rows.best_first()]
    refused = [each for each in shown if each.candidate.status == Candidate.Status.REFUSED]
    good = [each for each in shown if each.candidate.status != Candidate.Status.REFUSED]
    return Studio(
        brief, job_of(brief), costs_of(brief), products, offer_faults(brief, products), good,
        refused[:REFUSED_SHOWN],
    )  # fmt: skip


def job_of(brief: Brief) -> JobRun | None:
    """A model or a server that writes just now."""
    return JobRun.objects.unfinished().filter(task=WRITING, arguments={"brief_id": brief.pk}).first()


def costs_of(brief: Brief) -> Costs | None:
    spent = brief.calls.aggregate(calls=Count("pk"), cost=Sum("cost"))
    budget = WriterBudget.objects.order_by("-month").first()
    if not spent["calls"] or budget is None:
        return None
    left = budget.cap - budget.spent - budget.reserved
    return Costs(spent["calls"], spent["cost"], budget.currency, left)


def offer_faults(brief: Brief, products: Sequence[Any]) -> list[tuple[Any, str, Any]]:
    """Products of which the offer must not be told, with why and the price it may be compared with."""
    if brief.offer is None:
        return []
    known = known_facts(products, brief.languages[0], offer=brief.offer)
    found = [(each, known[each.pk]) for each in products]
    return [
        (each, word(OFFER_FAULTS, about.offer_fault), about.prior)
        for each, about in found
        if about.offer_fault
    ]


def shown_candidate(candidate: Candidate) -> CandidateShown:
    numbered = [
        {**claim, "number": number, "proof_name": word(PROOFS, claim["proof"]), "why": why(claim)}
        for number, claim in enumerate(candidate.claims, start=1)
    ]
    return CandidateShown(
        candidate=candidate,
        parts=[
            shown_part(candidate, name, text, numbered) for name, text in candidate.parts_in_order.items()
        ],
        claims=numbered,
        reasons=[shown_fault(each) for each in candidate.reasons],
        removed=[shown_fault(each) for each in candidate.removed],
        contributions=[
            {**each, "label": word(CONTRIBUTIONS, each["code"])} for each in candidate.contributions
        ],
        steps=[shown_step(each, candidate.brief.channel) for each in candidate.steps.all()],
        variant=next(iter(candidate.variants.all()), None),
    )


def why(claim: Mapping[str, Any]) -> str:
    return word(WHY_NOT, claim["reason"]) if claim["reason"] else ""


def shown_fault(fault: Mapping[str, str]) -> FaultShown:
    """What is known instead stands behind the reason."""
    reason = word(WHY_NOT, fault["reason"]) if fault["reason"] else ""
    known = f"{reason} ({fault['known']})" if fault["known"] else reason
    part = word(PARTS, fault["part"]) if fault["part"] else ""
    return FaultShown(word(FAULTS, fault["code"]), fault["text"], fault["detail"], known, part)


def shown_part(candidate: Candidate, name: str, text: str, claims: Iterable[Mapping[str, Any]]) -> PartShown:
    channel = candidate.brief.channel
    part = next(each for each in CHANNELS[channel] if each.name == name)
    own = [claim for claim in claims if claim["part"] == name]
    return PartShown(
        name, word(PARTS, name), text, pieces_of(text, own), length(part, text), limit(part, channel, text)
    )


def pieces_of(text: str, claims: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """The text cut at its claims; of two that overlap, the first."""
    pieces, place = [], 0
    for claim in sorted(claims, key=lambda each: (each["start"], -each["end"])):
        if claim["start"] < place:
            continue
        pieces.append(Piece(text[place : claim["start"]]))
        pieces.append(Piece(text[claim["start"] : claim["end"]], claim, claim["number"]))
        place = claim["end"]
    return [each for each in [*pieces, Piece(text[place:])] if each.text]


def shown_step(step: Step, channel: str) -> StepShown:
    if step.kind != Step.Kind.EDITED:
        return StepShown(step, ())
    names = [part.name for part in CHANNELS[channel]]
    texts = [(name, step.before.get(name, ""), step.after.get(name, "")) for name in names]
    changed = [(word(PARTS, name), changes(old, new)) for name, old, new in texts if old != new]
    return StepShown(step, changed)


def changes(old: str, new: str) -> list[Change]:
    """The difference by words, of Chinese by characters."""
    before, after = WORD.findall(old), WORD.findall(new)
    found: list[Change] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("kept", "".join(before[i:j])))
            continue
        found += [Change("taken", "".join(before[i:j]))] if i < j else []
        found += [Change("added", "".join(after[k:m]))] if k < m else []
    return found
