import time
from urllib.error import HTTPError, URLError

from django.conf import settings
from django.utils.translation import gettext as _

from ecommerce_ai.inference.services import asked_server
from marketing.ml.copy_checks import own_words
from marketing.ml.writing.prompts import instruction, parts_of_answer
from marketing.models import Writer
from marketing.services.budgets import release_call, reserve_call, settle_call
from marketing.services.writers.base import Assignment, Draft, Written

MAX_TOKENS = 500
CHARACTERS = 2  # of a token, at least: what a prompt may cost at most
NEVER_REACHED = (ConnectionRefusedError,)
PASSING = (429, 500, 502, 503, 504)  # what another try may mend


class BudgetSpent(Exception):
    """This month has no room for another call."""


class ServerCopyWriter:
    """Any server with OpenAI's interface. Each call is reserved in the month's budget before it is made."""

    kind: str = Writer.SERVER

    def __init__(self, *, wait_s: float = 0.5) -> None:
        self.told = settings.COPY_SERVER
        self.name = f"{self.told['model']} at {self.told['url']}"
        self.wait_s = wait_s

    def write(self, assignment: Assignment, count: int) -> Written:
        """As many calls as drafts; the first failure that another try does not mend ends it."""
        if not self.told["url"]:
            return Written(problem=_("No server is set (WRITER_URL)."))
        drafts: list[Draft] = []
        problem = ""
        for number in range(count):
            product, facts = assignment.goods[number % len(assignment.goods)]
            brief = assignment.brief
            wishes = " ".join(own_words(brief.must_say, assignment.language))
            prompt = instruction(facts, brief.channel, assignment.language, brief.tone, wishes)
            try:
                text = self.answer(assignment, prompt)
            except BudgetSpent:
                problem = _("The budget of this month has no room for another text.")
                break
            except (OSError, ValueError) as error:
                problem = told_reason(error)
                break
            if parts := parts_of_answer(text, brief.channel):
                drafts.append(Draft(product, facts, parts))
            else:
                problem = _("The answer was not in the form that was asked for: %(text)s") % {
                    "text": text[:120]
                }
        return Written(drafts, problem)

    def answer(self, assignment: Assignment, prompt: str) -> str:
        """With another try where that may help."""
        for attempt in range(self.told["retries"] + 1):
            try:
                return self.paid_answer(assignment, prompt)
            except OSError as error:
                if attempt == self.told["retries"] or not may_pass(error):
                    raise
                time.sleep(self.wait_s * 2**attempt)
        raise AssertionError("unreachable")

    def paid_answer(self, assignment: Assignment, prompt: str) -> str:
        call = reserve_call(
            assignment.brief, tokens_in=len(prompt.encode()) // CHARACTERS, tokens_out=MAX_TOKENS
        )
        if call is None:
            raise BudgetSpent
        try:
            said = asked_server(
                prompt, max_tokens=MAX_TOKENS, temperature=self.told["temperature"], url=self.told["url"],
                model=self.told["model"], timeout_s=self.told["timeout_s"],
            )  # fmt: skip
        except (OSError, ValueError) as error:
            if is_unreached(error):
                release_call(call, error=told_reason(error))
            else:
                settle_call(call, error=told_reason(error))
            raise
        settle_call(call, tokens_in=said.tokens_in, tokens_out=said.tokens_out)
        return said.text


def is_unreached(error: Exception) -> bool:
    reason = error.reason if isinstance(error, URLError) else error
    return isinstance(reason, NEVER_REACHED) or (isinstance(error, HTTPError) and error.code < 500)


def may_pass(error: OSError) -> bool:
    """A busy or a broken server may be well again; one that is slow or wrong is not asked twice."""
    if isinstance(error, HTTPError):
        return error.code in PASSING
    return is_unreached(error)


def told_reason(error: Exception) -> str:
    """For a merchant: no addresses, no keys."""
    if isinstance(error, HTTPError):
        return _("The server answered with error %(code)s.") % {"code": error.code}
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return _("The server took too long.")
    if isinstance(reason, OSError):
        return _("The server cannot be reached.")
    return _("The server's answer could not be read.")
