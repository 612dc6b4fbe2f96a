"""What `kiosk run` imports before its first frame must cost nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["kiosk.store", "kiosk.store.lock", "kiosk.store.stored", "kiosk.store.inspection"])
def test_no_database_library_comes_with_the_light_modules(module: str) -> None:
    heavy = "{'sqlalchemy', 'sqlmodel', 'alembic', 'pydantic'}"
    script = f"import sys, {module}; print(sorted({heavy} & sys.modules.keys()))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"


def test_a_normal_start_leaves_the_migration_library_alone(tmp_path: object) -> None:
    script = f"""if True:
        import sys
        from pathlib import Path
        from kiosk.clock import SystemClock
        from kiosk.store.store import Store
        database = Path({str(tmp_path)!r}, "kiosk.db")
        Store.open(database, SystemClock()).close()
        print("alembic" in sys.modules)
        for name in [name for name in sys.modules if name.startswith("alembic")]:
            del sys.modules[name]
        Store.open(database, SystemClock()).close()
        print("alembic" in sys.modules)
    """
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == ["True", "False"]
