# SPDX-License-Identifier: Apache-2.0
"""The API put together from the routers of the installed rooms; every fault is told as problem details (RFC 9457)."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from http import HTTPStatus
from importlib import import_module
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer

from kechuang.commons.access.guards import Guard
from kechuang.commons.api.bearer import Bearer
from kechuang.commons.kernel.problems import Problem

PROBLEM, PREFIX = "application/problem+json", "/api/v1/"


class Renderer(JSONRenderer):
    """JSON that leaves Chinese as it is."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Kechuang 科创",
    version="1",
    urls_namespace="api-v1",
    auth=Bearer(),
    docs_url=None,
    openapi_url="/openapi.json",
    renderer=Renderer(),
)


def _told(status: int, title: str, *, detail: str = "", remedy: str = "", field: str = "") -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "remedy": remedy,
        "field": field,
    }
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    del request
    return _told(problem.status, problem.what, remedy=problem.remedy, field=problem.field)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    del request
    faults = [(".".join(map(str, one.get("loc", ())[1:])), str(one.get("msg", ""))) for one in problem.errors]
    return _told(
        422,
        _("参数不符合接口说明。"),
        detail="; ".join(f"{place}: {words}" for place, words in faults)[:1000],
        remedy=_("请对照接口说明 %(address)s 更正后重试。") % {"address": f"{PREFIX}openapi.json"},
        field=faults[0][0] if faults else "",
    )


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
    del request, problem
    answer = _told(
        401,
        _("需要有效的接口令牌。"),
        remedy=_("请在“接口令牌”页面签发，并放在 Authorization: Bearer 之后。"),
    )
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(Http404)
def _missing(request: HttpRequest, problem: Exception) -> HttpResponse:
    del request, problem
    return _told(404, _("没有这项内容。"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that is none: problem details to a program, a page to a person (``handler404``)."""
    if request.path.startswith(PREFIX):
        return _missing(request, exception)
    return page_not_found(request, exception)


@api.exception_handler(HttpError)
def _other(request: HttpRequest, problem: HttpError) -> HttpResponse:
    del request
    if problem.status_code == HTTPStatus.BAD_REQUEST:  # the only one of the framework's own
        return _told(
            400, _("请求正文不是有效的 JSON。"), detail=str(problem), remedy=_("请以 UTF-8 的 JSON 发送。")
        )
    return _told(problem.status_code, str(problem))


def _routers() -> Iterator[Router]:
    """What the installed rooms offer in their ``api.py``."""
    for config in apps.get_app_configs():
        own = config.name.startswith("kechuang.") and config.label != "site"
        if own and module_has_submodule(config.module, "api"):
            yield import_module(f"{config.name}.api").router


for _router in _routers():
    api.add_router("", _router)


def _guarded(pattern: URLPattern) -> URLPattern:
    """Say of an address that a token guards it, as the house's test asks of every address."""
    answer: Any = pattern.callback

    @functools.wraps(answer)
    def told(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        """The answer; a method that the address does not know is told as problem details as well."""
        answered: HttpResponse = answer(request, *given, **named)
        if answered.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return answered
        known = answered["Allow"]
        refused = _told(
            405,
            _("这个地址不接受 %(method)s。") % {"method": request.method},
            remedy=_("可用：%(known)s。") % {"known": known},
        )
        refused["Allow"] = known
        return refused

    told.guard = Guard("token")  # type: ignore[attr-defined]
    pattern.callback = told
    return pattern


def addresses() -> list[URLPattern]:
    """The addresses of all operations; the description itself is a page (``views/description.py``)."""
    patterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    return [
        _guarded(pattern) for pattern in patterns if str(pattern.name) not in {"openapi-json", "api-root"}
    ]


def description() -> dict[str, Any]:
    """The OpenAPI description; faults are documented under the media type that they are sent with."""
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX), default=str))
    for operations in found["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                content = answer.get("content", {})
                if int(status) >= HTTPStatus.BAD_REQUEST and "application/json" in content:
                    answer["content"] = {PROBLEM: content["application/json"]}
    return found
