"""Puts the starter content into the hub."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from resources.database_lock import WAITING, database_lock
from resources.starter.content import BrokenFiles, default_folder, read_content
from resources.starter.load import load, steps
from search import indexing
from search.progress import ProgressBar


class Command(BaseCommand):
    help = (
        "Loads the starter content: vocabularies, pages, records. What is in the hub already is left as it is, and "
        "what editors removed does not come back, so it can be stopped and run again at any time."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--without-examples", action="store_true", help="leave out the invented example experts")
        parser.add_argument("--data", type=Path, help="folder of the files, instead of the project’s own")

    def handle(self, *args, **options) -> None:
        folder = options["data"] or default_folder()
        if not folder.is_dir():
            raise CommandError(gettext("There is no folder %(path)s.") % {"path": folder})
        try:
            content = read_content(folder)
        except BrokenFiles as error:
            headline = gettext("Nothing was loaded: the files have faults.")
            raise CommandError("\n".join([headline, *map(str, error.faults)])) from error
        examples = not options["without_examples"]
        bar = ProgressBar(steps(content, examples), gettext("Starter content"), self.stderr)
        try:
            with database_lock(lambda: self.stderr.write(WAITING)), indexing.deferred():
                report = load(content, examples, bar.advance)
        finally:
            bar.close()
        for line in report.lines():
            self.stdout.write(line)
