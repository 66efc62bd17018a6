# SPDX-License-Identifier: Apache-2.0
"""Addresses of the plan."""

from django.urls import path

from kechuang.apps.workplan.views import carrying, drafts, importing, items, plans, reports, tasks, versions

app_name = "workplan"
urlpatterns = [
    path("plans/", plans.plan_list, name="plan-list"),
    path("plans/import/", importing.plan_import, name="import"),
    path("plans/import/sample/", importing.sample_import, name="sample-import"),
    path("plans/<int:pk>/", plans.plan_detail, name="plan-detail"),
    path("plans/<int:pk>/scheme/", plans.plan_scheme, name="plan-scheme"),
    path("versions/<int:pk>/", versions.version_detail, name="version-detail"),
    path("versions/<int:pk>/issue/", versions.version_issue, name="version-issue"),
    path("versions/<int:pk>/discard/", versions.version_discard, name="version-discard"),
    path("versions/<int:pk>/title/", versions.plan_correct, name="plan-correct"),
    path("versions/<int:pk>/carry/", carrying.version_carry, name="version-carry"),
    path("versions/<int:pk>/diff/", plans.version_diff, name="version-diff"),
    path("versions/<int:pk>/print/", plans.version_print, name="version-print"),
    path("versions/<int:pk>/document/", plans.version_document, name="version-document"),
    path("versions/<int:pk>/accept/", drafts.items_accept, name="items-accept"),
    path("versions/<int:pk>/leads/", drafts.leads_accept, name="leads-accept"),
    path("versions/<int:pk>/offices/", drafts.office_match, name="office-match"),
    path("versions/<int:pk>/items/", drafts.item_add, name="item-add"),
    path("versions/<int:pk>/areas/", drafts.area_add, name="area-add"),
    path("areas/<int:pk>/", drafts.area_edit, name="area-edit"),
    path("items/<int:pk>/lead/", items.lead_settle, name="lead-settle"),
    *(path(f"items/<int:pk>/{act}/", items.item_act(act), name=f"item-{act}") for act in items.ACTS),
    path("tasks/", tasks.task_list, name="task-list"),
    path("tasks/<int:pk>/", tasks.task_detail, name="task-detail"),
    path("tasks/<int:pk>/merge/", reports.task_merge, name="task-merge"),
    path("tasks/<int:pk>/confirm/", reports.closure_confirm, name="closure-confirm"),
    path("tasks/<int:pk>/return/", reports.closure_return, name="closure-return"),
    path("offices/<int:pk>/", tasks.office_detail, name="office-detail"),
    path("load/", tasks.load_view, name="load-view"),
]
