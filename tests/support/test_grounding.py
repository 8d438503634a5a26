"""What a writer says is checked sentence by sentence: changed facts are caught, true ones pass."""

from collections import Counter

from support.ml.grounding import verify
from tests.support.replies import Case, changed_replies, quoted, true_replies

CAUGHT, FLAGGED = 0.95, 0.05


def passes(case: Case) -> bool:
    return verify(case.text, case.evidence, language=case.language).is_supported


def test_changed_numbers_dates_negations_and_policies_are_caught() -> None:
    cases = list(changed_replies())
    missed = [case for case in cases if passes(case)]
    counts, missed_counts = (Counter(case.kind for case in some) for some in (cases, missed))
    assert len(cases) >= 200
    assert set(counts) == {"number", "date", "negation", "policy"}
    assert {kind for kind in counts if missed_counts[kind] > (1 - CAUGHT) * counts[kind]} == set()
    assert {case.language for case in cases} == {"en", "zh"}


def test_true_replies_in_other_words_pass() -> None:
    cases = list(true_replies())
    assert len(cases) >= 200
    assert len([case.text for case in cases if not passes(case)]) <= FLAGGED * len(cases)


def test_a_promise_an_invention_and_a_part_that_says_more_are_named() -> None:
    quotes = quoted(
        "en", "Earrings can be returned only with an unbroken seal. Refunds take five working days."
    )
    told = {
        "We will call you back today.": "promise",
        "We have shops in Paris and Rome.": "unsupported",
        "Earrings can be returned.": "policy",
        "Refunds take five days.": "number",
        "Refunds do not take five working days.": "negation",
    }
    found = {text: verify(text, quotes).problems for text in told}
    assert {text: problems[0].reason for text, problems in found.items()} == told
    assert verify("Yes, refunds take 5 working days. Thank you for asking.", quotes).is_supported
