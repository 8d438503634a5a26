"""Every list of the office: as many queries for many rows as for few."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ecommerce_ai.accounts.models import User
from ecommerce_ai.api.models import ApiKey
from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.office import paging
from ecommerce_ai.privacy.models import ConsentChange, ErasureRequest, ExportRequest
from ecommerce_ai.shop.models import (
    Category,
    Customer,
    CustomerMerge,
    Event,
    ImportRun,
    Order,
    PriceChange,
    Product,
    Promotion,
    Question,
    Review,
)
from marketing.models import (
    CampaignChange,
    Candidate,
    CopyRule,
    PreferencePair,
    Recipient,
    Step,
    Suppression,
    Variant,
    WriterBudget,
    WriterCall,
)
from profiles.models import CustomerLabel, CustomerValue, Label, Profile, RiskAssessment
from recommendations.models import (
    Impression,
    MerchandisingRule,
    Outcome,
    Pipeline,
    PipelineChange,
    PopularProduct,
    ProductVector,
    Refusal,
    RuleChange,
    SearchPin,
    SearchWord,
    Synonym,
)
from support.models import Article, Intent, IntentExample, LogEntry, ServiceRequest
from tests.factories import (
    NOW,
    make_article,
    make_category,
    make_conversation,
    make_customer,
    make_event,
    make_order,
    make_product,
    make_question,
    make_review,
    make_user,
)
from tests.marketing.campaigns import make_campaign, make_variant

pytestmark = pytest.mark.django_db
Check = Callable[[Callable[[], object], Callable[[], object]], None]
numbers = count(1)


def make_run() -> ModelRun:
    return ModelRun.objects.create(name=f"run {next(numbers)}", kind="test")


def make_label() -> Label:
    return Label.objects.create(key=f"label-{next(numbers)}", name="Buys gifts", kind="gift_buyer")


def make_value() -> CustomerValue:
    return CustomerValue.objects.create(
        customer=make_customer(), currency="GBP", historic=20, predicted=61, predicted_low=40,
        predicted_high=90, expected_orders=2, churn_probability=0.2, churn_low=0.1, churn_high=0.3,
        model_run=make_run(), computed_at=NOW,
    )  # fmt: skip


def make_impression() -> Impression:
    return Impression.objects.create(
        customer=make_customer(), slot="for_you", pipeline=make_pipeline(), bucket=0,
        product_ids=[make_product().pk], scores=[1.0], propensities=[1.0], reason_codes=["popular"],
    )  # fmt: skip


def make_pipeline() -> Pipeline:
    return Pipeline.objects.create(name=f"pipeline {next(numbers)}", ranker=make_run())


def make_budget() -> WriterBudget:
    return WriterBudget.objects.create(month=date(2026, 1, 1) + timedelta(days=31 * next(numbers)), cap=1)


def make_place() -> Recipient:
    return Recipient.objects.create(
        campaign=make_campaign(), customer=make_customer(), arm="written_to", language="en", due_at=NOW
    )


MAKERS: dict[type, Callable[[], object]] = {
    Category: lambda: make_category(parent=make_category()),
    Product: lambda: make_product(category=make_category()),
    Promotion: lambda: Promotion.objects.create(name="Ten off", kind="percent", value=10, starts_at=NOW),
    PriceChange: make_product,
    Review: lambda: make_review(customer=make_customer()),
    Question: lambda: make_question(customer=make_customer()),
    Customer: lambda: make_customer(user=make_user()),
    CustomerMerge: lambda: CustomerMerge.objects.create(source=make_customer(), target=make_customer()),
    Order: lambda: make_order(lines=[(make_product(), 2)], customer=make_customer()),
    Event: lambda: make_event(product=make_product(), customer=make_customer()),
    ImportRun: lambda: ImportRun.objects.create(
        kind="orders", format="generic", file_name="a.csv", file_hash="1"
    ),
    ModelRun: lambda: ModelRun.objects.create(name=f"run {next(numbers)}", kind="test"),
    ProductVector: lambda: ProductVector.objects.create(
        product=make_product(), embedding=[0.1] * 384, encoder="e", content_hash="1"
    ),
    PopularProduct: lambda: PopularProduct.objects.create(
        product=make_product(), window_days=30, rank=next(numbers), score=1, computed_at=NOW
    ),
    Synonym: lambda: Synonym.objects.create(words=f"word {next(numbers)}", means="mug"),
    SearchPin: lambda: SearchPin.objects.create(query="mug", product=make_product()),
    SearchWord: lambda: SearchWord.objects.create(word=f"word{next(numbers)}", lexeme="word", documents=1),
    ConsentChange: lambda: ConsentChange.objects.create(
        customer=make_customer(), purpose="training", is_granted=True, source="shopper"
    ),
    ErasureRequest: lambda: ErasureRequest.objects.create(customer=make_customer(), source="shopper"),
    ExportRequest: lambda: ExportRequest.objects.create(customer=make_customer(), expires_at=NOW),
    ApiKey: lambda: ApiKey.objects.create(name="till", scopes=["read"], key_hash=str(next(numbers))),
    Label: make_label,
    CustomerLabel: lambda: CustomerLabel.objects.create(
        customer=make_customer(),
        label=make_label(),
        probability=0.5,
        low=0.4,
        high=0.6,
        model_run=make_run(),
        computed_at=NOW,
    ),
    Profile: lambda: Profile.objects.create(customer=make_customer(), computed_at=NOW),
    CustomerValue: make_value,
    RiskAssessment: lambda: RiskAssessment.objects.create(
        customer=make_customer(), order=make_order(), level="low", score=0.1, assessed_at=NOW
    ),
    Impression: make_impression,
    Outcome: lambda: Outcome.objects.create(
        impression=make_impression(), product=make_product(), position=1, kind="click", occurred_at=NOW
    ),
    Refusal: lambda: Refusal.objects.create(
        customer=make_customer(), code="not_for_me", product=make_product()
    ),
    MerchandisingRule: lambda: MerchandisingRule.objects.create(
        name="Push mugs", action="boost", product=make_product()
    ),
    RuleChange: lambda: RuleChange.objects.create(
        rule_name="Push mugs", rule_number=1, action="boost", changed_by=make_user()
    ),
    Pipeline: make_pipeline,
    PipelineChange: lambda: PipelineChange.objects.create(
        pipeline=make_pipeline(), previous=make_pipeline(), status="live", changed_by=make_user()
    ),
    Article: make_article,
    Intent: lambda: Intent.objects.create(name=f"intent-{next(numbers)}"),
    IntentExample: lambda: IntentExample.objects.create(
        intent=Intent.objects.create(name=f"intent-{next(numbers)}"), text="Where is it?"
    ),
    ServiceRequest: lambda: ServiceRequest.objects.create(
        kind="return", customer=make_customer(), order=make_order(), conversation=make_conversation()
    ),
    LogEntry: lambda: LogEntry.objects.create(conversation=make_conversation(), kind="answered"),
    Candidate: lambda: make_variant().candidate,
    Variant: make_variant,
    Step: lambda: Step.objects.create(candidate=make_variant().candidate, kind="approved", by=make_user()),
    PreferencePair: lambda: PreferencePair.objects.create(
        brief=make_variant().brief, channel="email", language="en", better="a", worse="b", source="edit"
    ),
    CopyRule: lambda: CopyRule.objects.create(kind="banned", phrase=f"word {next(numbers)}"),
    WriterBudget: make_budget,
    WriterCall: lambda: WriterCall.objects.create(
        budget=make_budget(), brief=make_variant().brief, model="m", reserved=0
    ),
    CampaignChange: lambda: CampaignChange.objects.create(
        campaign=make_campaign(), kind="paused", by=make_user()
    ),
    Recipient: make_place,
    Suppression: lambda: Suppression.objects.create(
        channel="email", address_hash=str(next(numbers)), cause="bounce"
    ),
    User: lambda: make_user(role="merchant"),
    Group: lambda: Group.objects.create(name=f"group {next(numbers)}"),
}


def test_every_list_is_looked_at() -> None:
    admin.autodiscover()
    assert set(admin.site._registry) == set(MAKERS)


@pytest.mark.parametrize("model", list(MAKERS), ids=lambda model: model.__name__)
def test_a_list_asks_as_often_for_many_rows(
    admin_client: Client, assert_queries_do_not_grow: Check, model: type
) -> None:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")  # type: ignore[attr-defined]
    make = MAKERS[model]
    make()
    assert_queries_do_not_grow(lambda: admin_client.get(url), lambda: [make() for _ in range(5)])


@pytest.mark.parametrize("model", list(MAKERS), ids=lambda model: model.__name__)
def test_a_list_can_be_searched(admin_client: Client, model: type) -> None:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")  # type: ignore[attr-defined]
    MAKERS[model]()
    response = admin_client.get(url, {"q": "nothing is called this"})
    assert response.status_code == 200
    assert response.context["cl"].result_count == 0


@pytest.mark.parametrize("model", list(MAKERS), ids=lambda model: model.__name__)
def test_a_row_opens(admin_client: Client, model: type) -> None:
    MAKERS[model]()
    row = model._default_manager.first()  # type: ignore[attr-defined]
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])  # type: ignore[attr-defined]
    assert admin_client.get(url).status_code == 200


def test_an_order_asks_as_often_for_many_lines(
    admin_client: Client, assert_queries_do_not_grow: Check
) -> None:
    products = [make_product() for _ in range(6)]
    short, long = (
        make_order(lines=[(products[0], 1)]),
        make_order(lines=[(product, 1) for product in products]),
    )
    orders = iter([short, short, long])

    def page() -> object:
        return admin_client.get(reverse("admin:shop_order_change", args=[next(orders).pk]))

    assert_queries_do_not_grow(page, lambda: None)


def test_the_list_of_jobs_asks_as_often_for_many_jobs(
    admin_client: Client, assert_queries_do_not_grow: Check
) -> None:
    def make() -> JobRun:
        return JobRun.objects.create(task="x", title="x", requested_by=make_user())

    make()
    assert_queries_do_not_grow(
        lambda: admin_client.get(reverse("dashboard:jobs")), lambda: [make() for _ in range(5)]
    )


def test_many_events_are_estimated_and_few_are_counted(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_event()
    with CaptureQueriesContext(connection) as queries:
        few = admin_client.get(reverse("admin:shop_event_changelist"))
    assert (few.context["cl"].result_count, counts_of_events(queries)) == (1, 1)

    monkeypatch.setattr(paging, "ESTIMATE_FROM", -1)  # as if the table had passed the limit
    with CaptureQueriesContext(connection) as queries:
        admin_client.get(reverse("admin:shop_event_changelist"))
    assert counts_of_events(queries) == 0


def counts_of_events(queries: CaptureQueriesContext) -> int:
    return sum(
        "COUNT(" in query["sql"] and "shop_event" in query["sql"] for query in queries.captured_queries
    )


def test_a_product_form_shows_json_on_lines_with_its_own_letters(admin_client: Client) -> None:
    product = make_product(translations={"zh": {"title": "陶瓷杯"}})
    page = admin_client.get(reverse("admin:shop_product_change", args=[product.pk])).content.decode()
    assert "陶瓷杯" in page
    assert "\\u9676" not in page


def test_a_reader_sees_json_with_its_own_letters(client: Client) -> None:
    client.force_login(make_user(role="analyst"))
    product = make_product(translations={"zh": {"title": "陶瓷杯"}})
    page = client.get(reverse("admin:shop_product_change", args=[product.pk])).content.decode()
    assert "陶瓷杯" in page


def test_a_product_saves_from_its_form(admin_client: Client) -> None:
    product = make_product(attributes={"colour": "red"})
    url = reverse("admin:shop_product_change", args=[product.pk])
    form = admin_client.get(url).context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    response = admin_client.post(url, {**data, "title": "A better title"})
    product.refresh_from_db()
    assert (response.status_code, product.title, product.attributes) == (
        302,
        "A better title",
        {"colour": "red"},
    )
