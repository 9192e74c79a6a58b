"""What the commands about the data alone work on."""

from __future__ import annotations

from checks.assignment.assignment import SAMPLE_ID
from checks.assignment.assignment_file import load_assignment
from checks.assignment.parts import MnistPart
from checks.commands.telling import tell
from checks.errors import CallError
from checks.program.data_folder import find_data
from checks.program.mnist_data_file import load_mnist_data
from numeric.network import Network, TestSet


def chosen_data(assignment_name: str, option: str | None) -> tuple[MnistPart, Network, TestSet]:
    """The MNIST problem with its data; where no data is found, those of the sample, and a notice on stderr.

    Raises `CallError`, `checks.assignment.InvalidAssignment` and `numeric.network.DataError`.
    """
    assignment = load_assignment(assignment_name)
    if assignment.mnist is None:
        raise CallError(f"the assignment {assignment.id} has no [mnist] problem")
    folder = find_data(option, assignment.id)
    if folder.path is None:
        tell(f"{assignment.id} {folder.sought}; going on with the sample")
        return chosen_data(SAMPLE_ID, None)
    return (assignment.mnist, *load_mnist_data(folder.path, assignment.mnist))
