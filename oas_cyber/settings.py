"""One settings file, from the environment, safe by default. ``.env.example`` names every variable."""

import base64
import hashlib
import os
import re
from pathlib import Path
from typing import Any

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str | None = None) -> str:
    """A variable, or the content of the file that NAME_FILE names. A missing one says how to mend it."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} (or {name}_FILE, a file that holds it). See .env.example.")
    return value


DEBUG = env("OAS_DEBUG", "") == "1"
TRIAL = env("OAS_TRIAL", "") == "1"  # sample people and figures: a banner on every page, one-time sign-in links

SECRET_KEY = env("SECRET_KEY")
if not DEBUG and (len(SECRET_KEY) < 50 or SECRET_KEY.startswith(("change", "insecure"))):
    raise ImproperlyConfigured("SECRET_KEY is too short or a default: use 50 random characters or more.")
if TRIAL and not DEBUG:
    raise ImproperlyConfigured("OAS_TRIAL=1 belongs to a trial: it needs OAS_DEBUG=1 and never serves real people.")


def sealing_key(text: str) -> str:
    """32 random bytes in URL-safe base64, with or without its last "="."""
    try:
        if len(base64.urlsafe_b64decode(padded := text + "=" * (-len(text) % 4))) == 32:
            return padded
    except ValueError:
        pass
    raise ImproperlyConfigured("OAS_FIELD_KEYS: each key is 32 random bytes in URL-safe base64, separated by commas.")


# What must be readable again (the secrets of authenticator apps) is sealed with the first key; every key opens.
OWN_FIELD_KEY = base64.urlsafe_b64encode(hashlib.sha256(SECRET_KEY.encode()).digest()).decode()
FIELD_KEYS = [sealing_key(key) for key in env("OAS_FIELD_KEYS", OWN_FIELD_KEY if DEBUG else None).split(",")]

ALLOWED_HOSTS = env("OAS_HOSTS", "localhost,127.0.0.1,testserver" if DEBUG else None).split(",")
SITE_URL = env("OAS_SITE_URL", "http://localhost:8000" if DEBUG else None).rstrip("/")

INSTALLED_APPS = [
    "oas_cyber.apps.AdministrationConfig",
    "oas_cyber.apps.HouseConfig",
    "public_site",
    "search",
    "reporting",
    "correspondence",
    "imports",
    "ministry_desk",
    "invitations",
    "partnerships",
    "action_plan",
    "exchange",
    "csirt_network",
    "capability",
    "member_states",
    "review",
    "audit",
    "notices",
    "documents",
    "accounts",
    "common",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "rest_framework",
    "rules.apps.AutodiscoverRulesConfig",
    "template_partials",
]

MIDDLEWARE = [
    "common.middleware.OwnOriginMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "oas_cyber.health.HealthMiddleware",
    "oas_cyber.requests.RequestMiddleware",
    "public_site.middleware.StoringMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "oas_cyber.faults.FaultsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.TokenMiddleware",
    "accounts.door.SessionMiddleware",
    "common.middleware.PrivacyMiddleware",
    "public_site.middleware.AddressMiddleware",
    "accounts.middleware.PreferencesMiddleware",
    "common.api.problems.ProblemMiddleware",
    "accounts.door.SecondFactorMiddleware",
    "common.middleware.ScopeMiddleware",
    "oas_cyber.guide.middleware.TourMiddleware",
    "accounts.middleware.SignInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "oas_cyber.urls"
WSGI_APPLICATION = "oas_cyber.wsgi.application"
REACH = "oas_cyber.reach.of"
COUNTRY_NAMES = "member_states.names.by_alpha2"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oas_cyber.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
            ],
        },
    }
]

# The app signs in as oas_app, which owns nothing. Migrations, and the making of test databases, use the owner.
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(env("DATABASE_URL"), conn_max_age=300, conn_health_checks=True)
    | {"ATOMIC_REQUESTS": True, "TEST": {"NAME": env("OAS_TEST_DB", "test_oas")}}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "accounts.backends.SignInBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "accounts.passwords.ObviousPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "landing"
ACCOUNT_ADAPTER = "accounts.adapter.InvitationOnlyAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are confirmed by the invitation that was sent to them
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 0  # how fresh is fresh, accounts/second_factor.py says
ACCOUNT_RATE_LIMITS = {  # counted in the shared cache
    "login": "60/10m/ip",
    "login_failed": "5/5m/key",  # of an account from an address, codes of the second factor of an account
    "login_account": "50/h/key",
    "login_address": "60/10m/ip",
    "change_password": "5/10m/user",
    "reauthenticate": "10/5m/user",
    "reset_password": "20/10m/ip,3/10m/key",
    "reset_password_from_key": "20/10m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(env("OAS_PROXIES", "0"))

# A second factor for everybody. `totp` is an app that shows codes, `webauthn` a passkey.
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]  # recovery codes are our own: hashed
MFA_TOTP_ISSUER = "OAS Cyber"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute wrong; each code still serves once
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG  # localhost without TLS
MFA_FORMS = {
    "authenticate": "accounts.forms_of_factors.CodeForm",
    "reauthenticate": "accounts.forms_of_factors.CodeForm",
    "activate_totp": "accounts.forms_of_factors.AddAppForm",
    "add_webauthn": "accounts.forms_of_factors.AddPasskeyForm",
    "authenticate_webauthn": "accounts.forms_of_factors.PasskeyForm",
    "reauthenticate_webauthn": "accounts.forms_of_factors.PasskeyAgainForm",
}
OPEN_WITHOUT_SECOND_FACTOR = frozenset({
    "account_login", "account_logout", "account_reauthenticate", "help", "help-task", "language",
    "mfa_activate_totp", "mfa_add_webauthn", "mfa_authenticate", "mfa_index", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "sign-in-link",
})  # fmt: skip

SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
DEVICE_COOKIE_NAME = "device"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("fr", "Français"), ("pt-br", "Português")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "oas_cyber.formats"
FORM_RENDERER = "common.form_rendering.Renderer"

STATIC_URL = "/static/"  # the same under every address
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS: list[Any] = [
    BASE_DIR / "static",
    ("vendor/htmx", BASE_DIR / "node_modules/htmx.org/dist"),
    ("vendor/public-sans", BASE_DIR / "node_modules/@fontsource-variable/public-sans"),
]
if DEBUG:
    STATIC_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
else:
    STATIC_FILES = "whitenoise.storage.CompressedManifestStaticFilesStorage"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's pages use our files
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env("OAS_FILES", str(BASE_DIR / ".local/files")), "base_url": None},
    },
    "staticfiles": {"BACKEND": STATIC_FILES},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "documents.arriving.UploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes of a form without its files

DEFAULT_FROM_EMAIL = env("OAS_MAIL_FROM", "OAS Cyber <no-reply@localhost>" if DEBUG else None)
CONTACT = env("OAS_CONTACT", "").strip()  # of the programme: shown in the help, and where answers to mails go
if CONTACT and not re.fullmatch(r"[^@\s:<>,]+@[^@\s:<>,]+", CONTACT):
    raise ImproperlyConfigured("OAS_CONTACT is no mail address: write it as help@example.org, or leave it empty.")
if DEBUG:
    EMAIL_BACKEND = "notices.mailbox.EmlFolderBackend"
    EMAIL_FILE_PATH = env("OAS_MAIL", str(BASE_DIR / ".local/mail"))
else:
    EMAIL_HOST, EMAIL_PORT = env("OAS_SMTP_HOST"), int(env("OAS_SMTP_PORT", "587"))
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env("OAS_SMTP_USER", ""), env("OAS_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = env("OAS_SMTP_TLS", "1") == "1"
EMAIL_TIMEOUT = 20

# The database is the queue of record; a message only rings the bell. Beat rings once a minute.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)  # Celery's word for a unix socket
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 30,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    "max_retries": 0,  # whoever rings while the broker is away goes on at once; the sweeper rings again
}
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "notices.tasks.sweep", "schedule": crontab()},
    "seal": {"task": "audit.tasks.seal_trail", "schedule": crontab()},
    "announce injects": {"task": "action_plan.tasks.announce_injects", "schedule": crontab()},
    "tick": {"task": "reporting.tasks.tick", "schedule": crontab()},
    "expire files of reports": {"task": "reporting.tasks.expire_files", "schedule": crontab(minute="30")},
    "sweep-search": {"task": "search.tasks.sweep_search", "schedule": crontab()},
    "remind": {"task": "capability.tasks.remind", "schedule": crontab(minute="5")},
    "remind of alerts": {"task": "csirt_network.tasks.remind_of_alerts", "schedule": crontab(minute="*/15")},
    "remind of applications": {
        "task": "csirt_network.tasks.remind_of_applications",
        "schedule": crontab(minute="15"),
    },
    "tell owners of plans": {"task": "action_plan.tasks.tell_owners_of_plans", "schedule": crontab(minute="*/15")},
    "catch up with alerts": {"task": "exchange.tasks.catch_up_with_alerts", "schedule": crontab(minute="*/5")},
    "forget pushes": {"task": "exchange.tasks.forget_pushes", "schedule": crontab(minute="10")},
    "compare collections": {"task": "exchange.tasks.compare_collections", "schedule": crontab(hour="4", minute="20")},
    "remind of entries": {"task": "csirt_network.tasks.remind_of_entries", "schedule": crontab(minute="15")},
    "check security.txt": {"task": "csirt_network.tasks.check_security_txts", "schedule": crontab(minute="50")},
    "remind of recommendations": {
        "task": "action_plan.tasks.remind_of_recommendations",
        "schedule": crontab(minute="25"),
    },
    "remind of nominations": {"task": "action_plan.tasks.remind_of_nominations", "schedule": crontab(minute="40")},
    "forget tables of people": {"task": "imports.tasks.forget_people", "schedule": crontab(minute="50")},
    "erase people": {"task": "action_plan.tasks.erase_people", "schedule": crontab(minute="45")},
    "remind of agreements": {
        "task": "partnerships.tasks.remind_of_agreements",
        "schedule": crontab(minute="40"),
    },
    "announce overdue commitments": {
        "task": "partnerships.tasks.announce_overdue_commitments",
        "schedule": crontab(minute="35"),
    },
    "remind of machine tokens": {
        "task": "exchange.tasks.remind_of_machine_tokens",
        "schedule": crontab(minute="20"),
    },
    "look for missed warnings": {
        "task": "exchange.tasks.look_for_missed_warnings",
        "schedule": crontab(minute="*/5"),
    },
    "look for warnings anew": {
        "task": "exchange.tasks.look_for_warnings_anew",
        "schedule": crontab(hour="5", minute="20"),
    },
    "forget sent keys": {"task": "accounts.tasks.forget_sent_keys", "schedule": crontab(minute="55")},
    "remind of notes": {"task": "correspondence.tasks.remind_of_notes", "schedule": crontab(minute="55")},
    "erase": {"task": "documents.tasks.erase", "schedule": crontab()},
    "note links": {"task": "documents.tasks.note_links", "schedule": crontab(minute="35")},
    "check links": {"task": "documents.tasks.check_links", "schedule": crontab()},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],  # one page adds "data:", for the square that is scanned (accounts/views/second_factor.py)
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
UNUSED_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer",
    "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY: dict[str, list[str]] = {feature: [] for feature in UNUSED_FEATURES}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "accounts.views.sign_in.form_refused"
if not DEBUG:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading is for the whole domain: its owner decides
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, DEVICE_COOKIE_NAME = "__Host-session", "__Host-csrf", "__Host-device"

# Closed by default: a viewset names who may ask, what it filters and how it is ordered.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["common.api.permissions.Nobody"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["common.api.bodies.PlainJSON"],
    "DEFAULT_PAGINATION_CLASS": "common.api.lists.Pages",
    "DEFAULT_FILTER_BACKENDS": ["common.api.lists.Filters", "common.api.lists.Ordering"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "common.api.schema.Operation",
    "EXCEPTION_HANDLER": "common.api.problems.as_problem",
    "URL_FORMAT_OVERRIDE": None,
}
# (requests, seconds): of a token, of an account with all its tokens, and of an address that shows none that holds.
API_LIMITS = {
    "read-token": (600, 60),
    "read-account": (1200, 60),
    "submit-token": (60, 3600),
    "submit-account": (120, 3600),
    "address": (120, 60),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "OAS Cyber",
    "DESCRIPTION": "What the portal of the Cyber Security Program of the OAS knows, as far as the person behind a token"
    " may read it; and sending the update of a state.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "oas_cyber.api_examples.with_examples",
    ],
    "COMPONENT_SPLIT_REQUEST": True,
    "OAS_VERSION": "3.1.0",
    "ENUM_NAME_OVERRIDES": {
        "UpdateStatus": "review.states.Status",
        "CsirtStatusCode": "capability.models.CsirtStatus.Status",
        "RequestAnswer": "capability.models.SupportRequest.Answer",
        "Language": "csirt_network.models.library.LANGUAGES",
        "LanguageOfPeople": "django.conf.settings.LANGUAGES",
        "LanguageOfTeam": "csirt_network.sectors.LANGUAGES",
        "ThreatLevelCode": "capability.models.ThreatLevel.Level",
        "AlertKind": "csirt_network.models.Alert.Kind",
        "AlertAnswer": "csirt_network.models.Acknowledgement.Answer",
        "SightingKind": "csirt_network.models.Sighting.Kind",
        "Sim3Level": "csirt_network.sim3.level_choices",
        "IndicatorKind": "csirt_network.indicators.Kind",
        "Tlp": "common.tlp.Tlp",
        "TlpOfExercise": "action_plan.models.exercises.LABELS",
        "Point": "common.mandate.Point",
        "ActivityKind": "action_plan.models.activities.Kind",
        "ActivityStatus": "action_plan.models.Activity.Status",
        "CampaignChannel": "action_plan.models.awareness.Channel",
        "DatePrecision": "action_plan.models.Activity.Precision",
        "AmountPrecision": "partnerships.models.Contribution.Precision",
        "ReportKind": "reporting.models.Kind",
        "ReportFormat": "reporting.models.RunFile.Format",
        "ImportFormat": "exchange.models.Import.Format",
        "RecommendationStatus": "action_plan.models.Recommendation.Status",
        "RecommendationPriority": "action_plan.models.Recommendation.Priority",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "oas_cyber.logs.JsonLines"}},
    "filters": {"without_secrets": {"()": "oas_cyber.logs.WithoutSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["without_secrets"]},
    },
    "root": {"handlers": ["console"], "level": env("OAS_LOG_LEVEL", "WARNING")},
    "loggers": {
        "audit.sealing": {"level": "INFO"},  # the heads of the trail, to be kept elsewhere too
        "celery": {"level": "INFO"},
        "oas_cyber.requests": {"level": "INFO"},
        "security": {"level": "INFO"},
    },
}

METRICS_TOKEN = env("OAS_METRICS_TOKEN", "")  # without one there is no page of metrics
# Whom to tell of a weakness in the portal, and until when that holds: /.well-known/security.txt (RFC 9116).
SECURITY_CONTACTS = env("OAS_SECURITY_CONTACT", "mailto:security@example.org" if DEBUG else None).split(",")
SECURITY_EXPIRES = env("OAS_SECURITY_EXPIRES", "2099-12-31" if DEBUG else None)

# Under which licence the programme's own open data are published: its name as SPDX has it, and its text.
OPEN_DATA_LICENCE = env("OAS_OPEN_DATA_LICENCE", "CC-BY-4.0")
OPEN_DATA_LICENCE_URL = env("OAS_OPEN_DATA_LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/")

# A worker that dies holds its work for this long; shorter only where workers are killed on purpose.
JOB_LEASE_SECONDS = int(env("OAS_LEASE_SECONDS", "120"))
# For so many days the files of reports are kept; 0: for ever.
REPORT_DAYS = max(int(env("OAS_REPORT_DAYS", "730")), 0)
EVIDENCE_MAX_BYTES = 20 * 1024 * 1024
# Asks the servers that links lead to whether they are still there; nothing leaves a trial unasked.
LINK_CHECKER = env("OAS_LINK_CHECKER", "" if DEBUG else "1") == "1"
PROGRAMME_NAME = _("Cyber Security Program of the Organization of American States")
