"""`udcg` and `python -m udcg`: runs a command, and collects little garbage, since a command ends soon."""

import atexit
import gc

gc.set_threshold(100_000)  # before the imports, which make a quarter of all objects that live to the end
atexit.register(gc.freeze)  # at the end nothing is worth looking for

from udcg.commands import main  # noqa: E402

if __name__ == "__main__":
    main()
