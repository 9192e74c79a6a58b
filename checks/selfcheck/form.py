"""The form of an assignment: its parts, their cells in order, and the text boxes of each. It knows no key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from checks.assignment.asked import Asked
from checks.assignment.assignment import Assignment
from checks.assignment.letter_scope import LetterScope
from checks.assignment.mnist_part import MnistPart
from checks.assignment.parts import HandPart
from checks.language.reading import Wanted
from checks.language.vocabulary import NONE, Vocabulary
from exact.calculation.quantity import Quantity

MNIST = "mnist"
"""What Problem 1 is called where parts are named."""

SOFTMAX_OF = 3
"""Entries of Softmax([0, 1, 2])."""


@dataclass(frozen=True, slots=True)
class Box:
    """One text box, at a row and a column of its cell, from 0; its `id` is the name of its entry in reports."""

    id: str
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell: its boxes row by row, in brackets where it is a grid; what a statement on the whole of it is to be.

    `stated_whole`: the boxes make one statement, and one finding, together. `is_text`: its one box holds all of it.
    `outputs` is how many of p_1, p_2, ... an answer may name, 0 for none, then `refusal` says why.
    """

    id: str
    latex: str
    boxes: tuple[Box, ...]
    wanted: Wanted
    is_grid: bool = False
    stated_whole: bool = False
    is_text: bool = False
    outputs: int = 0
    refusal: str = ""
    canonical: str = ""
    hint: str = ""

    @property
    def columns(self) -> int:
        """How many boxes stand in a row."""
        return max(box.column for box in self.boxes) + 1

    @property
    def rows(self) -> tuple[tuple[Box, ...], ...]:
        """The boxes, row by row."""
        count = max(box.row for box in self.boxes) + 1
        return tuple(tuple(box for box in self.boxes if box.row == row) for row in range(count))

    @property
    def findings(self) -> tuple[str, ...]:
        """The names of the findings on it."""
        return tuple(dict.fromkeys(map(self.entry_of, self.boxes)))

    def entry_of(self, box: Box) -> str:
        """The name of the finding on what stands in a box."""
        return self.id if self.stated_whole else box.id


@dataclass(frozen=True, slots=True)
class FormPart:
    """One problem of the assignment; `prefix` is that of its names. `takes_result`: a result.json belongs to it."""

    title: str
    prefix: str
    cells: tuple[FormCell, ...]
    takes_result: bool = False
    letters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """The whole form."""

    parts: tuple[FormPart, ...]

    @cached_property
    def cells(self) -> Mapping[str, FormCell]:
        """The cells by id."""
        return {cell.id: cell for part in self.parts for cell in part.cells}

    @cached_property
    def boxes(self) -> Mapping[str, FormCell]:
        """The cell of each box, by the box's id."""
        return {box.id: cell for cell in self.cells.values() for box in cell.boxes}


def form_of(assignment: Assignment) -> Form:
    """The form of an assignment, in the order of its reports."""
    mnist = [_program(assignment.mnist)] if assignment.mnist else []
    return Form((*mnist, *map(_by_hand, assignment.hand_parts)))


def _program(part: MnistPart) -> FormPart:
    layers = enumerate(pairwise(part.layers), start=1)
    names = [f"{letter}{layer}.shape" for layer, _ in layers for letter in "Wb"]
    shapes = [
        FormCell(name, "", (Box(name),), Wanted((2 if name[0] == "W" else 1, 1)), is_text=True, hint=_SHAPES[name[0]])
        for name in names
    ]
    boxes = tuple(Box(f"softmax[{place + 1}]", place) for place in range(SOFTMAX_OF))
    softmax = FormCell(
        "softmax", "", boxes, Wanted((SOFTMAX_OF, 1)), is_grid=True, stated_whole=True, hint="Softmax([0, 1, 2])"
    )
    count = FormCell("correct", "", (Box("correct"),), Wanted(may_have_thousands=True, count=True), hint=_COUNT)
    return FormPart("Feed-forward pass on MNIST", "", (*shapes, softmax, count), takes_result=True)


_SHAPES, _COUNT = {"W": "such as (3, 2)", "b": "such as (3,)"}, "images that are classified correctly"


@dataclass(frozen=True, slots=True)
class _Answers:
    """What the answers of a part may be written with."""

    part: HandPart
    vocabulary: Vocabulary = field(default=NONE)

    def cells(self, asked: Asked) -> Iterator[FormCell]:
        """The cell as one grid; where its entries stand by themselves, each as a cell of its own."""
        part, quantity = self.part, asked.quantity
        name = part.cell_name(quantity.name)
        columns = quantity.sheet_shape[1]
        boxes = [Box(part.entry_name(quantity.name, place), *divmod(place, columns)) for place in asked.places]
        if asked.is_whole and quantity.name not in part.naming.calculation.singly:
            is_one = quantity.is_number or (len(boxes) == 1 and boxes[0].id == name)
            wanted = Wanted() if quantity.is_number else Wanted(quantity.sheet_shape, is_matrix=quantity.is_matrix)
            latex = part.naming.calculation.latex_of(quantity.name)
            yield self.cell(quantity, name, latex, tuple(boxes), wanted, is_grid=not is_one)
        else:
            for box, place in zip(boxes, asked.places, strict=True):
                latex = part.naming.calculation.latex_of_entry(quantity.name, place)
                yield self.cell(quantity, box.id, latex, (Box(box.id),), Wanted(), is_grid=False)

    def cell(
        self, quantity: Quantity, name: str, latex: str, boxes: tuple[Box, ...], wanted: Wanted, *, is_grid: bool
    ) -> FormCell:
        """A cell, with what answers in it may be written with."""
        outputs = self.part.naming.calculation.outputs
        refusal = ""
        if quantity.are_outputs and self.part.letters is None:
            refusal = f"p_1, p_2, ... are what {name} asks for; write it in exponentials or as decimals"
        elif outputs is None:
            refusal = "there are no outputs called p_1, p_2, ...; write them out"
        return FormCell(
            name,
            latex,
            boxes,
            Wanted(wanted.shape, wanted.is_matrix, vocabulary=self.vocabulary),
            is_grid=is_grid,
            outputs=0 if refusal or outputs is None else outputs.size,
            refusal=refusal,
            canonical=quantity.name,
        )


def _by_hand(part: HandPart) -> FormPart:
    scope = LetterScope(part.naming, part.letters) if part.letters else None
    answers = _Answers(part, scope.vocabulary if scope else NONE)
    cells = tuple(cell for asked in part.cells for cell in answers.cells(asked))
    return FormPart(part.heading, part.prefix, cells, letters=part.letters.names if part.letters else ())
