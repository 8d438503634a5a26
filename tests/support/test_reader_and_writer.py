"""Models that are built here, saved, and loaded by their path or asked over HTTP: what shoppers get."""

import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from transformers import AutoTokenizer
from transformers.utils.import_utils import is_serve_available

from ecommerce_ai.inference import registry
from support.ml import writing
from support.models import Article, Message
from support.services.answering import answer_waiting
from support.services.conversations import Asker, open_conversation, post_message
from tests.inference.tiny_language_model import GPT2_SEEN, save_language_model
from tests.inference.tiny_reader import save_reader
from tests.support.conftest import DELIVERY

pytestmark = pytest.mark.django_db
QUESTION = "How many working days until parcels arrive after the order?"
FLUENT = "Parcels in the country arrive two to four working days after the order."
FIRST, SECOND = DELIVERY.splitlines()
SERVED = ("--host", "127.0.0.1", "--port", "0", "--device", "cpu")
ASKED = r"(Request received)"  # the server's word that it begins an answer
BACKENDS = "ecommerce_ai.inference.backends"
Use = Callable[..., None]
Ask = Callable[[], Message]


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    prompt = writing.PROMPT.format(facts="", question=QUESTION)
    return save_language_model(tmp_path_factory.mktemp("gpt2"), [(prompt, FLUENT)], is_gpt2=True)


@pytest.fixture
def use(articles: dict[str, Article], settings: Any) -> Iterator[Use]:
    """Sets a backend of a kind, as a merchant would."""

    def choose(kind: str, backend: str, **options: Any) -> None:
        settings.INFERENCE = {
            **settings.INFERENCE, kind: {"BACKEND": f"{BACKENDS}.{backend}", "OPTIONS": options}
        }  # fmt: skip
        registry.registry.backends.pop(kind, None)

    yield choose
    writing.breaker.open_until = 0.0


@pytest.fixture
def ask(asker: Asker) -> Ask:
    def answer() -> Message:
        talk = open_conversation(asker.customer, language="en")
        post_message(talk, QUESTION)
        said = answer_waiting(talk, asker)
        assert said is not None
        return said

    return answer


def test_a_reader_finds_the_words_and_knows_when_there_are_none(use: Use, ask: Ask, tmp_path: Path) -> None:
    folder = save_reader(tmp_path / "bert", QUESTION, {FIRST: "two to four working days", SECOND: ""})
    use("reader", "reader.ExtractiveReader", model=str(folder), device="cpu")
    reader = registry.get_reader()
    assert reader is not None
    found, nothing = reader.read(QUESTION, [FIRST, SECOND])
    assert found is not None
    assert (FIRST[found.start : found.end], nothing) == ("two to four working days", None)
    said = ask()
    assert (said.text, said.evidence.count()) == (FIRST, 1)


def test_a_writer_says_it_in_its_words_where_they_are_true(use: Use, ask: Ask, writer: Path) -> None:
    use("generator", "language_model.LanguageModel", model=str(writer), device="cpu")
    said = ask()
    assert said.text == FLUENT
    assert FIRST in said.evidence.values_list("quote", flat=True)


@pytest.mark.parametrize(
    "reply", ["", "Parcels in the country arrive two to six working days after the order."]
)
def test_what_a_writer_makes_up_is_not_said(use: Use, ask: Ask, tmp_path: Path, reply: str) -> None:
    prompt = writing.PROMPT.format(facts="", question=QUESTION)
    folder = save_language_model(tmp_path, [(prompt, reply)] if reply else (), is_gpt2=True)
    use("generator", "language_model.LanguageModel", model=str(folder), device="cpu")
    assert FIRST in ask().text


@pytest.fixture(scope="module")
def chatty(writer: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same model, which knows how it is spoken to; a server does not shorten what is too long for it."""
    folder = shutil.copytree(writer, tmp_path_factory.mktemp("chat") / "gpt2")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.chat_template = f"{{{{ messages[-1]['content'][-{GPT2_SEEN}:] }}}}"
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture
def server(chatty: Path) -> Iterator["subprocess.Popen[str]"]:
    """`transformers serve` on it; ready when it says where."""
    if not is_serve_available():
        pytest.skip("transformers serve needs fastapi, uvicorn and openai (the extra `dev`).")
    command = [sys.executable, "-m", "transformers.cli.transformers", "serve", str(chatty), *SERVED]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        yield process
        process.kill()


def wait_for(process: "subprocess.Popen[str]", pattern: str) -> str:
    """The first group of the line that holds the pattern."""
    assert process.stderr is not None
    return next(found[1] for line in process.stderr if (found := re.search(pattern, line)))


def test_a_server_writes_and_killed_in_mid_answer_the_quotes_are_said(
    use: Use, ask: Ask, server: "subprocess.Popen[str]", chatty: Path, settings: Any
) -> None:
    port = wait_for(server, r"running on http://127\.0\.0\.1:(\d+)")
    use("generator", "chat_server.ChatServer", url=f"http://127.0.0.1:{port}/v1", model=str(chatty))
    assert ask().text == FLUENT
    wait_for(server, ASKED)

    def kill() -> None:
        wait_for(server, ASKED)
        server.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    began = time.monotonic()
    said = ask()
    assert FIRST in said.text
    assert time.monotonic() - began < settings.SUPPORT_WRITER_TIMEOUT_S
    killer.join(30)
    assert server.wait(30) != 0
    assert writing.breaker.is_open  # the next shopper does not wait for it
    assert FIRST in ask().text
