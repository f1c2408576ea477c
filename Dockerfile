# The production image: web, worker, beat and migrations, by their command. No sample, no tests, no tools.
FROM node:24-slim AS browser
WORKDIR /srv/oas
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/oas
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements/runtime.txt requirements/runtime.txt
RUN pip install --require-hashes --only-binary :all: -r requirements/runtime.txt
COPY . .
COPY --from=browser /srv/oas/node_modules node_modules
RUN python -c "from pathlib import Path; from common.compiled import compile_catalogues; \
    compile_catalogues(Path('locale'))"
# Collecting static files needs settings but no server: these values reach no running container.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    DATABASE_URL=postgres://build/build REDIS_URL=redis://build OAS_HOSTS=build OAS_SITE_URL=https://build \
    OAS_MAIL_FROM=build@localhost OAS_SMTP_HOST=build \
    OAS_SECURITY_CONTACT=mailto:build@localhost OAS_FIELD_KEYS="$(python -c 'import secrets; print(secrets.token_urlsafe(32))')" \
    OAS_SECURITY_CONTACT=mailto:build@localhost OAS_SECURITY_EXPIRES=2099-12-31 \
    python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf node_modules

FROM python:3.11-slim AS portal
RUN useradd --system --uid 10001 --home-dir /srv/oas --shell /usr/sbin/nologin oas \
    && install -d -o oas -g oas -m 0700 /srv/files
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/oas /srv/oas
WORKDIR /srv/oas
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 OAS_FILES=/srv/files
USER oas
EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn.py", "oas_cyber.wsgi"]

# The same with PostgreSQL's own programs for copies; they must be of the server's version or newer.
FROM portal AS backups
USER root
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
USER oas

# What is built when no target is named.
FROM portal
