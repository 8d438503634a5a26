"""Lessons as token ids: the tokenizer of a model, or one learned from the texts themselves."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from ecommerce_ai.inference.training_plan import Ints, Lesson

END = "<|endoftext|>"


def learn_tokens(texts: Iterable[str], *, vocabulary: int, context: int) -> PreTrainedTokenizerFast:
    """Byte-level BPE of these texts: no character of any language is unknown."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[END],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, eos_token=END, pad_token=END, model_max_length=context
    )


def asked(lesson: Lesson) -> str:
    """The words before the copy, as they will be when the writer is asked."""
    return f"{lesson.prompt}\n"


def as_tokens(lessons: Sequence[Lesson], tokenizer: Any, *, context: int) -> list[tuple[Ints, int]]:
    """Ids of each lesson with its end, cut to the context, and where the copy begins."""
    prompts = tokenizer([asked(each) for each in lessons], add_special_tokens=False)["input_ids"]
    copies = tokenizer([each.copy for each in lessons], add_special_tokens=False)["input_ids"]
    return [
        (np.array([*prompt, *copy, tokenizer.eos_token_id][:context], np.int64), len(prompt))
        for prompt, copy in zip(prompts, copies, strict=True)
    ]
