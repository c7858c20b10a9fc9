"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")

application = get_wsgi_application()

# What is loaded by now stays. Looking through it for garbage would hold up readers for a tenth of a second, and give
# each worker a copy of it.
gc.freeze()
