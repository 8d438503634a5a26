"""The life of a campaign: drafted, approved to be sent, begun, paused, resumed, called off, over."""

from datetime import datetime
from typing import TypeAlias

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ecommerce_ai.accounts.models import User
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.jobs.services import start_job
from marketing.models import Campaign, CampaignChange, Reason, Recipient
from marketing.selectors.campaign_plans import Plan, plan_of

SEND = "marketing.tasks.send_campaign"
BATCH = 2000
Kind: TypeAlias = CampaignChange.Kind
Status: TypeAlias = Campaign.Status


class CampaignRefused(Exception):
    """This cannot be done with the campaign as it is; the message is for whoever asked."""


@transaction.atomic
def save_campaign(campaign: Campaign, *, by: User) -> Campaign:
    """A new draft, or changes of one. Raises CampaignRefused for one that was approved."""
    is_new = campaign.pk is None
    if not is_new and not Campaign.objects.select_for_update().get(pk=campaign.pk).is_draft:
        raise CampaignRefused(_("What was approved is not changed. Call it off and make another one."))
    check_text(campaign)
    if is_new:
        campaign.created_by = by
    campaign.save()
    note(campaign, Kind.CREATED if is_new else Kind.EDITED, by=by)
    return campaign


@transaction.atomic
def approve_campaign(campaign: Campaign, *, by: User, seen: str | None = None) -> Campaign:
    """It may be sent from its start on. Raises CampaignRefused where text or time do not allow it, or where
    it is not any more what was `seen` (its mark)."""
    locked = lock(campaign)
    if not locked.is_draft:
        raise CampaignRefused(_("It was approved already."))
    if seen is not None and seen != locked.mark:
        raise CampaignRefused(_("It was changed meanwhile; read it again."))
    check_text(locked)
    now = timezone.now()
    if locked.ends_at <= now:
        raise CampaignRefused(_("Its end has passed. Choose another time first."))
    locked.status, locked.approved_by, locked.approved_at = Status.SCHEDULED, by, now
    locked.save(update_fields=["status", "approved_by", "approved_at"])
    note(locked, Kind.APPROVED, by=by)
    if locked.starts_at <= now:
        start_sending(locked, by=by)
    return locked


@transaction.atomic
def pause_campaign(campaign: Campaign, *, by: User | None = None, why: str = "") -> Campaign:
    """Nothing more leaves from now on: a message that is claimed already is the last."""
    locked = lock(campaign)
    if not locked.may_pause:
        raise CampaignRefused(_("It is not under way."))
    return move(locked, Status.PAUSED, Kind.PAUSED, by=by, why=why)


@transaction.atomic
def resume_campaign(campaign: Campaign, *, by: User) -> Campaign:
    """It goes on where it stood. Raises CampaignRefused where the text was withdrawn meanwhile."""
    locked = lock(campaign)
    if locked.status != Status.PAUSED:
        raise CampaignRefused(_("It is not paused."))
    check_text(locked)
    move(locked, Status.SENDING if locked.planned_at else Status.SCHEDULED, Kind.RESUMED, by=by)
    if locked.starts_at <= timezone.now():
        start_sending(locked, by=by)
    return locked


@transaction.atomic
def call_off_campaign(campaign: Campaign, *, by: User) -> Campaign:
    """For good. Who waited gets nothing."""
    locked = lock(campaign)
    if not locked.may_be_called_off:
        raise CampaignRefused(_("Pause it first."))
    leave_out_waiting(locked)
    locked.finished_at = timezone.now()
    locked.save(update_fields=["finished_at"])
    return move(locked, Status.CANCELLED, Kind.CALLED_OFF, by=by)


@transaction.atomic
def begin_campaign(campaign: Campaign, *, at: datetime) -> bool:
    """Draw the audience and let it begin; False for one that is not to begin now. Safe to repeat."""
    locked = lock(campaign)
    if locked.status != Status.SCHEDULED or locked.starts_at > at:
        return False
    if locked.is_message:
        plan = plan_of(locked, at=at)
        write_places(locked, plan)
        locked.excluded = dict(plan.excluded)
    locked.planned_at = at
    locked.save(update_fields=["excluded", "planned_at"])
    move(locked, Status.SENDING, Kind.BEGUN)
    return True


def write_places(campaign: Campaign, plan: Plan) -> None:
    arms, states = Recipient.Arm, Recipient.Status
    rows = [
        Recipient(
            campaign=campaign,
            customer_id=place.customer_id,
            arm=arms.HELD_OUT if place.is_held_out else arms.WRITTEN_TO,
            status=states.HELD_OUT if place.is_held_out else states.WAITING,
            language=place.language,
            due_at=place.due_at,
        )
        for place in plan.places
    ]
    Recipient.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    if len(rows) >= BATCH:  # or results are planned for a table without rows until the database looks again
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(Recipient._meta.db_table)}")


@transaction.atomic
def finish_campaign(campaign: Campaign, *, at: datetime) -> bool:
    """Over, where nobody waits any more or its end has come; says whether it is."""
    locked = lock(campaign)
    if locked.status != Status.SENDING:
        return False
    waits = locked.recipients.waiting().exists()
    if (waits or not locked.is_message) and locked.ends_at > at:
        return False
    leave_out_waiting(locked)
    locked.finished_at = at
    locked.save(update_fields=["finished_at"])
    move(locked, Status.DONE, Kind.OVER)
    return True


def leave_out_waiting(campaign: Campaign) -> int:
    return campaign.recipients.waiting().update(status=Recipient.Status.LEFT_OUT, reason=Reason.OVER)


def start_sending(campaign: Campaign, *, by: User | None = None) -> JobRun:
    """A job that sends what is due; the one under way, where there is one."""
    if campaign.job and not campaign.job.is_finished:
        return campaign.job
    job = start_job(
        SEND,
        title=gettext_noop("Sending of a campaign"),
        arguments={"campaign": campaign.pk},
        requested_by=by,
    )
    Campaign.objects.filter(pk=campaign.pk).update(job=job)
    campaign.job = job
    return job


def run_campaigns(*, at: datetime | None = None) -> dict[str, int]:
    """What the clock does: begin what is due, send what is due, end what is over. Safe to repeat."""
    now = at or timezone.now()
    begun = sum(begin_campaign(each, at=now) for each in Campaign.objects.to_begin(now))
    running = Campaign.objects.running().select_related("job", "variant")
    over = sum(finish_campaign(each, at=now) for each in running)
    due = Recipient.objects.due(now).values("campaign")
    started = [start_sending(each) for each in running.filter(pk__in=due)]
    return {"begun": begun, "over": over, "started": len(started)}


def check_text(campaign: Campaign) -> None:
    """Raises CampaignRefused unless its text still stands and belongs to a channel that is sent or shown."""
    variant = campaign.variant
    if variant.withdrawn_at is not None:
        raise CampaignRefused(_("Its text was withdrawn. Choose another approved one."))
    if not variant.can_be_sent:
        raise CampaignRefused(_("Texts of this channel are not sent."))


def lock(campaign: Campaign) -> Campaign:
    return (
        Campaign.objects.select_for_update(of=("self",)).select_related("variant", "job").get(pk=campaign.pk)
    )


def move(
    campaign: Campaign, status: Status, kind: Kind, *, by: User | None = None, why: str = ""
) -> Campaign:
    campaign.status = status
    campaign.save(update_fields=["status"])
    note(campaign, kind, by=by, why=why)
    return campaign


def note(campaign: Campaign, kind: Kind, *, by: User | None = None, why: str = "") -> None:
    CampaignChange.objects.create(campaign=campaign, kind=kind, by=by, note=why[:300])
