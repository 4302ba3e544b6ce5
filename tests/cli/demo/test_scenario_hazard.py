"""The flood that was seen in Derna against the invented town, building by building and road by road: GEOS, through GDAL, is asked the
same. Then the sums: people, and kilometres."""
import json
import unittest

import demo

try:
    from osgeo import ogr, osr
except ImportError:
    ogr = None

WET = ("Flooded area", "Flood trace")
UTM_SCALE = 0.0008  # lengths in the zone's plane are off by no more


def to_utm(geometry):
    wgs84, utm = osr.SpatialReference(), osr.SpatialReference()
    wgs84.ImportFromEPSG(4326)
    utm.ImportFromEPSG(32634)
    wgs84.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    geometry.Transform(osr.CoordinateTransformation(wgs84, utm))
    return geometry


def flood():
    union = ogr.Geometry(ogr.wkbMultiPolygon)
    for feature in json.loads(demo.DERNA_FLOOD.read_text(encoding="utf-8"))["features"]:
        if feature["properties"]["notation"] in WET:
            shape = ogr.CreateGeometryFromJson(json.dumps(feature["geometry"]))
            shape.Segmentize(1e-4)
            union = union.Union(to_utm(shape).MakeValid())
    return union


@unittest.skipUnless(ogr, "needs python3-gdal")
class Flood(demo.Demo):
    def test_flood(self):
        demo.sitemap("run", demo.DATA / "scenario.json", "--output-dir", self.folder)
        workspace = self.folder / "derna-scenario.gpkg"
        source, water = ogr.Open(str(workspace)), flood()
        for layer, size in (("exposure_building", lambda g: g.Area()), ("exposure_road", lambda g: g.Length())):
            touched, people, metres = self.compare(source.GetLayerByName(layer), water, size)
            sums = demo.rows(workspace, "SELECT sum(assets) n, sum(people) people, 1000 * sum(length_km) m FROM exposure_summary "
                             "WHERE asset = ? AND hazard = 'flood' AND class_number >= 1 AND area_kind = 'all'", layer[9:])[0]
            self.assertEqual(sums["n"], touched)
            if layer == "exposure_building":
                self.assertEqual(sums["people"], people)
                self.assertTrue(people > 0)
            else:
                self.assertTrue(abs(sums["m"] / metres - 1) < UTM_SCALE, (sums["m"], metres))
        self.check_closures(workspace)

    def compare(self, layer, water, size):
        """Share by share; returns how many are in the water, their people, and the length in it."""
        touched, people, metres = 0, 0, 0.0
        prepared = water.CreatePreparedGeometry()
        for feature in layer:
            shape = to_utm(feature.GetGeometryRef().Clone())
            inside = shape.Intersection(water) if prepared.Intersects(shape) else None
            share = size(inside) / size(shape) if inside else 0.0
            self.assertAlmostEqual(feature["flood_fraction"], share, delta=1e-3, msg=feature.GetFID())
            if (feature["flood_class"] or 0) >= 1:
                touched += 1
                people += feature["people"] if layer.GetName() == "exposure_building" else 0
            else:
                self.assertLess(share, 1e-6, feature.GetFID())
            metres += size(inside) if inside else 0
        self.assertGreater(touched, 100)
        return touched, people, metres

    def check_closures(self, workspace):
        """A road under a metre of water is closed; a dry one is not listed. The water under a bridge says nothing of the bridge."""
        closed = demo.rows(workspace, "SELECT c.passable, e.dam_break_max, e.bridge FROM closure c JOIN exposure_road e USING (road_id)")
        self.assertGreater(len(closed), 100)
        for row in closed:
            self.assertTrue(row["dam_break_max"] > 0, row)
            if row["dam_break_max"] > 1:
                self.assertEqual(row["passable"], "unknown" if row["bridge"] else "none", row)


unittest.main()
