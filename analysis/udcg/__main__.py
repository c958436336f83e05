"""`udcg` and `python -m udcg`: collects garbage rarely, since a command ends soon, and runs it."""

import gc

gc.set_threshold(100_000)  # before the imports, which make a quarter of all objects that live to the end

from udcg.commands import main  # noqa: E402

if __name__ == "__main__":
    main()
