"""Facts about the record itself: signatures, files taken in and given out, undoing (存档、交换)."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.facts.form import Form
from app.domain.ids import EventCode, StationId


class HeadSigned(Form, frozen=True):
    """链首签名: the station signed its chain as it stood, ``hash`` being that of op ``seq``."""

    seq: int
    hash: str
    signature: str


class FileImported(Form, frozen=True):
    """导入: a roster, or a file of marks or counts, was taken in; the digest says which file."""

    what: str
    file_name: str
    sha256: str
    rows: int
    event: EventCode = EventCode("")


class BundleExported(Form, frozen=True):
    """导出: a bundle was written; ``heads`` says up to which op of every station."""

    heads: Mapping[StationId, int]


class BundleMerged(Form, frozen=True):
    """合并: records of other stations were taken in."""

    sha256: str
    added: int


class OpUndone(Form, frozen=True):
    """撤销: the op named in ``undoes`` no longer counts; it stays readable."""

    kind: str
