FROM node:24-bookworm-slim AS look
WORKDIR /varig
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev

FROM python:3.13-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gettext libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home varig
WORKDIR /varig
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY --from=look /varig/node_modules node_modules
COPY . .
# The address names nothing: collecting and compiling ask no database.
RUN for po in locale/*/LC_MESSAGES/django.po; do msgfmt --check --output-file="${po%.po}.mo" "$po"; done \
    && keys=build:$(head --bytes 32 /dev/zero | base64) \
    && VARIG_ENV=production VARIG_SECRET_KEY=build VARIG_HOSTS=build VARIG_NATIONAL_IDS=real \
       VARIG_KEYS=$keys VARIG_HASH_KEY=$keys VARIG_SIGN_IN=/dev/null DATABASE_URL=postgresql://build/build python manage.py collectstatic --noinput
USER varig
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4"]
