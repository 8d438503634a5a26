from django.utils import timezone

from ecommerce_ai.demo.services import add_campaigns, create_logins
from ecommerce_ai.demo.simulation.year import Year
from marketing.models import Campaign, Variant
from marketing.selectors.campaign_results import results_of


def test_the_demo_has_a_campaign_that_is_over_and_one_to_approve(seeded: Year) -> None:
    create_logins()
    assert (add_campaigns(), add_campaigns()) == (2, 0)
    assert set(Variant.objects.values_list("language", flat=True)) == {"en", "zh-hans"}
    past, draft = Campaign.objects.order_by("starts_at").select_related("variant")
    assert (past.status, draft.status) == (Campaign.Status.DONE, Campaign.Status.DRAFT)
    results = results_of(past, at=timezone.now())
    assert results.is_final
    # A draw decides who of these few people was held out.
    assert 0 < results.funnel.sent == results.funnel.people - results.funnel.held_out
