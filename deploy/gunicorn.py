"""The web server behind the proxy. Scale it by WEB_WORKERS: about two for each core."""

import os
import re

from gunicorn.glogging import Logger

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
accesslog = "-"
access_log_format = "%(t)s %(s)s %(m)s %(U)s %(M)sms"


class WithoutSecrets(Logger):
    """A link that lets somebody in is known to who holds it, and to no log."""

    def atoms(self, *args, **kwargs):
        atoms = super().atoms(*args, **kwargs)
        atoms["U"] = re.sub(r"(/link/)[^/]+", r"\1-", atoms["U"])
        return atoms


logger_class = WithoutSecrets
