"""The stock ``socket.io-client`` holds a conversation, from ``docs/protocol.md`` alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import PASSWORD

NODE = Path(sys.executable).parent / "node"
SCRIPT = Path(__file__).with_name("conversation.mjs")


@pytest.mark.timeout(120)
def test_it_talks_reconnects_and_sends_again(house):
    done = subprocess.run(
        [NODE, SCRIPT, house.base, "admin@example.org", PASSWORD],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    seen = json.loads(done.stdout)
    assert seen["refused"] == {
        "message": "unauthenticated",
        "data": {"error": {"code": "unauthenticated"}},
    }
    assert seen["welcome"]["conversation"] is None
    assert [each["id"] for each in seen["panel"]["teams"]] == [house.team]
    assert seen["question"] == ["Do you have moss green?"]
    assert (seen["listed"], seen["card"]) == (1, "Mari")
    assert [row[1:] for row in seen["answer"]] == [
        ["Two skeins are left", "Do you have moss green?"]
    ]
    assert seen["visitorTypes"] == "Mari"
    assert seen["operatorTypes"] == seen["answer"][0][0] == seen["panel"]["operator"]["name"]
    assert seen["marked"] == {}
    assert seen["behind"]
    assert seen["resent"] == {"seq": 3, "change": None}
    assert seen["texts"] == [
        "Do you have moss green?",
        "Two skeins are left",
        "I take both",
        "Packed",
        "Goodbye",
    ]
    assert seen["goodbye"] == 5
    assert (seen["status"], seen["holes"], seen["same"]) == ("closed", 0, True)
    assert seen["rev"][0] == seen["rev"][1]
    assert seen["unknown"] == {"error": {"code": "unknown_command"}}
    assert seen["invalid"] == {"error": {"code": "invalid", "field": "client_id"}}
    assert seen["foreign"] == {"error": {"code": "not_found", "field": "conversation"}}
