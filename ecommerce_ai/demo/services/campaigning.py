"""A campaign of the demo that is over, with what came of it, and one that waits for somebody to approve it.

The year of orders was simulated without campaigns, so the first one changed nothing: who buys anyway follows
links more often, which looks like success until one sees the people who were held out.
"""

from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.models import Group
from django.utils import timezone

from ecommerce_ai.accounts.models import User
from ecommerce_ai.accounts.roles import MERCHANT
from ecommerce_ai.shop.models import Order, Product
from marketing.models import Brief, Campaign, CampaignChange, Channel, Click, Recipient, Variant
from marketing.selectors.campaign_plans import Place, Plan, plan_of
from marketing.services.approving import approve_candidate
from marketing.services.campaigns import save_campaign
from marketing.services.candidates import write_candidates

SEED = 20_261
DAYS_AGO, DAYS_OPEN, HELD_OUT = 32, 3, 30
LANGUAGES = ["en", "zh-hans"]
# Shares of those who got a letter; buyers follow its link so much more often.
CAME_BACK, OPENED, FOLLOWED, BUYERS_FOLLOWED = 0.012, 0.41, 0.05, 0.35


def add_campaigns() -> int:
    """Two campaigns with a text from the facts; none where there are some. Returns how many."""
    merchant = User.objects.filter(groups=Group.objects.get(name=MERCHANT)).first()
    if merchant is None or Campaign.objects.exists():
        return 0
    variant = approved_text(merchant)
    if variant is None:
        return 0
    add_past_campaign(variant, merchant)
    now = timezone.now()
    add_campaign(variant, merchant, name="For a slow breakfast", begins=now, days=14)
    return 2


def approved_text(merchant: User) -> Variant | None:
    """The best text about a few goods in each language, approved."""
    brief = Brief.objects.create(
        name="Three for the breakfast table", channel=Channel.EMAIL, languages=LANGUAGES, tone="warm",
        author=merchant,
    )  # fmt: skip
    brief.products.set(
        Product.objects.buyable().filter(category__path__startswith="kitchen").order_by("pk")[:3]
    )
    write_candidates(brief)
    proposed = brief.candidates.to_decide().best_first()
    best = [proposed.filter(language=language).first() for language in LANGUAGES]
    approved = [approve_candidate(each, by=merchant) for each in best if each]
    return next(iter(approved), None)


def add_campaign(variant: Variant, by: User, *, name: str, begins: datetime, days: int) -> Campaign:
    product = variant.product
    campaign = Campaign(
        name=name, variant=variant, audience=Campaign.Audience.EVERYBODY, holdout_percent=HELD_OUT,
        link=f"/products/{product.pk}/" if product else "/", starts_at=begins,
        ends_at=begins + timedelta(days=days),
    )  # fmt: skip
    return save_campaign(campaign, by=by)


def add_past_campaign(variant: Variant, merchant: User) -> None:
    """As it stood when its last order had counted."""
    begins = timezone.now() - timedelta(days=DAYS_AGO)
    campaign = add_campaign(variant, merchant, name="Autumn letter", begins=begins, days=DAYS_OPEN)
    plan = plan_of(campaign, at=begins)
    add_answers(campaign, plan, Random(SEED))
    ends = begins + timedelta(days=DAYS_OPEN)
    Campaign.objects.filter(pk=campaign.pk).update(
        status=Campaign.Status.DONE, approved_by=merchant, approved_at=begins, planned_at=begins,
        finished_at=ends, excluded=dict(plan.excluded),
    )  # fmt: skip
    campaign.changes.update(at=begins)
    CampaignChange.objects.bulk_create(
        CampaignChange(campaign=campaign, kind=kind, by=by, at=at)
        for kind, by, at in (("approved", merchant, begins), ("begun", None, begins), ("over", None, ends))
    )


def add_answers(campaign: Campaign, plan: Plan, rng: Random) -> None:
    """Every letter went out at its hour; some came back, some were opened or their link followed."""
    window = (campaign.starts_at, campaign.ends_at + timedelta(days=campaign.attribution_days))
    orders = Order.objects.not_cancelled().filter(placed_at__range=window)
    bought = dict(orders.order_by("-placed_at").values_list("customer", "placed_at"))
    texts = dict(campaign.variant.brief.variants.values_list("language", "pk"))
    places = [place_of(campaign, place, texts, bought.get(place.customer_id), rng) for place in plan.places]
    Recipient.objects.bulk_create(places)
    Click.objects.bulk_create(
        Click(recipient=place, clicked_at=place.clicked_at) for place in places if place.clicked_at
    )


def place_of(
    campaign: Campaign, drawn: Place, texts: dict[str, int], bought_at: datetime | None, rng: Random
) -> Recipient:
    place = Recipient(
        campaign=campaign, customer_id=drawn.customer_id, language=drawn.language, due_at=drawn.due_at,
        arm=Recipient.Arm.HELD_OUT, status=Recipient.Status.HELD_OUT,
    )  # fmt: skip
    if not drawn.is_held_out:
        place.arm, place.status = Recipient.Arm.WRITTEN_TO, Recipient.Status.SENT
        place.claimed_at = place.sent_at = drawn.due_at
        place.is_measured, place.text_id = True, texts.get(drawn.language)
        answer(place, bought_at if bought_at and bought_at > drawn.due_at else None, rng)
    return place


def answer(place: Recipient, buys_at: datetime | None, rng: Random) -> None:
    """What the reader does with the letter; a click comes before the order that it is followed by."""
    later = place.due_at + timedelta(minutes=rng.randint(2, 2000))
    if rng.random() < CAME_BACK:
        place.bounced_at = place.due_at + timedelta(minutes=1)
        return
    follows = rng.random() < (BUYERS_FOLLOWED if buys_at else FOLLOWED)
    if follows:
        place.clicked_at = min(later, buys_at) if buys_at else later
    if follows or rng.random() < OPENED:
        place.opened_at = place.clicked_at or later
