"""``python -m kell`` and the ``kell`` command."""

from gevent import monkey

# Before every other import: what is imported first keeps the blocking originals (psycopg too).
monkey.patch_all()

from kell.core.lean import spared  # noqa: E402

with spared():
    from kell.app import main

if __name__ == "__main__":
    main()
