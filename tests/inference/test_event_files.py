"""Files for TensorBoard: records with their checksums, events as its protobuf has them."""

import struct
from pathlib import Path

from ecommerce_ai.inference.event_files import EventFile, masked_checksum


def records(content: bytes) -> list[bytes]:
    found = []
    while content:
        (length,) = struct.unpack("<Q", content[:8])
        event = content[12 : 12 + length]
        sums = struct.unpack("<I", content[8:12]) + struct.unpack("<I", content[12 + length : 16 + length])
        assert sums == (masked_checksum(content[:8]), masked_checksum(event))
        found.append(event)
        content = content[16 + length :]
    return found


def test_a_checksum_is_the_one_that_the_standard_gives() -> None:
    value = masked_checksum(b"123456789") - 0xA282EAD8 & 0xFFFFFFFF
    assert (value >> 17 | value << 15) & 0xFFFFFFFF == 0xE3069283  # CRC-32C of the nine digits


def test_a_training_that_is_taken_up_again_goes_on_in_its_file(tmp_path: Path) -> None:
    for step, loss in ((10, 2.5), (300, 1.5)):
        EventFile(tmp_path).scalar("loss/held out", loss, step)
    (path,) = tmp_path.iterdir()
    version, *scalars = records(path.read_bytes())
    assert b"brain.Event:2" in version
    assert [struct.unpack("<f", each[-4:])[0] for each in scalars] == [2.5, 1.5]
    assert b"\x10\xac\x02" in scalars[1]  # step 300 as a varint
    assert all(b"loss/held out" in each for each in scalars)
