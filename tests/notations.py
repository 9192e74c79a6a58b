r"""Notations that people use: what each is read as, or what its writer is told. One table for compare and for check.

A row: the text; the value it stands for, in the plainest spelling, or None where it is refused; a part of the message.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One notation. `means` is None where it is refused, and `message` is then a part of what is said."""

    text: str
    means: str | None
    message: str = ""


SUPERSCRIPT = "for a power of ten"
FIRST = (
    # 1. Mixed numbers.
    Row(r"8\frac12", "17/2"),
    Row(r"7\frac{1}{2}", "15/2"),
    Row(r"-8\frac12", "-17/2"),
    Row("8½", "17/2"),
    Row("8 1/2", None, "write (8 + 1/2) for a mixed number"),
    Row(r"8\frac{15}{2}", None, "for a mixed number"),
    Row(r"\begin{bmatrix} 8\frac12 \\ -1 \end{bmatrix}", "[17/2, -1]"),
    # 2. A space before the closing bracket.
    Row(r"\left[ 5 \quad -5 \right]", "[5, -5]"),
    Row(r"\left[ \begin{array}{c} 5 \\ -5 \end{array} \right]", "[5, -5]"),
    Row(r"\left( 5 , -5 \right)", "[5, -5]"),
    # 3. Lost superscripts.
    Row("1.979*10-32", None, SUPERSCRIPT),
    Row("1.979·10-32", None, SUPERSCRIPT),
    Row("1.979⋅10-32", None, SUPERSCRIPT),
    Row(r"1.979\times10-32", None, SUPERSCRIPT),
    Row(r"1.979 \times 10-32", None, SUPERSCRIPT),
    Row(r"1.979\cdot10-32", None, SUPERSCRIPT),
    Row("1.979×10−32", None, SUPERSCRIPT),
    Row("1.979 x 10-32", None, SUPERSCRIPT),
    # 4. The calculator's e.
    Row("4.14*e-8", None, SUPERSCRIPT),
    Row(r"4.14\mathrm{e}-8", None, SUPERSCRIPT),
    Row("1.979e{-32}", None, SUPERSCRIPT),
    Row(r"1.979\mathrm{e}{-32}", None, SUPERSCRIPT),
    # 5. A dot as times, restated values, repeating decimals, uncertainties.
    Row("2.10^-32", None, SUPERSCRIPT),
    Row("[5, -5] (2x1)", "[5, -5]"),
    Row("[5, -5] (2 × 1)", "[5, -5]"),
    Row("[5, -5] (3x1)", None, "2x1, and 3x1 beside it"),
    Row("338 (33.8%)", None, "a value and another one in brackets"),
    Row("1/3 (0.333)", "1/3"),
    Row("0.333 (1/3)", "1/3"),
    Row("1.(3)", None, "repeating digits"),
    Row("4.14(1)e-8", None, "uncertainties are not read"),
    Row("1.979(3)×10^-32", None, "uncertainties are not read"),
    # 6. Rows side by side, transposes, trailing separators.
    Row("[1,2] [3,4]", None, "two vectors side by side"),
    Row("[1,2]\n[3,4]", None, "two vectors side by side"),
    Row("[5, -5]^T", "[5, -5]"),
    Row("[[1,2],[3,4],]", "[1, 2; 3, 4]"),
    Row("[[1,2],[3,4]],", "[1, 2; 3, 4]"),
    Row("[1, 2; 3, 4;]", "[1, 2; 3, 4]"),
    Row("[1, 2; 3, 4];", "[1, 2; 3, 4]"),
    Row("[5, -5,]", "[5, -5]"),
    # 7. What cannot be read, before its shape; what is ambiguous.
    Row("[5，-5]", "[5, -5]"),
    Row("[1..2]", None, "two decimal points"),
    Row("[0,5; 1,5]", None, "a decimal point"),
    Row("ln 1/2", None, "put brackets around what ln applies to"),
    Row("1.979e^-32", None, SUPERSCRIPT),
    # 9. See test_logarithms.
)
SECOND = (
    *(Row(text, "5") for text in ("5.", "5;", "5,", "5 .", "= 5", "≈ 5", "=5", "$5.$", "$5$.", r"\(5\).", "== 5")),
    *(Row(text, "[5, -5]") for text in ("[5, -5].", "[5, -5];", "$[5, -5]$,", "= [5, -5]")),
    Row("np.float64(5.0)", "5"),
    Row("np.int64(5)", "5"),
    Row("[np.float64(5.0), np.float64(-5.0)]", "[5, -5]"),
    Row("array([ 5., -5.])", "[5, -5]"),
    Row("array([5, -5], dtype=int64)", "[5, -5]"),
    Row("array([5., -5.], dtype=np.float32)", "[5, -5]"),
    Row("tensor([ 5., -5.], grad_fn=<AddBackward0>)", "[5, -5]"),
    Row("tensor([ 5.0000, -5.0000], dtype=torch.float64, requires_grad=True)", "[5, -5]"),
    Row("torch.tensor([[1., 2.], [3., 4.]], device='cuda:0')", "[1, 2; 3, 4]"),
    Row("tensor(5.)", "5"),
    Row("np.array([[1, 3], [2, 4]]).T", "[1, 2; 3, 4]"),
    Row("[1 3; 2 4]'", "[1, 2; 3, 4]"),
    Row("Matrix([[1, 2], [3, 4]])", "[1, 2; 3, 4]"),
    Row("Matrix([5, -5])", "[5, -5]"),
    Row("Rational(1, 2)", "1/2"),
    Row("Fraction(1, 2)", "1/2"),
    Row("Decimal('0.5')", "1/2"),
    Row("½", "1/2"),
    Row("¼", "1/4"),
    Row("-¾", "-3/4"),
    Row("[½, ¼]", "[1/2, 1/4]"),
    Row("𝑒^0 + 4", "5"),
    Row("5ⅇ^〖0〗", "5"),
    Row("5exp\u2061(0)", "5"),
    Row("[■(5@-5)]", "[5, -5]"),
    Row("[■(1&2@3&4)]", "[1, 2; 3, 4]"),
    Row("(█(5@-5))", "[5, -5]"),
    Row("[1, 2\n 3, 4]", "[1, 2; 3, 4]"),
    Row("[1 2\n 3 4]", "[1, 2; 3, 4]"),
    Row("[[1. 2.]\n [3. 4.]]", "[1, 2; 3, 4]"),
    Row("[5\n -5]", "[5, -5]"),
    Row("5*EXP(0)", "5"),
    Row("=5*EXP(0)", "5"),
    Row("5*np.exp(0)", "5"),
    Row("5*math.exp(0)", "5"),
    Row("5 E^0", "5"),
    Row("5 Exp[0]", "5"),
    Row("Sqrt[25]", "5"),
    Row("Log[E^5]", "5"),
    Row("LN(EXP(5))", "5"),
    Row("LOG(100)", None, "LOG has the base 10 in a spreadsheet"),
    Row("{5, -5}", "[5, -5]"),
    Row("{{1, 2}, {3, 4}}", "[1, 2; 3, 4]"),
    Row("{1,2;3,4}", "[1, 2; 3, 4]"),
    Row("⟨5, -5⟩", "[5, -5]"),
    Row(r"\langle 5, -5 \rangle", "[5, -5]"),
    Row(r"\{5, -5\}", "[5, -5]"),
    Row("5, -5", "[5, -5]"),
    Row(r"\boxed{5}", "5"),
    Row(r"\boxed{[5, -5]}", "[5, -5]"),
    Row(r"\mathbf{5}", "5"),
    Row(r"\text{5}", "5"),
    Row(r"\phantom{-}5", "5"),
    Row(r"\begin{pmatrix} \phantom{-}5 \\ -5 \end{pmatrix}", "[5, -5]"),
    Row(r"\begin{bmatrix} 5 & -5 \end{bmatrix}^{\mathsf T}", "[5, -5]"),
    Row(r"\begin{bmatrix} 5 & -5 \end{bmatrix}^{\text{T}}", "[5, -5]"),
    Row(r"\begin{bmatrix} 5 & -5 \end{bmatrix}^\top", "[5, -5]"),
    Row(r"\begin{matrix} 1 & 2 \cr 3 & 4 \end{matrix}", "[1, 2; 3, 4]"),
    Row(r"{1 \over 2}", "1/2"),
    Row(r"\num{0.5}", "1/2"),
    Row(r"\begin{bmatrix*}[r] 5 \\ -5 \end{bmatrix*}", "[5, -5]"),
    Row(r"\left[\begin{array}{@{}cc@{}} 1 & 2 \\ 3 & 4 \end{array}\right]", "[1, 2; 3, 4]"),
    Row(r"\begin{bmatrix} 5 \\\\ -5 \end{bmatrix}", "[5, -5]"),
    Row(r"\\begin{bmatrix} 5 \\\\ -5 \\end{bmatrix}", "[5, -5]"),
    Row(r"\\frac{1}{2}", "1/2"),
    Row(r"\lbrack 5, -5 \rbrack", "[5, -5]"),
    Row(r"\mleft[ 5, -5 \mright]", "[5, -5]"),
    Row("（5，-5）", "[5, -5]"),
    Row("［5，－5］", "[5, -5]"),
    Row("８", "8"),
    *(Row(f"{hyphen}5", "-5") for hyphen in "‐‑‒–—―−－"),
    Row("5\u200b", "5"),
    Row("\ufeff5", "5"),
    Row("2•3", "6"),
    Row("5ᴇ-1", "1/2"),
    Row("`5`", "5"),
    Row("**5**", "5"),
    Row("`[5, -5]`", "[5, -5]"),
    Row("c(5, -5)", "[5, -5]"),
    Row("rbind(c(1, 2), c(3, 4))", "[1, 2; 3, 4]"),
    Row("matrix([1,2],[3,4])", "[1, 2; 3, 4]"),
    Row("| 5 | -5 |", "[5, -5]"),
    Row("| 1 | 2 |\n| 3 | 4 |", "[1, 2; 3, 4]"),
    Row("1.23 e 2", "123"),
    Row("3//2", "3/2"),
    Row("5*^-1", "1/2"),
    Row("5.0f0", "5"),
    Row("5×10<sup>-1</sup>", "1/2"),
    # What stays refused, with the remedy.
    Row("0,5", None, "write a decimal point (0.5)"),
    Row("1.979 e-32", None, "a space in the exponent"),
    Row("2 3", None, "expected an operator between them"),
    Row("[5, 3 -5]", None, "a space before a sign"),
    Row("[1, 2\n -3, 4]", None, "a space before a sign"),
    Row("0·5", None, "write 0.5 for a decimal"),
    Row("0x5", None, "only decimal digits are read"),
    Row("e-2", None, "e - 31 with spaces for a difference"),
    Row("|5|", None, "found '|'"),
    Row("1.979*10e-32", None, "ten times 1e-32"),
    Row("ln 2 * 3", None, "put brackets"),
)
WHOLE = (
    Row("9,790", "9790"),
    Row("9 790", "9790"),
    Row("9{,}790", "9790"),
    Row("9\u202f790", "9790"),
    Row("9,790.", "9790"),
    Row("9.790", None, "write 9790 for a whole number"),
)
"""Where a whole number of four digits or more is asked for."""

COUNTS = (
    Row("338/1000", None, "expected a whole number"),
    Row("97.9%", None, "expected a whole number"),
    Row("9790 (97.9%)", None, ""),
    Row("0.979", None, "expected a whole number"),
)
"""Where a count is asked for."""

EXPONENTIALS = (
    Row("EXP(42)", "e^42"),
    Row("=EXP(42)", "e^42"),
    Row("np.exp(42)", "e^42"),
    Row("math.exp(-31)", "e^-31"),
    Row("E^42", "e^42"),
    Row("Exp[42]", "e^42"),
    Row("𝑒^42", "e^42"),
    Row("ⅇ^42", "e^42"),
    Row("e^〖42〗", "e^42"),
    Row("exp\u2061(42)", "e^42"),
    Row("e<sup>-31</sup>", "e^-31"),
    Row(r"{e^{-31} \over e^{42}+e^{25}}", "e^-31/(e^42+e^25)"),
    Row(r"\frac{\mathrm{e}^{-31}}{\mathrm{e}^{42}+\mathrm{e}^{25}}", "e^-31/(e^42+e^25)"),
    Row(r"\operatorname{exp}(42)", "e^42"),
)
OUTPUTS = (
    Row("5 - 3P_3", "5 - 3p_3"),
    Row(r"5 - 3p\_3", "5 - 3p_3"),
    Row("5 − 3𝑝_3", "5 - 3p_3"),
    Row(r"5 - 3\mathbf{p}_3", "5 - 3p_3"),
    Row("5 - 3p<sub>3</sub>", "5 - 3p_3"),
    Row("5 - 3p₃", "5 - 3p_3"),
)
