"""Make `.venv` what a lock says: `python3 tools/environment.py requirements.lock`.

The Makefile runs it whenever the lock is newer than what it made last. It needs nothing but a Python with its
venv module, and uses `uv` where that is found, since it is faster. It says one line when it cannot.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
PYTHON = str(ENVIRONMENT / "bin" / "python")


def main() -> None:
    """Install the lock and the project itself, by uv or else by pip."""
    # Older Pythons must get as far as this sentence.
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(f"tongban: Python 3.11 or newer is needed, this is {sys.version.split()[0]}: set PYTHON=…")
    lock = ROOT / sys.argv[1]
    if not succeeds([PYTHON, "-c", "import pip"]):
        create()
    uv = shutil.which("uv")
    by_uv = [str(uv), "pip", "install", "--compile-bytecode", "--python", PYTHON]
    if uv and succeeds([uv, "--version"]) and install(by_uv, lock):
        return
    if not install([PYTHON, "-m", "pip", "install", "--disable-pip-version-check"], lock):
        sys.exit(f"tongban: {lock.name} cannot be installed; the reason stands above")


def create() -> None:
    """A new environment from this Python, in place of one that an upgrade of the system may have broken."""
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        version = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"tongban: Python's venv module is missing; run as root: apt-get install python{version}-venv"
        )
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    venv.EnvBuilder(with_pip=True, symlinks=True).create(ENVIRONMENT)


def install(installer: "list[str]", lock: Path) -> bool:
    """Every package of the lock with its hash checked, then the project as a link to these files."""
    packages = [*installer, "--quiet", "--require-hashes", "-r", str(lock)]
    # Its build tool came with the lock: nothing is fetched here.
    project = [*installer, "--quiet", "--no-index", "--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    # A PYTHONPATH of the person's would make other people's packages look installed.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return all(
        subprocess.run(command, check=False, cwd=ROOT, env=surroundings).returncode == 0
        for command in (packages, project)
    )


def succeeds(command: "list[str]") -> bool:
    """Whether a program is there and gives 0."""
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    main()
