# SPDX-License-Identifier: Apache-2.0
"""Addresses of oversight."""

from django.urls import path

from kechuang.commons.oversight.views import letters, rounds, scores

app_name = "oversight"
urlpatterns = [
    path("letters/", letters.letter_list, name="letter-list"),
    path("letters/issue/", letters.letter_issue, name="letter-issue"),
    path("letters/<int:pk>/", letters.letter_detail, name="letter-detail"),
    path("letters/<int:pk>/answer/", letters.letter_answer, name="letter-answer"),
    path("letters/<int:pk>/withdraw/", letters.letter_withdraw, name="letter-withdraw"),
    path("rounds/", rounds.round_list, name="round-list"),
    path("rounds/<int:pk>/", rounds.round_detail, name="round-detail"),
    path("scores/", scores.score_list, name="score-list"),
    path("scores/<int:pk>/", scores.score_detail, name="score-detail"),
    path("scores/<int:pk>/object/", scores.objection_raise, name="objection-raise"),
    path("objections/<int:pk>/", scores.objection_decide, name="objection-decide"),
]
