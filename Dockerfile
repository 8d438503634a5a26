FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 DJANGO_ENV=production ECOMMERCE_AI_HOME=/var/lib/ecommerce_ai STATIC_ROOT=/app/staticfiles
WORKDIR /app

COPY pyproject.toml README.md LICENSE ./
# The index that serves PyTorch's CPU build; left empty, pip takes the CUDA build, which a GPU worker wants.
ARG TORCH_INDEX_URL=""
RUN pip install ${TORCH_INDEX_URL:+--index-url "$TORCH_INDEX_URL"} torch==2.13.0 && pip install .

COPY . .
RUN for catalogue in locale/*/LC_MESSAGES/django.po; do \
      pybabel --quiet compile --use-fuzzy --input-file "$catalogue" --output-file "${catalogue%.po}.mo"; done \
 && useradd --system --home-dir /var/lib/ecommerce_ai --create-home shop \
 && chown -R shop /var/lib/ecommerce_ai
USER shop
RUN DJANGO_SECRET_KEY=only-for-collectstatic python manage.py collectstatic --noinput

EXPOSE 8000
CMD ["gunicorn", "ecommerce_ai.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2"]
