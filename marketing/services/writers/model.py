from django.utils.translation import gettext as _

from ecommerce_ai.inference.registry import get_sampler
from ecommerce_ai.inference.selectors import live_run
from ecommerce_ai.inference.services import opened_writer
from ecommerce_ai.inference.types import Sampler, Sampling
from marketing.ml.copy_checks import own_words
from marketing.ml.writing.prompts import instruction, lesson_prompt, parts_of_answer
from marketing.models import Writer
from marketing.selectors.voice import VOICE
from marketing.services.writers.base import Assignment, Draft, Written

MAX_TOKENS = 200


class ModelCopyWriter:
    """The shop's own voice where one is live, else any model of transformers that is set."""

    kind: str = Writer.MODEL

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed
        self.voice = live_run(VOICE)
        self.name = f"voice {self.voice.pk}" if self.voice else "transformers"

    def write(self, assignment: Assignment, count: int) -> Written:
        """All drafts in one batch; what is not in the form that was asked for is none."""
        try:
            sampler = self.sampler()
        except (OSError, ValueError) as error:
            return Written(
                problem=_("The model cannot be loaded: %(error)s") % {"error": type(error).__name__}
            )
        if sampler is None:
            return Written(problem=_("No model is set (WRITER_MODEL), and no voice is live."))
        brief = assignment.brief
        wishes = " ".join(own_words(brief.must_say, assignment.language))
        goods = [assignment.goods[number % len(assignment.goods)] for number in range(count)]
        prompts = [
            lesson_prompt(facts, brief.channel, assignment.language, brief.tone)
            if self.voice
            else instruction(facts, brief.channel, assignment.language, brief.tone, wishes)
            for _product, facts in goods
        ]
        texts = sampler.sample(prompts, max_tokens=MAX_TOKENS, sampling=Sampling(seed=self.seed))
        parts = [parts_of_answer(text, brief.channel) for text in texts]
        drafts = [
            Draft(product, facts, each)
            for (product, facts), each in zip(goods, parts, strict=True)
            if each is not None
        ]
        unreadable = _("What the model wrote was not in the form that was asked for.")
        return Written(drafts, "" if drafts else unreadable)

    def sampler(self) -> Sampler | None:
        return opened_writer(self.voice.artefact_path) if self.voice else get_sampler()
