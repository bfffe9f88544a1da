"""A device that holds passkeys, as browsers have it: ES256, attestation none."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from uuid import uuid4

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

VERIFIED, ATTESTED = 0x05, 0x40


def in_base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass(slots=True)
class Device:
    """One device with one key. `flags`: somebody was there, and was verified."""

    host: str = "localhost"
    origin: str = "http://localhost:8000"
    uses: int = 0
    flags: int = VERIFIED
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = field(default_factory=lambda: uuid4().bytes)

    def made(self, options: str) -> str:
        """What it answers when it is to make a key."""
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + cbor2.dumps(public)
        told = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + attested}
        return self._answer(
            clientDataJSON=self._client("webauthn.create", options), attestationObject=cbor2.dumps(told)
        )

    def shown(self, options: str) -> str:
        """What it answers when it is to show its key."""
        self.uses += 1
        client, data = self._client("webauthn.get", options), self._data()
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, more: int = 0) -> bytes:
        host = hashlib.sha256(self.host.encode()).digest()
        return host + bytes([self.flags | more]) + self.uses.to_bytes(4, "big")

    def _client(self, type_: str, options: str) -> bytes:
        challenge = json.loads(options)["challenge"]
        return json.dumps({"type": type_, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, **response: bytes) -> str:
        return json.dumps(
            {
                "id": in_base64(self.credential),
                "rawId": in_base64(self.credential),
                "type": "public-key",
                "response": {name: in_base64(part) for name, part in response.items()},
            }
        )
