# SPDX-License-Identifier: Apache-2.0
"""Sign-in by a unified sign-in, against a small provider that runs in the test and can be made to lie."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey

from kechuang.commons.access import oidc
from kechuang.commons.access.actions import link_subject
from kechuang.commons.access.actors import actor_of
from kechuang.commons.access.models import User
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused

pytestmark = pytest.mark.django_db
PASSWORD = "Long-enough-2019"
CLIENT, SECRET = "kechuang", "provider-secret"


class Provider:
    """Answers as OpenID Connect says, but for what a test changes."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        self.codes: dict[str, dict[str, str]] = {}
        self.lies: dict[str, Any] = {}
        self.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.key)
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                pages = {"/.well-known/openid-configuration": provider.metadata(), "/jwks": provider.keys()}
                self._answer(pages.get(urlsplit(self.path).path))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                sent = {name: values[0] for name, values in parse_qs(body).items()}
                self._answer(provider.token(sent, self.headers.get("Authorization", "")))

            def _answer(self, found: dict[str, Any] | None) -> None:
                data = json.dumps(found or {"error": "invalid_grant"}).encode()
                self.send_response(200 if found else 400)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def authorize(self, address: str, code: str = "c1") -> str:
        """The person agreed at the provider: the address it sends the browser back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.codes[code] = asked
        return f"/access/unified/return/?code={code}&state={asked['state']}"

    def token(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or not authorization.startswith("Basic "):
            return None
        challenge = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        if _text(challenge) != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "s-001",
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + 300,
        }
        claims = {name: value for name, value in (claims | self.lies).items() if value is not None}
        signed = self.sign(claims)
        return {"access_token": "at", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    found = Provider()
    settings.OIDC = {
        "issuer": found.issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "name": "市统一认证",
    }
    settings.PUBLIC_ADDRESS = "http://testserver"
    oidc._client.cache_clear()
    yield found
    found.server.shutdown()
    found.server.server_close()
    oidc._client.cache_clear()


@pytest.fixture
def zhang(account: Any) -> User:
    return account("zhang", oidc_subject="s-001")


def forged(how: str, provider: Provider, claims: dict[str, Any]) -> str:
    """A token as an attacker would make it."""
    if how == "other key":
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, RSAKey.generate_key(2048))
    header = {"alg": "none"} if how == "no signature" else {"alg": "HS256", "kid": "k1"}
    head, body = (_text(json.dumps(part).encode()) for part in (header, claims))
    if how == "no signature":
        return f"{head}.{body}."
    public = provider.key.as_pem(private=False)
    return f"{head}.{body}.{_text(hmac.digest(public, f'{head}.{body}'.encode(), 'sha256'))}"


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def come_back(provider: Provider, browser: Client, target: str = "/desk/") -> Any:
    sent = browser.get(f"/access/unified/?next={target}")
    assert sent["Location"].startswith(f"{provider.issuer}/authorize?")
    return browser.get(provider.authorize(sent["Location"]))


def test_the_sign_in_page_offers_it_by_its_name(provider: Provider) -> None:
    assert "市统一认证" in Client().get("/access/sign-in/").content.decode()


def test_a_linked_account_signs_in_and_goes_where_it_was_going(provider: Provider, zhang: User) -> None:
    browser = Client()
    assert come_back(provider, browser)["Location"] == "/desk/"
    assert browser.get("/desk/").status_code == 200
    assert Entry.objects.get(verb="access.session.opened").data["by"] == "oidc"


def test_the_provider_is_asked_with_pkce_state_and_nonce_and_sends_back_here(provider: Provider) -> None:
    asked = parse_qs(urlsplit(Client().get("/access/unified/")["Location"]).query)
    assert asked["redirect_uri"] == ["http://testserver/access/unified/return/"]
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)


def test_a_next_address_elsewhere_is_not_followed(provider: Provider, zhang: User) -> None:
    assert come_back(provider, Client(), "https://evil.example.com/")["Location"] == "/"


@pytest.mark.parametrize(
    "lies",
    [
        {"aud": "somebody-else"},
        {"iss": "https://evil.example.com"},
        {"nonce": "replayed"},
        {"nonce": None},
        {"exp": 1},
        {"sub": None},
    ],
)
def test_a_token_that_does_not_hold_signs_nobody_in(
    provider: Provider, zhang: User, lies: dict[str, Any]
) -> None:
    provider.lies = lies
    browser = Client()
    assert come_back(provider, browser).status_code == 422
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("how", ["other key", "no signature", "public key as a secret"])
def test_a_token_signed_by_another_signs_nobody_in(provider: Provider, zhang: User, how: str) -> None:
    made: list[str] = []
    provider.sign = lambda claims: made.append(forged(how, provider, claims)) or made[-1]
    browser = Client()
    assert come_back(provider, browser).status_code == 422
    assert made
    assert "_auth_user_id" not in browser.session


def test_an_answer_nobody_asked_for_is_refused(provider: Provider, zhang: User) -> None:
    victim, attacker = Client(), Client()
    address = provider.authorize(attacker.get("/access/unified/")["Location"])
    assert victim.get(address).status_code == 422
    assert "_auth_user_id" not in victim.session


def test_an_answer_is_good_once(provider: Provider, zhang: User) -> None:
    browser = Client()
    address = provider.authorize(browser.get("/access/unified/")["Location"])
    browser.get(address)
    browser.post("/access/sign-out/")
    assert browser.get(address).status_code == 422


def test_an_unknown_or_stopped_account_is_told_what_to_do(provider: Provider, zhang: User) -> None:
    User.objects.update(is_active=False)
    assert come_back(provider, Client()).status_code == 422
    User.objects.update(is_active=True, oidc_subject=None)
    assert come_back(provider, Client()).status_code == 422


def test_the_second_factor_is_still_asked(provider: Provider, zhang: User) -> None:
    import pyotp  # noqa: PLC0415

    from kechuang.commons.access.actions import enrol_factor  # noqa: PLC0415

    key = pyotp.random_base32()
    enrol_factor(zhang, actor_of(zhang), key=key, code=pyotp.TOTP(key).now())
    browser = Client()
    assert come_back(provider, browser)["Location"] == "/access/second-step/"
    assert "_auth_user_id" not in browser.session


def test_a_person_ties_and_unties_the_own_account_by_a_second_click(
    provider: Provider, account: Any, enter: Any
) -> None:
    user = account("li")
    browser = enter("li")
    assert come_back(provider, browser)["Location"] == "/access/me/unified/link/"
    assert "s-001" in browser.get("/access/me/unified/link/").content.decode()
    assert browser.post("/access/me/unified/link/", {"current": "guess"}).status_code == 422
    user.refresh_from_db()
    assert user.oidc_subject is None
    browser.post("/access/me/unified/link/", {"current": PASSWORD})
    user.refresh_from_db()
    assert user.oidc_subject == "s-001"
    assert browser.post("/access/me/unified/link/").status_code == 422
    browser.post("/access/me/unified/leave/")
    user.refresh_from_db()
    assert user.oidc_subject is None


def test_one_subject_ties_one_account_and_only_its_owner_ties_it(zhang: User, account: Any) -> None:
    user = account("li")
    with pytest.raises(Problem):
        link_subject(user, actor_of(user), subject="s-001")
    with pytest.raises(Refused):
        link_subject(user, actor_of(zhang), subject="s-002")


def test_a_silent_provider_leaves_the_password(settings: Any, zhang: User) -> None:
    settings.OIDC = {
        "issuer": "http://127.0.0.1:9",
        "client_id": CLIENT,
        "client_secret": SECRET,
        "name": "统一",
    }
    oidc._client.cache_clear()
    assert Client().get("/access/unified/").status_code == 422


def test_without_a_provider_the_address_says_so() -> None:
    assert Client().get("/access/unified/").status_code == 422
    assert Client().get("/access/unified/return/?code=1&state=2").status_code == 422
