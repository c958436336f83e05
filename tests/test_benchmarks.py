"""The benchmark's own tools: it counts what a tree of processes spends, and its arithmetic is right. No time decides a test."""

import os
import subprocess
import sys

import pytest

import browser
import measure
import report
import summary
import thousand
from readings import Reading, table
from sample import Briefing, spread
from udcg import audit, ledger

BURN = """
import time
while time.process_time() < 0.4: pass
print("done", flush=True)
time.sleep(60)
"""

# a grandchild whose parent has gone burns time, and is killed by its grandparent
KILLED_ORPHAN = """
import os, signal, sys, time
read, write = os.pipe()
if not (child := os.fork()):
    if not os.fork():
        os.setsid()
        while time.process_time() < 0.5: pass
        os.write(write, str(os.getpid()).encode())
        time.sleep(60)
    os._exit(0)
os.waitpid(child, 0)
os.kill(int(os.read(read, 20)), signal.SIGKILL)
"""

# a command that ends while what it started goes on
LEFT_BEHIND = """
import os, time
if not os.fork():
    while time.process_time() < 0.5: pass
    os._exit(0)
"""

CARELESS = """
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
if not os.fork():
    time.sleep(1)
    os._exit(0)
time.sleep(1)
"""

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lets a process adopt orphans")


def _cost(code, tmp_path):
    with (tmp_path / "log").open("wb") as log:
        return measure.command([sys.executable, "-c", code], tmp_path, log)


@linux
@pytest.mark.parametrize("code", [KILLED_ORPHAN, LEFT_BEHIND], ids=["killed", "left behind"])
def test_orphans_are_counted(code, tmp_path):
    """What an orphan spent is counted, killed or not, and no process is left."""
    before = measure.proc.descendants(os.getpid())
    cost = _cost(code, tmp_path)
    assert cost.code == 0
    assert 0.5 <= cost.cpu < 5
    assert cost.drops == ()
    assert measure.proc.descendants(os.getpid()) == before


@linux
def test_dropped_times_are_said(tmp_path):
    """A process that lets the system drop its children's times is named."""
    assert _cost(CARELESS, tmp_path).drops == (measure.proc.name(os.getpid()),)


@linux
def test_a_call_is_counted_with_what_it_keeps_open(tmp_path):
    """A call costs what this process and its running children spend meanwhile."""
    command = [sys.executable, "-c", BURN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        said, cost = measure.call(child.stdout.readline)
        child.kill()
    assert said == "done\n"
    assert cost.cpu >= 0.3


def test_the_sample_is_spread():
    """The first and the last briefing are in it, the others at even distances."""
    briefings = [Briefing(str(number), None, {}) for number in range(60)]
    assert [one.id for one in spread(briefings, 5)] == ["0", "15", "30", "44", "59"]
    assert spread(briefings, 1)[0].id == "0"
    assert spread(briefings, 60) == briefings


def _readings(press=6.0, drops="", pdf=True, again=1.0):
    rows = [
        Reading("press", "all", "all", 10, 0, 30.0, press, drops),
        Reading("press", "nothing changed", "all", 10, 0, again, 1.0),
        Reading("press", "sample", "sample", 2, 0, 5.0, 3.0),
        Reading("answers", "udcg list", "", 1, 0, 1.2, 0.5),
        Reading("answers", "udcg list", "", 1, 1, 0.9, 0.5),
    ]
    for briefing, seconds in (("a", 4.0), ("b", 2.0)):
        rows += [
            Reading("commands", "run", briefing, 1, 0, seconds, seconds),
            Reading("commands", "html", briefing, 1, 0, 2.0, 2.0),
            Reading("warmed", "run", briefing, 1, 0, 1.0, seconds / 2),
            Reading("floor", "cells", briefing, 1, 0, 0.25, 0.25),
        ]
        rows += [Reading(name, "pdf", briefing, 1, 0, 3.0, 3.0) for name in ("commands", "warmed") if pdf]
    return table(rows)


def test_a_summary():
    """Parts add up for each briefing; ours is the whole build, divided."""
    found = report.summary(_readings())
    assert found["cpu_mean"].to_dict() == {"commands": 8.0, "warmed": 4.5, "press": 0.6, "floor": 0.25}
    assert found.loc["commands", "wall_mean"] == 8.0
    assert found.loc["press", "wall_mean"] == 3.0
    assert found["times"].round(2).to_dict() == {"commands": 13.33, "warmed": 7.5, "press": 1.0, "floor": 0.42}


def test_turns_are_medians():
    """Of several turns the median counts, for each briefing."""
    rows = [Reading("floor", "cells", "a", 1, turn, 1.0, seconds) for turn, seconds in enumerate((1.0, 9.0, 2.0))]
    assert report.briefings(table(rows))["cpu"].tolist() == [2.0]


def test_targets_hold():
    """All hold where ours is cheap enough."""
    found = report.targets(_readings())
    assert [target.holds for target in found] == [True] * 6
    assert found[0].limit == pytest.approx(8 / 12)
    assert found[1].limit == pytest.approx(4.5 / 4)
    assert found[2].limit == pytest.approx(1.2 * 0.25 + 0.3)
    assert found[5].value == 0.9  # the best of its tries


def test_targets_are_missed():
    """What is too dear or too slow is said so."""
    found = report.targets(_readings(press=7.0, again=1.6))
    assert [target.holds for target in found] == [False, True, False, True, False, True]
    assert str(found[4]) == "MISSED: nothing changed: 1.60 s, limit 1.50"


@pytest.mark.parametrize(("given", "judged"), [({"pdf": False}, [None, None, True]), ({"drops": "python"}, [None] * 3)])
def test_what_is_not_known_is_not_judged(given, judged):
    """Without a browser's PDF, or with times dropped, nobody can say whether a target of processor time holds."""
    assert [target.holds for target in report.targets(_readings(**given))[:3]] == judged


def test_the_words():
    """The Markdown holds the finding, the projection and the targets."""
    said = summary.markdown(_readings())
    assert "A briefing costs us 0.60 s of processor time; 8.0 s with papermill and nbconvert, as typed (13.3 times)" in said
    assert "| the same parts, kept warm | 4.50 | 4.50 | 4.00 | 7.5 |" in said
    assert "All 10 briefings: 30 s of wall time with ours (two processes); 80 s with the commands, one after the other (projected" in said
    assert "Other work" not in said
    assert "Other work took 30% of the processors" in summary.markdown(_readings(), others=0.3)


@linux
def test_others_are_told_from_ours():
    """The share of others is never below nothing."""
    assert measure.Others().share() >= 0


def test_the_browser_is_given_to_playwright():
    """The configuration of nbconvert is Python that names the browser."""
    compile(browser.CONFIG.format(browser="/usr/bin/chromium"), "config", "exec")


def test_a_thousand_is_valid_evidence(tmp_path):
    """The made project passes the check of the evidence."""
    made = ledger.load(thousand.project(tmp_path / "project", 30) / "data")
    assert audit.problems(made) == []
    assert len(made.meetings) == 30
