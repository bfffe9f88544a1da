"""Settings: what differs between installations comes from the environment, and nothing else does.

`DATABASE_URL` any PostgreSQL server; `TONGBAN_VAR` the folder of keys and tiles; `TONGBAN_ORIGIN` the name of
the public log; `TONGBAN_HOSTS` the host names served (comma-separated); `TONGBAN_DEMO` marks a demonstration;
`TONGBAN_CLOCK_SHIFT` lets a demonstration live so many seconds later (or earlier) than the world;
`TONGBAN_HTTPS` says that pages are served over TLS, so that cookies are never sent without it;
`TONGBAN_PROXIES` how many proxies of our own stand in front, each naming in X-Forwarded-For whom it serves;
`TONGBAN_CITY` the name of the city; `TONGBAN_ADDRESS` where people reach it, as its papers print it.
`TONGBAN_SMTP_HOST`, `_PORT`, `_USER`, `_PASSWORD`, `_STARTTLS`, `TONGBAN_MAIL_FROM`: by which server, and in
whose name, mail leaves; without a host none does.
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_noop as noop
from psycopg.conninfo import conninfo_to_dict

from tongban.kernel.keys import ring

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("TONGBAN_VAR", ROOT / "var"))
_SHIPPED = ROOT / "packs"
PACKS = Path(os.environ.get("TONGBAN_PACKS") or _SHIPPED)
PACKS_LOCALES = [folder / "locale" for folder in dict.fromkeys((PACKS, _SHIPPED))]
"""Where packs' words in other languages are looked for, the nearest first."""
LEDGER_ORIGIN = os.environ.get("TONGBAN_ORIGIN", "tongban.local/ledger")
DEMONSTRATION = os.environ.get("TONGBAN_DEMO", "") == "1"
BEING_MADE = VAR / "being-made"
"""There while the past of a demonstration is being made, with the day it has come to."""
CITY = os.environ.get("TONGBAN_CITY", noop("成都"))
ADDRESS = os.environ.get("TONGBAN_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
# No passkey hangs on an address in digits: at one's own machine the browser is opened at localhost instead.
_AT_HOME = urlsplit(ADDRESS).hostname in ("127.0.0.1", "::1")
PASSKEY_HOST = "localhost" if _AT_HOME else urlsplit(ADDRESS).hostname or "localhost"
PASSKEY_ORIGINS = (ADDRESS, *((f"http://localhost:{urlsplit(ADDRESS).port or 80}",) if _AT_HOME else ()))
CLOCK_SHIFT = timedelta(seconds=float(os.environ.get("TONGBAN_CLOCK_SHIFT", "0")))
if CLOCK_SHIFT and not DEMONSTRATION:
    raise ImproperlyConfigured("TONGBAN_CLOCK_SHIFT is for demonstrations: no real deadline is ever moved")
PROXIES = int(os.environ.get("TONGBAN_PROXIES", "0"))
HTTPS = os.environ.get("TONGBAN_HTTPS", "") == "1"

# Read when first needed: the ring must not be made before the database was asked whether it has one already.
SECRET_KEY = SimpleLazyObject(lambda: ring(VAR).django_secret)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("TONGBAN_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "template_partials.apps.SimpleAppConfig",
    "procrastinate.contrib.django",
    "tongban.kernel",
    "tongban.ledger",
    "tongban.papers",
    "tongban.directory",
    "tongban.identity",
    "tongban.catalogue",
    "tongban.notices",
    "tongban.exchange",
    "tongban.certificates",
    "tongban.cases",
    "tongban.hotline",
    "tongban.counters",
    "tongban.administration",
    "tongban.plans",
    "tongban.portal",
    "tongban.desk",
    "tongban.site",
]

MIDDLEWARE = [
    "tongban.site.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tongban.site.middleware.Compressed",
    "tongban.site.middleware.preferences",
    "tongban.site.chinese.told_as_chinese",
    "tongban.site.middleware.Sessions",
    "tongban.site.middleware.Forms",
    "tongban.site.middleware.Accounts",
    "tongban.site.middleware.Messages",
    "tongban.site.middleware.moment",
    "tongban.site.middleware.refusals",
    *(["tongban.site.making.closed_while_being_made"] if DEMONSTRATION else []),
]

ROOT_URLCONF = "tongban.site.urls"
WSGI_APPLICATION = "tongban.site.wsgi.application"

_cached = ("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tongban.site.pages.frame",
            ],
            "loaders": [("template_partials.loader.Loader", [_cached])],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    """Django's form of a PostgreSQL address; the connection is kept, and statements are prepared at once."""
    parts = conninfo_to_dict(url)
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    options = {key: value for key, value in parts.items() if key not in named}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{django: str(parts.get(libpq, "")) for libpq, django in named.items()},
        # None is Django's default and would silently switch preparation off.
        "OPTIONS": {"prepare_threshold": 3, **options},
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "dbname=tongban"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "identity.Account"
LOGIN_URL = "/sign-in"
NAMING_URL = "/real-name"
PASSWORD_URL = "/mine/settings/password"
LOGIN_REDIRECT_URL = "/"
OFFICERS_BEGIN_AT = "/desk/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "tongban.site.static.NamedByContent"},
}
# What was not collected (in tests) is served from where it lies.
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tongban.site.answers.stale_form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS

EMAIL_HOST = os.environ.get("TONGBAN_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("TONGBAN_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("TONGBAN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TONGBAN_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("TONGBAN_SMTP_STARTTLS", "1") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("TONGBAN_MAIL_FROM", "tongban@localhost")
CAUGHT_MAIL = VAR / "mail"
"""Where a demonstration keeps the mail that it sends: none of it leaves the machine."""

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 30
# A file waits in memory until it is sealed: in clear it never touches a disk.
FILE_UPLOAD_HANDLERS = ["tongban.site.uploads.InMemory"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 40_000_000

# Jobs are made by the tail of the ledger and polled for: a NOTIFY would serialise every commit behind it.
PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "handlers"

LOGGING_CONFIG = None
