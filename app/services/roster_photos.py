"""Photo files that a roster names: looked for beside it and nowhere else."""

from __future__ import annotations

from pathlib import Path

from app.file_heads import is_open_here

_LARGEST = 3_000_000
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def find_photo(folder: Path | None, name: str) -> bytes | None:
    """The picture, or ``None`` when there is none that can be used: a photo is never required.

    Only a plain file name counts; a list from elsewhere must not reach into other folders.
    """
    if folder is None or not name or Path(name).name != name:
        return None
    path = folder / name
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST or is_open_here(path):
            return None
        content = path.read_bytes()
    except OSError:
        return None
    return content if content.startswith(_PICTURES) else None
