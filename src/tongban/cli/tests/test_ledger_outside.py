"""The checker runs from a copy of a few folders, where only `cryptography` is installed."""

import importlib.metadata
import os
import shutil
import subprocess
import sys
from pathlib import Path

import tongban
from tongban.cli.tests.served_log import leaf, log_of, serving

SOURCE = Path(tongban.__file__).parent

RUN = """
import sys
sys.path += sys.argv.pop(1).split("|")
from tongban.cli.__main__ import main
code = main()
print("outside:", *sorted({name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names))
print("floors:", *sorted({name.split(".")[1] for name in sys.modules if name.startswith("tongban.")}))
sys.exit(code)
"""


def installed_beside(folder: Path) -> None:
    """A folder like the site-packages of an environment with `cryptography` and what it needs, alone."""
    folder.mkdir()
    for name in ("cryptography", "cffi", "pycparser"):
        files = importlib.metadata.files(name) or []
        tops = {file.parts[0] for file in files} - {"..", "__pycache__"}
        for top in tops:
            (folder / top).symlink_to(Path(str(importlib.metadata.distribution(name).locate_file(top))))


def test_a_copy_of_engine_and_cli_checks_a_log_with_cryptography_alone(tmp_path: Path) -> None:
    copy = tmp_path / "copy" / "tongban"
    copy.mkdir(parents=True)
    shutil.copy(SOURCE / "__init__.py", copy)
    for folder in ("engine", "cli"):
        shutil.copytree(SOURCE / folder, copy / folder, ignore=shutil.ignore_patterns("tests", "__pycache__"))
    installed_beside(tmp_path / "site")
    log = log_of(tmp_path / "served", [leaf("arrived", 1), leaf("taken", 1)])
    for act in ("verify", "fairness"):
        with serving(log.root) as url:
            # -I and -S: no environment, no user folder, no site-packages but the one named here.
            run = subprocess.run(
                [sys.executable, "-I", "-S", "-c", RUN, f"{tmp_path / 'copy'}|{tmp_path / 'site'}",
                 "ledger", act, "--url", url],
                env={"HOME": str(tmp_path / "home"), "PATH": os.environ["PATH"]},
                capture_output=True, text=True, timeout=60, check=False,
            )  # fmt: skip
        assert (run.returncode, run.stderr) == (0, "")
        good, outside, floors = run.stdout.split("\n")[-4:-1]
        assert (good, floors) == ("good", "floors: cli engine")
        # The last two are what cryptography itself brings along.
        assert set(outside.split()[1:]) <= {
            "__main__",
            "tongban",
            "cryptography",
            "_cffi_backend",
            "_openssl",
        }
    assert list((tmp_path / "home/.local/state/tongban").iterdir())
