# SPDX-License-Identifier: Apache-2.0
"""Addresses of commitments."""

from django.urls import path

from kechuang.commons.commitments.views import (
    disagreements,
    extensions,
    instructions,
    ledger,
    lights,
    milestones,
    receipts,
    reports,
    sources,
)

app_name = "commitments"
urlpatterns = [
    path("instructions/", instructions.instruction_list, name="instruction-list"),
    path("clauses/", instructions.clause_list, name="clause-list"),
    path("<int:pk>/", instructions.commitment_open, name="commitment-open"),
    path("receipts/", receipts.receipt_list, name="receipt-list"),
    path("parts/<int:pk>/report/", reports.part_report, name="part-report"),
    path("parts/<int:pk>/receive/", receipts.part_receive, name="part-receive"),
    path("parts/<int:pk>/milestone/", milestones.milestone_draft, name="milestone-draft"),
    path("parts/<int:pk>/disagree/", disagreements.disagreement_raise, name="disagreement-raise"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/file/", ledger.ledger_file, name="ledger-file"),
    path("ledger/write/", ledger.ledger_write, name="ledger-write"),
    path("milestones/", milestones.milestone_list, name="milestone-list"),
    path("milestones/<int:pk>/", milestones.milestone_detail, name="milestone-detail"),
    path("milestones/<int:pk>/revise/", milestones.milestone_revise, name="milestone-revise"),
    path("milestones/<int:pk>/approve/", milestones.milestone_approve, name="milestone-approve"),
    path("milestones/<int:pk>/return/", milestones.milestone_return, name="milestone-return"),
    path("milestones/<int:pk>/drop/", milestones.milestone_drop, name="milestone-drop"),
    path("milestones/<int:pk>/extend/", extensions.milestone_extend, name="milestone-extend"),
    path("<int:pk>/extend/", extensions.commitment_extend, name="commitment-extend"),
    path("extensions/<int:pk>/", extensions.extension_decide, name="extension-decide"),
    path("disagreements/<int:pk>/", disagreements.disagreement_decide, name="disagreement-decide"),
    path(
        "disagreements/<int:pk>/withdraw/", disagreements.disagreement_withdraw, name="disagreement-withdraw"
    ),
    path("<int:pk>/source/", sources.source_name, name="source-name"),
    path("<int:pk>/join/", sources.commitment_join, name="commitment-join"),
    path("<int:pk>/light/", lights.light_set, name="light-set"),
    path("lights/<int:pk>/lift/", lights.light_lift, name="light-lift"),
]
