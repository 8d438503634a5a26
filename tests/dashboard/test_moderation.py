import pytest
from django.test import Client
from django.urls import reverse

from ecommerce_ai.shop.models import Question, Review
from tests.factories import make_question, make_review, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client: Client) -> Client:
    client.force_login(make_user(role="support agent"))
    return client


@pytest.mark.parametrize(("action", "status"), [("approve", "approved"), ("reject", "rejected")])
def test_an_agent_decides_on_reviews(agent: Client, action: str, status: str) -> None:
    chosen, other = make_review(status="pending"), make_review(status="pending")
    agent.post(reverse("admin:shop_review_changelist"), {"action": action, "_selected_action": [chosen.pk]})
    assert Review.objects.get(pk=chosen.pk).status == status
    assert Review.objects.get(pk=other.pk).status == "pending"


def test_an_analyst_decides_on_nothing(client: Client) -> None:
    client.force_login(make_user(role="analyst"))
    review = make_review(status="pending")
    data = {"action": "approve", "_selected_action": [review.pk]}
    client.post(reverse("admin:shop_review_changelist"), data)
    assert Review.objects.get().status == "pending"


def test_an_answer_gets_its_time(agent: Client) -> None:
    question = make_question(status="pending")
    url = reverse("admin:shop_question_change", args=[question.pk])
    data = {"status": "approved", "body": question.body, "answer": "Very.", "language": "en"}
    assert agent.post(url, data).status_code == 302
    answered = Question.objects.get()
    assert (answered.answer, answered.answered_at is not None) == ("Very.", True)


def test_an_answer_taken_back_has_no_time(agent: Client) -> None:
    question = make_question(status="pending")
    url = reverse("admin:shop_question_change", args=[question.pk])
    data = {"status": "approved", "body": question.body, "answer": "Very.", "language": "en"}
    agent.post(url, data)
    agent.post(url, {**data, "answer": ""})
    assert Question.objects.get().answered_at is None
