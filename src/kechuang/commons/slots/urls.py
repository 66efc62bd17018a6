# SPDX-License-Identifier: Apache-2.0
"""Addresses of sessions and bookings."""

from django.urls import path

from kechuang.commons.slots.views import bookings, sessions, sign_ups

app_name = "slots"
urlpatterns = [
    path("", sessions.session_list, name="session-list"),
    path("<int:pk>/", sessions.session_detail, name="session-detail"),
    path("<int:pk>/revise/", sessions.session_revise, name="session-revise"),
    path("<int:pk>/cancel/", sessions.session_cancel, name="session-cancel"),
    path("<int:pk>/book/", bookings.booking_make, name="booking-make"),
    path("of/<str:about>/new/", sessions.session_open, name="session-open"),
    path("of/<str:about>/grid/", sessions.session_grid, name="session-grid"),
    path("of/<str:about>/sign-up/", sign_ups.sign_up_list, name="sign-up-list"),
    path("<int:pk>/sign-up/", sign_ups.sign_up_make, name="sign-up"),
    path("sign-up/", sign_ups.sign_up_status, name="sign-up-status"),
    path("sign-up/confirm/", sign_ups.sign_up_confirm, name="sign-up-confirm"),
    path("sign-up/withdraw/", sign_ups.sign_up_withdraw, name="sign-up-withdraw"),
    path("sign-up/<str:token>/", sign_ups.sign_up_link, name="sign-up-link"),
    path("mine/", bookings.booking_list, name="booking-list"),
    path("ticket/<slug:code>/", bookings.ticket, name="ticket"),
    path("ticket/<slug:code>/rate/", bookings.booking_rate, name="booking-rate"),
    path("ticket/<slug:code>/cancel/", bookings.booking_cancel, name="booking-cancel"),
    path("check-in/<slug:code>/", bookings.check_in_page, name="check-in"),
]
