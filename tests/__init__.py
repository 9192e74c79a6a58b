"""All tests. Each process works on one core: pytest-xdist runs one for each, and threads that wait burn them."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
