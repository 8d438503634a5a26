from pathlib import Path

import pytest

from ecommerce_ai.inference.services import WriterRecipe
from ecommerce_ai.inference.training_plan import TrainingPlan, WriterShape
from marketing.evaluations import writer
from marketing.ml.splits import share_of

TINY = WriterShape(layers=1, width=32, heads=2, context=64, vocabulary=300)
SHORT = TrainingPlan(steps=20, rows=4, tokens=64, learning_rate=8e-3, warm_up_steps=2, evaluate_every=10)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("shop")
    rows = [
        f"sku{number},Mug {number},Our mug number {number} keeps tea warm.,shelf{number % 6}\n"
        for number in range(120)
    ]
    (found / "products.csv").write_text("sku,title,description,category\n" + "".join(rows))
    return found


def test_no_product_that_judges_teaches(folder: Path) -> None:
    products = writer.read(folder / "products.csv")
    lessons = writer.lessons_of(products)
    judged = [each.lesson for each in products if share_of(each.sku) < writer.JUDGED]
    assert judged
    assert lessons.held_out
    assert len(judged) + len(lessons.held_out) + len(lessons.training) == 120
    assert not set(judged) & {*lessons.training, *lessons.held_out}


def test_it_reports_losses_beside_the_3_gram_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VOICE", "TINY"):
        monkeypatch.setattr(writer, name, WriterRecipe(SHORT, shape=TINY))
    monkeypatch.setattr(writer, "ADAPTED", SHORT)
    found = writer.writer(folder, {})
    loss, first = found.metrics["loss"], found.metrics["loss_at_initialisation"]
    assert loss.low <= loss.value <= loss.high < first.low
    assert found.metrics["share_of_initial_loss"].value == pytest.approx(loss.value / first.value)
    assert found.metrics["adapters/loss"].value < found.metrics["adapters/loss_before"].value
    (ngrams,) = (values for name, values in found.baselines.items() if name.startswith("3-gram"))
    assert found.metrics["below_3_gram"].value == pytest.approx(ngrams["loss"] - loss.value)
