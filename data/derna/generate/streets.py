"""Roads, SYNTHETIC: two street lattices, west and east of the wadi, bent a little; a road along the real coast, one
on each bank of the wadi, bridges, two roads up the hills and a track up the gorge. Where roads meet, all have a
vertex."""
from collections import defaultdict

import plane
from chance import Noise, between, share

COAST_M, WADI_M = 75.0, 85.0     # lattices end so far from the shore and from the wadi's line
BANK_M = 52.0                    # the roads on both banks run so far from the wadi's line
TRACK_M = 22.0                   # and the track up the gorge so far
MAIN_ROAD_M = 24.0               # crossings keep so far from a named road: what lies between is a link
STEEPEST, HIGHEST_M = 0.15, 70.0
OBSERVED_M = 8.0                 # from real damage points, hospitals and schools
SMALL_WADI_M = 12.0              # from the small flood traces: no street crosses them
LINK_M = 150.0
FRAYED_M = 260.0                 # how ragged the town's edge is
THINNED = 0.07                   # so many residential streets of the lattices are left out
LONGEST_M = 900.0                # longer roads are cut into segments below this
BUILT = {"primary": (60, 14, "asphalt"), "secondary": (50, 11, "asphalt"), "tertiary": (40, 9, "asphalt"),
         "residential": (30, 7, "asphalt"), "track": (20, 4, "gravel")}  # km/h, width in metres, surface


class Lattice:
    """Crossings (i, j) of streets in two directions; `kept`: their places where streets can be. Blocks lie between."""

    def __init__(self, number, origin, ahead, columns, rows):
        self.number, self.origin, self.kept = number, origin, {}
        self.ahead = plane.unit(*ahead)
        self.columns = spaced(columns, 118.0, 186.0, number, 1)
        self.rows = spaced(rows, 70.0, 98.0, number, 2)
        self.bend = Noise(31 + number, 900.0), Noise(41 + number, 900.0)

    def place(self, i, j):
        (ax, ay), u, v = self.ahead, self.columns[i], self.rows[j]
        x, y = self.origin[0] + ax * u - ay * v, self.origin[1] + ay * u + ax * v
        return round(x + 65.0 * self.bend[0](x, y), 2), round(y + 65.0 * self.bend[1](x, y), 2)

    def rank_of_row(self, j):
        return "secondary" if j % 10 == 4 else "tertiary" if j % 5 == 1 else "residential"

    def rank_of_column(self, i):
        return "secondary" if i % 8 == 5 else "tertiary" if i % 4 == 2 else "residential"

    def streets(self):
        """(crossing, crossing, class) between neighbours that are kept."""
        for i, j in sorted(self.kept):
            for near, rank in (((i + 1, j), self.rank_of_row(j)), ((i, j + 1), self.rank_of_column(i))):
                if near in self.kept:
                    yield (i, j), near, rank


def spaced(count, low, high, *keys):
    out = [0.0]
    for k in range(count - 1):
        out.append(round(out[-1] + between(low, high, *keys, k), 1))
    return out


def smoothed(line, step):
    """Corners cut, then a vertex every `step` metres, to the centimetre."""
    return [(round(x, 2), round(y, 2)) for x, y in plane.densified(thinned(plane.rounded_corners(line), step), step)]


def thinned(line, least):
    out = [line[0]]
    for p in line[1:-1]:
        if plane.distance(out[-1], p) >= least and plane.distance(p, line[-1]) >= least:
            out.append(p)
    return out + [line[-1]]


class Streets:
    """segments: [(line, class, name key, is a bridge)], noded; lattices: for the blocks."""

    def __init__(self, given, wadi, terrain):
        self.given, self.wadi, self.terrain = given, wadi, terrain
        self.wadi_line = wadi.line[::3] + [wadi.line[-1]]
        self.outskirts = Noise(61, 420.0)
        self.wadi_course = plane.Segments()
        self.wadi_course.add_line(self.wadi_line)
        self.edges, self.laid = {}, plane.Segments()  # {(a, b): (class, name, is a bridge)}
        self.observed, self.small_traces = plane.Segments(), plane.Segments()
        for p in given.damage_points:
            self.observed.add(p, p)
        for line in given.facility_lines():
            self.observed.add_line(line)
        for ring in given.small_traces():
            self.small_traces.add_line(ring)
        self.main = {}
        self.lay_main_roads()
        self.main_lines = plane.Segments()
        for line in self.main.values():
            self.main_lines.add_line(line)
        self.lattices = [self.lay_lattice(1, "west", -1), self.lay_lattice(2, "east", 1)]
        self.link()
        self.keep_what_hangs_together()
        self.segments = self.joined()

    def add(self, a, b, kind):
        if a != b and (a, b) not in self.edges and (b, a) not in self.edges:
            self.edges[a, b] = kind
            self.laid.add(a, b)

    def add_road(self, name, line, rank, bridge=False):
        self.main[name] = line
        for a, b in zip(line, line[1:]):
            self.add(a, b, (rank, name, bridge))

    # The named roads: chains of vertices some 50 m apart, which streets may join.

    def lay_main_roads(self):
        given, wadi = self.given, self.wadi_line
        coast = smoothed(given.line("roads", "coast"), 50.0)
        mouth = min(plane.station(p, wadi)[0] for p in coast if plane.to_line(p, wadi) < 60.0)
        bridges = [plane.station(p, wadi)[0] for p in given.line("roads", "bridges", "places")]
        west, east = (self.bank(side, coast, mouth, max(bridges)) for side in (-1, 1))
        self.lay_coast_road(coast, coast.index(west[0]), coast.index(east[0]))
        self.add_road("west_bank", west, "secondary")
        self.add_road("east_bank", east, "secondary")
        for place in bridges:
            ends = [min(bank, key=lambda p: abs(plane.station(p, wadi)[0] - place)) for bank in (west, east)]
            self.add(*ends, ("secondary", "bridge", True))
        gorge = self.beside_wadi(-TRACK_M, max(bridges) + 150.0, self.wadi.length - 60.0, 80.0)
        self.add_road("track", [west[-1]] + gorge, "track")
        for name in ("south_hill", "west_hill"):
            self.add_road(name, smoothed(given.line("roads", name), 60.0), "primary")

    def lay_coast_road(self, coast, west, east):
        """In three parts; the middle one is the bridge over the wadi's mouth."""
        self.add_road("coast", coast, "primary")
        for a, b in zip(coast[west:east], coast[west + 1:east + 1]):
            self.edges[a, b] = ("primary", "coast", True)

    def beside_wadi(self, metres, first, last, step):
        line, gone = [], 0.0
        for a, b in zip(self.wadi_line, self.wadi_line[1:]):
            if first <= gone <= last:
                line.append(a)
            gone += plane.distance(a, b)
        return smoothed(plane.offset(thinned(line, 60.0), metres), step)

    def bank(self, side, coast, first, last):
        line = self.beside_wadi(side * BANK_M, first + 70.0, last, 50.0)
        start = min((p for p in coast if side * plane.signed_distance(p, self.wadi_line) > BANK_M / 2),
                    key=lambda p: plane.distance(p, line[0]))
        return [start] + line

    # The lattices: crossings where building is possible, streets between neighbours.

    def lay_lattice(self, number, name, side):
        made = self.given.invented["roads"]["lattices"][name]
        lattice = Lattice(number, made["origin_m"], made["ahead"], made["columns"], made["rows"])
        for i in range(made["columns"]):
            for j in range(made["rows"]):
                place = lattice.place(i, j)
                if self.is_for_building(place) and side * plane.signed_distance(place, self.wadi_line) >= WADI_M:
                    lattice.kept[i, j] = place
        for a, b, rank in lattice.streets():
            p, q = lattice.kept[a], lattice.kept[b]
            if self.is_clear(p, q) and (rank != "residential" or share(51, number, *a, *b) >= THINNED):
                self.add(p, q, (rank, "", False))
        return lattice

    def is_for_building(self, p):
        city = self.given.city
        fray = FRAYED_M * self.outskirts(*p)
        if not (city["west"] <= p[0] + fray <= city["east"] and city["south"] <= p[1] + fray):
            return False
        if self.terrain.inland_at(*p) < COAST_M or self.terrain.at(*p) > HIGHEST_M or self.terrain.slope(*p) > STEEPEST:
            return False
        return not (self.main_lines.is_within(p, MAIN_ROAD_M) or self.observed.is_within(p, OBSERVED_M)
                    or self.small_traces.is_within(p, SMALL_WADI_M) or self.given.is_in_facility(p))

    def is_clear(self, a, b):
        steps = max(1, int(plane.distance(a, b) / 8.0))
        return not (self.laid.is_crossed(a, b) or self.observed.is_crossed(a, b) or self.small_traces.is_crossed(a, b)
                    or any(self.observed.is_within(plane.along(a, b, k / steps), OBSERVED_M) for k in range(steps + 1)))

    # Streets between the lattices' crossings and the named roads.

    def link(self):
        degree = defaultdict(int)
        for a, b in self.edges:
            degree[a] += 1
            degree[b] += 1
        crossings = sorted(p for lattice in self.lattices for p in lattice.kept.values() if degree[p] in (1, 2, 3))
        for name in sorted(self.main):
            if name == "track":
                continue
            pairs = sorted((plane.distance(p, q), p, q) for p in self.main[name] for q in crossings
                           if abs(p[0] - q[0]) < LINK_M and abs(p[1] - q[1]) < LINK_M)
            taken = set()
            for metres, p, q in pairs:
                if metres < LINK_M and p not in taken and q not in taken and self.is_clear(p, q):
                    taken.update((p, q))
                    self.add(p, q, ("residential", "", False))

    def neighbours(self):
        near = defaultdict(list)
        for a, b in self.edges:
            near[a].append(b)
            near[b].append(a)
        return near

    def keep_what_hangs_together(self):
        near, seen, best = self.neighbours(), set(), []
        for start in sorted(near):
            if start in seen:
                continue
            part, todo = [], [start]
            seen.add(start)
            while todo:
                place = todo.pop()
                part.append(place)
                for other in near[place]:
                    if other not in seen:
                        seen.add(other)
                        todo.append(other)
            best = max(best, part, key=len)
        best = set(best)
        self.edges = {edge: kind for edge, kind in self.edges.items() if edge[0] in best}

    def joined(self):
        """Vertices where nothing meets and nothing changes become inner vertices of one segment."""
        near = self.neighbours()
        kind = lambda a, b: self.edges.get((a, b)) or self.edges[b, a]
        is_end = lambda p: len(near[p]) != 2 or kind(p, near[p][0]) != kind(p, near[p][1])
        done, out = set(), []
        for start in sorted(near):
            if not is_end(start):
                continue
            for following in sorted(near[start]):
                if frozenset((start, following)) in done:
                    continue
                line, length = [start], 0.0
                a, b = start, following
                while True:
                    done.add(frozenset((a, b)))
                    line.append(b)
                    length += plane.distance(a, b)
                    if is_end(b):
                        out.append((line,) + kind(a, b))
                        break
                    if length > LONGEST_M - 100.0:
                        out.append((line,) + kind(a, b))
                        line, length = [b], 0.0
                    a, b = b, next(p for p in near[b] if p != a)
        return out
