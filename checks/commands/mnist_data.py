"""What the commands about the data alone work on."""

from __future__ import annotations

from checks.assignment.assignment_file import assignment_text
from checks.assignment.bundled import SAMPLE_ID
from checks.assignment.mnist_part import MnistPart
from checks.commands.telling import tell
from checks.errors import CallError
from checks.program.data_folder import find_data
from checks.program.mnist_data_file import load_mnist_data
from numeric.network import Network, TestSet


def chosen_data(assignment_name: str, option: str | None) -> tuple[MnistPart, Network, TestSet]:
    """The MNIST problem with its data; where no data is found, those of the sample, and a notice on stderr.

    Raises `CallError`, `InvalidAssignment` and `numeric.network.DataError`.
    """
    name, part = assignment_text(assignment_name).mnist()
    if part is None:
        raise CallError(f"the assignment {name} has no [mnist] problem")
    folder = find_data(option, name)
    if folder.path is None:
        tell(f"{name} {folder.sought}; going on with the sample")
        return chosen_data(SAMPLE_ID, None)
    return (part, *load_mnist_data(folder.path, part))
