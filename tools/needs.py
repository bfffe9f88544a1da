"""What the tests need from the system beside Python: a browser, a Chinese font, two checkers of PDFs.

`python tools/needs.py` brings what is missing from the distribution where it may, else says in one line
what a person must run, and exits with 1.
"""

import os
import shutil
import subprocess
import sys

CHROMIUM = "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"
"""First the one that was built without windows: on the same pages it takes a third less time."""


def chromium() -> str | None:
    """The path of an installed Chromium that runs; a placeholder of the distribution does not count.

    CHROMIUM in the surroundings names another.
    """
    for name in filter(None, (os.environ.get("CHROMIUM"), *CHROMIUM)):
        path = shutil.which(name)
        if path and _succeeds([path, "--version"]):
            return path
    return None


def chinese_font() -> bool:
    """Whether any font is installed that can show Chinese."""
    return bool(_words(["fc-list", ":lang=zh-cn", "family"]))


def pdfsig() -> bool:
    """Whether the checker of signed PDFs is installed."""
    return shutil.which("pdfsig") is not None


def qpdf() -> bool:
    """Whether the checker of a PDF's structure is installed."""
    return shutil.which("qpdf") is not None


NEEDS = {
    "chromium-headless-shell": chromium,
    "fonts-noto-cjk": chinese_font,
    "poppler-utils": pdfsig,
    "qpdf": qpdf,
}
INSTEAD = {"chromium-headless-shell": ("chromium",)}
"""What a distribution may have that knows no package of that name."""


def main() -> None:
    """Bring what is missing, or say what to run."""
    missing = _missing()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(missing)
        missing = _missing()
    if missing:
        sys.exit(f"tongban: the tests need {', '.join(missing)}; run as root: {_advice(missing)}")


def _missing() -> list[str]:
    return [package for package, found in NEEDS.items() if not found()]


def _install(packages: list[str]) -> None:
    print(f"tongban: installing {', '.join(packages)}", file=sys.stderr)
    if _done("update"):
        for package in packages:
            for named in (package, *INSTEAD.get(package, ())):
                if _done("install", "-y", "--no-install-recommends", named):
                    break


def _done(*words: str) -> bool:
    """Whether the distribution's installer did this; what it said where not."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", *words], env=quiet, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        print(f"tongban: apt-get {' '.join(words)}: {done.stderr.strip()}", file=sys.stderr)
    return done.returncode == 0


def _advice(packages: list[str]) -> str:
    advice = f"apt-get update && apt-get install -y {' '.join(packages)}"
    if "chromium-headless-shell" in packages:
        # Ubuntu's Chromium only points to a snap, which containers and build machines cannot run.
        advice += " (on Ubuntu, which has no such package, install Google Chrome instead)"
    return advice


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _words(command: list[str]) -> str:
    try:
        return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""


if __name__ == "__main__":
    main()
