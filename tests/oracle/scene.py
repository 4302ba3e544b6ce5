"""A seeded scene of assets and hazards that is hard on an overlay: stars with holes, bands that share their edges, slivers,
spikes, overlaps, islands in lakes; buildings of one and more parts, with courts, and without geometry; roads of many bends.

Written twice from the same numbers: as GeoPackages for us, as COPY rows of hexadecimal WKB for PostGIS."""
import math
import random
import struct

from osgeo import ogr, osr

X0, Y0, SIZE = 640000.0, 3600000.0, 4000.0
HAZARDS = ("flood", "landslide", "quake")


def polygon_wkb(rings):
    wkb = struct.pack("<BII", 1, 3, len(rings))
    for ring in rings:
        wkb += struct.pack("<I", len(ring)) + b"".join(struct.pack("<dd", *point) for point in ring)
    return wkb


def star(rng, cx, cy, radius, points, rough):
    """A closed ring, star-shaped about its centre and so simple, however rough."""
    waves = [(k, rng.gauss(0, rough / k), rng.uniform(0, 6.283)) for k in range(2, 30)]
    ring = []
    for i in range(points):
        angle = 2 * math.pi * i / points
        r = radius * min(max(1 + sum(a * math.cos(k * angle + p) for k, a, p in waves), 0.1), 2.0)
        ring.append((cx + r * math.cos(angle), cy + r * math.sin(angle)))
    return ring + ring[:1]


def shrunk(ring, cx, cy, by):
    return [(cx + (x - cx) * by, cy + (y - cy) * by) for x, y in reversed(ring)]


def flood(rng):
    """Bands around a few centres, each sharing its inner edge with the next; then slivers and spikes across them."""
    for _ in range(5):
        cx, cy = X0 + rng.uniform(0.1, 0.9) * SIZE, Y0 + rng.uniform(0.1, 0.9) * SIZE
        outer = star(rng, cx, cy, rng.uniform(250, 600), 1500, 0.5)
        for klass in (1, 2, 3, 4):
            inner = shrunk(outer, cx, cy, 0.75)
            yield ([outer] if klass == 4 else [outer, inner]), klass
            outer = inner[::-1]
    for _ in range(20):
        x, y, a = X0 + rng.uniform(0, 1) * SIZE, Y0 + rng.uniform(0, 1) * SIZE, rng.uniform(0, 6.283)
        dx, dy = 900 * math.cos(a), 900 * math.sin(a)
        yield [[(x, y), (x + dx, y + dy), (x + dx - dy * 1e-5, y + dy + dx * 1e-5), (x, y)]], rng.randint(1, 4)


def landslide(rng):
    """Stars that overlap each other, with holes, and an island in each hole."""
    for _ in range(40):
        cx, cy = X0 + rng.uniform(0, 1) * SIZE, Y0 + rng.uniform(0, 1) * SIZE
        outer = star(rng, cx, cy, rng.uniform(50, 400), 200, 0.6)
        yield [outer, shrunk(outer, cx, cy, 0.6)], rng.randint(1, 4)
        yield [shrunk(outer, cx, cy, 0.3)[::-1]], rng.randint(1, 4)


def quake(rng):
    """Squares side by side on whole metres: everything lies on everything's edge."""
    step = SIZE / 40
    for i in range(40):
        for k in range(40):
            if rng.random() < 0.3:
                x, y = X0 + i * step, Y0 + k * step
                yield [[(x, y), (x + step, y), (x + step, y + step), (x, y + step), (x, y)]], rng.randint(1, 4)


def box(rng):
    w, h = rng.choice((4, 8, 10)), rng.choice((4, 8, 10))
    if rng.random() < 0.3:  # on whole metres, along the squares
        x, y = X0 + 2 * rng.randrange(int(SIZE / 2)), Y0 + 2 * rng.randrange(int(SIZE / 2))
        return [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], x + w / 2, y + h / 2
    x, y, a = X0 + rng.uniform(0, 1) * SIZE, Y0 + rng.uniform(0, 1) * SIZE, rng.uniform(0, 3.1416)
    corners = [(-w, -h), (w, -h), (w, 0), (0, 0), (0, h), (-w, h)] if rng.random() < 0.4 else [(-w, -h), (w, -h), (w, h), (-w, h)]
    ring = [(x + p * math.cos(a) - q * math.sin(a), y + p * math.sin(a) + q * math.cos(a)) for p, q in corners]
    return ring + ring[:1], x, y


def building(rng):
    if rng.random() < 0.03:
        return None
    ring, x, y = box(rng)
    rings = [ring, shrunk(ring, x, y, 0.25)] if rng.random() < 0.2 and len(ring) == 5 else [ring]
    one = polygon_wkb(rings)
    if rng.random() > 0.1:
        return one
    other = polygon_wkb([[(px + 40, py) for px, py in r] for r in rings])
    return struct.pack("<BII", 1, 6, 2) + one + other


def road(rng):
    x, y, a = X0 + rng.uniform(0, 1) * SIZE, Y0 + rng.uniform(0, 1) * SIZE, rng.uniform(0, 6.283)
    points = []
    for _ in range(rng.randint(2, 30)):
        points.append((x, y))
        a += rng.gauss(0, 0.5)
        x, y = x + 25 * math.cos(a), y + 25 * math.sin(a)
    return struct.pack("<BII", 1, 2, len(points)) + b"".join(struct.pack("<dd", *p) for p in points)


class Writer:
    def __init__(self, path):
        self.srs = osr.SpatialReference()
        self.srs.ImportFromEPSG(32634)
        self.dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
        self.statements = []

    def layer(self, name, rows, field, kind, wanted=ogr.wkbUnknown):
        out = self.dataset.CreateLayer(name, self.srs, wanted)
        out.CreateField(ogr.FieldDefn(field, kind))
        lines = [f"create table {name} (id int, {field} text, geom geometry(Geometry, 32634));", f"copy {name} from stdin;"]
        out.StartTransaction()
        for number, (wkb, value) in enumerate(rows, 1):
            feature = ogr.Feature(out.GetLayerDefn())
            feature[field] = value
            if wkb:
                shape = ogr.CreateGeometryFromWkb(wkb)
                assert shape.IsValid(), (name, number)
                feature.SetGeometryDirectly(shape)
            out.CreateFeature(feature)
            lines.append(f"{number}\t{value}\t{ewkb(wkb) if wkb else chr(92) + 'N'}")
        out.CommitTransaction()
        self.statements += [*lines, "\\."]


def ewkb(wkb):
    """With the CRS in it, as PostGIS writes it."""
    kind = struct.unpack_from("<I", wkb, 1)[0]
    return (b"\x01" + struct.pack("<II", kind | 0x20000000, 32634) + wkb[5:]).hex()


def write(folder, seed, buildings, roads):
    """assets.gpkg (building, road) and hazards.gpkg (flood, landslide, quake: column class); returns the SQL of the same."""
    rng = random.Random(seed)
    hazards, assets = Writer(folder / "hazards.gpkg"), Writer(folder / "assets.gpkg")
    for name, make in zip(HAZARDS, (flood, landslide, quake)):
        hazards.layer(name, ((polygon_wkb(rings), klass) for rings, klass in make(rng)), "class", ogr.OFTInteger, ogr.wkbPolygon)
    assets.layer("building", ((building(rng), f"B{i}") for i in range(buildings)), "building_id", ogr.OFTString)
    assets.layer("road", ((road(rng), f"R{i}") for i in range(roads)), "road_id", ogr.OFTString, ogr.wkbLineString)
    return "\n".join(hazards.statements + assets.statements) + "\n"
