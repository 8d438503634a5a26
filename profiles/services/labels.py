"""Labels of customers: built in, and those that merchants define by examples."""

import time
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.selectors import artefact_of, live_run
from ecommerce_ai.inference.services import RunFacts, promote_run, record_run, store_artefact
from ecommerce_ai.shop.models import Category
from profiles.ml.purchases import TooLittle
from profiles.models import CustomerLabel, Label, LabelExample, Profile
from profiles.selectors import shop_clock
from profiles.selectors.learning import is_due
from profiles.services.lessons import WAYS, Lesson, Rows

NAME = "labels"
SHELVES = 3
SECONDS_A_DAY = 86_400


def refresh_labels() -> dict[str, int]:
    """Learn live labels again where that is due, and tell of customers who changed what was learnt before.

    Without enough data a label's status says what it lacks. Returns {"labels" learnt, "written"}.
    """
    ensure_labels()
    started, is_time = time.perf_counter(), is_due(NAME)
    learnt = written = 0
    for label in Label.objects.filter(is_live=True):
        run = live_run(run_name(label))
        if is_time or not label.status or has_new_examples(label):
            learnt, written = learnt + 1, written + learn_label(label)
        elif run is not None and label.status.get("status") == "ready":
            written += retell_label(label, run)
    CustomerLabel.objects.filter(label__is_live=False).delete()
    if is_time:
        facts = RunFacts(metrics={"written": written}, duration_s=time.perf_counter() - started)
        promote_run(record_run(NAME, kind="labels", facts=facts))
    return {"labels": learnt, "written": written}


def ensure_labels() -> None:
    """The built-in labels; a merchant may switch them off."""
    for key, kind in (
        ("buys-soon", Label.Kind.BUYS_SOON),
        ("price-sensitive", Label.Kind.PRICE_SENSITIVE),
        ("gift-buyer", Label.Kind.GIFT_BUYER),
    ):
        Label.objects.get_or_create(key=key, defaults={"kind": kind, "name": str(kind.label)})
    if Label.objects.filter(kind=Label.Kind.BUYS_IN_CATEGORY).exists():
        return
    for shelf in Category.objects.roots()[:SHELVES]:
        Label.objects.get_or_create(
            key=f"buys-in-{shelf.slug}"[:100],
            defaults={
                "kind": Label.Kind.BUYS_IN_CATEGORY,
                "name": shelf.name,
                "category_path": shelf.path,
            },
        )


def run_name(label: Label) -> str:
    return f"label {label.key}"[:100]


def has_new_examples(label: Label) -> bool:
    """Whether a merchant gave or took examples since the label was learnt or found to lack them."""
    if label.kind != Label.Kind.BY_EXAMPLE:
        return False
    known = label.status.get("examples")
    return bool(known != LabelExample.objects.filter(label=label).count())


@transaction.atomic
def learn_label(label: Label) -> int:
    """Learn the label and tell of everybody; how many were written."""
    now, started = shop_clock(), time.perf_counter()
    way, cut = WAYS[Label.Kind(label.kind)], now.timestamp() / SECONDS_A_DAY
    lesson = way.learn(label, cut)
    CustomerLabel.objects.filter(label=label).delete()
    if isinstance(lesson, TooLittle):
        write_status(label, status="insufficient_data", have=lesson.have, need=lesson.need)
        return 0
    path = store_artefact(NAME, lesson.artefact, suffix=".npz") if lesson.artefact else ""
    rows = way.tell(label, lesson, cut, None)
    facts = RunFacts(
        parameters={"label": label.key, **lesson.parameters},
        metrics=lesson.metrics,
        data_until=now,
        artefact_path=path,
        duration_s=time.perf_counter() - started,
    )
    run = promote_run(record_run(run_name(label), kind=label.kind, facts=facts))
    write_status(label, status="ready", customers=len(rows), **lesson.metrics)
    return write_rows(label, rows, run)


def write_status(label: Label, **status: str | float) -> None:
    if label.kind == Label.Kind.BY_EXAMPLE:
        status["examples"] = LabelExample.objects.filter(label=label).count()
    Label.objects.filter(pk=label.pk).update(status=status)


def retell_label(label: Label, run: ModelRun) -> int:
    """What was learnt before, of the customers whose profile is newer than what was told of them."""
    asked = list(outdated(label, run))
    if not asked:
        return 0
    lesson = Lesson(parameters=run.parameters, artefact=artefact_of(run) or b"")
    if run.artefact_path and not lesson.artefact:
        return learn_label(label)
    cut = shop_clock().timestamp() / SECONDS_A_DAY
    return write_rows(label, WAYS[Label.Kind(label.kind)].tell(label, lesson, cut, asked), run, asked=asked)


def outdated(label: Label, run: ModelRun) -> Iterable[int]:
    told_at = CustomerLabel.objects.filter(label=label, customer=OuterRef("pk")).values("computed_at")
    changed = Profile.objects.annotate(told_at=Subquery(told_at)).filter(computed_at__gt=run.created_at)
    return changed.filter(Q(told_at=None) | Q(told_at__lt=F("computed_at"))).values_list("pk", flat=True)


@transaction.atomic
def write_rows(label: Label, rows: Rows, run: ModelRun, *, asked: Collection[int] = ()) -> int:
    """Instead of what was told of `asked` before."""
    CustomerLabel.objects.filter(label=label, customer__in=asked).delete()
    made = timezone.now()
    found = [
        CustomerLabel(
            customer_id=pk, label=label, probability=p, low=low, high=high, reasons=why, model_run=run,
            computed_at=made,
        )
        for pk, (p, low, high, why) in rows.items()
    ]  # fmt: skip
    return len(CustomerLabel.objects.bulk_create(found, batch_size=2000))
