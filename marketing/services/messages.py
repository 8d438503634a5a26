"""What a recipient's message holds: the approved text, where it leads, and how one leaves."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecommerce_ai.shop.models import Customer
from marketing.models import Campaign, Channel, Recipient
from marketing.selectors import Text, text_for
from marketing.selectors.links import address, follow_token, in_language, leave_token, open_token
from marketing.services.transports import Message


def message_for(campaign: Campaign, recipient: Recipient, customer: Customer, *, to: str) -> Message:
    """In the recipient's language. Opens are counted only where the recipient lets us."""
    text = text_for(campaign.variant, customer, recipient.language)
    make = letter if campaign.channel == Channel.EMAIL else short_message
    with translation.override(text.language):
        return make(
            Post(campaign, recipient, customer, to, text_id=None if text.personal else text.variant), text
        )


@dataclass(frozen=True)
class Post:
    """A text's way to one person."""

    campaign: Campaign
    recipient: Recipient
    customer: Customer
    to: str
    text_id: int | None

    def message(self, **parts: Any) -> Message:
        return Message(
            recipient_id=self.recipient.pk,
            campaign_id=self.campaign.pk,
            channel=self.campaign.channel,
            address=self.to,
            text_id=self.text_id,
            **parts,
        )

    def link(self, name: str, token: str) -> str:
        return address(name, token, get_language() or settings.LANGUAGE_CODE)

    @property
    def leave_token(self) -> str:
        return leave_token(self.customer, self.campaign.channel, self.recipient)

    @property
    def shop_link(self) -> str:
        page = in_language(self.campaign.link, get_language() or settings.LANGUAGE_CODE)
        return self.link("follow", follow_token(self.recipient, page))

    @property
    def pixel(self) -> str:
        return self.link("opened", open_token(self.recipient)) if self.recipient.is_measured else ""


def short_message(post: Post, text: Text) -> Message:
    leave = _("Stop: %(address)s") % {"address": post.link("leave", post.leave_token)}
    lines = [text.subject, text.body, post.shop_link, leave]
    return post.message(subject=text.subject, text="\n".join(line for line in lines if line))


def letter(post: Post, text: Text) -> Message:
    leave = post.link("leave", post.leave_token)
    context = {
        "language": text.language,
        "shop_name": settings.SHOP_NAME,
        "shop_address": settings.SHOP_POSTAL_ADDRESS,
        "subject": text.subject,
        "paragraphs": [line for line in text.body.splitlines() if line.strip()],
        "link": post.shop_link,
        "leave": leave,
        "preferences": post.link("preferences", post.leave_token),
        "pixel": post.pixel,
    }
    return post.message(
        subject=" ".join(text.subject.split()),
        text=render_to_string("marketing/letter.txt", context),
        html=render_to_string("marketing/letter.html", context),
        headers=headers_of(post, text.language, leave),
    )


def headers_of(post: Post, language: str, leave: str) -> dict[str, str]:
    """One-click unsubscribing by RFC 8058; the number by which mail servers report on the message."""
    return {
        "Message-ID": message_id(post.recipient),
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-ID": f"<campaign-{post.campaign.pk}.{mail_domain()}>",
        "Content-Language": language,
    }


def message_id(recipient: Recipient) -> str:
    return f"<{recipient.pk}@{mail_domain()}>"


def mail_domain() -> str:
    """What follows the @ of the shop's own address."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
