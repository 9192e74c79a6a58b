"""The key as LaTeX: tables, the worked solution, the problem's statement."""
