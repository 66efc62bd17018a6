# SPDX-License-Identifier: Apache-2.0
"""Kinds of content read by the site: what a plan names (要点对照), and the scenario that proves a task."""

from __future__ import annotations

from kechuang.commons.packs.pieces import Piece, piece_kind


@piece_kind("mechanism")
class MechanismPiece(Piece):
    """A mechanism a plan names ("12a"): its term, the task it belongs to ("0" is the frame), pages, proving journeys."""

    task: str
    term: str
    pages: tuple[str, ...] = ()
    journeys: tuple[str, ...] = ()


@piece_kind("scenario")
class ScenarioPiece(Piece):
    """The scenario that proves a task, and the journeys that walk it."""

    task: str
    title: str
    journeys: tuple[str, ...] = ()
