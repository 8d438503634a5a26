"""Jobs for the tests of jobs."""

from pathlib import Path
from typing import Any

from ecommerce_ai.jobs.declare import tracked_job
from ecommerce_ai.jobs.progress import JobError, Progress


@tracked_job()
def count_to(progress: Progress, number: int) -> dict[str, Any]:
    for done in range(1, number + 1):
        progress(done, number, f"at {done}")
    return {"counted": number}


@tracked_job()
def fail_with(progress: Progress, kind: str, message: str) -> dict[str, Any]:
    raise {"JobError": JobError, "ValueError": ValueError}[kind](message)


@tracked_job()
def say_and_wait(progress: Progress, said: str, answered: str) -> dict[str, Any]:
    """Write to one pipe that it has begun, then wait until somebody writes to the other."""
    Path(said).write_text("begun\n")
    return {"answer": Path(answered).read_text().strip()}
