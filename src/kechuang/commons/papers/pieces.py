# SPDX-License-Identifier: Apache-2.0
"""Kind of content installed by papers: templates of papers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kechuang.commons.packs.pieces import Filled, Piece, Truth, piece_kind


@piece_kind("paper_template", _("文书模板"))
class PaperTemplatePiece(Piece):
    """A template (文书模板): where its values come from, how it is numbered, its title and body.

    ``values`` names who gives the values (``papers/sources.py``). ``numbering`` may hold ``{year}`` and ``{seq}``;
    empty: the paper carries no number. ``about`` is the kind of record it is about ("parties.organization"), empty for
    a paper of the whole bureau. ``body`` is written in the markup of ``papers/markup.py``; title and body may use every
    value it is given. ``as_of``: its values can be those of an earlier day. ``wide``: the sheet lies on its side.
    ``one_page``: its type is set smaller, as far as it can be read, until it stands on one page (一页纸).
    """

    name: Filled
    values: Filled
    about: str = ""
    numbering: str = ""
    as_of: Truth = False
    wide: Truth = False
    one_page: Truth = False
    title: Filled
    body: Filled
