# Every target works in a fresh checkout.
PYTHON ?= python3
BIN := .venv/bin
.PHONY: install runtime messages demo serve test check format

# Compiled by both cores, and only what is imported here: pip would take three times as long, and where Python may
# not write beside its modules, every start would compile them all again.
UNUSED := /tests?/|torch/(testing|_inductor|distributed|onnx|ao)/|transformers/models/(?!auto/|bert/|__init__)|sympy/|/locale/

$(BIN)/.runtime: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --no-compile torch==2.13.0
	$(BIN)/python -m pip install --quiet --no-compile --editable .
	$(BIN)/python -m compileall -q -j 0 -x '$(UNUSED)' .venv/lib
	touch $@

$(BIN)/.development: $(BIN)/.runtime
	$(BIN)/python -m pip install --quiet --no-compile --editable ".[dev]"
	touch $@

# Catalogues are compiled by Python: a fresh machine has no msgfmt.
locale/%/LC_MESSAGES/django.mo: locale/%/LC_MESSAGES/django.po $(BIN)/.runtime
	$(BIN)/pybabel --quiet compile --use-fuzzy --input-file $< --output-file $@

messages: locale/zh_Hans/LC_MESSAGES/django.mo

runtime: $(BIN)/.runtime messages

install: $(BIN)/.development messages

demo: runtime
	$(BIN)/python manage.py demo

serve: runtime
	$(BIN)/python manage.py serve

# Two processes share the cores already: arithmetic in threads of its own would only wait for itself.
test: install
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses 2 --dist worksteal

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint --check --lint templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_ENV=production DJANGO_SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(60))") \
	  SHOP_URL=https://shop.example $(BIN)/python manage.py check --deploy --fail-level WARNING

format: install
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/djlint --quiet --reformat templates
