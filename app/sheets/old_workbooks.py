"""Makes an old .xls safe to parse: its one stream taken out, checked, and put in a clean container.

The parser believes every number in such a file: a sector chain that bites its own tail, or a cell
in the last corner, makes it ask for all the memory there is, and then the whole program is gone.
So the container (MS-CFB) is read here within bounds, the records (MS-XLS) are looked through, and
the parser gets a file in which there is nothing left to believe.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from app.domain.errors import RuleBroken
from app.sheets.archives import refuse_vast

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MINI_SECTOR = 64
_ENTRY = 128
_STREAMS = ("Workbook", "Book")
_MOST_RECORDS = 3_000_000
_NEW_SECTOR = 4096
_PER_FAT_SECTOR = _NEW_SECTOR // 4

_EOF, _FILE_PASS, _BOUND_SHEET, _STRINGS = 0x000A, 0x002F, 0x0085, 0x00FC
_DIMENSIONS, _MANY_NUMBERS = 0x0200, 0x00BD
_CELLS = {0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, _MANY_NUMBERS, 0x00D6}


def cleaned_xls(file: str, content: bytes) -> bytes:
    """The same sheets in a container made here. Refuses what is locked, damaged or vast."""
    try:
        found = _Container(content).workbook()
        if found is None:
            raise RuleBroken("sheet-not-a-table", file=file)
        stream = bytearray(found)
        _check_records(file, stream)
    except (struct.error, IndexError, ValueError) as broken:
        raise RuleBroken("sheet-damaged", file=file) from broken
    return _container_of(bytes(stream))


# ---------------------------------------------------------------------------------- the container


class _Container:
    """The sectors of a compound file. Every chain ends within the number of sectors there are."""

    def __init__(self, content: bytes) -> None:
        shift = struct.unpack_from("<H", content, 30)[0]
        if shift not in (9, 12):
            raise ValueError("sector size")
        self._size = 1 << shift
        self._sectors = content[self._size :]
        self._count = -(-len(self._sectors) // self._size)
        (_, self._directory) = struct.unpack_from("<II", content, 44)
        (self._cutoff, self._mini_fat) = struct.unpack_from("<II", content, 56)
        self._fat = self._allocation(content)

    def _allocation(self, content: bytes) -> tuple[int, ...]:
        listed = list(struct.unpack_from("<109I", content, 76))
        following = struct.unpack_from("<I", content, 68)[0]
        for _ in range(self._count):
            if following in (_FREE, _END):
                break
            *more, following = self._numbers(following)
            listed += more
        held = [sector for sector in listed if sector not in (_FREE, _END)]
        if len(held) > self._count:
            raise ValueError("more allocation sectors than sectors")
        return tuple(number for sector in held for number in self._numbers(sector))

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._size // 4}I", self._sector(sector))

    def _sector(self, sector: int) -> bytes:
        if sector >= self._count:
            raise IndexError(sector)
        # The last sector of a file is often cut at its last byte.
        return self._sectors[sector * self._size : (sector + 1) * self._size].ljust(
            self._size, b"\0"
        )

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._sector, _walk(first, self._fat, self._count)))

    def workbook(self) -> bytes | None:
        """The stream that holds the sheets; ``None`` in a document of another program."""
        entries = self._chain(self._directory)
        places = range(0, len(entries) - _ENTRY + 1, _ENTRY)
        root_first, _ = _place(entries, 0)
        named = {_name(entries, at): _place(entries, at) for at in places}
        found = next((named[name] for name in _STREAMS if name in named), None)
        if found is None:
            return None
        first, length = found
        if length >= self._cutoff:
            return self._chain(first)[:length]
        mini_fat = self._chain(self._mini_fat)
        numbers = struct.unpack(f"<{len(mini_fat) // 4}I", mini_fat)
        mini = self._chain(root_first)
        steps = _walk(first, numbers, len(mini) // _MINI_SECTOR)
        return b"".join(mini[n * _MINI_SECTOR : (n + 1) * _MINI_SECTOR] for n in steps)[:length]


def _walk(first: int, table: tuple[int, ...], most: int) -> Iterator[int]:
    sector = first
    for _ in range(most + 1):
        if sector == _END:
            return
        yield sector
        sector = table[sector]
    raise ValueError("a chain without end")


def _name(entries: bytes, at: int) -> str:
    length = struct.unpack_from("<H", entries, at + 64)[0]
    return entries[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")


def _place(entries: bytes, at: int) -> tuple[int, int]:
    first, length = struct.unpack_from("<II", entries, at + 116)
    return first, length


# ------------------------------------------------------------------------------------ the records


def _check_records(file: str, stream: bytearray) -> None:
    """Look through the workbook's part and every sheet's; the stated sizes of sheets are wiped."""
    starts = [0]
    seen = 0
    position = 0
    while position < len(starts):
        rows = columns = 0
        for kind, at, length in _records(stream, starts[position]):
            seen += 1
            if seen > _MOST_RECORDS:
                raise RuleBroken("sheet-swollen", file=file)
            if kind == _FILE_PASS:
                raise RuleBroken("sheet-encrypted", file=file)
            if kind == _BOUND_SHEET and position == 0:
                starts.append(struct.unpack_from("<I", stream, at)[0])
            elif kind == _STRINGS:
                _check_strings(stream, at)
            elif kind == _DIMENSIONS:
                # Only ever used to reserve memory, and some programs always state the whole sheet.
                stream[at : at + length] = bytes(length)
            elif kind in _CELLS and length >= 4:
                row, column = struct.unpack_from("<HH", stream, at)
                if kind == _MANY_NUMBERS:
                    column = max(column, struct.unpack_from("<H", stream, at + length - 2)[0])
                rows, columns = max(rows, row + 1), max(columns, column + 1)
                refuse_vast(file, "", rows, columns)
        position += 1


def _records(stream: bytearray, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of the records from ``start`` to the end of that part."""
    at = start
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            raise ValueError("a record beyond the end")
        yield kind, at + 4, length
        if kind == _EOF:
            return
        at += 4 + length
    raise ValueError("a part without its end")


def _check_strings(stream: bytearray, at: int) -> None:
    shared = struct.unpack_from("<i", stream, at + 4)[0]
    # The shortest string takes three bytes.
    if not 0 <= shared <= len(stream) // 3:
        raise ValueError("more strings than the file can hold")


# ----------------------------------------------------------------------------- the clean container


def _container_of(stream: bytes) -> bytes:
    """A compound file of 4,096-byte sectors that holds one stream, named Workbook."""
    data = stream.ljust(_NEW_SECTOR, b"\0")  # a shorter one would have to lie among mini sectors
    sectors = -(-len(data) // _NEW_SECTOR)
    fat_sectors = 1
    while fat_sectors * _PER_FAT_SECTOR < fat_sectors + 2 + sectors:
        fat_sectors += 1
    # The parser wants a root with a sector of its own even where it holds no mini streams.
    directory, root, first = fat_sectors, fat_sectors + 1, fat_sectors + 2
    links = [_FAT] * fat_sectors + [_END, _END] + [*range(first + 1, first + sectors), _END]
    fat = links + [_FREE] * (fat_sectors * _PER_FAT_SECTOR - len(links))
    header = struct.pack(
        "<8s16x5H6x9I109I",
        _SIGNATURE,
        *(0x3E, 4, 0xFFFE, 12, 6),
        *(1, fat_sectors, directory, 0, _NEW_SECTOR, _END, 0, _END, 0),
        *[*range(fat_sectors), *[_FREE] * 109][:109],
    )
    return b"".join(
        (
            header.ljust(_NEW_SECTOR, b"\0"),
            struct.pack(f"<{len(fat)}I", *fat),
            _directory_of(root, first, len(data)),
            bytes(_NEW_SECTOR),
            data.ljust(sectors * _NEW_SECTOR, b"\0"),
        )
    )


def _directory_of(root: int, first: int, length: int) -> bytes:
    top = _entry("Root Entry", kind=5, child=1, first=root, length=_NEW_SECTOR)
    workbook = _entry(_STREAMS[0], kind=2, child=_FREE, first=first, length=length)
    return (top + workbook).ljust(_NEW_SECTOR, b"\0")


def _entry(name: str, *, kind: int, child: int, first: int, length: int) -> bytes:
    named = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", named, len(named) + 2, kind, 1, _FREE, _FREE, child, first, length
    )
