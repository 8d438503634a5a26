"""What pages of the office show."""

from ecommerce_ai.dashboard.selectors.jobs import JobStatus, job_status

__all__ = ["JobStatus", "job_status"]
