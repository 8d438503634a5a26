"""What `manage.py serve` does: keeps web, workers and beat up, and takes all of it down again."""
