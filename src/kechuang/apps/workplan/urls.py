# SPDX-License-Identifier: Apache-2.0
"""Addresses of the plan."""

from django.urls import path

from kechuang.apps.workplan.views import reports, tasks

app_name = "workplan"
urlpatterns = [
    path("tasks/", tasks.task_list, name="task-list"),
    path("tasks/<int:pk>/", tasks.task_detail, name="task-detail"),
    path("tasks/<int:pk>/merge/", reports.task_merge, name="task-merge"),
    path("tasks/<int:pk>/confirm/", reports.closure_confirm, name="closure-confirm"),
    path("tasks/<int:pk>/return/", reports.closure_return, name="closure-return"),
    path("parts/<int:pk>/report/", reports.part_report, name="part-report"),
    path("offices/<int:pk>/", tasks.office_detail, name="office-detail"),
    path("load/", tasks.load_view, name="load-view"),
]
