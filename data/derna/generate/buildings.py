"""Buildings, SYNTHETIC: plots along the streets of each block, with use, floors and people. None lies within FREE_M
of a real damage point, hospital or school, in the sea or in the wadi; their numbers refer to nothing real."""
import plane
from chance import between, pick, share

FREE_M = 6.0                # from real damage points and facilities: the rule says 5
SHORE_M, WADI_M, TRACE_M = 40.0, 62.0, 10.0
ROADSIDE_M, MAIN_ROAD_M = 3.5, 9.0   # from the middle of any street, and of the named roads
HALF_ROAD_M = {"secondary": 8.0, "tertiary": 6.5, "residential": 5.0}
PLOT_M = (11.0, 17.0)       # width of a plot along the street
ROW_M = 19.0                # depth of a plot, about
CENTRE_M = 1300.0           # from the middle of town, density falls to a half
PUBLIC_BLOCKS = ((None, 780), ("school", 34), ("open", 30), ("worship", 60), ("health", 8), ("sport", 6),
                 ("institutional", 14), ("industrial", 12), ("culture", 3), ("cemetery", 5))
USES = (("residential", 915), ("commercial", 50), ("unclassified", 14), ("storage", 8), ("office", 8), ("hotel", 3),
        ("other", 2))
ON_MAIN_STREETS = (("residential", 700), ("commercial", 230), ("office", 40), ("hotel", 12), ("unclassified", 18))
FLOORS_IN_TOWN = ((1, 18), (2, 42), (3, 26), (4, 9), (5, 4), (6, 1))
FLOORS_OUTSIDE = ((1, 45), (2, 44), (3, 11))
FLOORS_PUBLIC = {"school": 2, "worship": 1, "health": 3, "sport": 1, "institutional": 2, "industrial": 1, "culture": 2}
SIZE_PUBLIC_M = {"school": (52, 15), "worship": (24, 20), "health": (46, 22), "sport": (44, 28),
                 "institutional": (34, 18), "industrial": (40, 24), "culture": (30, 24)}


class Building:
    __slots__ = ("ring", "use", "floors", "people", "rank", "block")

    def __init__(self, ring, use, floors, rank, block):
        self.ring, self.use, self.floors, self.rank, self.block, self.people = ring, use, floors, rank, block, 0

    def middle(self):
        (ax, ay), (bx, by) = self.ring[0], self.ring[2]
        return (ax + bx) / 2, (ay + by) / 2


class Quad:
    """A block within its streets; places by shares of its width and depth."""

    def __init__(self, corners, margins):
        south, east, north, west = margins
        (a, b, c, d) = corners  # south-west, south-east, north-east, north-west
        self.corners = corners
        self.width = (plane.distance(a, b) + plane.distance(d, c)) / 2
        self.depth = (plane.distance(a, d) + plane.distance(b, c)) / 2
        self.u0, self.u1 = west / self.width, 1 - east / self.width
        self.v0, self.v1 = south / self.depth, 1 - north / self.depth

    def at(self, u, v):
        """u, v in metres from the south-west corner inside the streets."""
        s, t = self.u0 + u / self.width, self.v0 + v / self.depth
        a, b, c, d = self.corners
        south, north = plane.along(a, b, s), plane.along(d, c, s)
        return plane.along(south, north, t)

    def room(self):
        return (self.u1 - self.u0) * self.width, (self.v1 - self.v0) * self.depth

    def box(self, u, v, width, depth):
        return [self.at(u, v), self.at(u + width, v), self.at(u + width, v + depth), self.at(u, v + depth)]


class Town:
    """buildings: as many as asked for, the town's middle denser than its edge; public: those others may shelter in."""

    def __init__(self, given, wadi, terrain, streets):
        self.given, self.wadi, self.terrain, self.streets = given, wadi, terrain, streets
        self.middle = given.line("city", "middle")
        candidates = []
        for lattice in streets.lattices:
            for block, (quad, main) in enumerate(self.blocks(lattice)):
                candidates += self.built(lattice.number * 10000 + block, quad, main)
        wanted = given.invented["city"]["buildings"]
        if len(candidates) < wanted:
            raise SystemExit("buildings: room for %d only, not for %d" % (len(candidates), wanted))
        candidates.sort(key=lambda b: (b.rank, b.ring))
        self.buildings = sorted(candidates[:wanted], key=lambda b: (b.block, b.ring))
        self.settle(given.invented["city"]["people"])

    def blocks(self, lattice):
        kept = lattice.kept
        for i, j in sorted(kept):
            corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
            if not all(c in kept for c in corners):
                continue
            ranks = (lattice.rank_of_row(j), lattice.rank_of_column(i + 1),
                     lattice.rank_of_row(j + 1), lattice.rank_of_column(i))
            quad = Quad([kept[c] for c in corners], [HALF_ROAD_M[rank] for rank in ranks])
            yield quad, any(rank != "residential" for rank in ranks)

    def built(self, block, quad, main):
        purpose = pick(PUBLIC_BLOCKS, 71, block)
        if purpose in ("open", "cemetery"):
            return
        width, depth = quad.room()
        near = self.nearness(quad.at(width / 2, depth / 2))
        taken = None
        if purpose:
            taken = self.public(block, quad, purpose)
            yield from taken
        rows = max(2, min(4, int(depth / ROW_M)))
        for row in range(rows):
            v0, v1 = depth * row / rows, depth * (row + 1) / rows
            u, number = between(0.5, 3.0, 72, block, row), 0
            while True:
                number += 1
                plot = between(*PLOT_M, 73, block, row, number)
                if u + plot > width:
                    break
                on_main = main and row in (0, rows - 1)
                building = self.house((block, row, number), quad, (u, v0, plot, v1 - v0), near, on_main)
                u += plot
                if building and not (taken and any(overlaps(building.ring, other.ring) for other in taken)):
                    yield building

    def house(self, keys, quad, plot, near, main):
        block, row, _ = keys
        u, v, width, depth = plot
        side, back = between(0.4, 1.6, 74, *keys), between(0.10, 0.38, 75, *keys) * depth
        front = between(0.3, 2.2, 76, *keys)
        faces_south = row % 2 == 0
        lower, upper = (front, back) if faces_south else (back, front)
        box = u + side / 2, v + lower, width - side, depth - lower - upper
        ring = rounded(angled(quad, box, faces_south, keys) if share(77, *keys) < 0.16 else quad.box(*box))
        if not self.is_free(ring):
            return None
        use = pick(ON_MAIN_STREETS if main else USES, 78, *keys)
        floors = pick(FLOORS_IN_TOWN if share(79, *keys) < near else FLOORS_OUTSIDE, 80, *keys)
        return Building(ring, use, floors, share(81, *keys) - 1.35 * near, block)

    def public(self, block, quad, purpose):
        width, depth = quad.room()
        long, short = SIZE_PUBLIC_M[purpose]
        out, u = [], width / 2 - long / 2
        wings = 2 if purpose in ("school", "industrial") else 1
        for v in (depth / 2 - short / 2, depth / 2 + short / 2 + 8)[:wings]:
            if u > 4 and v > 4 and v + short < depth - 2:
                ring = rounded(quad.box(u, v, long, short))
                if self.is_free(ring):
                    out.append(Building(ring, purpose, FLOORS_PUBLIC[purpose], -9.0, block))
        return out

    def nearness(self, place):
        """1 in the middle of town, a half CENTRE_M away."""
        away = plane.distance(place, self.middle) / CENTRE_M
        return 1 / (1 + away * away)

    def is_free(self, ring):
        """Corners, edges and what they enclose: off the sea, the wadi, small traces, roads and all that is real."""
        streets = self.streets
        for a, b in zip(ring, ring[1:]):
            if self.terrain.inland_at(*a) < SHORE_M or streets.wadi_course.is_within(a, WADI_M):
                return False
            if streets.small_traces.is_within(a, TRACE_M) or self.given.is_in_facility(a):
                return False
            if any(plane.segments_gap(a, b, c, d) < FREE_M for c, d in streets.observed.near(a, b, FREE_M)):
                return False
            if streets.laid.is_crossed(a, b) or streets.laid.is_within(a, ROADSIDE_M):
                return False
            if streets.main_lines.is_within(a, MAIN_ROAD_M):
                return False
        return not any(plane.is_inside(p, ring) for p in self.given.damage_points if abs(p[0] - ring[0][0]) < 100)

    def settle(self, people):
        """Everyone lives in a residential building, by its floor space; whole people, adding up exactly."""
        homes = [b for b in self.buildings if b.use == "residential"]
        space = [round(100 * abs(plane.area(b.ring)) * b.floors) for b in homes]
        total = sum(space)
        for home, own in zip(homes, space):
            home.people = people * own // total
        left = people - sum(home.people for home in homes)
        rest = sorted(range(len(homes)), key=lambda k: (-(people * space[k] % total), k))
        for k in rest[:left]:
            homes[k].people += 1


def angled(quad, box, faces_south, keys):
    """An L: a corner of the yard side is left out."""
    u, v, width, depth = box
    cut, deep = width * between(0.35, 0.55, 82, *keys), depth * between(0.3, 0.5, 83, *keys)
    if faces_south:
        shape = [(u, v), (u + width, v), (u + width, v + depth - deep), (u + cut, v + depth - deep),
                 (u + cut, v + depth), (u, v + depth)]
    else:
        shape = [(u, v), (u + cut, v), (u + cut, v + deep), (u + width, v + deep),
                 (u + width, v + depth), (u, v + depth)]
    return [quad.at(*p) for p in shape]


def rounded(ring):
    ring = [(round(x, 2), round(y, 2)) for x, y in ring]
    return ring + ring[:1]


def overlaps(a, b):
    return not (max(x for x, _ in a) < min(x for x, _ in b) or max(x for x, _ in b) < min(x for x, _ in a)
                or max(y for _, y in a) < min(y for _, y in b) or max(y for _, y in b) < min(y for _, y in a))
