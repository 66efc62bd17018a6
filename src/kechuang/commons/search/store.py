# SPDX-License-Identifier: Apache-2.0
"""The index on disk (索引): folders below ``settings.SEARCH_ROOT``; the file ``current`` names the one in force.

Readers look at ``current`` before every question and see every commit. Whoever writes holds the lock; it ends with its
process, however that ends. A commit is whole or not there.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy
from django.conf import settings

from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.searching import Searchable
from kechuang.commons.search.grams import folded, grams_of
from kechuang.commons.search.wording import digest_of

VERSION = "2"  # raise it when the shape of the index, or what it holds, changes: it is then made anew
LONGEST_BODY = 20_000
TITLE_WEIGHT = 3.0
SMALL, LARGE = 15_000_000, 120_000_000  # bytes of memory for a few changes, for everything
_GRAM, _RAW = "grams", "raw"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("ref", stored=True, tokenizer_name=_RAW, index_option="basic")
    builder.add_text_field("kind", tokenizer_name=_RAW, index_option="basic")
    builder.add_text_field("digest", stored=True, tokenizer_name=_RAW, index_option="basic")
    builder.add_text_field("title", tokenizer_name=_GRAM, index_option="freq")
    builder.add_text_field("body", tokenizer_name=_GRAM, index_option="freq")
    return builder.build()


SCHEMA = _schema()
_GRAMS = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(1, 2, False)).build()
_opened: dict[str, tantivy.Index] = {}
_opening = threading.Lock()


def _root() -> Path:
    return Path(settings.SEARCH_ROOT)


def current() -> str:
    """The folder of the index in force; empty where there is none, or it is of another version."""
    try:
        name = (_root() / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    return name if name.startswith(f"v{VERSION}-") and (_root() / name / "meta.json").exists() else ""


def _open(name: str) -> tantivy.Index:
    """The index of a folder, opened once a process."""
    path = str(_root() / name)
    with _opening:
        if path not in _opened:
            index = tantivy.Index(SCHEMA, path=path)
            index.register_tokenizer(_GRAM, _GRAMS)
            _opened.clear()
            _opened[path] = index
        return _opened[path]


def searcher() -> tantivy.Searcher | None:
    """The index as of its last commit; None where there is none yet."""
    name = current()
    if not name:
        return None
    index = _open(name)
    index.reload()
    return index.searcher()


@contextmanager
def writing(patience: float) -> Iterator[bool]:
    """Be the only writer; False where another one did not end within ``patience`` seconds."""
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as lock:
        yield _locked(lock.fileno(), time.monotonic() + patience)


def _locked(file: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.02)
        else:
            return True


class Writing:
    """One commit's worth of changes; call ``commit`` at the end, or nothing happened."""

    def __init__(self, index: tantivy.Index, memory: int) -> None:
        self._writer = index.writer(memory, 1)

    def forget(self, ref: Ref) -> None:
        """Take a record out."""
        self._writer.delete_documents_by_term("ref", str(ref))

    def forget_kind(self, kind: str) -> None:
        """Take out all of a kind."""
        self._writer.delete_documents_by_term("kind", kind)

    def keep(self, kind: str, texts: Iterable[Searchable]) -> int:
        """Put records in; those of the same ref must have been taken out before. Returns how many."""
        count = 0
        for count, text in enumerate(texts, 1):  # noqa: B007 -- the last number is the count
            document = tantivy.Document()
            document.add_text("ref", str(Ref(kind, text.id)))
            document.add_text("kind", kind)
            document.add_text("digest", digest_of(text))
            document.add_text("title", folded(text.title).text)
            document.add_text("body", folded(text.body[:LONGEST_BODY]).text)
            self._writer.add_document(document)
        return count

    def commit(self) -> None:
        """Make it findable, and wait until the index is tidy."""
        self._writer.commit()
        self._writer.wait_merging_threads()


def change() -> Writing:
    """Changes of the index in force; hold ``writing`` around it."""
    return Writing(_open(current()), SMALL)


@contextmanager
def replacement() -> Iterator[Writing]:
    """A new index that takes over when the block ends well; hold ``writing`` around it."""
    name = f"v{VERSION}-{time.time_ns()}"
    folder = _root() / name
    folder.mkdir(parents=True)
    index = tantivy.Index(SCHEMA, path=str(folder))
    index.register_tokenizer(_GRAM, _GRAMS)
    try:
        writing_anew = Writing(index, LARGE)
        yield writing_anew
        writing_anew.commit()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    partial = _root() / f"current.{os.getpid()}"
    partial.write_text(name, encoding="utf-8")
    partial.replace(_root() / "current")
    for old in _root().glob("v*-*"):
        if old.name != name:
            shutil.rmtree(old, ignore_errors=True)


def candidates(
    index: tantivy.Searcher,
    terms: list[str],
    kind: str,
    *,
    most: int,
    skip: int = 0,
    loosely: bool = False,
) -> list[Ref]:
    """Refs of records of a kind that hold the grams of all terms (``loosely``: half of them), the best first."""
    grams = list(dict.fromkeys(gram for term in terms for gram in grams_of(term)))
    occur = tantivy.Occur.Should if loosely else tantivy.Occur.Must
    asked = [(occur, _gram(gram)) for gram in grams]
    least = max(2, -(-len(grams) // 2)) if loosely else None
    words = tantivy.Query.boolean_query(asked, least) if least else tantivy.Query.boolean_query(asked)
    query = tantivy.Query.boolean_query([(tantivy.Occur.Must, words), (tantivy.Occur.Must, _of_kind(kind))])
    hits = index.search(query, most, count=False, offset=skip).hits
    return [Ref.parse(index.doc(address)["ref"][0]) for _score, address in hits]


def _gram(gram: str) -> tantivy.Query:
    title = tantivy.Query.boost_query(tantivy.Query.term_query(SCHEMA, "title", gram, "freq"), TITLE_WEIGHT)
    return tantivy.Query.disjunction_max_query(
        [title, tantivy.Query.term_query(SCHEMA, "body", gram, "freq")]
    )


def _of_kind(kind: str) -> tantivy.Query:
    return tantivy.Query.const_score_query(tantivy.Query.term_query(SCHEMA, "kind", kind, "basic"), 0.0)


def kept_digests(index: tantivy.Searcher, kind: str) -> dict[str, str]:
    """The digest of every record of a kind in the index, by its id."""
    if not index.num_docs:
        return {}
    hits = index.search(_of_kind(kind), index.num_docs, count=False).hits
    documents = (index.doc(address) for _score, address in hits)
    return {Ref.parse(document["ref"][0]).id: document["digest"][0] for document in documents}
