# SPDX-License-Identifier: Apache-2.0
"""Settings, from the environment where a site must choose.

KECHUANG_VAR           folder of the database, uploads and the secret key (default: var/ beside the code)
KECHUANG_DATABASE_URL  sqlite:///path or postgresql://user:password@host:port/name?host=/socket/folder
KECHUANG_DEMO          1: demo year, role picker on loopback, business date that a presenter moves
KECHUANG_HOSTS         comma-separated host names served
KECHUANG_HTTPS         1: behind a TLS proxy; secure cookies and HSTS
KECHUANG_PROXIES       comma-separated addresses of the site's proxies, whose X-Forwarded-For says who asks
                       (default: with KECHUANG_HTTPS this machine, else none)
KECHUANG_ADDRESS       how people reach the site, for links in papers and mail (default: http://127.0.0.1:8000)
KECHUANG_CITY          code of the city pack (default: shenyang)
KECHUANG_SECRET_KEY    the secret key itself, instead of the file in KECHUANG_VAR
KECHUANG_SECRET_KEY_FALLBACKS  comma-separated earlier keys, under which stored values may still be sealed
KECHUANG_IDLE_MINUTES  minutes without a click until a session ends (default: 30)
KECHUANG_PASSWORD_DAYS days until a password must be changed; 0: never (default: 0)
KECHUANG_SECOND_FACTOR who must sign in with a second factor: none, administrators (default), all
KECHUANG_ROBOTS        group robots of notices: wecom=https://… dingtalk=https://…#secret, separated by spaces
KECHUANG_MAIL          smtp://user:password@host:port?tls=1&from=address; without it no mail is sent
KECHUANG_SCANNER       virus scanner asked before a file is kept: clamd at tcp://host:port or unix:///path
KECHUANG_OIDC_ISSUER   address of a unified sign-in (OpenID Connect); with KECHUANG_OIDC_CLIENT_ID,
                       KECHUANG_OIDC_CLIENT_SECRET, KECHUANG_OIDC_NAME (what the button says)
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kechuang.site.environment import (
    database_from_url,
    flag,
    group_robots,
    mail_server,
    oidc_provider,
    one_of,
    secret_key,
)

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("KECHUANG_VAR", ROOT / "var"))
VAR.mkdir(parents=True, exist_ok=True)

DEBUG = False
DEMO = flag("KECHUANG_DEMO")
HTTPS = flag("KECHUANG_HTTPS")
PROXIES = frozenset(filter(None, os.environ.get("KECHUANG_PROXIES", "127.0.0.1,::1" * HTTPS).split(",")))
SECRET_KEY = secret_key(VAR)
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("KECHUANG_SECRET_KEY_FALLBACKS", "").split(",") if key]
ALLOWED_HOSTS = os.environ.get("KECHUANG_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")

PUBLIC_ADDRESS = os.environ.get("KECHUANG_ADDRESS", "http://127.0.0.1:8000").rstrip("/")

CONTENT_ROOT = ROOT / "content"
CITY = os.environ.get("KECHUANG_CITY", "shenyang")
PRODUCT_NAME = _("科创")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "kechuang.commons.kernel",
    "kechuang.commons.ui",
    "kechuang.commons.packs",
    "kechuang.commons.access",
    "kechuang.commons.api",
    "kechuang.commons.calendar",
    "kechuang.commons.comments",
    "kechuang.commons.notices",
    "kechuang.commons.documents",
    "kechuang.commons.releases",
    "kechuang.commons.parties",
    "kechuang.commons.facts",
    "kechuang.commons.commitments",
    "kechuang.commons.papers",
    "kechuang.commons.slots",
    "kechuang.commons.figures",
    "kechuang.commons.registers",
    "kechuang.commons.oversight",
    "kechuang.commons.search",
    "kechuang.apps.workplan",
    "kechuang.apps.ladder",
    "kechuang.site",
]

MIDDLEWARE = [
    "kechuang.site.middleware.FromProxy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kechuang.site.middleware.ActorAndClock",
    "kechuang.commons.access.middleware.AccountRules",
    "kechuang.site.middleware.Problems",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "kechuang.commons.ui.templatetags.kc",
                "kechuang.commons.access.templatetags.kc_access",
                "kechuang.commons.calendar.templatetags.kc_calendar",
                "kechuang.commons.comments.templatetags.kc_comments",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kechuang.commons.ui.context.shell",
                "kechuang.site.context.city_and_clock",
            ],
        },
    }
]

ROOT_URLCONF = "kechuang.site.urls"
WSGI_APPLICATION = "kechuang.site.wsgi.application"

DATABASES = {
    "default": database_from_url(os.environ.get("KECHUANG_DATABASE_URL", ""), VAR / "kechuang.sqlite3")
}
SILENCED_SYSTEM_CHECKS = ["models.W047"]  # on SQLite the trigger of AppendOnly takes NULL for equal to NULL
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "kechuang.commons.access.backends.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "kechuang.commons.access.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "kechuang.commons.access.passwords.NotCommon"},
    {"NAME": "kechuang.commons.access.passwords.NotNumeric"},
    {
        "NAME": "kechuang.commons.access.passwords.NotLikePerson",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email", "phone")},
    },
    {"NAME": "kechuang.commons.access.passwords.SeveralClasses"},
    {"NAME": "kechuang.commons.access.passwords.NotUsedBefore"},
]
LOGIN_URL = "access:sign-in"
LOGIN_REDIRECT_URL = "home"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "kechuang.commons.access.views.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # the journal keeps who signed in; a second log would outlive an erased person

SESSION_ENGINE = "kechuang.commons.access.sessions"
SESSION_COOKIE_AGE = 60 * int(os.environ.get("KECHUANG_IDLE_MINUTES", "30"))
SESSION_LONGEST = 12 * 3600
SECOND_FACTOR = one_of("KECHUANG_SECOND_FACTOR", "administrators", "all", "none")
PASSWORD_DAYS = int(os.environ.get("KECHUANG_PASSWORD_DAYS", "0"))
OIDC = oidc_provider()
MAIL = mail_server(os.environ.get("KECHUANG_MAIL", ""))
MAIL_ON = bool(MAIL)
EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS = MAIL.get("host", ""), MAIL.get("port", 25), MAIL.get("tls", False)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.get("user", ""), MAIL.get("password", "")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = MAIL.get("from", "")
WORK_AT_ONCE = False  # tests do at once what otherwise waits until the answer is given
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kechuang.site.errors.session_ended"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = ["kechuang.site.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "static"
VENDOR = ROOT / "build" / "vendor"
STATICFILES_DIRS = [("vendor", VENDOR)] if VENDOR.exists() else []
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "uploads"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False

COMMENT_EDIT_MINUTES = 15
SEARCH_ROOT = VAR / "search"
UI_SEARCH_URL_NAME = "search:results"
REGISTER_URL_NAME = "parties:register"
DIRECTORY_URL_NAME = "registers:public-index"
NOTICE_QUIET = (dt.time(21), dt.time(7, 30))
NOTICE_DIGEST_AT = dt.time(8, 30)
NOTICE_ROBOTS = group_robots(os.environ.get("KECHUANG_ROBOTS", ""))

SCANNER = os.environ.get("KECHUANG_SCANNER", "")
LONGEST_UPLOAD = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},
}
