"""Jobs that a killed worker had taken."""

from typing import Any

from celery import current_app


def requeue_interrupted_jobs() -> int:
    """Puts jobs that nobody finished back on their queues; returns how many.

    Without it they would wait for the visibility timeout. Only for the one who knows that no worker is up.
    """
    with current_app.connection_for_write() as connection:
        channel: Any = connection.default_channel  # a Redis channel, of which the types know nothing
        with channel.conn_or_acquire() as client:
            tags = [tag.decode() for tag in client.zrange(channel.unacked_index_key, 0, -1)]
            for tag in tags:
                channel.qos.restore_by_tag(tag, client)
        return len(tags)
