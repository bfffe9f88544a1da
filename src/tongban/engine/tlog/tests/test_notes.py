"""Notes are those of C2SP signed-note, byte for byte with its first implementation."""

from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.tlog import NoteError, Signer, Verifier, open_note, sign_note

# The key pair and the note that the documentation of Go's sumdb/note gives.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SECRET = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETERS_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcE"
    "lZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
ENOCHS_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2t"
    "iOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
PETER_KEY, ENOCH_KEY = Verifier.parse(PETER), Verifier.parse(ENOCH)


def note_of(*lines: str, text: str = TEXT) -> bytes:
    return (text + "\n" + "".join(lines)).encode()


def test_peters_note_is_signed_byte_for_byte() -> None:
    peter = Signer("PeterNeumann", b64decode(PETER_SECRET)[1:])
    assert str(peter.verifier) == PETER
    assert sign_note(TEXT, peter) == note_of(PETERS_LINE)


def test_the_keys_that_vouch_are_told_and_others_ignored() -> None:
    note = note_of(PETERS_LINE, ENOCHS_LINE)
    assert open_note(note, [PETER_KEY]).text == TEXT
    assert open_note(note, [PETER_KEY]).vouched == (PETER_KEY,)
    assert open_note(note, [ENOCH_KEY, PETER_KEY]).vouched == (PETER_KEY, ENOCH_KEY)
    assert open_note(note_of(PETERS_LINE, PETERS_LINE), [PETER_KEY]).vouched == (PETER_KEY,)


def test_a_signature_of_another_type_or_length_is_ignored_when_its_key_is_unknown() -> None:
    stranger = f"— PeterNeumann {b64encode(b'idid' + bytes(2420)).decode()}\n"
    assert open_note(note_of(stranger, PETERS_LINE), [PETER_KEY]).vouched == (PETER_KEY,)


def test_a_note_without_a_known_key_is_refused() -> None:
    with pytest.raises(NoteError, match="no known key"):
        open_note(note_of(ENOCHS_LINE), [PETER_KEY])
    with pytest.raises(NoteError, match="no known key"):
        open_note(note_of(PETERS_LINE), [])


@pytest.mark.parametrize("signature", [bytes(64), b"short"])
def test_a_wrong_signature_of_a_known_key_spoils_the_note(signature: bytes) -> None:
    forged = f"— EnochRoot {b64encode(ENOCH_KEY.key_id + signature).decode()}\n"
    with pytest.raises(NoteError, match="is wrong"):
        open_note(note_of(PETERS_LINE, forged), [PETER_KEY, ENOCH_KEY])


def test_another_text_is_not_vouched_for() -> None:
    with pytest.raises(NoteError):
        open_note(note_of(PETERS_LINE, text=TEXT.replace("answer", "Answer")), [PETER_KEY])


@pytest.mark.parametrize(
    "note",
    [
        b"",
        TEXT.encode(),
        note_of(),
        note_of(PETERS_LINE)[:-1],
        b"\x01" + note_of(PETERS_LINE),
        b"\r" + note_of(PETERS_LINE),
        b"\xff" + note_of(PETERS_LINE),
        note_of(PETERS_LINE.replace("PeterNeumann", "Peter Neumann")),
        note_of(PETERS_LINE.replace("PeterNeumann", "")),
        note_of(PETERS_LINE.replace("— ", "- ")),
        note_of(PETERS_LINE, "An unexpected line.\n"),
        note_of(PETERS_LINE, "— Someone AAAA\n"),
        note_of(PETERS_LINE, "— Someone not-base64\n"),
        note_of(*[PETERS_LINE] * 101),
        note_of(PETERS_LINE, text="x" * 1_000_000 + "\n"),
    ],
)
def test_a_malformed_note_is_refused(note: bytes) -> None:
    with pytest.raises(NoteError):
        open_note(note, [PETER_KEY])


def test_sixteen_signatures_and_empty_lines_in_the_text_are_fine() -> None:
    signers = [Signer(f"witness{nth}.example", bytes([nth]) * 32) for nth in range(16)]
    note = sign_note("one\n\n\ntwo\n", *signers)
    assert open_note(note, [signers[15].verifier]).text == "one\n\n\ntwo\n"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="".join(map(chr, range(32))))))
def test_what_is_signed_is_what_is_opened(words: str) -> None:
    signer = Signer("example.com/log", bytes(32))
    assert open_note(sign_note(words + "\n", signer), [signer.verifier]).text == words + "\n"


@pytest.mark.parametrize("text", ["", "no newline", "a tab\t\n", "a return\r\n"])
def test_a_text_that_no_note_can_hold_is_not_signed(text: str) -> None:
    with pytest.raises(NoteError):
        sign_note(text, Signer("example.com", bytes(32)))


def test_a_note_is_signed_by_somebody() -> None:
    with pytest.raises(NoteError):
        sign_note(TEXT)


@given(st.integers(0, len(PETER) - 1), st.integers(1, len(PETER)))
def test_a_part_of_a_key_is_no_key(start: int, end: int) -> None:
    part = PETER[start:end]
    if part != PETER:
        with pytest.raises(NoteError):
            Verifier.parse(part)


@given(st.integers(0, len(PETER) - 1))
def test_a_key_with_one_other_character_is_no_key(at: int) -> None:
    with pytest.raises(NoteError):
        Verifier.parse(PETER[:at] + chr(ord(PETER[at]) + 1) + PETER[at + 1 :])


@pytest.mark.parametrize(
    "vkey",
    [
        # A key too long, and an unknown type, each under the right key id.
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "",
        "++",
    ],
)
def test_a_key_of_another_kind_is_refused(vkey: str) -> None:
    with pytest.raises(NoteError):
        Verifier.parse(vkey)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b", "a\nb", "a\x85b"])
def test_a_name_without_spaces_and_plus_is_needed(name: str) -> None:
    with pytest.raises(NoteError):
        Signer(name, bytes(32))
    with pytest.raises(NoteError):
        Verifier(name, bytes(32))


def test_a_print_of_a_signer_does_not_show_its_seed() -> None:
    assert "seed" not in repr(Signer("example.com", b"s" * 32))


@pytest.mark.parametrize("length", [0, 31, 33])
def test_seeds_and_keys_have_32_bytes(length: int) -> None:
    with pytest.raises(NoteError):
        Signer("example.com", bytes(length))
    with pytest.raises(NoteError):
        Verifier("example.com", bytes(length))
