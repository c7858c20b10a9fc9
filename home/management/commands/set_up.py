"""From an empty folder to a running hub, and the short way where everything is there already."""

import fcntl
import hashlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from django.utils.translation import gettext as _

from home.management.commands.migrate import Command as Migrate
from home.serving import HOST, PortTaken, check_port, load_addresses, port_from_environment, serve
from resources.database_lock import WAITING, database_lock
from resources.models import StarterRecord
from search import indexing
from search.engines import elasticsearch_address, get_engine
from search.engines.base import EngineError
from search.faults import in_a_line


class CountingMigrate(Migrate):
    """Tells how many migrations are done instead of naming each."""

    def __init__(self, total: int, tell: Callable[[str], None], **kwargs) -> None:
        super().__init__(**kwargs)
        self.total, self.tell, self.done = total, tell, 0

    def migration_progress_callback(self, action, migration=None, fake=False) -> None:
        super().migration_progress_callback(action, migration, fake)
        if action == "apply_success":
            self.done += 1
            self.tell(_("%(done)s of %(total)s migrations") % {"done": self.done, "total": self.total})


def digest(paths: Iterable[Path], *more: str) -> str:
    """Equal where the files are equal, whatever their dates."""
    state = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        if path.is_file():
            state.update(f"\0{path.relative_to(settings.BASE_DIR)}\0".encode())
            state.update(path.read_bytes())
    return state.hexdigest()


def clear_static_files(root: Path) -> None:
    """Remove from `root` what was collected, but the files that the last manifest names: until they are restarted, web
    processes of the old version send readers to those. The rest is collected anew, whatever its dates."""
    named = getattr(staticfiles_storage, "hashed_files", {}).values()
    kept = {*named, getattr(staticfiles_storage, "manifest_name", "")}
    for path in root.rglob("*"):
        if path.is_file() and path.relative_to(root).as_posix().removesuffix(".gz") not in kept:
            path.unlink()


class Command(BaseCommand):
    help = (
        "Makes the hub ready: database, starter content, search index, static files, administrator. What is ready "
        "is left alone, so it can be stopped and run again at any time."
    )
    requires_system_checks: list = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--serve", action="store_true", help="serve the hub afterwards, on 127.0.0.1 and $PORT")

    def handle(self, *args, **options) -> None:
        self.began = time.monotonic()
        catalogues = (path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po"))
        if not all(path.with_suffix(".mo").exists() for path in catalogues):  # then nothing translates this either
            raise CommandError("The interface would be English in every language. First compile it: make catalogues")
        if not options["serve"]:
            with self.alone():
                self.make_ready()
            return
        port = self.wanted_port()
        with self.alone():
            self.make_ready_apart()
            address = f"http://{HOST}:{port}/"
            greeting = _("The hub is at %(address)s and its admin at %(admin)s (Ctrl-C stops it)")
            greeting %= {"address": address, "admin": f"{address}admin/"}
            translation.deactivate()  # readers have languages of their own
            serve(port, lambda: self.stdout.write(greeting))

    def wanted_port(self) -> int:
        """The port of the environment; CommandError where it is none, or is taken."""
        try:
            port = port_from_environment()
            check_port(port)
        except ValueError:
            message = _("PORT=%(port)s is not a port; take a number from 1024 to 65535.")
            raise CommandError(message % {"port": os.environ["PORT"]}) from None
        except PortTaken as error:
            message = _("The port is taken (%(reason)s). Stop what listens there, or choose another: %(command)s")
            raise CommandError(message % {"reason": error, "command": f"make run PORT={port + 1}"}) from error
        return port

    @contextmanager
    def alone(self):
        """Nobody else sets up or serves this data folder meanwhile; the lock ends with the process and its workers."""
        with (settings.HUB_DATA / "set_up.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                message = _(
                    "The hub of %(folder)s is being set up or served already (process %(process)s). "
                    "Stop that one, or give this one a folder of its own: %(command)s"
                )
                names = {"folder": settings.HUB_DATA, "process": lock.read(), "command": "make run HUB_DATA=..."}
                raise CommandError(message % names) from None
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield

    def make_ready_apart(self) -> None:
        """Set up in a child process while this one loads the addresses, so that the web server forks from a
        process that has opened no database and no index (neither can be shared after a fork)."""
        sys.stdout.flush()
        connections.close_all()
        collected = self.marks().get("static")
        child = get_context("fork").Process(target=self.make_ready_or_tell)
        child.start()
        # Whoever stops this process stops the child; Ctrl-C reaches both.
        signal.signal(signal.SIGTERM, lambda *_: (child.terminate(), sys.exit(143)))
        try:
            load_addresses()
            child.join()
        except KeyboardInterrupt:
            child.join()
            sys.exit(130)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if child.exitcode:
            sys.exit(1)
        if self.marks().get("static") != collected:
            # Loading the addresses has read which static files there were. Begin anew; all is ready by now.
            os.execv(sys.executable, sys.orig_argv)  # noqa: S606

    def make_ready_or_tell(self) -> None:
        try:
            self.make_ready()
        except KeyboardInterrupt:
            self.stderr.write("\n" + _("Stopped. Run the same command again to go on."))
            sys.exit(130)
        except (CommandError, Error) as error:
            told = in_a_line(error) if isinstance(error, Error) else error
            self.stderr.write(self.style.ERROR(f"\n{told}"))
            sys.exit(1)
        finally:
            connections.close_all()

    def make_ready(self) -> None:
        """Every step that is needed, with its time; a sentence where none was."""
        self.work, self.searchable = False, True
        # Backups copy it, also before the first upload.
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        # Other hosts may set up the same database; what this one has made they then find ready.
        with database_lock(lambda: self.stderr.write(WAITING)):
            self.database()
            self.starter_content()
            self.search_index()
            self.static_files()
            call_command("create_administrator", stdout=self.stdout)
        told = _("Set up in %(seconds)s s") if self.work else _("Everything is ready (%(seconds)s s)")
        self.stdout.write(told % {"seconds": f"{time.monotonic() - self.began:.1f}"})
        if not self.searchable:
            message = _("The hub has no search index, and lists works by title until this has run: %(command)s")
            self.stderr.write(self.style.WARNING(message % {"command": "manage.py search_rebuild"}))

    # The steps

    def database(self) -> None:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            with self.step(_("Database")) as tell:
                call_command(CountingMigrate(len(plan), tell), verbosity=0, interactive=False)
        if not StarterRecord.objects.exists():
            self.forget_marks()  # of a database that is gone, or whose content was taken away with its tables

    def starter_content(self) -> None:
        # Matched by external_id: what editors have changed since stays as it is.
        if self.marks().get("starter") != self.content_mark():
            with self.step(_("Starter content"), own_lines=True):
                call_command("load_starter", stdout=self.stdout, stderr=self.stderr)
            self.set_mark("starter", self.content_mark())

    def search_index(self) -> None:
        try:
            if get_engine().health().ok:
                indexing.process(hurry=True)  # what a process that was killed had noted and not yet indexed
                # The mark is set when a build has ended: a set-up stopped between content and index goes on.
                if self.marks().get("index") == self.index_mark() or self.was_made_by_another_host():
                    self.set_mark("index", self.index_mark())
                    return
            with self.step(_("Search index"), own_lines=True):
                # A set-up that was killed, perhaps on another host, may have left its lock.
                call_command("search_rebuild", wait=True, stdout=self.stdout, stderr=self.stderr)
            self.set_mark("index", self.index_mark())
        except (CommandError, EngineError) as error:
            # Readers are better served by a hub that lists works by title than by none.
            self.work, self.searchable = True, False
            told = _("The search index could not be built: %(error)s") % {"error": error}
            self.stderr.write(self.style.WARNING(told))

    def static_files(self) -> None:
        if not Path(settings.STATIC_ROOT).is_relative_to(settings.HUB_DATA):
            return  # collected by whoever built the image of this hub
        base = settings.BASE_DIR
        own = [path for app in ("hub", "home", "resources", "search") for path in (base / app / "static").rglob("*")]
        made_by = [base / "requirements.txt", *(base / "hub").glob("*.py")]
        mark = digest([*made_by, *own], settings.STORAGES["staticfiles"]["BACKEND"])
        if self.marks().get("static") != mark or not Path(settings.STATIC_ROOT).is_dir():
            with self.step(_("Static files")):
                clear_static_files(Path(settings.STATIC_ROOT))
                call_command("collectstatic", verbosity=0, interactive=False)
            self.set_mark("static", mark)

    # What the steps stand on

    @contextmanager
    def step(self, name: str, own_lines: bool = False):
        """Show `name`, let the step tell how far it is, then show its time. `own_lines`: it prints for itself."""
        self.work = True
        began, terminal = time.monotonic(), self.stdout.isatty()

        def tell(message: str) -> None:
            if terminal:
                self.stdout.write(f"\r\033[K{name}: {message}", ending="")
                self.stdout.flush()

        if terminal and not own_lines:
            tell("...")
        else:
            self.stdout.write(f"{name} ...")
        self.stdout.flush()
        yield tell
        if terminal and not own_lines:
            self.stdout.write("\r\033[K", ending="")
        took = f"{time.monotonic() - began:.1f}"
        self.stdout.write(_("%(step)s ready (%(seconds)s s)") % {"step": name, "seconds": took})
        self.stdout.flush()

    def was_made_by_another_host(self) -> bool:
        """Whether the index is that of a cluster, which hosts share while each has marks of its own, and is as the
        database is; to compare them costs a part of a build, and readers nothing."""
        try:
            return bool(settings.SEARCH_URL) and not indexing.differences().ids
        except EngineError:
            return False

    def content_mark(self) -> str:
        """Which starter content belongs into which database: its files, and what is made of them."""
        database = connection.settings_dict
        resources = Path(apps.get_app_config("resources").path)
        files = [*(resources / "data").rglob("*"), *(resources / "starter").glob("*.py")]
        return digest(files, connection.vendor, database["HOST"], str(database["NAME"]))

    def index_mark(self) -> str:
        """What is in the index, and where that is: after a change of SEARCH_URL there may be one of long ago."""
        place = "embedded"
        if settings.SEARCH_URL:
            address = elasticsearch_address.read(settings.SEARCH_URL)
            place = f"{','.join(address.nodes)}/{address.prefix}"
        return f"{self.content_mark()} {place}"

    @property
    def marks_file(self) -> Path:
        return settings.HUB_DATA / "set_up.json"

    def marks(self) -> dict[str, str]:
        """What is ready, by the digest of what it was made from. A file that cannot be read means nothing is."""
        try:
            marks = json.loads(self.marks_file.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return marks if isinstance(marks, dict) else {}

    def set_mark(self, name: str, mark: str) -> None:
        unfinished = self.marks_file.with_suffix(".new")
        unfinished.write_text(json.dumps(self.marks() | {name: mark}, indent=2))
        unfinished.replace(self.marks_file)

    def forget_marks(self) -> None:
        self.marks_file.unlink(missing_ok=True)
