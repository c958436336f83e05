"""What the readings say: cost per briefing, ratios, and whether each target holds."""

from dataclasses import dataclass

import pandas as pd

NAMES = {
    "commands": "papermill and nbconvert, as typed",
    "warmed": "the same parts, kept warm",
    "press": "udcg build --all",
    "floor": "the cells alone",
}
COMMANDS, WARMED = 12, 4  # how many times less processor time than theirs
FLOOR, REST = 1.2, 0.3  # times the cells alone, plus seconds for all else
ALL, AGAIN, ANSWER = 60.0, 1.5, 1.0  # seconds of wall time: all from nothing, nothing changed, short commands


@dataclass(frozen=True)
class Target:
    """One target: what is measured, its value and limit in a unit, and whether it holds; None where it cannot be judged."""

    name: str
    value: float
    limit: float
    unit: str
    holds: bool | None

    def __str__(self) -> str:
        """Say the target on one line."""
        said = {True: "holds", False: "MISSED", None: "not judged"}[self.holds]
        return f"{said}: {self.name}: {self.value:.2f} {self.unit}, limit {self.limit:.2f}"


def briefings(readings: pd.DataFrame) -> pd.DataFrame:
    """Return the cost of each briefing: its parts added, the median of its turns taken.

    Columns: contender, briefing, cpu and wall (seconds); where many were built at once, the cost is divided by their number.
    """
    made = readings[readings["contender"].isin(list(NAMES)) & (readings["part"] != "nothing changed")]
    each = made.assign(cpu=made["cpu"] / made["count"], wall=made["wall"] / made["count"])
    turns = each.groupby(["contender", "briefing", "turn"], sort=False)[["cpu", "wall"]].sum()
    return turns.groupby(["contender", "briefing"], sort=False).median().reset_index()


def summary(readings: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each contender, dearest first.

    Index: contender. Columns: cpu_mean, cpu_median, wall_mean, wall_median (seconds per briefing); times (their mean processor
    time as a multiple of ours). Ours is the build of all; a median of it is not known, so the mean stands for it.
    """
    each = briefings(readings)
    each = each[each["briefing"] != "sample"]
    by = each.groupby("contender")
    table = pd.DataFrame({f"{unit}_{how}": by[unit].agg(how) for unit in ("cpu", "wall") for how in ("mean", "median")})
    table = table.reindex([name for name in NAMES if name in table.index])
    return table.assign(times=table["cpu_mean"] / table.loc["press", "cpu_mean"])


def parts(readings: pd.DataFrame) -> pd.DataFrame:
    """Return mean processor seconds per briefing: a row for each contender, a column for each part (run, html, pdf)."""
    made = readings[readings["contender"].isin(["commands", "warmed"])]
    return made.pivot_table(values="cpu", index="contender", columns="part", aggfunc="mean", sort=False)


def targets(readings: pd.DataFrame) -> list[Target]:
    """Return all targets; those that need a browser's PDF, or a whole count of our processor time, are not judged without."""
    table = summary(readings)
    cpu = table["cpu_mean"]
    dropped = bool(readings.loc[readings["contender"] == "press", "drops"].any())
    printed = {name: "pdf" in set(readings.loc[readings["contender"] == name, "part"]) for name in ("commands", "warmed")}
    against = [
        (f"our processor time, 1/{times} of {NAMES[name]}", cpu[name] / times, printed[name])
        for name, times in (("commands", COMMANDS), ("warmed", WARMED))
    ]
    against.append((f"our processor time, {FLOOR} x {NAMES['floor']} + {REST} s", FLOOR * cpu["floor"] + REST, True))
    return [
        *(_target(name, cpu["press"], limit, "s a briefing", known and not dropped) for name, limit, known in against),
        _target("all briefings from nothing", _wall(readings, "press", "all").median(), ALL, "s"),
        _target("nothing changed", _wall(readings, "press", "nothing changed").median(), AGAIN, "s"),
        *(
            _target(part, _wall(readings, "answers", part).min(), ANSWER, "s")
            for part in readings.loc[readings["contender"] == "answers", "part"].unique()
        ),
    ]


def _target(name: str, value: float, limit: float, unit: str, known: bool = True) -> Target:
    return Target(name, float(value), float(limit), unit, bool(value <= limit) if known else None)


def _wall(readings: pd.DataFrame, contender: str, part: str) -> pd.Series:
    return readings.loc[(readings["contender"] == contender) & (readings["part"] == part), "wall"]
