"""The summary in words: a Markdown text for the README, and the same on the terminal."""

import os
import platform

import pandas as pd

import report
from report import NAMES

QUIET = 0.05  # the share of the processors that others may use before wall times mislead


def markdown(readings: pd.DataFrame, others: float = 0.0) -> str:
    """Return the whole summary: finding, table, parts, projection, targets, how it was measured.

    others is the share of the processors that other work took meanwhile.
    """
    return "\n\n".join([_finding(readings), _table(readings), _notes(readings), _targets(readings), _method(readings, others)]) + "\n"


def _finding(readings: pd.DataFrame) -> str:
    """Say the finding in one sentence."""
    table = report.summary(readings)
    ours = f"{table.loc['press', 'cpu_mean']:.2f} s of processor time"
    others = {name: table.loc[name] for name in ("commands", "warmed") if name in table.index}
    said = [f"{row['cpu_mean']:.1f} s with {NAMES[name]} ({row['times']:.1f} times)" for name, row in others.items()]
    return f"A briefing costs us {ours}; " + " and ".join(said) + "."


def _table(readings: pd.DataFrame) -> str:
    table = report.summary(readings)
    lines = [
        "| per briefing | CPU, mean (s) | CPU, median (s) | wall, mean (s) | CPU, ours = 1 |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, row in table.iterrows():
        median = "" if name == "press" else f"{row['cpu_median']:.2f}"
        lines.append(f"| {NAMES[name]} | {row['cpu_mean']:.2f} | {median} | {row['wall_mean']:.2f} | {row['times']:.1f} |")
    return "\n".join(lines)


def _notes(readings: pd.DataFrame) -> str:
    table, parts = report.summary(readings), report.parts(readings)
    everything = readings[(readings["contender"] == "press") & (readings["part"] == "all")]
    count = int(everything["count"].iloc[0])
    sample = report.briefings(readings).query("contender == 'press' and briefing == 'sample'")["cpu"].iloc[0]
    measured = readings.loc[readings["contender"] == "commands", "briefing"].nunique() == count
    lines = [
        f"- All {count} briefings: {everything['wall'].median():.0f} s of wall time with ours (two processes); "
        f"{table.loc['commands', 'wall_mean'] * count:.0f} s with the commands, one after the other"
        f" ({'measured' if measured else 'projected from the sample'}).",
        f"- Ours, only the sample built: {sample:.2f} s of CPU a briefing.",
    ]
    for name, row in parts.iterrows():
        said = ", ".join(f"{part} {seconds:.2f} s" for part, seconds in row.dropna().items())
        lines.append(f"- {NAMES[name][0].upper()}{NAMES[name][1:]}, CPU by part: {said}.")
    if "pdf" not in parts:
        lines.append("- Chromium or playwright is missing: the others made no PDF, and targets against them are not judged.")
    drops = sorted({word for words in readings["drops"] for word in words.split()})
    if drops:
        lines.append(f"- A lower bound: {', '.join(drops)} dropped the times of their children.")
    return "\n".join(lines)


def _targets(readings: pd.DataFrame) -> str:
    return "\n".join(f"- {target}" for target in report.targets(readings))


def _method(readings: pd.DataFrame, others: float) -> str:
    sample = readings.loc[readings["contender"] == "warmed", "briefing"].unique()
    busy = f" Other work took {others:.0%} of the processors meanwhile, so wall times are too long." if others > QUIET else ""
    return (
        f"Measured by `make bench` on {os.cpu_count()} processors ({platform.machine()}, Python {platform.python_version()}), "
        f"{readings['turn'].where(readings['contender'] == 'floor').nunique()} turn(s); "
        f"the commands and the parts kept warm made {', '.join(sample)}; ours and the cells made all briefings." + busy
    )
