# SPDX-License-Identifier: Apache-2.0
"""Sign-in by a unified sign-in (统一认证, OpenID Connect), by setting; the protocol is authlib's.

Authorisation code with PKCE, state and nonce; the identity token is checked against the provider's keys, issuer and
audience. Only the subject is used: accounts are opened here, never by the provider.
"""

from __future__ import annotations

import functools
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from joserfc.errors import JoseError

from kechuang.commons.kernel.problems import Problem

SECONDS = 10


@functools.lru_cache(maxsize=4)
def _client(issuer: str, client_id: str, client_secret: str) -> Any:
    registry = OAuth()
    registry.register(
        "unified",
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_id=client_id,
        client_secret=client_secret,
        client_kwargs={"scope": "openid", "code_challenge_method": "S256", "default_timeout": SECONDS},
    )
    return registry.unified


def _configured() -> Any:
    given = settings.OIDC
    if given is None:
        raise Problem(_("本站没有配置统一认证。"), remedy=_("请用账号和密码登录。"))
    return _client(given["issuer"], given["client_id"], given["client_secret"])


def start(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider. Raises Problem where it does not answer."""
    client = _configured()
    back = f"{settings.PUBLIC_ADDRESS}{reverse('access:oidc-return')}"
    try:
        answer: HttpResponse = client.authorize_redirect(request, back)
    except (requests.RequestException, AuthlibBaseError, RuntimeError, ValueError):
        raise _unreachable() from None
    return answer


def subject_of(request: HttpRequest) -> str:
    """Who came back: the provider's subject. Raises Problem for an answer that does not hold."""
    client = _configured()
    assert settings.OIDC is not None
    try:
        token = client.authorize_access_token(request, leeway=60)
        claims = token.get("userinfo") or {}
    except requests.RequestException:
        raise _unreachable() from None
    except (AuthlibBaseError, JoseError, RuntimeError, ValueError, KeyError):
        raise _untrusted() from None
    if claims.get("iss", "").rstrip("/") != settings.OIDC["issuer"] or not claims.get("sub"):
        raise _untrusted()
    return str(claims["sub"])[:255]


def _unreachable() -> Problem:
    return Problem(_("统一认证暂时无法使用。"), remedy=_("请稍后再试，或用账号和密码登录。"))


def _untrusted() -> Problem:
    return Problem(_("统一认证的答复无法核实，没有登录。"), remedy=_("请从登录页重新开始。"))
