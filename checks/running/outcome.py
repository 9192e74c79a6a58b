"""An outcome as bytes and back, to be sent and stored: what was found, and nothing that could be executed."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from fractions import Fraction

import msgspec

from checks.bounds import MAX_OUTCOME_BYTES
from checks.marking.checked import Checked


@dataclass(frozen=True, slots=True)
class Failure:
    """A submission that could not be checked: the process died, took too long, or met a bug of ours."""

    reason: str


def encoded(checked: Checked) -> bytes:
    """The findings as compressed JSON.

    By way of the standard library's json, which alone keeps half surrogate pairs that students manage to hand in.
    """
    return zlib.compress(json.dumps(msgspec.to_builtins(checked, enc_hook=_plain)).encode("ascii"), 1)


def decoded(data: bytes) -> Checked:
    """What `encoded` was given. Raises ValueError for anything else."""
    try:
        return msgspec.convert(json.loads(_unpacked(data)), Checked, dec_hook=_typed)
    except (zlib.error, msgspec.ValidationError, ValueError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not an outcome: {error}") from None


def _unpacked(data: bytes) -> bytes:
    """The JSON. Raises ValueError where it is cut off, or longer than what any submission gives."""
    unpacking = zlib.decompressobj()
    plain = unpacking.decompress(data, MAX_OUTCOME_BYTES)
    if not unpacking.eof:
        raise ValueError("cut off" if len(plain) < MAX_OUTCOME_BYTES else f"more than {MAX_OUTCOME_BYTES} bytes")
    return plain


def _plain(value: object) -> str:
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"{type(value)} has no place in an outcome")


def _typed(kind: type, value: object) -> object:
    if kind is Fraction and isinstance(value, str):
        return Fraction(value)
    raise TypeError(f"{kind} has no place in an outcome")
