"""What marketing keeps about people: briefs for one shopper, and texts that were written for somebody."""

from ecommerce_ai.data_register import Keeping, Retention, Store, impersonal, personal, store
from marketing.services import forgetting

INFERRED = Keeping(Retention.INFERENCE)

personal(
    "marketing.Brief",
    person="customer",
    fields="customer name must_say must_not_say",
    other="id shelf segment channel tone languages offer market writer author is_archived created_at",
)
impersonal("marketing.Brief_products", "id brief product")
personal(
    "marketing.Candidate",
    person="brief__customer",
    fields="parts claims removed",
    other="id brief product writer writer_name language reasons status score contributions created_at",
)
personal(
    "marketing.Step",
    person="candidate__brief__customer",
    fields="comment before after",
    other="id candidate kind by at",
)
personal(
    "marketing.Variant",
    person="brief__customer",
    fields="parts subject body",
    other="id candidate brief product channel language template_fields approved_by approved_at withdrawn_at",
)
personal(
    "marketing.PreferencePair",
    person="brief__customer",
    fields="prompt better worse",
    other="id brief candidate channel language source evidence created_at",
)
personal(
    "marketing.PersonalVariant",
    person="customer",
    fields="customer product parts subject body reason",
    other="id set language",
    keeping=INFERRED,
)
impersonal(
    "marketing.PersonalSet",
    "id variant segment job facts written without_text seconds requested_by created_at finished_at "
    "approved_by approved_at",
)
impersonal("marketing.CopyRule", "id kind phrase market language reason is_active")
impersonal("marketing.WriterBudget", "id month cap reserved spent currency")
impersonal("marketing.WriterCall", "id budget brief model status reserved cost tokens_in tokens_out error at")

personal(
    "marketing.Recipient",
    person="customer",
    fields="customer arm status reason language due_at address_hash claimed_at sent_at bounced_at "
    "complained_at opened_at clicked_at unsubscribed_at is_measured",
    other="id campaign text tries",
    keeping=Keeping(Retention.BEHAVIOUR, moment="due_at"),
)
personal(
    "marketing.Click",
    person="recipient__customer",
    fields="recipient clicked_at",
    other="id",
    keeping=Keeping(Retention.BEHAVIOUR, moment="clicked_at"),
)
personal(  # with a store of its own: rows know addresses by their hash, and no customer
    "marketing.Suppression", person="", fields="address_hash cause created_at", other="id channel"
)
impersonal(
    "marketing.Campaign",
    "id name variant audience segment holdout_percent link starts_at ends_at uses_preferred_hour "
    "attribution_days status excluded job created_by created_at approved_by approved_at planned_at "
    "finished_at",
)
impersonal("marketing.CampaignChange", "id campaign kind note by at")

store(
    Store(
        "closed addresses",
        count=forgetting.count_closed,
        erase=forgetting.open_closed,
        order=10,  # while the customer's row tells the address
    )
)
