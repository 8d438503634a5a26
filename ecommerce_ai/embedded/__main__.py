"""`python -m ecommerce_ai.embedded HOME`: stops the home's servers unless somebody uses them."""

import sys
from pathlib import Path

from ecommerce_ai.embedded.keeper import IN_USE
from ecommerce_ai.embedded.lifecycle import stop_unused

sys.exit(0 if stop_unused(Path(sys.argv[1])) else IN_USE)
