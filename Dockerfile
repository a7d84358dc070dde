# Two images from one build: `app` (web, worker, scheduler) and `proxy` (nginx with the static files inside).
# Private uploads are in neither: they live in a volume that the proxy does not mount.

FROM python:3.13-slim AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements/runtime.txt requirements/models.txt /tmp/
RUN /opt/venv/bin/pip install --quiet --require-hashes --no-deps -r /tmp/runtime.txt -r /tmp/models.txt
WORKDIR /srv/laureate
COPY . .
# Development settings: what is made here depends on no secret and no server.
RUN /opt/venv/bin/python -m config.catalogues compile \
    && VAR_DIR=/tmp/var STATIC_MANIFEST=1 STATIC_ROOT=/srv/static /opt/venv/bin/python manage.py collectstatic --noinput -v 0 \
    && /opt/venv/bin/python -m compileall -q config essays judging demo

FROM python:3.13-slim AS app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OPENBLAS_NUM_THREADS=1 \
    LAUREATE_ENV=production VAR_DIR=/var/lib/laureate STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin laureate \
    && install -d -o laureate -g laureate -m 0700 /var/lib/laureate /var/lib/laureate/private /var/lib/laureate/run
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/static /srv/static
COPY --from=build /srv/laureate /srv/laureate
WORKDIR /srv/laureate
USER laureate
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4", \
     "--no-control-socket", "--worker-tmp-dir", "/dev/shm", "--forwarded-allow-ips", "*"]

FROM nginx:1.28-alpine AS proxy
COPY deploy/nginx.conf /etc/nginx/templates/default.conf.template
COPY --from=build /srv/static /srv/static
COPY deploy/nginx-proxy.inc /etc/nginx/laureate-proxy.inc
