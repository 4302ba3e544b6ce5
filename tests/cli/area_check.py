"""What must hold of the layer access_area of any file: polygons are valid in the coordinates that are stored, none is smaller than the limit
of data/standards/access.csv, and what a scenario keeps and loses is what the baseline had."""
import csv
import math
import pathlib

from osgeo import ogr

ogr.UseExceptions()
STANDARD = pathlib.Path(__file__).resolve().parents[2] / "data" / "standards" / "access.csv"
WIDE = 111320.0  # metres of a degree, about
CLOSE = 0.99     # so that a polygon just above the limit by the ellipsoid is no error here


def least_m2():
    with open(STANDARD, encoding="utf-8", newline="") as file:
        return next(float(row["value"]) for row in csv.DictReader(file) if row["parameter"] == "area_least")


def rings_m2(polygon):
    """Its own area, and that of each hole."""
    scale = WIDE ** 2 * math.cos(math.radians(polygon.GetEnvelope()[2]))
    yield polygon.Area() * scale
    for hole in range(1, polygon.GetGeometryCount()):
        alone = ogr.Geometry(ogr.wkbPolygon)
        alone.AddGeometry(polygon.GetGeometryRef(hole))
        yield alone.Area() * scale


def check(test, path):
    """How many areas there are, all of them as they must be."""
    source = ogr.Open(str(path))
    km2, count, least = {}, 0, least_m2()
    for feature in source.GetLayerByName("access_area"):
        row, shape = feature.items(), feature.GetGeometryRef().Clone()
        test.assertTrue(shape.IsValid(), row)
        test.assertFalse(shape.IsEmpty(), row)
        for polygon in [shape] if ogr.GT_Flatten(shape.GetGeometryType()) == ogr.wkbPolygon else shape:
            test.assertGreater(min(rings_m2(polygon)), CLOSE * least, row)
        km2[tuple(row[c] for c in ("scenario", "unknown_roads", "mode", "service_type", "limit_min", "change"))] = row["area_km2"]
        count += 1
    for (scenario, _, mode, kind, limit, change), before in km2.items():
        if change is None:
            for other, unknown in {key[:2] for key in km2 if key[0] != scenario}:
                after = sum(km2.get((other, unknown, mode, kind, limit, c), 0) for c in ("kept", "lost"))
                test.assertAlmostEqual(after, before, delta=1e-4 + 1e-6 * before, msg=(other, unknown, mode, kind, limit))
    return count
