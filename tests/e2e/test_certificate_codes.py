"""``certificate verify``, ``trust`` and ``keys`` as another program meets them."""

from __future__ import annotations

import shutil

import pytest
from PIL import Image

from tests.commands import ask, run
from tests.sealed import code_picture, photographed, printed_page, sealed_county

PHRASE = "春风又绿江南岸1984"


@pytest.fixture
def county(tmp_path):
    """An office's file with three sealed certificates, the last of them void; number to text."""
    office, texts = sealed_county(tmp_path)
    office.store.close()
    return office.store.path, dict(texts)


def test_a_code_is_verified_as_text_picture_and_pdf(county, tmp_path):
    database, texts = county
    (number, good), (_, other), (_, bad) = texts.items()
    page = printed_page(tmp_path / "a.pdf", good, other)
    photographed(code_picture(good)).save(tmp_path / "a.jpg")
    for what in (good, good.lower(), page, tmp_path / "a.jpg"):
        found = ask(database, "certificate", "verify", what)
        assert found == found | {
            "valid": True, "number": number, "kind": "结业证书",
            "issued_on": "2025-09-20", "revoked": False, "hours": 15, "school": "桦甸市第四中学",
        }  # fmt: skip
        assert found["name"].startswith("张三")
    both = ask(database, "certificate", "verify", page)["certificates"]
    assert [one["page"] for one in both] == [1, 2]
    mixed = printed_page(tmp_path / "b.pdf", good, bad)
    found = ask(database, "certificate", "verify", mixed, code=1)
    assert (found["valid"], found["revoked"], found["fault"]) == (False, True, "void")
    assert [one["valid"] for one in found["certificates"]] == [True, False]
    told = run(database, "certificate", "verify", str(mixed)).stdout
    assert "共 2 个验真码，1 个不能通过。" in told
    assert "已作废" in told


def test_the_signature_of_the_whole_pdf_is_checked_too(county, tmp_path):
    pytest.importorskip("pyhanko.sign.signers")
    database, texts = county
    page = printed_page(tmp_path / "a.pdf", next(iter(texts.values())))
    found = ask(database, "certificate", "verify", page)
    assert found["pdf_signature"]["state"] == "none"
    assert (
        ask(database, "certificate", "verify", next(iter(texts)), code=1)["pdf_signature"] is None
    )
    signed = tmp_path / "签.pdf"
    ask(database, "certificate", "sign", page, "--out", signed)
    found = ask(database, "certificate", "verify", signed)
    assert (found["valid"], found["pdf_signature"]["state"]) == (True, "whole")
    assert found["pdf_signature"]["signer"].startswith("桦甸市教师进修学校")
    content = signed.read_bytes()
    signed.write_bytes(content.replace(b"ReportLab", b"ReportLib", 1))
    found = ask(database, "certificate", "verify", signed, code=1)
    assert (found["valid"], found["fault"]) == (False, "pdf_changed")
    assert found["pdf_signature"]["state"] == "changed"
    assert "签名不符" in found["reason"]
    assert "签名不符" in run(database, "certificate", "verify", signed).stdout


def test_another_computer_verifies_with_the_list_and_no_office(county, tmp_path):
    database, texts = county
    good, _, bad = texts.values()
    trust = tmp_path / "桦甸.trust"
    written = ask(database, "certificate", "trust", "--out", trust)
    assert (written["keys"], written["revoked"]) == (1, 1)
    (said,) = written["fingerprints"]
    for file in (tmp_path / "office.db", tmp_path / "office-密钥"):
        shutil.move(file, tmp_path / f"gone-{file.name}")
    missing = tmp_path / "nowhere" / "office.db"
    assert ask(missing, "certificate", "verify", good, "--trust", trust)["valid"]
    known = ("--trust", trust, "--fingerprint", said.lower())
    assert ask(missing, "certificate", "verify", good, *known)["trust"]["fingerprints"] == [said]
    told = run(missing, "certificate", "verify", good, "--trust", str(trust)).stdout
    assert f"密钥指纹 {said}（请与发证单位核对）" in told
    forged = ask(missing, "certificate", "verify", good, *known[:3], "ABCD", code=1)
    assert forged["error"]["code"] == "trust.fingerprint"
    found = ask(missing, "certificate", "verify", bad, "--trust", trust, code=1)
    assert f"第 {written['serial']} 号" in found["reason"]
    assert ask(missing, "certificate", "verify", good, code=1)["error"]["code"] == "office.no_file"
    trust.write_text(trust.read_text("utf-8").replace("桦甸市", "蛟河市"), "utf-8")
    failed = ask(missing, "certificate", "verify", good, "--trust", trust, code=1)
    assert failed["error"]["code"] == "trust.changed"
    assert not (tmp_path / "nowhere").exists()


def test_a_code_of_a_web_page_beside_ours_says_nothing_against_it(county, tmp_path):
    database, texts = county
    good = next(iter(texts.values()))
    page = printed_page(tmp_path / "a.pdf", "https://example.org/x", good)
    found = ask(database, "certificate", "verify", page)
    assert (found["valid"], len(found["certificates"])) == (True, 1)
    alone = printed_page(tmp_path / "b.pdf", "https://example.org/x")
    assert ask(database, "certificate", "verify", alone, code=1)["fault"] == "not_ours"


def test_what_is_no_code_is_not_valid(county, tmp_path):
    database, texts = county
    good = next(iter(texts.values()))
    Image.new("L", (300, 300), 255).save(tmp_path / "photo.webp")
    other = ask(database, "certificate", "verify", tmp_path / "photo.webp", code=1)
    assert other["error"]["code"] == "code.kind_of_file"
    told = run(database, "certificate", "verify", "TC1:ABC").stdout
    assert told.startswith("无效　验真码不完整")
    changed = good[:-3] + ("A" if good[-3] != "A" else "B") + good[-2:]
    assert ask(database, "certificate", "verify", changed, code=1)["fault"] == "changed"
    Image.new("L", (300, 300), 255).save(tmp_path / "white.png")
    empty = ask(database, "certificate", "verify", tmp_path / "white.png", code=1)
    assert (empty["valid"], empty["number"], empty["certificates"]) == (False, None, [])
    assert "没有找到验真码" in empty["reason"]
    (tmp_path / "broken.png").write_bytes(b"x")
    found = ask(database, "certificate", "verify", tmp_path / "broken.png", code=1)
    assert found["error"]["code"] == "code.broken_picture"
    gone = ask(database, "certificate", "verify", tmp_path / "missing.png", code=3)
    assert gone["error"]["code"] == "store.missing"


def test_keys_are_listed_backed_up_restored_and_retired(county, tmp_path):
    database, texts = county
    (key,) = ask(database, "certificate", "keys", "list")["keys"]
    assert (key["active"], key["here"]) == (True, True)
    assert len(key["fingerprint"]) == 39
    words = tmp_path / "口令.txt"
    words.write_text(f"\ufeff{PHRASE}\n", "utf-8")
    backup = tmp_path / "key.json"
    ask(database, "certificate", "keys", "backup", "--out", backup, "--passphrase-file", words)
    shutil.rmtree(tmp_path / "office-密钥")
    assert not ask(database, "certificate", "keys", "list")["keys"][0]["here"]
    lost = ask(database, "certificate", "trust", "--out", tmp_path / "a.trust", code=1)
    assert lost["error"]["code"] == "signing.no_private_key"
    (tmp_path / "wrong.txt").write_text("another phrase", "utf-8")
    wrong = ("certificate", "keys", "restore", backup, "--passphrase-file", tmp_path / "wrong.txt")
    assert ask(database, *wrong, code=1)["error"]["code"] == "signing.wrong_passphrase"
    ask(database, "certificate", "keys", "restore", backup, "--passphrase-file", words)
    assert ask(database, "certificate", "keys", "new", code=1)["error"]["code"] == (
        "signing.key_in_use"
    )
    made = ask(database, "certificate", "keys", "new", "--reason", "例行更换")
    retired = ask(database, "certificate", "keys", "retire", made["key"], "--reason", "试")
    assert retired["retired_on"]
    assert ask(database, "certificate", "verify", next(iter(texts.values())))["valid"]


def test_a_passphrase_is_asked_for_where_no_file_is_named(county, tmp_path):
    database, _ = county
    out = tmp_path / "key.json"
    ask(database, "certificate", "keys", "backup", "--out", out, code=130)
    assert not out.exists()
