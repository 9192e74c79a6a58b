"""The program of the MNIST problem: its result file and its short answers, judged."""
