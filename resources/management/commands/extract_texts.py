from django.core.management.base import BaseCommand

from resources.text_extraction import extract, pending


class Command(BaseCommand):
    help = "Read the text of uploaded files that has not been read yet, for example after a stop in the middle."

    def handle(self, **options):
        documents = pending()
        for number, document in enumerate(documents, 1):
            extract([document])
            self.stdout.write(f"{number}/{len(documents)}")
        self.stdout.write(self.style.SUCCESS(f"{len(documents)} files read."))
