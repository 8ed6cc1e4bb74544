"""Encrypted files of the older kinds, which no library here writes ([MS-OFFCRYPTO] 2.3.4, 2.3.5, 2.3.6; [MS-XLS] 2.2.10)."""

from __future__ import annotations

import io
import struct
from hashlib import md5, sha1

import olefile
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted
from msoffcrypto.method.ecma376_standard import ECMA376Standard
from msoffcrypto.method.rc4 import DocumentRC4
from msoffcrypto.method.rc4_cryptoapi import DocumentRC4CryptoAPI

SALT = bytes(range(1, 17))
VERIFIER = bytes(range(16, 32))
_PROVIDER = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
_BOF, _FILE_PASS, _WRITE_ACCESS, _BOUND_SHEET = 0x809, 0x2F, 0x5C, 0x85


def _header(algorithm: int, bits: int, provider: int, name: bytes) -> bytes:
    return struct.pack("<8I", 0x24, 0, algorithm, 0x8004, bits, provider, 0, 0) + name


def standard(package: bytes, password: str) -> bytes:
    """A package as Excel 2007 encrypts it: AES-128, key from 50,000 rounds of SHA-1."""
    key = ECMA376Standard.makekey_from_password(password, 0x660E, 0x8004, 0x18, 128, 16, SALT)

    def encrypt(data: bytes) -> bytes:
        cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
        return cipher.update(data + bytes(-len(data) % 16)) + cipher.finalize()

    header = _header(0x660E, 128, 0x18, _PROVIDER)
    information = (
        struct.pack("<HHI", 4, 2, 0x24)
        + struct.pack("<I", len(header))
        + header
        + struct.pack("<I", 16)
        + SALT
        + encrypt(VERIFIER)
        + struct.pack("<I", 20)
        + encrypt(sha1(VERIFIER).digest())
    )
    output = io.BytesIO()
    ECMA376Encrypted(struct.pack("<Q", len(package)) + encrypt(package), information).write_to(output)
    return output.getvalue()


def xls_rc4(data: bytes, password: str) -> bytes:
    """An .xls as Excel 97 encrypts it: RC4 with a key of 40 bits."""

    def cipher(text: bytes) -> bytes:
        return DocumentRC4.decrypt(password, SALT, io.BytesIO(text), blocksize=1024).read()

    verifier = cipher(VERIFIER + md5(VERIFIER).digest())
    return _xls(data, struct.pack("<HHH", 1, 1, 1) + SALT + verifier, cipher)


def xls_cryptoapi(data: bytes, password: str) -> bytes:
    """An .xls as Excel 2003 encrypts it: RC4 of the CryptoAPI with a key of 128 bits."""

    def cipher(text: bytes) -> bytes:
        return DocumentRC4CryptoAPI.decrypt(password, SALT, 128, io.BytesIO(text), blocksize=1024).read()

    header = _header(0x6801, 128, 1, b"\0\0")
    verifier = cipher(VERIFIER + sha1(VERIFIER).digest())
    information = struct.pack("<I", 16) + SALT + verifier[:16] + struct.pack("<I", 20) + verifier[16:]
    file_pass = struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header + information
    return _xls(data, file_pass, cipher)


def _xls(data: bytes, file_pass: bytes, cipher) -> bytes:  # type: ignore[no-untyped-def]
    """The workbook stream with `file_pass` in the place of the record that names who wrote it, so that nothing moves;
    the contents of records encrypted, their heads and the places of the sheets not."""
    stream = olefile.OleFileIO(io.BytesIO(data)).openstream("Workbook").read()
    records = []
    at = 0
    while at < len(stream):
        number, size = struct.unpack("<HH", stream[at : at + 4])
        content = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if number == _WRITE_ACCESS:
            records.append((_FILE_PASS, file_pass))
            content = bytes(size - len(file_pass) - 4)
        records.append((number, content))
    plain = b"".join(struct.pack("<HH", number, len(content)) + content for number, content in records)
    assert len(plain) == len(stream)
    hidden = cipher(plain)
    encrypted = b""
    for number, content in records:
        start = len(encrypted) + 4
        body = hidden[start : start + len(content)]
        if number in (_BOF, _FILE_PASS):
            body = content
        elif number == _BOUND_SHEET:
            body = content[:4] + body[4:]
        encrypted += struct.pack("<HH", number, len(content)) + body
    assert data.count(stream) == 1
    return data.replace(stream, encrypted)
