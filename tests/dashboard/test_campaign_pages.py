from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketing.models import Brief, Campaign, CampaignChange, Recipient
from marketing.services.campaigns import run_campaigns
from tests.factories import make_user
from tests.marketing.campaigns import approve, make_campaign, make_reader, make_segment, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(make_user(role="merchant"))
    return client


def page_of(client: Client, campaign: Campaign, query: str = "") -> str:
    return client.get(reverse("dashboard:campaign", args=[campaign.pk]) + query).content.decode()


def press(client: Client, name: str, campaign: Campaign) -> int:
    form = {"seen": Campaign.objects.get(pk=campaign.pk).mark}
    return client.post(reverse(f"dashboard:campaign_{name}", args=[campaign.pk]), form).status_code


def form_data(**fields: Any) -> dict[str, Any]:
    now = timezone.localtime()
    return {
        "name": "Mugs",
        "variant": fields["variant"].pk if "variant" in fields else make_variant().pk,
        "segment": "",
        "holdout_percent": 10,
        "link": "/search/?q=mug",
        "starts_at": f"{now:%Y-%m-%dT%H:%M}",
        "ends_at": f"{now + timedelta(days=2):%Y-%m-%dT%H:%M}",
        "attribution_days": 7,
        **{name: value for name, value in fields.items() if name != "variant"},
    }


def test_a_draft_is_made_and_its_maker_noted(office: Client) -> None:
    answer = office.post(reverse("dashboard:campaign_new"), form_data())
    campaign = Campaign.objects.get()
    assert answer["Location"] == reverse("dashboard:campaign", args=[campaign.pk])
    assert (campaign.status, campaign.audience) == (Campaign.Status.DRAFT, Campaign.Audience.EVERYBODY)
    assert [(each.kind, each.by) for each in campaign.changes.all()] == [("created", campaign.created_by)]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"link": "https://elsewhere.example/"}, "link"),
        ({"link": "//elsewhere.example"}, "link"),
        ({"link": "/\\elsewhere.example"}, "link"),
        ({"ends_at": "2020-01-01T00:00"}, "ends_at"),
        ({"holdout_percent": 80}, "holdout_percent"),
        ({"starts_at": "soon"}, "starts_at"),
    ],
)
def test_a_form_that_is_wrong_says_where(office: Client, fields: dict[str, Any], where: str) -> None:
    answer = office.post(reverse("dashboard:campaign_new"), form_data(**fields))
    assert where in answer.context["form"].errors
    assert not Campaign.objects.exists()


def test_only_approved_texts_that_still_stand_can_be_chosen(office: Client) -> None:
    gone = make_variant(withdrawn_at=timezone.now() + timedelta(minutes=1))
    unsendable = make_variant("description")
    for_one = make_variant()
    Brief.objects.filter(pk=for_one.brief_id).update(customer=make_reader("Ann"))
    for variant in (gone, unsendable, for_one):
        answer = office.post(reverse("dashboard:campaign_new"), form_data(variant=variant))
        assert "variant" in answer.context["form"].errors


def test_a_dry_run_counts_and_writes_nothing(office: Client) -> None:
    people = [make_reader("Ann"), make_reader("Bob", agrees=False)]
    campaign = make_campaign(people)
    page = page_of(office, campaign, "?dry=1")
    assert "Dry run: nothing was sent" in page
    assert "Did not agree to this channel" in page
    assert "To Ann," in page
    assert (Recipient.objects.count(), CampaignChange.objects.count()) == (0, 1)


def test_who_got_what_is_one_link_away_for_who_may_see_customers(office: Client) -> None:
    ann, bob = make_reader("Ann"), make_reader("Bob")
    for reader in (ann, bob):
        approve(make_campaign([reader], name=f"For {reader.name}"))
    run_campaigns()
    campaign = Campaign.objects.get(name="For Ann")
    address = reverse("admin:marketing_recipient_changelist") + f"?campaign__id__exact={campaign.pk}"
    assert address in page_of(office, campaign)
    page = office.get(address).content.decode()
    assert ("For Ann" in page, "For Bob" in page) == (True, False)


def test_what_was_changed_meanwhile_is_read_again(office: Client) -> None:
    campaign = make_campaign([make_reader("Ann")], starts_at=timezone.now() + timedelta(days=1))
    seen = Campaign.objects.get(pk=campaign.pk).mark
    assert f'name="seen" value="{seen}"' in page_of(office, campaign)
    campaign.holdout_percent = 40
    campaign.save()
    address = reverse("dashboard:campaign_approve", args=[campaign.pk])
    for form in ({"seen": seen}, {}):
        page = office.post(address, form, follow=True).content.decode()
        assert "It was changed meanwhile; read it again." in page
    assert Campaign.objects.get().is_draft
    press(office, "approve", campaign)
    assert not Campaign.objects.get().is_draft


def test_an_analyst_sees_counts_and_nobody(client: Client) -> None:
    client.force_login(make_user(role="analyst"))
    campaign = make_campaign([make_reader("Ann")])
    page = page_of(client, campaign, "?dry=1")
    assert "Would be written to" in page
    assert "Ann" not in page
    assert [press(client, name, campaign) for name in ("approve", "pause", "call_off")] == [403, 403, 403]


def test_sending_needs_a_permission_of_its_own(client: Client) -> None:
    writer = make_user(is_staff=True)
    names = ["view_campaign", "add_campaign", "change_campaign"]
    writer.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(writer)
    campaign = make_campaign([make_reader("Ann")])
    assert reverse("dashboard:campaign_approve", args=[campaign.pk]) not in page_of(client, campaign)
    assert press(client, "approve", campaign) == 403
    campaign.refresh_from_db()
    assert campaign.is_draft


def test_what_was_approved_is_paused_resumed_and_called_off_but_not_changed(office: Client) -> None:
    campaign = make_campaign(starts_at=timezone.now() + timedelta(days=1))
    steps = []
    for name in ("approve", "approve", "pause", "resume", "pause", "call_off", "resume"):
        assert press(office, name, campaign) == 302
        campaign.refresh_from_db()
        steps.append(campaign.status)
    assert steps == [
        "scheduled", "scheduled", "paused", "scheduled", "paused", "cancelled", "cancelled",
    ]  # fmt: skip
    answer = office.get(reverse("dashboard:campaign_edit", args=[campaign.pk]))
    assert answer.status_code == 302


def test_the_calendar_shows_each_day_of_a_campaign(office: Client) -> None:
    start = timezone.now().replace(year=2027, month=3, day=30, hour=9)
    make_campaign(starts_at=start, ends_at=start + timedelta(days=3), name="Spring")
    march = office.get(reverse("dashboard:campaign_calendar"), {"month": "2027-03"}).context["month"]
    shown = [(day.date.day, entry.is_first) for day in march.days for entry in day.entries]
    assert shown == [(30, True), (31, False), (1, True), (2, False)]
    assert (march.before, march.after) == ("2027-02", "2027-04")
    for odd in ("", "2027-13", "99999-01", "x"):
        assert office.get(reverse("dashboard:campaign_calendar"), {"month": odd}).status_code == 200


def test_pages_do_not_ask_more_for_more_campaigns(
    office: Client, assert_queries_do_not_grow: Callable[[Callable[[], object], Callable[[], object]], None]
) -> None:
    variant = make_variant()
    segment = make_segment([make_reader("Ann")])
    campaign = make_campaign(segment=segment, variant=variant)
    approve(campaign)

    def pages() -> None:
        for address in (reverse("dashboard:campaigns"), reverse("dashboard:campaign_calendar")):
            assert office.get(address).status_code == 200
        page_of(office, campaign, "?dry=1")

    def grow() -> None:
        for number in range(3):
            make_campaign([make_reader(f"Reader{number}")], variant=variant)

    assert_queries_do_not_grow(pages, grow)
