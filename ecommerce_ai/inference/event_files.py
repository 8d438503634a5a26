"""Course of a training as files that TensorBoard reads: scalars by step. Pure, without TensorBoard itself.

A file is a row of records (length, checksum, event, checksum) of protobuf messages `Event`: wall time 1, step
2, version 3, summary 5; a summary holds values 1 of tag 1 and number 2.
"""

import struct
import time
from pathlib import Path

POLYNOMIAL = 0x82F63B78  # CRC-32C, bits reversed
MASK = 0xA282EAD8


def checksum_table() -> list[int]:
    table = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = (value >> 1) ^ (POLYNOMIAL if value & 1 else 0)
        table.append(value)
    return table


TABLE = checksum_table()


def masked_checksum(content: bytes) -> int:
    value = 0xFFFFFFFF
    for byte in content:
        value = TABLE[(value ^ byte) & 0xFF] ^ (value >> 8)
    value ^= 0xFFFFFFFF
    return (((value >> 15) | (value << 17)) + MASK) & 0xFFFFFFFF


def varint(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def block(field: int, content: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(content)) + content


def scalar_event(tag: str, value: float, step: int, moment: float) -> bytes:
    told = block(1, tag.encode()) + varint(2 << 3 | 5) + struct.pack("<f", value)
    return head(moment) + varint(2 << 3) + varint(step) + block(5, block(1, told))


def head(moment: float) -> bytes:
    return varint(1 << 3 | 1) + struct.pack("<d", moment)


def record(event: bytes) -> bytes:
    length = struct.pack("<Q", len(event))
    sums = (struct.pack("<I", masked_checksum(each)) for each in (length, event))
    return length + next(sums) + event + next(sums)


class EventFile:
    """Appends to one file of a folder; a training that is taken up again goes on in the same one."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = next(
            folder.glob("events.out.tfevents.*"), folder / "events.out.tfevents.0000000000.writer"
        )
        if not self.path.is_file():
            self.path.write_bytes(record(head(time.time()) + block(3, b"brain.Event:2")))

    def scalar(self, tag: str, value: float, step: int) -> None:
        with self.path.open("ab") as file:
            file.write(record(scalar_event(tag, value, step, time.time())))
