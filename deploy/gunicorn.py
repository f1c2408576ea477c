"""The web server behind the proxy. Scale it by WEB_WORKERS: about two for each core."""

import os

bind = "0.0.0.0:8000"  # inside a network that only the proxy shares
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = 4
worker_tmp_dir = "/dev/shm"  # noqa: S108 - heartbeats only
max_requests = 2000
max_requests_jitter = 200
timeout = 60
graceful_timeout = 20
forwarded_allow_ips = "*"
forwarder_headers = ""  # the proxy sets neither SCRIPT_NAME nor PATH_INFO, and passes on what visitors send
# The portal writes a line for each request (oas_cyber/requests.py), by the name of its route and without addresses.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "oas_cyber.logs.JsonLines"}},
    "filters": {"without_secrets": {"()": "oas_cyber.logs.WithoutSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["without_secrets"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False}},
}
