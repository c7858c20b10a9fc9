"""gunicorn behind a proxy, which alone can reach it: stopped gently, memory shared between its workers."""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

try:
    import hub.settings  # noqa: F401 a variable that cannot be read is told in a line, not at length by each worker
except ImproperlyConfigured as error:
    sys.exit(str(error))

bind = os.environ.get("HUB_BIND") or "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY", 4))
worker_class = "gthread"
threads = 4
preload_app = True
# A worker tells through a file that it lives; on a disk that may stall it would be killed for nothing.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
limit_request_line = 0  # a long question is answered, and told that it is long; the proxy takes a megabyte at most
keepalive = 75  # longer than the proxy keeps a connection that nobody uses
graceful_timeout = 20
loglevel = "warning"
