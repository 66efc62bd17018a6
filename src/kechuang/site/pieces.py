# SPDX-License-Identifier: Apache-2.0
"""Kinds of content read by the site: what a plan names (要点对照), and the scenario that proves a task."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from kechuang.commons.packs.pieces import Filled, Piece, Refers, piece_kind

FRAME = "0"
"""Stands for the plan itself where a mechanism belongs to no task of it."""


@piece_kind("mechanism", _("机制"))
class MechanismPiece(Piece):
    """A mechanism a plan names ("12a"): its term, the task it belongs to or ``FRAME``, what serves it, its journeys.

    One of the frame that is a headline number names its ``indicators``: it is tracked when their targets are.
    """

    task: Annotated[str, Refers("task", _("任务"))]
    term: Filled
    indicators: Annotated[tuple[str, ...], Refers("indicator")] = ()
    pages: Annotated[tuple[str, ...], Refers("page", _("页面"))] = ()
    registers: Annotated[tuple[str, ...], Refers("register")] = ()
    journeys: tuple[Filled, ...] = ()


@piece_kind("scenario", _("场景"))
class ScenarioPiece(Piece):
    """The scenario that proves a task, and the journeys that walk it."""

    task: Annotated[str, Refers("task", _("任务"))]
    title: Filled
    journeys: tuple[Filled, ...] = ()
