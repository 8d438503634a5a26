"""A job that a dead worker had taken is handed out again when the shop comes back."""

from pathlib import Path

from celery import current_app

from ecommerce_ai.serving.queue import requeue_interrupted_jobs


def test_a_job_taken_and_never_finished_is_back_on_its_queue(servers: Path) -> None:
    requeue_interrupted_jobs()  # what other tests' workers left
    with current_app.connection_for_write() as connection:
        worker = connection.channel()
        taken = connection.SimpleQueue("interrupted", channel=worker)
        taken.put({"job": 1})
        assert taken.get(timeout=5).payload == {"job": 1}

        assert requeue_interrupted_jobs() == 1
        assert requeue_interrupted_jobs() == 0

        again = taken.get(timeout=5)
        assert again.payload == {"job": 1}
        again.ack()
        taken.clear()
