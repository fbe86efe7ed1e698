"""The office's identity for the signature of a whole PDF: P-256, for readers know no Ed25519.

It is derived from the key in use, so that it needs no file and no backup of its own and changes
when that key is changed. Its certificate is made by the office itself: a reader shows the signer
as unknown until somebody trusts it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from models.office.context import Office
from models.signing.guards import KeyGuard
from models.signing.keys import key_named, signer
from models.signing.signatures import SecretKey

_YEARS = 30
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256."""
_SURPLUS_BYTES = 48
"""Longer than the order, so that no remainder is likelier than another."""


@dataclass(frozen=True, slots=True)
class PdfIdentity:
    """What signs a PDF.

    Attributes:
        key_id: of the office's key it is derived from.
        secret: the private key (PKCS#8, DER); never shown.
        certificate: the certificate (X.509, DER).
    """

    key_id: str
    secret: bytes = field(repr=False)
    certificate: bytes


def pdf_identity(office: Office, guard: KeyGuard | None = None) -> PdfIdentity:
    """The identity of the key in use; the same each time.

    Raises:
        UserError: the key is not on this computer.
        WorldError: a new key could not be written to the disk.
    """
    secret = signer(office, guard)
    made_on = datetime.date.fromisoformat(key_named(office, secret.key_id).made_on)
    private = _derived(secret)
    certificate = _certificate(private, office.identity.name, secret.key_id, made_on)
    return PdfIdentity(
        key_id=secret.key_id,
        secret=private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        certificate=certificate.public_bytes(Encoding.DER),
    )


def _derived(secret: SecretKey) -> ec.EllipticCurvePrivateKey:
    stretched = HKDF(hashes.SHA256(), _SURPLUS_BYTES, salt=None, info=b"sxt:pdf p-256\0")
    number = int.from_bytes(stretched.derive(secret.reveal())) % (_ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def _certificate(
    private: ec.EllipticCurvePrivateKey, office: str, key_id: str, made_on: datetime.date
) -> x509.Certificate:
    # A name part has at most 64 characters.
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, office[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{office[:50]} {key_id}"),
        ]
    )
    begin = datetime.datetime(made_on.year, made_on.month, made_on.day, tzinfo=datetime.UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(int(key_id, 16) + 1)
        # A day early: the clocks of two computers differ.
        .not_valid_before(begin - datetime.timedelta(days=1))
        .not_valid_after(begin + datetime.timedelta(days=365 * _YEARS))
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(private, hashes.SHA256(), ecdsa_deterministic=True)
    )
