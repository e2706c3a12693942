"""docs/bundle-format.md holds: a bundle is verified by SQL, SHA-256 and Ed25519 alone."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.paths import resource
from app.services import exchange
from tests.samples.results import published_event

if TYPE_CHECKING:
    from pathlib import Path


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_bundle_is_verified_by_the_page_alone(tmp_path: Path) -> None:
    station = published_event(tmp_path / "day.plumb")
    path = tmp_path / "day.bundle"
    exchange.export_bundle(station, path)
    station.close()
    bundle = sqlite3.connect(path)
    assert bundle.execute("PRAGMA application_id").fetchone() == (0x504C4D45,)
    parts = dict(bundle.execute("SELECT part, content FROM manifest"))
    manifest = json.loads(parts["manifest"])
    assert compact(manifest) == parts["manifest"]
    keys: dict[str, Ed25519PublicKey] = {}
    signatures = 0
    for name, head in manifest["heads"].items():
        before = b""
        for row in bundle.execute("SELECT * FROM ops WHERE station = ? ORDER BY seq", (name,)):
            (
                owner,
                seq,
                lamport,
                at,
                by,
                kind,
                version,
                body,
                replaces,
                reason,
                undoes,
                prev,
                digest,
            ) = row
            assert prev == before
            start = compact([f"{owner}-{seq:06d}", lamport, at, by, kind, version])[:-1]
            end = compact([replaces, reason or None, undoes, prev.hex()])[1:]
            assert hashlib.sha256(f"{start},{body},{end}".encode()).digest() == digest
            fact = json.loads(body)
            if kind == "station-opened":
                keys[owner] = Ed25519PublicKey.from_public_bytes(bytes.fromhex(fact["public_key"]))
            if kind == "head-signed":
                signed = f"plumbline head 1\n{owner}\n{seq - 1}\n{prev.hex()}".encode()
                keys[owner].verify(bytes.fromhex(fact["signature"]), signed)
                signatures += 1
            before = digest
        assert head == {"hash": before.hex(), "seq": seq}
    assert signatures >= 1
    message = b"plumbline manifest 1\n" + parts["manifest"].encode()
    keys[manifest["station"]].verify(bytes.fromhex(parts["signature"]), message)
    registered = {
        json.loads(body)["entry"]: json.loads(body)["person_digest"]
        for (body,) in bundle.execute("SELECT body FROM ops WHERE kind = 'entry-registered'")
    }
    lines = ""
    for person, salt, details, digest in bundle.execute("SELECT * FROM people ORDER BY person"):
        assert sha256(f"{salt}\n{details}".encode()) == digest == registered[person]
        lines += f"{person} {digest}\n"
    assert manifest["people"] == 6
    assert sha256(lines.encode()) == manifest["people_digest"]
    bundle.close()


def test_the_page_shows_the_tables_as_they_are(tmp_path: Path) -> None:
    station = published_event(tmp_path / "day.plumb")
    exchange.export_bundle(station, tmp_path / "day.bundle")
    station.close()
    page = (resource().parent / "docs" / "bundle-format.md").read_text(encoding="utf-8")
    shown = re.sub(r"\s+", " ", page)
    bundle = sqlite3.connect(tmp_path / "day.bundle")
    for (sql,) in bundle.execute("SELECT sql FROM sqlite_master"):
        assert sql in shown
    bundle.close()
