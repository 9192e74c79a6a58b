"""What the answers of the MNIST problem are held against: the evaluated test set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checks.assignment.mnist_part import MnistPart

if TYPE_CHECKING:
    from numeric.evaluation import Evaluation
    from numeric.network import DataFile, Floats, Network


@dataclass(frozen=True, slots=True)
class MnistReference:
    """The MNIST problem; `evaluation` is None where there is no data, and `no_data` then says where it was sought.

    `notice` is what the data files want every output to say. `network` and `images`, where they are given, are what
    mistaken programs are tried on; `files` are what they were read from. `tried` holds what those programs made of the
    few images that they are tried on, by the program's id, its layer and the number of images.
    """

    part: MnistPart
    evaluation: Evaluation | None
    no_data: str = ""
    notice: str = ""
    network: Network | None = None
    images: Floats | None = None
    files: tuple[DataFile, ...] = ()
    tried: dict[tuple[str, int | None, int], Floats] = field(default_factory=dict, compare=False, repr=False)
