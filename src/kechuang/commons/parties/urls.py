# SPDX-License-Identifier: Apache-2.0
"""Addresses of parties."""

from django.urls import path

from kechuang.commons.parties.views import merging, organizations, places, qualifications, stock, units

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
    path("regions/", places.region_list, name="region-list"),
    path("regions/<int:pk>/", places.region_detail, name="region-detail"),
    path("units/", units.unit_list, name="unit-list"),
    path("units/<int:pk>/leader/", units.leader_assign, name="leader-assign"),
    path("kinds/", qualifications.kind_list, name="kind-list"),
]
