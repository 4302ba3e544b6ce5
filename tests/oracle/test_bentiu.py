"""Every road and path of Bentiu, a displacement site in South Sudan (OpenStreetMap), against an invented flood across it: how much of
each lies in the flood, by GEOS through GDAL, one by one.

The flood is drawn in UTM 35N, the roads are in lon/lat: both have to come together. Needs ../shared."""
import os
import pathlib
import random
import subprocess
import sys
import tempfile

try:
    from osgeo import ogr, osr
except ImportError:
    print("needs python3-gdal")
    sys.exit(77)

import scene

ROADS = pathlib.Path(__file__).resolve().parents[3] / "shared" / "data" / "bentiu" / "bentiu_southsudan-osm-20170213.gpkg"
LAYER = "roads_paths_lines"
# Straight in lon/lat is not quite straight in UTM: half a millimetre on the longest edges here.
TOLERANCE_M = 1e-2


def reference(code):
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(code)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


def read_roads():
    source = ogr.Open(str(ROADS))
    to_utm = osr.CoordinateTransformation(reference(4326), reference(32635))
    roads = {}
    for feature in source.GetLayerByName(LAYER):
        line = feature.GetGeometryRef().Clone()
        line.Segmentize(1e-4)
        line.Transform(to_utm)
        roads[feature.GetFID()] = line
    return roads


def write_flood(path, roads):
    """A rough star with a hole in the middle of the network; returns it."""
    rng = random.Random(20170213)
    boxes = [line.GetEnvelope() for line in roads.values()]
    middle = sorted(b[0] for b in boxes)[len(boxes) // 2], sorted(b[2] for b in boxes)[len(boxes) // 2]
    ring = scene.star(rng, *middle, 2500, 3000, 0.5)
    wkb = scene.polygon_wkb([ring, scene.shrunk(ring, *middle, 0.4)])
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = dataset.CreateLayer("flood", reference(32635), ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("class", ogr.OFTInteger))
    feature = ogr.Feature(layer.GetLayerDefn())
    feature["class"] = 3
    feature.SetGeometry(ogr.CreateGeometryFromWkb(wkb))
    layer.CreateFeature(feature)
    return ogr.CreateGeometryFromWkb(wkb)


def main():
    if not ROADS.exists():
        print("needs ../shared")
        return 77
    roads = read_roads()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        flood = write_flood(folder / "flood.gpkg", roads)
        subprocess.run([os.environ["SITEMAP"], "hazard", ROADS, "--road", f"{ROADS}|layername={LAYER}", "--hazard",
                        f"flood={folder / 'flood.gpkg'},column=class,classes=given_4", "-o", folder / "out.gpkg"], check=True,
                       stdout=subprocess.DEVNULL)
        source, worst, faults, in_flood, total, rows = ogr.Open(str(folder / "out.gpkg")), 0.0, [], 0.0, 0.0, 0
        for feature in source.GetLayerByName("exposure_road"):
            line = roads[feature.GetFID()]
            theirs = line.Intersection(flood).Length()
            ours = (feature["flood_fraction"] or 0.0) * line.Length()
            worst = max(worst, abs(ours - theirs))
            rows, in_flood, total = rows + 1, in_flood + theirs, total + line.Length()
            if abs(ours - theirs) > TOLERANCE_M or (theirs > TOLERANCE_M) != (feature["flood_class"] == 3):
                faults.append(f"road {feature.GetFID()}: ours {ours:.6f} m, GEOS {theirs:.6f} m, class {feature['flood_class']}")
    print(f"{rows} roads, {in_flood / 1000:.2f} of {total / 1000:.2f} km in the flood, largest difference {worst:.2g} m")
    for fault in faults[:20]:
        print(fault)
    return 1 if faults or rows != 2243 or in_flood < 1000 else 0


sys.exit(main())
