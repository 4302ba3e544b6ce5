"""Ways over roads, worked out a second time: every vertex is a node, Dijkstra's search with heapq, places put on the nearest point of
the nearest segment. Slow and plain. Coordinates are metres of a plane."""
import collections
import heapq
import math
import sqlite3
import struct

CELL_M = 120.0


class Roads:
    def __init__(self, lines, scale=1.0):
        """lines: [(road, [(x, y), ...], metres a second)], to be travelled both ways; `scale`: of the plane, a metre on the ground is so
        many of its units."""
        self.scale, self.segments, self.number = scale, [], {}
        self.near, self.cells = collections.defaultdict(list), collections.defaultdict(list)
        for road, line, speed in lines:
            for a, b in zip(line, line[1:]):
                if a != b:
                    self.add(road, a, b, speed)

    def add(self, road, a, b, speed):
        at, metres = len(self.segments), math.dist(a, b) / self.scale
        self.segments.append((road, a, b, metres, speed))
        self.near[a].append((b, at))
        self.near[b].append((a, at))
        for i in range(int(min(a[0], b[0]) // CELL_M), int(max(a[0], b[0]) // CELL_M) + 1):
            for j in range(int(min(a[1], b[1]) // CELL_M), int(max(a[1], b[1]) // CELL_M) + 1):
                self.cells[i, j].append(at)

    def parts(self, closed=()):
        """{vertex: number of its connected part}, without the roads that are closed."""
        part, count = {}, 0
        for start in self.near:
            if start in part:
                continue
            number, todo = count, [start]
            count += 1
            part[start] = number
            while todo:
                for other, at in self.near[todo.pop()]:
                    if other not in part and self.segments[at][0] not in closed:
                        part[other] = number
                        todo.append(other)
        return part

    def snap(self, place, most=math.inf):
        """(segment, share along it, metres to it) or None."""
        best, reach = None, 0
        ci, cj = int(place[0] // CELL_M), int(place[1] // CELL_M)
        while reach < 200 and (best is None or best[0] > (reach - 1) * CELL_M) and (reach - 1) * CELL_M <= most:
            for i in range(ci - reach, ci + reach + 1):
                for j in range(cj - reach, cj + reach + 1):
                    if max(abs(i - ci), abs(j - cj)) == reach:
                        for at in self.cells.get((i, j), ()):
                            found = to_segment(place, *self.segments[at][1:3])
                            if best is None or found[0] < best[0]:
                                best = found[0], at, found[1]
            reach += 1
        return (best[1], best[2], best[0]) if best and best[0] <= most else None

    def search(self, snaps, walk, closed=()):
        """{vertex: (seconds, metres, number of the service)} of the nearest of the places put on the network."""
        queue, done = [], {}
        for number, snap in enumerate(snaps):
            if snap is None or self.segments[snap[0]][0] in closed:
                continue
            _, a, b, metres, speed = self.segments[snap[0]]
            for end, share in ((a, snap[1]), (b, 1 - snap[1])):
                heapq.heappush(queue, (snap[2] / walk + share * metres / speed, snap[2] + share * metres, number, end))
        while queue:
            seconds, metres, number, vertex = heapq.heappop(queue)
            if vertex in done:
                continue
            done[vertex] = seconds, metres, number
            for other, at in self.near[vertex]:
                road, _, _, length, speed = self.segments[at]
                if other not in done and road not in closed:
                    heapq.heappush(queue, (seconds + length / speed, metres + length, number, other))
        return done

    def reach(self, origin, services, found, walk, closed=()):
        """(seconds, metres, number of the service) from a place put on the network to the nearest of `services`; None: no way."""
        if origin is None or self.segments[origin[0]][0] in closed:
            return None
        _, a, b, metres, speed = self.segments[origin[0]]
        ways = []
        for end, share in ((a, origin[1]), (b, 1 - origin[1])):
            if end in found:
                seconds, far, number = found[end]
                ways.append((seconds + share * metres / speed + origin[2] / walk, far + share * metres + origin[2], number))
        for number, service in enumerate(services):
            if service and service[0] == origin[0]:
                along = abs(service[1] - origin[1]) * metres
                ways.append((along / speed + (origin[2] + service[2]) / walk, along + origin[2] + service[2], number))
        return min(ways, default=None)


def to_segment(p, a, b):
    """(distance, share) of the nearest point of a segment."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    share = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy)))
    return math.dist(p, (a[0] + share * dx, a[1] + share * dy)), share


def point_of(blob):
    """Longitude and latitude of a point in a GeoPackage."""
    if blob is None:
        return None
    start = 8 + (0, 32, 48, 48, 64)[blob[3] >> 1 & 7]
    assert struct.unpack_from("<I", blob, start + 1)[0] % 1000 == 1 and blob[start] == 1
    return struct.unpack_from("<2d", blob, start + 5)


def rows(path, sql, *values):
    connection = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(r) for r in connection.execute(sql, values)]
    finally:
        connection.close()
