"""What `manage.py bench` can measure here, and the made-up shops that it measures on."""

from recommendations.benchmarks import lists as lists
from recommendations.benchmarks import search as search
from recommendations.benchmarks import training as training
