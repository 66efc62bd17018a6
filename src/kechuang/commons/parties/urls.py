# SPDX-License-Identifier: Apache-2.0
"""Addresses of parties."""

from django.urls import path

from kechuang.commons.parties.views import (
    lists,
    merging,
    organizations,
    places,
    qualifications,
    registering,
    registrations,
    stock,
    units,
    zones,
)

app_name = "parties"
one = "organizations/<int:pk>"
urlpatterns = [
    path("organizations/", organizations.organization_list, name="organization-list"),
    path("organizations/register/", organizations.organization_register, name="organization-register"),
    path(f"{one}/", organizations.organization_detail, name="organization-detail"),
    path(f"{one}/related/", organizations.organization_related, name="organization-related"),
    path(f"{one}/identity/", organizations.organization_identity, name="organization-identity"),
    path(f"{one}/edit/", organizations.organization_edit, name="organization-edit"),
    path(f"{one}/rename/", organizations.organization_rename, name="organization-rename"),
    path(f"{one}/recode/", organizations.organization_recode, name="organization-recode"),
    path(f"{one}/roles/", organizations.role_give, name="role-give"),
    path(f"{one}/zones/", zones.zone_enter, name="zone-enter"),
    path("zones/<int:pk>/leave/", zones.zone_leave, name="zone-leave"),
    path("roles/<int:pk>/end/", organizations.role_end, name="role-end"),
    path(f"{one}/merge/", merging.merge_choose, name="merge-choose"),
    path(f"{one}/merge/<int:other>/", merging.merge_compare, name="merge-compare"),
    path("merges/<int:pk>/undo/", merging.merge_undo, name="merge-undo"),
    path(f"{one}/qualifications/", qualifications.qualification_register, name="qualification-register"),
    path(
        "qualifications/<int:pk>/correct/", qualifications.qualification_correct, name="qualification-correct"
    ),
    path("qualifications/<int:pk>/revoke/", qualifications.qualification_revoke, name="qualification-revoke"),
    path("qualifications/", stock.qualification_list, name="qualification-list"),
    path("stock/", stock.stock, name="stock"),
    path("lists/", lists.list_list, name="list-list"),
    path("lists/upload/", lists.list_upload, name="list-upload"),
    path("lists/template/", lists.list_template, name="list-template"),
    path("lists/<int:pk>/", lists.list_detail, name="list-detail"),
    path("lists/<int:pk>/suggestions/", lists.suggestions_accept, name="suggestions-accept"),
    path("lists/<int:pk>/confirm/", lists.list_confirm, name="list-confirm"),
    path("lists/<int:pk>/undo/", lists.list_undo, name="list-undo"),
    path("lists/<int:pk>/drop/", lists.list_drop, name="list-drop"),
    path("rows/<int:pk>/", lists.row_settle, name="row-settle"),
    path("pairs/", lists.pair_list, name="pair-list"),
    path("pairs/seek/", lists.pair_seek, name="pair-seek"),
    path("pairs/<int:pk>/apart/", lists.pair_apart, name="pair-apart"),
    path("register/", registering.register, name="register"),
    path("register/status/", registering.registration_status, name="registration-status"),
    path("register/confirm/", registering.registration_confirm, name="registration-confirm"),
    path("register/claim/", registering.registration_claim, name="registration-claim"),
    path("register/link/<str:token>/", registering.registration_link, name="registration-link"),
    path("registrations/", registrations.registration_list, name="registration-list"),
    path("registrations/<int:pk>/", registrations.registration_detail, name="registration-detail"),
    path("registrations/<int:pk>/return/", registrations.registration_return, name="registration-return"),
    path("registrations/<int:pk>/accept/", registrations.registration_accept, name="registration-accept"),
    path("registrations/<int:pk>/decline/", registrations.registration_decline, name="registration-decline"),
    path("registrations/<int:pk>/erase/", registrations.registration_erase, name="registration-erase"),
    path("own/", registrations.own, name="own"),
    path("own/<int:pk>/colleagues/", registrations.colleague_open, name="colleague-open"),
    path("own/<int:pk>/colleagues/<int:user>/", registrations.colleague_close, name="colleague-close"),
    path("own/<int:pk>/consents/<str:code>/give/", registrations.consent_give, name="consent-give"),
    path(
        "own/<int:pk>/consents/<str:code>/withdraw/", registrations.consent_withdraw, name="consent-withdraw"
    ),
    path("regions/", places.region_list, name="region-list"),
    path("regions/<int:pk>/", places.region_detail, name="region-detail"),
    path("units/", units.unit_list, name="unit-list"),
    path("units/<int:pk>/", units.unit_detail, name="unit-detail"),
    path(f"{one}/units/", units.unit_add, name="unit-add"),
    path("units/<int:pk>/dissolve/", units.unit_dissolve, name="unit-dissolve"),
    path("units/<int:pk>/members/", units.member_place, name="member-place"),
    path("memberships/<int:pk>/leave/", units.member_leave, name="member-leave"),
    path("units/<int:pk>/leader/", units.leader_assign, name="leader-assign"),
    path("kinds/", qualifications.kind_list, name="kind-list"),
]
