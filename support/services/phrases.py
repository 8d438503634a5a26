"""What the assistant says around quotes, in the language of the conversation. No promise, no policy."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from support.models import Conversation

INTERFACE = {"zh": "zh-hans", "en": "en"}


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Inside, words are those of the interface language nearest to the message's."""
    code = INTERFACE.get(language.partition("-")[0], settings.LANGUAGE_CODE)
    with translation.override(code):
        yield


def greeting() -> str:
    return _("Hello. Ask about delivery, returns, our goods or an order of yours.")


def thanks() -> str:
    return _("You are welcome. Is there anything else?")


def sorry(mood: str) -> str:
    """What goes before an answer to somebody who is not calm; mood changes the tone and nothing else."""
    return {
        Conversation.Mood.ANNOYED: _("I am sorry that this is a nuisance."),
        Conversation.Mood.FURIOUS: _("I am sorry. This should have gone better."),
    }.get(Conversation.Mood(mood), "")


def which_one() -> str:
    return _("Which of these do you mean?")


def not_known() -> str:
    return _(
        "I have found nothing that answers this, and I would rather not guess. Shall a person look at it?"
    )


def did_not_help() -> str:
    return _("That did not help. Shall a person look at it?")


def handed_over(opens: str = "") -> str:
    """`opens`: when the desk opens next; empty while somebody is there."""
    if not opens:
        return _("A person has been told and will answer here. You can go on writing meanwhile.")
    return _(
        "A person has been told. Our desk is closed now; it opens on %(time)s, and the answer will be here."
    ) % {"time": opens}


def only_about_the_shop() -> str:
    return _("I can only help with this shop: delivery, returns, our goods, and orders of yours.")


def mind_the_words() -> str:
    return _("I want to help. Please tell me what happened without insults, or ask for a person.")


def too_fast() -> str:
    return _("That was a lot at once. Please wait a minute.")


def who_are_you() -> str:
    return _(
        "To see an order I have to know that it is yours: log in, or have a code sent to the address on it."
    )


def no_orders() -> str:
    return _("There is no order here that I may show you.")


def choose_order() -> str:
    return _("Which order is it about?")


def back_with_assistant() -> str:
    return _("The assistant answers again. A person is one press away.")


def closed() -> str:
    return _("This conversation is closed. Were we able to help?")
