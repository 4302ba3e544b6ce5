"""The suppression of counts attacked by another engine: GLPK tries to recover every hidden count from all that is told, in tables of areas by
groups with parents and totals, counts that rise, tables that share cells, and tables of two scenarios with households and percentages. What it finds
must be the range that the kernel says, and wide enough."""
import os
import random
import shutil
import subprocess
import sys
import tempfile

TOOL, LEAST = sys.argv[1], 5


class Publication:
    def __init__(self):
        self.counts, self.sums, self.bounds, self.ratios = [], [], [], 0

    def count(self, value, printed=True):
        self.counts.append((value, printed))
        return len(self.counts) - 1

    def sum(self, parts):
        total = self.count(sum(self.counts[p][0] for p in parts))
        self.sums.append((total, parts))
        return total

    def at_least(self, factors, least=0, ratio=-1):
        """The reader knows that the counts, each times its factor, make at least so much; as long as the ratio is told."""
        self.bounds.append((ratio, least, factors))

    def holds(self, upper, lower):
        """The difference of two counts is a count, that of those in the upper alone."""
        rest = self.count(self.counts[upper][0] - self.counts[lower][0], printed=False)
        self.sums.append((upper, [lower, rest]))

    def percent(self, part, whole, decimals=0):
        """The share of a count, rounded."""
        if self.counts[whole][0] == 0:
            return
        share = round(100 * self.counts[part][0] / self.counts[whole][0], decimals) / 100
        half = 0.5 * 10 ** -decimals / 100
        self.at_least({part: 1, whole: -(share - half)}, ratio=self.ratios)
        self.at_least({part: -1, whole: share + half}, ratio=self.ratios)
        self.ratios += 1

    def told(self):
        lines = [f"{LEAST} 1"] + [f"c {value} {int(printed)}" for value, printed in self.counts]
        lines += [f"s {total} {' '.join(map(str, parts))}" for total, parts in self.sums] + ["r"] * self.ratios
        lines += [f"b {ratio} {least} " + " ".join(f"{count} {factor!r}" for count, factor in factors.items())
                  for ratio, least, factors in self.bounds]
        done = subprocess.run([TOOL], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True, timeout=300)
        first, *rest = done.stdout.splitlines()
        assert first == "safe", first
        n = len(self.counts)
        self.ratios_told = [word == "told" for word in rest[n:]]
        return [(word, float(low), float(high)) for word, low, high in (line.split() for line in rest[:n])]


def small(value):
    return 0 < value < LEAST


def groups_of(p):
    root = list(range(len(p.counts)))

    def find(i):
        while root[i] != i:
            i = root[i]
        return i
    for total, parts in p.sums:
        for part in parts:
            root[find(part)] = find(total)
    for _, _, factors in p.bounds:
        first, *others = factors
        for other in others:
            root[find(other)] = find(first)
    return [find(i) for i in range(len(root))]


def bounds(p, told):
    """What a reader knows before reckoning."""
    group = groups_of(p)
    unmarked = {group[i] for i, (value, printed) in enumerate(p.counts) if printed and small(value) and told[i][0] == "hidden"}
    for i, (value, printed) in enumerate(p.counts):
        if printed and told[i][0] == "shown":
            yield value, value
        elif not printed:
            yield 0, None
        elif group[i] in unmarked:
            yield 1, None
        else:
            yield (1, LEAST - 1) if told[i][0] == "small" else (LEAST, None)


def solve(p, known, count, way):
    """GLPK, with the publication as a file in CPLEX's format."""
    lines = ["Minimize" if way < 0 else "Maximize", f" goal: x{count}", "Subject To"]
    lines += [f" s{k}: " + " + ".join(f"x{part}" for part in parts) + f" - x{total} = 0" for k, (total, parts) in enumerate(p.sums)]
    lines += [f" b{k}: " + " ".join(f"{factor:+.15f} x{i}" for i, factor in factors.items()) + f" >= {least}"
              for k, (ratio, least, factors) in enumerate(p.bounds) if ratio < 0 or p.ratios_told[ratio]]
    lines.append("Bounds")
    lines += [f" x{i} = {low}" if low == high else f" {low} <= x{i}" + (f" <= {high}" if high is not None else "")
              for i, (low, high) in enumerate(known)]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "p.lp")
        with open(path, "w", encoding="ascii") as file:
            file.write("\n".join(lines + ["End", ""]))
        done = subprocess.run(["glpsol", "--nopresol", "--lp", path, "-o", path + ".out"], capture_output=True, text=True, check=True, timeout=60)
        if "UNBOUNDED" in done.stdout:
            return float("inf")
        assert "OPTIMAL" in done.stdout, done.stdout
        with open(path + ".out", encoding="ascii") as file:
            line = next(line for line in file if line.startswith("Objective:"))
    return float(line.split("=")[1].split()[0])


def areas_by_groups(random_, parents, children, groups):
    """People by area and group, with the totals of each area, of the areas' parents and of all."""
    p, whole = Publication(), [[] for _ in range(groups)]
    for _ in range(parents):
        columns = [[] for _ in range(groups)]
        for _ in range(children):
            row = [p.count(random_.choice((0, 1, 2, 3, 4, 6, 9, 14, 30, 55, 80, 120, 300))) for _ in range(groups)]
            p.sum(row)
            for g in range(groups):
                columns[g].append(row[g])
        parent = [p.sum(column) for column in columns]
        p.sum(parent)
        for g in range(groups):
            whole[g].append(parent[g])
    p.sum([p.sum(column) for column in whole])
    return p


def rising(random_, areas):
    """People within 15, 30 and 60 minutes and in all, by area and together: differences are counts."""
    p, columns = Publication(), [[] for _ in range(4)]
    for _ in range(areas):
        at = p.count(random_.choice((0, 3, 8, 40)))
        columns[0].append(at)
        for k in range(1, 4):
            step = p.count(random_.choice((0, 0, 1, 2, 4, 7, 30)), printed=False)
            at = p.sum([at, step])
            columns[k].append(at)
    for column in columns:
        p.sum(column)
    return p


def overlapping(random_, cells):
    """Two tables of the same people by other areas: 0 to n - 3, and 2 to n - 1; the difference of the totals is a count."""
    p = Publication()
    parts = [p.count(random_.choice((1, 3, 5, 9, 25, 60))) for _ in range(cells)]
    p.sum(parts[:-2])
    p.sum(parts[2:])
    return p


def scenarios(random_, areas):
    """People and households by area before and after a closure with totals, what is lost, and the share that is left in per cent: what the
    closure takes is the difference, people are no fewer than their households, and of services a share is told whose count is not."""
    p, before, after, lost = Publication(), [], [], []
    for _ in range(areas):
        households = p.count(random_.choice((0, 1, 2, 3, 5, 8, 20)))
        left = p.count(p.counts[households][0] * random_.choice((1, 2, 4, 6)))
        gone = p.count(random_.choice((0, 0, 1, 2, 4, 7, 30)))
        p.at_least({left: 1, households: -1})
        after.append(left)
        lost.append(gone)
        before.append(p.sum([left, gone]))
        p.percent(left, before[-1], random_.choice((0, 1)))
        unprinted = p.count(random_.randint(0, p.counts[left][0]), printed=False)
        p.percent(unprinted, left)
    all_before, all_after = p.sum(before), p.sum(after)
    if random_.random() < 0.5:
        p.sum(lost)
    p.holds(all_before, all_after)
    p.percent(all_after, all_before, 1)
    return p


def audit(name, p):
    told = p.told()
    known = list(bounds(p, told))
    hidden = [i for i, (value, printed) in enumerate(p.counts) if told[i][0] != "shown" or (not printed and small(value))]
    for i in hidden:
        value, printed = p.counts[i]
        low, high = solve(p, known, i, -1), solve(p, known, i, 1)
        assert abs(low - told[i][1]) < 1e-5, (name, i, low, told[i])
        assert high == told[i][2] or abs(high - told[i][2]) < 1e-5, (name, i, high, told[i])
        marked = told[i][0] == "small" or not printed
        if small(value) and marked:
            assert low <= 1 + 1e-6 and high >= LEAST - 1 - 1e-6, (name, i, value, low, high)
        if printed:
            assert high - low >= LEAST - 2 - 1e-6, (name, i, value, low, high)
    primary = sum(printed and small(value) for value, printed in p.counts)
    also = sum(word == "hidden" for word, _, _ in told)
    print(f"{name}: {len(p.counts)} counts, {primary} small, {also} hidden beside, {len(hidden)} attacked, "
          f"{sum(p.ratios_told)} of {p.ratios} shares told")
    return primary


def main():
    if not shutil.which("glpsol"):
        print("needs glpsol (Debian package glpk-utils)")
        sys.exit(77)
    random_ = random.Random(2023)
    attacked = 0
    for k in range(6):
        attacked += audit(f"areas by groups {k}", areas_by_groups(random_, 2, 3, 3))
        attacked += audit(f"rising {k}", rising(random_, 4))
        attacked += audit(f"overlapping {k}", overlapping(random_, 6))
        attacked += audit(f"scenarios {k}", scenarios(random_, 4))
    attacked += audit("areas by groups, larger", areas_by_groups(random_, 4, 6, 4))
    assert attacked > 50


main()
