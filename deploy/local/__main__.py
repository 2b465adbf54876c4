"""python3 -m deploy.local COMMAND: what the Makefile's commands do. `make help` lists them."""

import sys

if sys.version_info < (3, 9):
    sys.exit("Pupil Voice starts with Python 3.9 or newer; this is %d.%d." % sys.version_info[:2])

from deploy.local.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
