"""The web server in this process: Django is loaded once, the workers are forked from it."""

import ctypes
import os
import socket
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication

HOST = "127.0.0.1"
M_ARENA_MAX, M_TRIM_THRESHOLD = -8, -1  # of malloc.h


class PortTaken(Exception):
    """Something on this machine listens on the port; the message names it."""


def port_from_environment() -> int:
    """PORT, 8000 without one. ValueError where it is no port number."""
    port = int(os.environ.get("PORT") or 8000)
    if not 0 < port < 65536:
        raise ValueError(port)
    return port


def check_port(port: int) -> None:
    """PortTaken where the server could not listen on it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortTaken(f"{HOST}:{port}: {error.strerror}") from error


def load_addresses() -> None:
    """Import every view and its like, which takes longest, so that the first reader does not wait for it."""
    get_resolver().url_patterns  # noqa: B018


class Server(BaseApplication):
    """gunicorn with the few settings that matter here."""

    def __init__(self, application, port: int, announce) -> None:
        self.application = application
        self.options = {
            "bind": f"{HOST}:{port}",
            "workers": settings.WEB_CONCURRENCY,
            "worker_class": "gthread",
            "threads": 4,
            "preload_app": True,
            "loglevel": "warning",
            "graceful_timeout": 5,
            "control_socket_disable": True,
            "limit_request_line": 0,  # a long question is answered, and told that it is long
            # A worker tells through a file that it lives; on a disk that may stall it would be killed for nothing.
            "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108
            "when_ready": lambda server: announce(),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self):
        return self.application


def spare_memory() -> None:
    """Let the threads of a worker share two pools of memory, not one each, and give back what is free.

    Measured with the starter content: 15 MB of 240 less a worker. Other C libraries than glibc lack `mallopt`,
    or take no notice.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(M_ARENA_MAX, 2)
        mallopt(M_TRIM_THRESHOLD, 128 * 1024)


def serve(port: int, announce) -> None:
    """Serve until stopped; `announce()` is called when the port is open. Static files must have been collected."""
    spare_memory()
    connections.close_all()
    Server(import_string(settings.WSGI_APPLICATION), port, announce).run()
