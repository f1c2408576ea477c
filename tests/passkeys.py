"""A passkey made of software: answers what a browser would, so that the whole exchange is tested without one."""

import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

NO_MODEL = bytes(16)
PRESENT_AND_VERIFIED = 0x01 | 0x04
WITH_KEY = 0x40


class Passkey:
    def __init__(self, host: str = "testserver") -> None:
        self.host, self.id = host, secrets.token_bytes(16)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.uses = 0

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `creation_options`: the public key."""
        public = AttestedCredentialData.create(NO_MODEL, self.id, ES256.from_cryptography_key(self._key.public_key()))
        told = AuthenticatorData.create(self._host, PRESENT_AND_VERIFIED | WITH_KEY, 0, public)
        attestation = AttestationObject.create("none", told, {})
        return self._answer(attestationObject=attestation, clientDataJSON=self._client("webauthn.create", options))

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `request_options`: the challenge, signed."""
        self.uses += 1
        told = AuthenticatorData.create(self._host, PRESENT_AND_VERIFIED, self.uses)
        client = self._client("webauthn.get", options)
        signature = self._key.sign(told + sha256(client), ec.ECDSA(hashes.SHA256()))
        return self._answer(authenticatorData=told, clientDataJSON=client, signature=signature)

    @property
    def _host(self) -> bytes:
        return sha256(self.host.encode())

    def _client(self, what: str, options: dict[str, Any]) -> CollectedClientData:
        challenge = options["publicKey"]["challenge"]
        words = {"type": what, "challenge": challenge, "origin": f"https://{self.host}", "crossOrigin": False}
        return CollectedClientData(json.dumps(words).encode())

    def _answer(self, **response: bytes) -> dict[str, Any]:
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {name: websafe_encode(value) for name, value in response.items()},
        }
