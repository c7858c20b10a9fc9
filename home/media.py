"""Uploaded images. Documents lie beside them, but are had at /documents/ alone, which asks who may read them."""

import errno
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils._os import safe_join
from django.views.static import serve

# Folders of MEDIA_ROOT whose files everybody may read: Wagtail's renditions, images as uploaded, portraits of editors.
PUBLIC = ("images", "original_images", "avatar_images")


def media(request: HttpRequest, path: str) -> HttpResponse:
    """The file at `path` below MEDIA_ROOT, in a folder of PUBLIC; Http404 where it is in none or is not there.

    SuspiciousFileOperation, which is answered with 400, where `path` leads out of MEDIA_ROOT.
    """
    file = Path(safe_join(settings.MEDIA_ROOT, path.lstrip("/")))  # without "..", wherever they stood
    folder = file.relative_to(safe_join(settings.MEDIA_ROOT, "")).parts[:1]
    if not folder or folder[0] not in PUBLIC:
        raise Http404
    try:
        return serve(request, path, document_root=settings.MEDIA_ROOT)
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise Http404 from error
