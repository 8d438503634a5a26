"""From a brief to candidates: written, checked, ranked; what the checks refuse is kept with its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from marketing.ml.copy_checks import Checked, Fault, Wanted, check, shingles
from marketing.ml.likeness import likeness
from marketing.ml.ranking import Contribution, Outcome, contributions
from marketing.models import Brief, Candidate, Writer
from marketing.selectors.audiences import liking, products_of_brief
from marketing.selectors.earlier import written_texts
from marketing.selectors.outcomes import outcomes_of
from marketing.selectors.product_facts import ML_LANGUAGES, known_facts
from marketing.services.checking import claims_shown, faults_shown, wanted_of
from marketing.services.writers import Assignment, CopyWriter, Draft, FactsCopyWriter, Written

CANDIDATES = 3
DRAWN = 3  # drafts for each candidate: the best of them are shown
REFUSED_SHOWN = 3


@dataclass(frozen=True)
class Judgement:
    draft: Draft
    checked: Checked
    made_of: list[Contribution]

    @property
    def score(self) -> float:
        return sum(each.value for each in self.made_of)


def write_candidates(
    brief: Brief, *, count: int = CANDIDATES, writer: CopyWriter | None = None
) -> list[Candidate]:
    """In each language `count` different candidates, where the facts allow; refused ones beside them."""
    made: list[Candidate] = []
    for language in brief.languages:
        hand = writer or FactsCopyWriter(brief.pk * 1000 + brief.candidates.count())
        made += write_in_language(brief, language, hand, count)
    return made


def write_in_language(brief: Brief, language: str, writer: CopyWriter, count: int) -> list[Candidate]:
    assignment = assignment_of(brief, language)
    written = writer.write(assignment, count * DRAWN) if assignment.goods else no_goods()
    outcomes = outcomes_of(brief.channel, language)
    judgements = judged_drafts(written.drafts, wanted_of(brief, language), outcomes, assignment.liking)
    known = written_texts(brief, language)
    fresh = [each for each in judgements if each.checked.text not in known]
    good = chosen([each for each in fresh if not each.checked.is_refused], count)
    refused = [each for each in fresh if each.checked.is_refused][:REFUSED_SHOWN]
    if writer.kind == Writer.FACTS and len(good) == count:
        refused = []  # draws that were no good, and nothing that anybody waits for
    rows = [row_of(each, brief, language, writer) for each in [*good, *refused]]
    if written.problem:
        rows.append(row_of_problem(written.problem, brief, language, writer))
    with transaction.atomic():
        return Candidate.objects.bulk_create(rows)


def assignment_of(brief: Brief, language: str) -> Assignment:
    """The goods with their facts, what suits the audience best first; the offer only of goods that it may be
    told of."""
    products = products_of_brief(brief)
    liked = liking(brief, products)
    products.sort(key=lambda each: -liked.get(each.pk, 0.0))
    known = known_facts(products, language, offer=brief.offer, services=brief.must_say)
    told = [(each, known[each.pk].facts) for each in products]
    offered = [(each, facts) for each, facts in told if facts.offer]
    return Assignment(brief, ML_LANGUAGES[language], offered if brief.offer and offered else told, liked)


def no_goods() -> Written:
    return Written(problem="no_goods")


def judged_drafts(
    drafts: Sequence[Draft], wanted: Wanted, outcomes: Sequence[Outcome], liked: Mapping[int, float]
) -> list[Judgement]:
    """In the order of their scores."""
    found = []
    for draft in drafts:
        checked = check(draft.parts, replace(wanted, product=draft.facts))
        fit = liked.get(draft.product.pk, 0.0) if liked else None
        made_of = contributions(checked, draft.facts, wanted.channel, outcomes, fit)
        found.append(Judgement(draft, checked, made_of))
    return sorted(found, key=lambda each: -each.score)


def chosen(judgements: Sequence[Judgement], count: int) -> list[Judgement]:
    """The best, each as unlike those before it as the score is worth."""
    left, taken = list(judgements), list[Judgement]()
    while left and len(taken) < count:
        before = [shingles(each.checked.text) for each in taken]
        best = max(left, key=lambda each: each.score - likeness(each.checked.text, before))
        left.remove(best)
        if likeness(best.checked.text, before) < 1.0:
            taken.append(best)
    return taken


def row_of(judgement: Judgement, brief: Brief, language: str, writer: CopyWriter) -> Candidate:
    checked = judgement.checked
    status = Candidate.Status.REFUSED if checked.is_refused else Candidate.Status.PROPOSED
    return Candidate(
        brief=brief, product=judgement.draft.product, writer=writer.kind, writer_name=writer.name[:200],
        language=language, parts=checked.parts, claims=claims_shown(checked), status=status,
        removed=faults_shown(checked.removed), reasons=faults_shown(checked.faults),
        score=None if checked.is_refused else round(judgement.score, 4),
        contributions=[shown(each) for each in judgement.made_of],
    )  # fmt: skip


def shown(contribution: Contribution) -> dict[str, Any]:
    return {**vars(contribution), "value": round(contribution.value, 4)}


def row_of_problem(problem: str, brief: Brief, language: str, writer: CopyWriter) -> Candidate:
    """Nothing was written: the reason stands where the candidate would."""
    code = problem if problem == "no_goods" else "writer_failed"
    return Candidate(
        brief=brief, writer=writer.kind, writer_name=writer.name[:200], language=language,
        status=Candidate.Status.REFUSED, reasons=faults_shown([Fault(code, detail=problem[:500])]),
    )  # fmt: skip
