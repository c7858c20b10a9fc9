"""The one settings file. What differs between machines comes from the environment (README.md lists it)."""

import fcntl
import logging
import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from search.languages import FALLBACK_ORDER

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    value = os.environ.get(name, "")
    if value.lower() in ("1", "true", "yes", "on"):
        return True
    if value.lower() in ("", "0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name}={value} is none of 1, true, yes, on, 0, false, no, off")


def _list(name: str, default: str) -> list[str]:
    return [entry.strip() for entry in (os.environ.get(name) or default).split(",") if entry.strip()]


def _secret(name: str) -> str:
    """The variable `name`, else the content of the file that `name`_FILE names, else ""."""
    if value := os.environ.get(name):
        return value
    path = os.environ.get(f"{name}_FILE")
    try:
        return Path(path).read_text().strip() if path else ""
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error


def _data() -> Path:
    """The folder HUB_DATA, made where it is missing. No other account may enter; a folder that is there already keeps
    the rights that its owner has given to it."""
    data = Path(os.environ.get("HUB_DATA") or BASE_DIR / "var").resolve()
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"HUB_DATA cannot be used: {error}") from error
    return data


# Everything the hub writes: database, media, search index, collected static files, secret key.
HUB_DATA = _data()


def _secret_key() -> str:
    """The key of HUB_SECRET_KEY, else one made once and kept in HUB_DATA, readable by its owner only."""
    if key := _secret("HUB_SECRET_KEY"):
        return key
    path = HUB_DATA / "secret_key"
    try:
        if path.exists() and (key := path.read_text()).strip():
            return key
        with open(path, "a+", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # of processes that start together one makes it
            file.seek(0)
            if not (key := file.read()).strip():
                key = secrets.token_urlsafe(64)
                file.truncate(0)
                file.write(key)
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"The secret key in HUB_DATA cannot be used: {error}") from error
    return key


SECRET_KEY = _secret_key()
DEBUG = _flag("HUB_DEBUG")
ALLOWED_HOSTS = _list("HUB_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host not in ("127.0.0.1", "localhost", "[::1]")]

# Behind a proxy that ends TLS: secure cookies, redirect to https, HSTS.
HUB_HTTPS = _flag("HUB_HTTPS")
SECURE_SSL_REDIRECT = HUB_HTTPS
SESSION_COOKIE_SECURE = HUB_HTTPS
CSRF_COOKIE_SECURE = HUB_HTTPS
SECURE_HSTS_SECONDS = 31536000 if HUB_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HUB_HTTPS
SECURE_HSTS_PRELOAD = HUB_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HUB_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the preview panel of the admin frames pages of this site
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # wants DENY above

INSTALLED_APPS = [
    "hub",
    "home",
    "resources",
    "search",
    "modeltranslation",
    "wagtail_localize",
    "wagtail_localize.locales",  # replaces wagtail.locales
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "home.health.HealthMiddleware",  # before whatever asks for a host, https, a session or a language
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "home.middleware.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "home.middleware.AdminLanguageMiddleware",  # which asks the account
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "home.middleware.WholeOrNothingMiddleware",
]

CSRF_FAILURE_VIEW = "home.errors.csrf_failure"
ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.site_frame",
            ],
        },
    },
]

_database_url = _secret("DATABASE_URL")
try:
    DATABASES = {
        "default": dj_database_url.parse(_database_url or "sqlite:///", conn_max_age=60, conn_health_checks=True)
    }
except ValueError:  # its words may show a part of the password
    raise ImproperlyConfigured("DATABASE_URL cannot be read. Write: postgres://user:password@host/name") from None
if not _database_url:
    DATABASES["default"]["NAME"] = str(HUB_DATA / "hub.sqlite3")  # in no address: a folder may be called C#


def _check_database(database: dict) -> None:
    """ImproperlyConfigured for what would be told later, at length, or never."""
    options = set(database.get("OPTIONS", ()))
    if database["ENGINE"] == "django.db.backends.sqlite3":
        named = database["NAME"] != ":memory:"  # which no other process would see
    elif database["ENGINE"] == "django.db.backends.postgresql":
        from psycopg.pq import Conninfo  # not above: it takes a while to load

        named = database["NAME"] or "service" in options
        options -= {option.keyword.decode() for option in Conninfo.get_defaults()}
        options -= {"assume_role", "isolation_level", "prepare_threshold", "server_side_binding"}  # of Django
    else:
        raise ImproperlyConfigured("DATABASE_URL is neither postgres://user:password@host/name nor sqlite:////path")
    if not named:
        raise ImproperlyConfigured("DATABASE_URL names no database. Write: postgres://user:password@host/name")
    if options:
        raise ImproperlyConfigured(f"DATABASE_URL has an option that means nothing: {min(options)}")


_check_database(DATABASES["default"])
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    if Path(DATABASES["default"]["NAME"]).parent == HUB_DATA:
        # It holds password hashes and sessions, and SQLite would let everybody read it; its journals follow it.
        with suppress(OSError):  # it is there; or cannot be made, as whoever opens it is told
            os.close(os.open(DATABASES["default"]["NAME"], os.O_CREAT | os.O_EXCL, 0o600))
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        # Take the write lock when a transaction begins: upgrading a read lock midway fails at once with "locked".
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # No reader waits longer for a server that is away, a host that is gone, a statement or a lock; what DATABASE_URL
    # says comes later. A server that hangs on a host that lives keeps its readers: home/health.py tells it.
    limits = {"statement_timeout": "30s", "lock_timeout": "10s", "idle_in_transaction_session_timeout": "60s"}
    host_gone = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 20_000}
    given = DATABASES["default"].get("OPTIONS", {})
    named = {"connect_timeout": 5, "application_name": "inspire-hub", **host_gone, **given}
    DATABASES["default"]["OPTIONS"] = named | {
        "options": " ".join([*(f"-c {name}={limit}" for name, limit in limits.items()), given.get("options", "")]),
    }

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# A record with many editions and sessions has more fields than Django's 1,000; Wagtail asks for so many.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Languages
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "es"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("es", _("Spanish")),
    ("en", _("English")),
    ("fr", _("French")),
    ("pt", _("Portuguese")),
    ("ar", _("Arabic")),
]
FORMAT_MODULE_PATH = "hub.formats"
# The second holds what Wagtail and other packages have not translated; theirs come after both.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "packages"]
WAGTAIL_I18N_ENABLED = True
# Wagtail has no "pt" catalogue of its own; under "pt-br" gettext finds Wagtail's and then ours.
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("es", "Español"),
    ("en", "English"),
    ("fr", "Français"),
    ("pt-br", "Português"),
    ("ar", "العربية"),
]
MODELTRANSLATION_DEFAULT_LANGUAGE = "es"
MODELTRANSLATION_LANGUAGES = ("es", "en", "fr", "pt", "ar")
MODELTRANSLATION_FALLBACK_LANGUAGES = {
    "default": FALLBACK_ORDER["es"],
    **{code: order[1:] for code, order in FALLBACK_ORDER.items()},
}
# Without this, submitting a live page for translation publishes the untranslated copy.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False


# Files
def _static() -> Path:
    static = Path(os.environ.get("HUB_STATIC") or HUB_DATA / "static")
    try:
        with suppress(FileNotFoundError):  # they are collected later
            (static / "staticfiles.json").stat()
    except OSError as error:
        raise ImproperlyConfigured(f"HUB_STATIC cannot be used: {error}") from error
    return static


STATIC_URL = "/static/"
STATIC_ROOT = _static()
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "hub.stylesheet.StylesheetFinder",  # one stylesheet, made from a file a component
]
MEDIA_URL = "/media/"
MEDIA_ROOT = HUB_DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}


def _base_url() -> str:
    """HUB_BASE_URL, or ImproperlyConfigured: mails to editors would have links that lead nowhere."""
    address = os.environ.get("HUB_BASE_URL") or "http://127.0.0.1:8000"
    with suppress(ValueError):
        read = urlsplit(address)
        if read.scheme in ("http", "https") and read.hostname and read.port != 0:
            return address
    raise ImproperlyConfigured("HUB_BASE_URL cannot be read. Write: https://hub.example.org")


# Wagtail
WAGTAIL_SITE_NAME = "INSPIRE"
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "password_required.html"  # noqa: S105 - no password
WAGTAIL_FRONTEND_LOGIN_TEMPLATE = "login.html"
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "document_password_required.html"  # noqa: S105
WAGTAILADMIN_USER_LOGIN_FORM = "home.forms.LoginForm"
WAGTAILADMIN_BASE_URL = _base_url()
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "epub", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]


def _mail_server() -> SplitResult:
    """HUB_MAIL_URL, or ImproperlyConfigured: for a slip in it mail would go unencrypted, or nowhere, without a word."""
    url = _secret("HUB_MAIL_URL")
    queries = {"smtp": ("", "tls=0", "tls=1"), "smtps": ("",)}  # after smtps:// all is encrypted anyway
    with suppress(ValueError):
        mail = urlsplit(url)
        whole = mail.hostname and mail.port != 0 and mail.path in ("", "/") and not mail.fragment
        if not url or (whole and mail.query in queries.get(mail.scheme, ())):
            return mail
    raise ImproperlyConfigured(
        "HUB_MAIL_URL cannot be read. Write: smtp://user:password@host:587?tls=1 or smtps://user:password@host"
    )


# Mail to editors: notices of moderation and comments, links to set a new password.
_mail = _mail_server()
EMAIL_BACKEND = "hub.mail.EmailBackend" if _mail.hostname else "django.core.mail.backends.dummy.EmailBackend"
EMAIL_HOST = _mail.hostname or ""
EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 25)
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_TLS = _mail.query == "tls=1"
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("HUB_MAIL_FROM") or "webmaster@localhost"
WAGTAIL_PASSWORD_RESET_ENABLED = bool(_mail.hostname)

# Search: empty for the embedded engine beside the database, an https:// address for a cluster.
SEARCH_URL = _secret("SEARCH_URL")
SEARCH_INDEX_DIR = HUB_DATA / "search-index"

# Who does what may wait: text of uploaded files, mail, and the index where a request could not bring it up to date.
BACKGROUNDS = {
    "process": "hub.background.ThreadBackend",  # threads of the web processes
    "worker": "django_tasks_db.DatabaseBackend",  # manage.py run_worker
    "request": "hub.background.RequestBackend",  # the request itself, as tests want it
}
BACKGROUND = os.environ.get("HUB_BACKGROUND") or "process"
if BACKGROUND not in BACKGROUNDS:
    raise ImproperlyConfigured(f"HUB_BACKGROUND={BACKGROUND} is none of {', '.join(BACKGROUNDS)}")
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},  # Wagtail's own, which are short
    "background": {"BACKEND": BACKGROUNDS[BACKGROUND]},
}

LOG_LEVEL = (os.environ.get("HUB_LOG_LEVEL") or "WARNING").upper()
if LOG_LEVEL not in logging.getLevelNamesMapping():
    raise ImproperlyConfigured(f"HUB_LOG_LEVEL={LOG_LEVEL} is none of {', '.join(logging.getLevelNamesMapping())}")
# Commands that end tell by themselves that the cluster is away.
_ends = Path(sys.argv[0]).name == "manage.py" and not {"run_worker", "--serve"} & set(sys.argv)
_quieter = "ERROR" if LOG_LEVEL == "WARNING" else LOG_LEVEL
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # Its warnings are tracebacks of what search/engines/elasticsearch_client.py tells in a sentence; which node is away
    # the other logger tells. Who asks for more than warnings sees every request.
    "loggers": {
        "elastic_transport.transport": {"level": _quieter},
        "elastic_transport.node_pool": {"level": _quieter if _ends else LOG_LEVEL},
    },
}

# Processes of the web server that `set_up --serve` starts.
if os.environ.get("WEB_CONCURRENCY") == "":
    del os.environ["WEB_CONCURRENCY"]  # gunicorn reads it too, and stumbles over an empty one
_processes = os.environ.get("WEB_CONCURRENCY", "2")
if not _processes.isdecimal() or int(_processes) == 0:
    raise ImproperlyConfigured(f"WEB_CONCURRENCY={_processes} is not a number of processes.")
WEB_CONCURRENCY = int(_processes)
