"""The copy studio: who may open and decide, what it shows, without script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecommerce_ai.accounts.models import User
from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.shop.models import Product
from marketing import tasks as tasks  # registers them: jobs run at once
from marketing.models import Brief, Candidate, PersonalSet, Variant, WriterBudget, WriterCall
from marketing.selectors.studio import WRITING
from marketing.services.budgets import budget_of_now
from marketing.services.candidates import write_candidates
from profiles.models import Segment
from tests.factories import make_category, make_customer, make_user
from tests.marketing.goods import make_brief, make_mug
from tests.marketing.test_personal_texts import make_segment

pytestmark = pytest.mark.django_db
Tap = Callable[..., Any]


@pytest.fixture
def mug() -> Product:
    return make_mug(category=make_category(name="Mugs"))


@pytest.fixture
def merchant(client: Client) -> User:
    user = make_user(role="merchant")
    client.force_login(user)
    return user


@pytest.fixture
def candidate(mug: Product) -> Candidate:
    return write_candidates(make_brief(mug))[0]


def url(name: str, *arguments: object) -> str:
    return reverse(f"dashboard:{name}", args=arguments)


def read(candidate: Candidate) -> dict[str, str]:
    """What the page's form holds for who reads it now."""
    return {"seen": Candidate.objects.get(pk=candidate.pk).mark}


def asked(mug: Product, **fields: object) -> dict[str, object]:
    return {
        "name": "Autumn mugs", "products": [mug.pk], "channel": "email", "tone": "warm", "languages": ["en"],
        "writer": "facts", "action": "save", **fields,
    }  # fmt: skip


def test_a_new_shop_is_told_what_to_do(client: Client, merchant: User) -> None:
    page = client.get(url("copy")).content.decode()
    assert "No brief yet" in page
    assert url("copy_new") in page


def test_a_brief_becomes_candidates_with_marked_claims(client: Client, merchant: User, mug: Product) -> None:
    response = client.post(url("copy_new"), asked(mug), follow=True)
    brief = Brief.objects.get()
    assert (brief.author, brief.candidates.filter(status="proposed").count()) == (merchant, 3)
    page = response.content.decode()
    assert page.count('class="copy-claim"') >= 3
    assert reverse("admin:shop_product_change", args=[mug.pk]) in page
    assert "Autumn mugs" in client.get(url("copy")).content.decode()


def test_products_are_found_by_words_and_stay_chosen(client: Client, merchant: User, mug: Product) -> None:
    teapot = make_mug(title="Round Teapot")
    page = client.post(url("copy_new"), asked(mug, find="teapot", action="find")).content.decode()
    assert f'value="{teapot.pk}"' in page
    assert f'value="{mug.pk}"' in page
    assert not Brief.objects.exists()
    part = client.post(
        url("copy_new"), asked(mug, find="nothing such", action="find"), headers={"HX-Request": "true"}
    ).content.decode()
    assert part.strip().startswith('<div id="copy-products"')


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"products": []}, "Choose products, or a shelf."),
        ({"person": "nobody"}, "No shopper has this number or e-mail."),
        ({"languages": []}, "This field is required."),
        ({"market": "1"}, "The two letters of a country"),
    ],
)
def test_a_brief_that_cannot_be_is_told_why(
    client: Client, merchant: User, mug: Product, fields: dict[str, object], message: str
) -> None:
    page = client.post(url("copy_new"), asked(mug, **fields)).content.decode()
    assert message in page
    assert not Brief.objects.exists()


def test_a_text_is_changed_commented_and_approved(
    client: Client, merchant: User, candidate: Candidate
) -> None:
    words = {f"part-{name}": text for name, text in candidate.parts.items()}
    client.post(url("copy_text_comment", candidate.pk), {"comment": "Nearly."})
    client.post(url("copy_text_edit", candidate.pk), {**words, "part-subject": "A mug for slow mornings"})
    client.post(url("copy_text_approve", candidate.pk), read(candidate) | {"comment": "Now."})
    assert Variant.objects.get().subject == "A mug for slow mornings"
    page = client.get(url("copy_brief", candidate.brief_id)).content.decode()
    assert "<ins>" in page
    assert "Nearly." in page
    assert f"Approved by {merchant}" in page
    client.post(url("copy_withdraw", Variant.objects.get().pk))
    assert not Variant.objects.in_use().exists()


def test_what_was_changed_meanwhile_is_read_again(
    client: Client, merchant: User, candidate: Candidate
) -> None:
    form = read(candidate)
    assert (
        f'name="seen" value="{form["seen"]}"'
        in client.get(url("copy_brief", candidate.brief_id)).content.decode()
    )
    words = {f"part-{name}": text for name, text in candidate.parts.items()}
    client.post(url("copy_text_edit", candidate.pk), {**words, "part-subject": "A mug for slow mornings"})
    for stale in (form, {}):
        page = client.post(url("copy_text_approve", candidate.pk), stale, follow=True).content.decode()
        assert "It was changed meanwhile; read it again." in page
    assert not Variant.objects.exists()
    client.post(url("copy_text_approve", candidate.pk), read(candidate))
    assert Variant.objects.get().subject == "A mug for slow mornings"


def test_an_edit_that_is_not_so_says_why_and_shows_no_button(
    client: Client, merchant: User, candidate: Candidate
) -> None:
    words = {f"part-{name}": text for name, text in candidate.parts.items()}
    client.post(url("copy_text_edit", candidate.pk), {**words, "part-subject": "The finest oak mug"})
    page = client.get(url("copy_brief", candidate.brief_id)).content.decode()
    assert "Nothing proves it" in page
    client.post(url("copy_text_approve", candidate.pk), read(candidate))
    assert not Variant.objects.exists()


def test_what_was_decided_is_not_decided_again(client: Client, merchant: User, candidate: Candidate) -> None:
    client.post(url("copy_text_reject", candidate.pk), {"comment": "Dull."})
    response = client.post(url("copy_text_approve", candidate.pk), read(candidate), follow=True)
    assert "Somebody decided about this text before." in response.content.decode()
    assert not Variant.objects.exists()


def test_a_text_for_each_shopper_is_written_shown_and_approved(
    client: Client, merchant: User, mug: Product, django_capture_on_commit_callbacks: Tap
) -> None:
    made = write_candidates(make_brief(mug, segment=make_segment(make_customer(name="Ada Byron"))))
    client.post(url("copy_text_approve", made[0].pk), read(made[0]))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("copy_personal_write", Variant.objects.get().pk))
    personal = PersonalSet.objects.get()
    page = client.get(url("copy_personal", personal.pk)).content.decode()
    assert "Ada Byron" in page
    client.post(url("copy_personal_approve", personal.pk))
    assert PersonalSet.objects.get().approved_by == merchant


def test_the_voice_page_tells_what_there_is_and_puts_one_live(client: Client, merchant: User) -> None:
    samples = [{"asked": "mug", "own": "A mug.", "before": "", "after": "A cup."}]
    run = ModelRun.objects.create(
        name="copy-voice", kind="writer", metrics={"loss_before": 6.0, "loss_after": 1.5, "steps": 10},
        parameters={"lessons": 90, "held_out": 10, "samples": samples}, duration_s=61,
    )  # fmt: skip
    assert "A cup." in client.get(url("copy_voice")).content.decode()
    client.post(url("copy_voice_live", run.pk))
    assert ModelRun.objects.live().get() == run
    client.post(url("copy_voice_silence"))
    assert not ModelRun.objects.live().exists()
    client.post(url("copy_voice_train"))
    client.post(url("copy_voice_train"))
    assert JobRun.objects.count() == 1


@pytest.mark.parametrize("role", ["support agent", "analyst"])
def test_others_neither_see_nor_decide(client: Client, candidate: Candidate, role: str) -> None:
    client.force_login(make_user(role=role))
    for name in ("copy_text_approve", "copy_text_edit", "copy_text_reject", "copy_text_comment"):
        assert client.post(url(name, candidate.pk)).status_code == 403
    assert client.get(url("copy_brief", candidate.brief_id)).status_code == 403
    assert not Variant.objects.exists()


def test_deeds_want_a_form(client: Client, merchant: User, candidate: Candidate) -> None:
    assert client.get(url("copy_text_approve", candidate.pk)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(merchant)
    assert strict.post(url("copy_text_approve", candidate.pk)).status_code == 403


def test_lists_ask_no_more_with_more_rows(
    client: Client, merchant: User, mug: Product, assert_queries_do_not_grow: Tap
) -> None:
    brief = make_brief(mug, segment=Segment.objects.create(name="All"))
    write_candidates(brief)
    assert_queries_do_not_grow(
        lambda: client.get(url("copy_brief", brief.pk)), lambda: write_candidates(brief)
    )
    assert_queries_do_not_grow(lambda: client.get(url("copy")), lambda: make_brief(mug, name="Another"))


def test_the_page_tells_who_is_at_work_and_what_it_cost(
    client: Client, merchant: User, candidate: Candidate
) -> None:
    brief = candidate.brief
    JobRun.objects.create(task=WRITING, title="x", arguments={"brief_id": brief.pk})
    budget = budget_of_now()
    WriterBudget.objects.update(spent="1.5", cap="20")
    WriterCall.objects.create(budget=budget, brief=brief, model="m", reserved=2, cost="1.5", status="done")
    page = " ".join(client.get(url("copy_brief", brief.pk)).content.decode().split())
    assert "1.50 USD for 1 call; 18.50 are left this month" in page
    assert "At work" in page
