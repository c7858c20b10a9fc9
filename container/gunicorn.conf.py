"""gunicorn in a container: reached through the proxy only, stopped gently, memory shared between its workers."""

import os

bind = os.environ.get("HUB_BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY") or 4)
worker_class = "gthread"
threads = 4
preload_app = True
worker_tmp_dir = "/dev/shm"  # noqa: S108 a worker tells through a file that it lives; a disk may stall
control_socket_disable = True
limit_request_line = 0  # a long question is answered, and told that it is long; the proxy takes a megabyte at most
keepalive = 75  # longer than the proxy keeps a connection that nobody uses
graceful_timeout = 20
loglevel = "warning"
