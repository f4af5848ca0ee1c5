"""An acknowledged message is on disk, a deleted one is not; a weak database is refused."""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests import clusters
from tests.fault.cluster import ROOT, Home, Process, Server, free_port, wait_until
from tests.files import holding
from tests.people import Operator, Visitor

SYNCED = re.compile(r"\bf(?:data)?sync\b.*= 0$")
# The answer of a send, and of nothing else, names a client id before a seq.
ACKNOWLEDGED = re.compile(r'\b(?:send(?:to|msg)|write)\(.*"client_id\\?":\\?"(test-[^\\"]+)')

SECRET = "kaspartuvipassword"


def by_strace(trace: Path):
    """Start it under strace, as a child of our own (-D)."""

    def launch(
        arguments: Sequence[str], environment: Mapping[str, str], log: Path, broken: str = ""
    ) -> Process:
        calls = "trace=fsync,fdatasync,sendto,sendmsg,write,writev"
        command = ["strace", "-D", "-f", "-s", "4000", "-e", calls, "-o", str(trace)]
        with log.open("ab") as file:
            started = subprocess.Popen(
                [*command, sys.executable, "-m", "kell", *arguments],
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        return Process(started.pid, started.wait)

    return launch


def test_the_disk_is_synced_before_each_acknowledgement(homes, tmp_path):
    assert shutil.which("strace"), "`make test` says how to get strace"
    trace = tmp_path / "trace"
    server = Server(homes.new("sqlite"), by_strace(trace))
    server.start()
    try:
        server.wait_until_ready()
        visitor = Visitor.arrive(server.base)
        visitor.start("Hello")
        for number in range(20):
            assert visitor.say(f"Message {number}").code is None
        server.stop()
    finally:
        server.close()
    assert syncs_before_each_answer(trace.read_text(errors="replace")) == 21 * [True]


def test_a_postgresql_that_may_forget_is_refused(tmp_path):
    with clusters.postgresql("fsync=off") as cluster:
        home = Home(f"{cluster}/postgres", tmp_path)
        done = subprocess.run(
            [sys.executable, "-m", "kell", "serve"],
            cwd=ROOT,
            env=home.environment(PORT=str(free_port())),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert "fsync=on" in done.stderr


def test_a_deleted_message_is_in_no_file_even_if_the_server_dies_at_once(serve, database):
    server = serve(database, broken="moved_clock")
    files = server.home.folder.rglob
    visitor, liisa = Visitor.arrive(server.base), operator_at(server)
    visitor.start("Hello", form={"name": "Mari", "email": "mari@example.org"})
    wrong = liisa.say(visitor.conversation, f"Never mind: {SECRET}")
    liisa.say(visitor.conversation, "Sorry", quote=wrong["id"])
    (server.home.folder / "moved").write_text("40")
    wait_until(lambda: holding(SECRET, files("*.eml")), "a mail is kept")
    if database == "sqlite":
        wait_until(lambda: holding(SECRET, files("kell.db-search*")), "the words are found")
    deleted = liisa.post("message.delete", conversation=visitor.conversation, message=wrong["id"])
    assert deleted.code is None
    server.kill()
    server.start()
    server.wait_until_ready()
    wait_until(lambda: not holding(SECRET, files("*")), "no file has it any more")
    assert visitor.texts() == ["Hello", None, "Sorry"]


def operator_at(server):
    return Operator.sign_in(server.base, *server.home.logins["liisa"])


def syncs_before_each_answer(trace: str) -> list[bool]:
    """Say of each first answer about a message whether a sync ended since the answer before."""
    answered: list[bool] = []
    known: set[str] = set()
    synced = False
    for line in trace.splitlines():
        if SYNCED.search(line):
            synced = True
        elif (found := ACKNOWLEDGED.search(line)) and found[1] not in known:
            known.add(found[1])
            answered.append(synced)
            synced = False
    return answered
