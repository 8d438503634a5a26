"""Whether there is anything new to read."""

from support.models import Conversation


def state_of(conversation: Conversation) -> str:
    """Another text whenever something was said, or somebody else has the word."""
    last = conversation.messages.order_by("-pk").values_list("pk", flat=True).first()
    status = Conversation.objects.filter(pk=conversation.pk).values_list("status", flat=True).get()
    return f"{status}-{last or 0}"
