"""``python -m trucewatch``."""

import sys

from trucewatch.cli import main

if __name__ == "__main__":
    sys.exit(main())
