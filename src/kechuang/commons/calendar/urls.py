# SPDX-License-Identifier: Apache-2.0
"""Addresses of the calendar."""

from django.urls import path

from kechuang.commons.calendar.views import days, timers

app_name = "calendar"
urlpatterns = [
    path("", days.month_now, name="month-now"),
    path("<int:year>/", days.year_detail, name="year-detail"),
    path("<int:year>/confirm/", days.year_confirm, name="year-confirm"),
    path("<int:year>/<int:month>/", days.month_detail, name="month-detail"),
    path("days/<str:day>/", days.day_edit, name="day-edit"),
    path("days/<str:day>/clear/", days.day_clear, name="day-clear"),
    path("timers/", timers.timer_list, name="timer-list"),
    path("timers/on/<str:about>/", timers.timer_start, name="timer-start"),
    path("timers/<int:pk>/stop/", timers.timer_stop, name="timer-stop"),
    path("timers/<int:pk>/", timers.timer_detail, name="timer-detail"),
    path("timers/<int:pk>/pause/", timers.timer_pause, name="timer-pause"),
    path("timers/<int:pk>/resume/", timers.timer_resume, name="timer-resume"),
]
