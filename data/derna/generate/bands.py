"""Polygons of equal class from values at the nodes of a grid: each square is two triangles, cut where the plane
through its corners meets the bounds. Neighbours share their border to the last digit, for both cut the same edge at
the same place."""
from collections import defaultdict

import plane

DECIMALS = 2
FROM_NODE = 0.04  # cuts keep so far from the nodes, as a share of the edge: no needles, whatever the rounding


def cut_edge(p, q, values, bounds):
    """[(place, value)] from p towards q without q: p and where the bounds are met."""
    out = [(p, values[p])]
    low, high = (p, q) if p < q else (q, p)  # both sides of the edge reckon alike
    met = []
    for bound in bounds:
        if (values[low] - bound) * (values[high] - bound) < 0:
            t = FROM_NODE + (1 - 2 * FROM_NODE) * (bound - values[low]) / (values[high] - values[low])
            x, y = plane.along(low, high, t)
            met.append((abs(bound - values[p]), (round(x, DECIMALS), round(y, DECIMALS)), bound))
    return out + [(place, bound) for _, place, bound in sorted(met)]


def parts(corners, values, bounds):
    """(class number, ring) of one triangle, its corners anticlockwise; class 0 is below all bounds."""
    around = []
    for p, q in zip(corners, corners[1:] + corners[:1]):
        around += cut_edge(p, q, values, bounds)
    limits = [float("-inf")] + list(bounds) + [float("inf")]
    for number in range(len(limits) - 1):
        inside = [place for place, value in around if limits[number] <= value <= limits[number + 1]]
        if len(inside) >= 3:
            yield number, inside


def classed(columns, rows, node, value_at, bounds):
    """{class: [polygon, ...]}, a polygon a list of closed rings, the outer one first. `node(i, j)` is a place, rows
    northwards."""
    values = {}
    for j in range(rows):
        for i in range(columns):
            value = value_at(*node(i, j))
            values[node(i, j)] = value + (0.001 if value in bounds else 0.0)  # no node lies on a bound
    borders = defaultdict(set)
    for j in range(rows - 1):
        for i in range(columns - 1):
            a, b, c, d = node(i, j), node(i + 1, j), node(i + 1, j + 1), node(i, j + 1)
            for corners in ([a, b, c], [a, c, d]):
                for number, ring in parts(corners, values, bounds):
                    for p, q in zip(ring, ring[1:] + ring[:1]):
                        if (q, p) in borders[number]:
                            borders[number].remove((q, p))
                        elif p != q:
                            borders[number].add((p, q))
    return {number: polygons(edges) for number, edges in sorted(borders.items()) if number}


def polygons(edges):
    following = defaultdict(list)
    for p, q in sorted(edges):
        following[p].append(q)
    outer, holes = [], []
    for start in sorted(following):
        while following[start]:
            ring = [start]
            while True:
                ring.append(following[ring[-1]].pop())
                if ring[-1] == start:
                    break
            ring = straightened(ring)
            if len(ring) > 3:
                (outer if plane.area(ring) > 0 else holes).append(ring)
    outer.sort(key=lambda ring: (plane.area(ring), ring))
    out = [[ring] for ring in outer]
    for hole in holes:
        inner = plane.along(hole[0], hole[1], 0.5)
        next(polygon for polygon in out if plane.is_inside(inner, polygon[0])).append(hole)
    return sorted(out)


def straightened(ring):
    """Without the places in the middle of a straight run along the grid: no neighbour ends there either."""
    inner = ring[:-1]
    kept = [p for k, p in enumerate(inner) if not is_straight(inner[k - 1], p, inner[(k + 1) % len(inner)])]
    return kept + kept[:1]


def is_straight(a, b, c):
    return a[0] == b[0] == c[0] or a[1] == b[1] == c[1]
