"""`python -m checks` is the command `backcheck`."""

import sys

from checks.command import main

sys.exit(main())
