# SPDX-License-Identifier: Apache-2.0
"""Sign-in, sign-out, and the table of roles."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kechuang.commons.access.forms import SignInForm
from kechuang.commons.access.guards import guarded, public
from kechuang.commons.access.models import Role

sign_in = public(LoginView.as_view(template_name="access/sign_in.html", authentication_form=SignInForm))
sign_out = public(LogoutView.as_view(next_page="access:sign-in"))


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many failures: say for how long, and what to do (called by axes)."""
    del args, kwargs
    form = SignInForm(request)
    words = _("登录失败次数过多，账号已临时锁定 15 分钟。请稍后再试，或联系系统管理员。")
    return render(request, "access/sign_in.html", {"form": form, "locked": words}, status=429)


@guarded("access.view_roles")
def role_matrix(request: HttpRequest) -> HttpResponse:
    """Every role beside every permission (权限矩阵)."""
    roles = list(Role.objects.all())
    permissions = sorted({permission for role in roles for permission in role.permissions})
    rows = [(permission, [permission in role.permissions for role in roles]) for permission in permissions]
    return render(request, "access/role_matrix.html", {"roles": roles, "rows": rows})
