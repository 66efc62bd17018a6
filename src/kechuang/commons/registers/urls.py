# SPDX-License-Identifier: Apache-2.0
"""Addresses of registers."""

from django.urls import path

from kechuang.commons.registers.views import (
    bulk,
    changes,
    consents,
    defining,
    erasing,
    filings,
    keeping,
    places,
    public,
    records,
    stocktakes,
)

app_name = "registers"
urlpatterns = [
    path("", records.register_list, name="register-list"),
    path("of/<slug:register>/", records.record_list, name="record-list"),
    path("due/", places.due_month, name="due-month"),
    path("of/<slug:register>/map/", places.record_map, name="record-map"),
    path("of/<slug:register>/board/", records.board, name="record-board"),
    path("of/<slug:register>/due/", records.due_list, name="record-due"),
    path("of/<slug:register>/move/", bulk.bulk_move, name="bulk-move"),
    path("of/<slug:register>/new/", keeping.record_make, name="record-make"),
    path("of/<slug:register>/sheet/", keeping.sheet_take, name="sheet-take"),
    path("of/<slug:register>/sheet/template/", keeping.sheet_template, name="sheet-template"),
    path("public/", public.public_index, name="public-index"),
    path("public/<slug:register>/", public.public_list, name="public-list"),
    path("public/<slug:register>/file/", filings.filing_make, name="filing-make"),
    path("filed/", filings.filing_status, name="filing-status"),
    path("filed/rate/", filings.filing_rate, name="filing-rate"),
    path("filed/<str:token>/", filings.filing_link, name="filing-link"),
    path("records/<int:pk>/", records.record_detail, name="record-detail"),
    path("records/<int:pk>/word/", records.record_page, name="record-page"),
    path("records/<int:pk>/changes/", changes.record_changes, name="record-changes"),
    path("records/<int:pk>/edit/", keeping.record_edit, name="record-edit"),
    path("records/<int:pk>/erase/", erasing.record_erase, name="record-erase"),
    path("records/<int:pk>/move/<slug:to>/", keeping.record_move, name="record-move"),
    path("records/<int:pk>/consent/<slug:side>/", consents.consent_give, name="consent-give"),
    path("records/<int:pk>/stocktake/", stocktakes.stocktake_take, name="stocktake-take"),
    path("drafts/", defining.draft_list, name="draft-list"),
    path("drafts/<int:pk>/", defining.draft_edit, name="draft-edit"),
    path("drafts/<int:pk>/submit/", defining.draft_submit, name="draft-submit"),
    path("drafts/<int:pk>/release/", defining.draft_release, name="draft-release"),
]
