"""`tongban keys rotate` adds a master key and says its id."""

import argparse
from pathlib import Path

import pytest

from tongban.cli import keys as command
from tongban.kernel.keys import ring


def test_rotate_says_the_new_master_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TONGBAN_VAR", str(tmp_path))
    wrapped = ring(tmp_path).wrap(b"k" * 32, b"case/1")
    parser = argparse.ArgumentParser()
    command.add_to(parser.add_subparsers())
    args = parser.parse_args(["keys", "rotate"])
    args.run(args)
    assert capsys.readouterr().out == "m2\n"
    assert ring(tmp_path).current == "m2"
    assert ring(tmp_path).unwrap(wrapped, b"case/1") == b"k" * 32
