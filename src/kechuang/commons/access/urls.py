# SPDX-License-Identifier: Apache-2.0
"""Addresses of access."""

from django.urls import path

from kechuang.commons.access.views import delegations, matrix, own, sign_in, unified

app_name = "access"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("second-step/", sign_in.second_step, name="second-step"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("lost-password/", sign_in.lost_password, name="lost-password"),
    path("link/<str:token>/", sign_in.link, name="link"),
    path("set-password/", sign_in.link_password, name="link-password"),
    path("me/", own.account, name="own"),
    path("me/contact/", own.contact, name="own-contact"),
    path("me/password/", own.password_change, name="password-change"),
    path("me/factor/", own.factor, name="factor"),
    path("me/factor/recovery/", own.factor_change, {"what": "recovery"}, name="factor-recovery"),
    path("me/factor/leave/", own.factor_change, {"what": "leave"}, name="factor-leave"),
    path("me/sessions/end/", own.sessions_end, name="sessions-end"),
    path("me/consents/<str:code>/give/", own.consent_give, name="consent-give"),
    path("me/consents/<str:code>/withdraw/", own.consent_withdraw, name="consent-withdraw"),
    path("me/unified/link/", unified.subject_link, name="subject-link"),
    path("me/unified/leave/", unified.subject_unlink, name="subject-unlink"),
    path("unified/", unified.oidc_start, name="oidc-start"),
    path("unified/return/", unified.oidc_return, name="oidc-return"),
    path("me/delegations/", delegations.delegation_list, name="delegation-list"),
    path("me/delegations/new/", delegations.delegation_new, name="delegation-new"),
    path("me/delegations/<int:pk>/end/", delegations.delegation_end, name="delegation-end"),
    path("act-for/", delegations.act_for, name="act-for"),
    path("roles/", matrix.role_matrix, name="role-matrix"),
]
