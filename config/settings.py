"""Every setting, in one file. What differs between instances comes from the environment by `config.env`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pghistory
import pgtrigger
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import env, outside, sign_in
from config.database import databases

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_FOLDER = env.data_folder(BASE_DIR)
PRODUCTION = env.is_production()

SECRET_KEY = env.secret_key(DATA_FOLDER)
#: what identifiers and whereabouts are encrypted and hashed with
KEYRING = env.keyring(DATA_FOLDER)
DEBUG = not PRODUCTION and env.flag("VARIG_DEBUG")
ALLOWED_HOSTS = env.words("VARIG_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "people.apps.PeopleConfig",
    "housing.apps.HousingConfig",
    "cases.apps.CasesConfig",
    "kpi.apps.KpiConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "guardian",
    # What asks a provider of identity (people.oidc). None of allauth's own pages has an address.
    "allauth.account",
    "allauth.socialaccount",
    "axes",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "people.middleware.BrowserLimits",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.SessionLimits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "people.middleware.HistoryContext",
    "people.middleware.ReadLog",
    "cases.middleware.ShieldedAddress",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cases.middleware.OpenWithReason",
    # allauth will not start without it
    "allauth.account.middleware.AccountMiddleware",
    # Last: it answers for a sign-in that was refused too often.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "people.views.navigation.permissions",
                "people.views.navigation.duty",
            ],
        },
    },
]

FORM_RENDERER = "people.forms_renderer.Renderer"

# ── database ──────────────────────────────────────────────────────────────────────────────────────────────────────

_default, DATABASE_OWNER = databases(DATA_FOLDER)
DATABASES = {"default": _default}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A trigger a statement, not a row: a twelfth of the cost. The context lies in the event, where nobody can update it.
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField(null=True)

# ── sign-in ───────────────────────────────────────────────────────────────────────────────────────────────────────

AUTH_USER_MODEL = "people.Employee"
#: By whom one signs in. Local passwords belong to development and demo.
VARIG_PROVIDERS = sign_in.providers()
VARIG_LOCAL_PASSWORDS = sign_in.has_local_passwords()
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    *(["django.contrib.auth.backends.ModelBackend"] if VARIG_LOCAL_PASSWORDS else []),
    "people.backends.FromProvider",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Exceptions live in people.Grant; guardian adds nothing to the user and makes nobody anonymous.
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = None

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# By user name, not by address: an office shares one.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "people.views.sign_in.locked_out"

# Idle this long, a session is over; busy, it lasts as long as the second.
SESSION_COOKIE_AGE = 30 * 60
VARIG_LONGEST_SESSION = timedelta(hours=10)
#: How long a proof of who one is opens the gravest acts.
VARIG_PROOF_LASTS = timedelta(minutes=10)
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "varig_session"
SESSION_SERIALIZER = "people.encrypted_sessions.EncryptedJson"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_NAME = "varig_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = PRODUCTION

# ── what a browser may do ─────────────────────────────────────────────────────────────────────────────────────────

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# In production a proxy ends TLS and says so in this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # exceptions are read by people.access alone, never through a backend
    "axes.W006",  # locking out by user name is meant
    "security.W005",  # other hosts of the municipality are not ours to decide on
    "security.W021",
]

# ── language and time ─────────────────────────────────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────

STATIC_URL = "/static/"
# A development instance serves from the folders below, with nothing collected first.
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
_NODE = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/designsystemet", _NODE / "@digdir" / "designsystemet-css" / "dist"),
    ("vendor/inter", _NODE / "@fontsource-variable" / "inter"),
]
#: What letters are printed with: fonts of fixed weight, which a PDF takes in whole.
LETTER_FONTS = _NODE / "@fontsource" / "inter" / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}

#: What is sent stays in memory; people.uploads says what is taken in.
FILE_UPLOAD_HANDLERS = ["people.uploads.InMemory"]
#: one more than a note takes (cases.forms.notes), so that whoever chooses too many is told so
DATA_UPLOAD_MAX_NUMBER_FILES = 6

# ── what lies outside ─────────────────────────────────────────────────────────────────────────────────────────────

#: Who takes letters to digital mailboxes and copies to the archive (cases.outside); nobody unless a file says who.
VARIG_OUTSIDE = outside.doors(DATA_FOLDER)

# ── jobs ──────────────────────────────────────────────────────────────────────────────────────────────────────────

#: One thing at a time, after whatever a page wants of the machine (people.queue, docs/adr/0014).
PROCRASTINATE_IMPORT_PATHS = ["cases.jobs"]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 1, "delete_jobs": "successful"}

# ── log ───────────────────────────────────────────────────────────────────────────────────────────────────────────

# A log names no client: people.logs says what it withholds.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "people.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # what commands read: on standard error, with arguments and counts
        "varig.read": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # runserver's own handler would print a request's line as it came
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "people.logs.NothingPersonal"
# Notices name people: in the session, which is encrypted, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ── rules of the house ────────────────────────────────────────────────────────────────────────────────────────────

#: Which national ids are taken: "real" and "synthetic" (month + 80). Demo and tests know only the synthetic.
NATIONAL_ID_SERIES = frozenset(env.words("VARIG_NATIONAL_IDS", ["real"] if PRODUCTION else ["synthetic"]))
#: Where the ledger's head is written every day, if anywhere: a folder that the database's owner cannot change.
HEADS = env.folder("VARIG_HEADS")
#: where lists of who sleeps where are laid ready, for the night when nothing else works
NIGHT_LISTS = env.folder("VARIG_NIGHT_LISTS") or (None if PRODUCTION else DATA_FOLDER / "night-lists")
#: How far ahead a move may be registered, in days.
VARIG_FUTURE_DAYS = 31
#: How long whoever moved a household can undo it without saying why, in minutes.
VARIG_UNDO_MINUTES = 10
#: How many files with many people's data one employee may take out a day.
VARIG_EXPORTS_A_DAY = 10
