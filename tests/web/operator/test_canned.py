"""Canned replies: one's own, a team's, everybody's."""

import pytest


def save(who, scope="own", shortcut="hi", text="Hello", **more):
    return who.post("canned.save", scope=scope, shortcut=shortcut, text=text, **more)


def shortcuts(who):
    return [each["shortcut"] for each in who.post("canned.list")["replies"]]


def test_each_sees_their_own_their_teams_and_everybodys(house):
    second = house.new_team()
    lead, liisa = house.operator("Lead", role="supervisor"), house.operator("Liisa")
    jaan = house.operator("Jaan", teams=[second])
    save(liisa, shortcut="mine")
    save(liisa, "team", "ours", team=house.team)
    save(lead, "all", "everybodys")
    assert shortcuts(liisa) == ["everybodys", "mine", "ours"]
    assert shortcuts(jaan) == ["everybodys"]
    assert shortcuts(lead) == ["everybodys", "ours"]
    edits = {each["shortcut"]: each["may_edit"] for each in liisa.post("canned.list")["replies"]}
    assert edits == {"everybodys": False, "mine": True, "ours": True}


def test_a_shortcut_stands_for_one_reply_in_one_place(house):
    liisa, jaan = house.operator("Liisa"), house.operator("Jaan")
    save(liisa, shortcut="/Hind")
    refused = save(liisa, shortcut="hind")
    assert refused.body == {"error": {"code": "shortcut_taken", "field": "shortcut"}}
    assert save(jaan, shortcut="hind").code is None
    assert save(liisa, "team", "hind", team=house.team).code is None
    assert shortcuts(liisa) == ["Hind", "hind"]


def test_a_reply_can_be_changed_moved_and_removed(house):
    liisa, jaan = house.operator("Liisa"), house.operator("Jaan")
    made = save(liisa)["reply"]
    moved = save(liisa, "team", "hello", "Tere, {visitor.name}!", team=house.team, id=made["id"])
    assert (moved["reply"]["id"], moved["reply"]["scope"]) == (made["id"], "team")
    assert jaan.post("canned.list")["replies"][0]["text"] == "Tere, {visitor.name}!"
    assert jaan.post("canned.remove", id=made["id"]).code is None
    assert shortcuts(liisa) == []
    assert liisa.post("canned.remove", id=made["id"]).code == "not_found"


def test_what_is_others_stays_theirs(house):
    second = house.new_team()
    lead, liisa = house.operator("Lead", role="supervisor"), house.operator("Liisa")
    jaan = house.operator("Jaan", teams=[second])
    own = save(liisa)["reply"]["id"]
    alls = save(lead, "all", "bye")["reply"]["id"]
    for stranger in (jaan, lead):
        assert save(stranger, id=own).code == "not_found"
        assert stranger.post("canned.remove", id=own).code == "not_found"
    assert save(liisa, "all", "bye2").body == {"error": {"code": "forbidden", "field": "scope"}}
    assert save(liisa, "own", "bye", id=alls).code == "forbidden"
    assert liisa.post("canned.remove", id=alls).code == "forbidden"
    assert save(jaan, "team", "x", team=house.team).code == "not_found"
    assert save(lead, "team", "x", team="0" * 32).code == "not_found"
    assert shortcuts(liisa) == ["bye", "hi"]


@pytest.mark.parametrize(
    "given",
    [
        {"shortcut": "two words"},
        {"shortcut": "/"},
        {"shortcut": "x" * 41},
        {"text": " "},
        {"scope": "team"},
        {"team": "0" * 32},
    ],
)
def test_what_makes_no_sense_is_refused(house, given):
    assert (
        house.admin()
        .post("canned.save", **{"scope": "own", "shortcut": "hi", "text": "Hello", **given})
        .code
        == "invalid"
    )
