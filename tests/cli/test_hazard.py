"""`sitemap hazard` on squares whose answers anybody can work out: one unit is a metre of UTM zone 34N on its central meridian,
where a length on the ground is a length of the map divided by 0.9996."""
import json
import os
import random
import shutil
import sqlite3
import subprocess
import unittest

import support

X, Y = 500000, 3600000
SCALE = 0.9996
UTM = ("--crs", "EPSG:32634")


def ring(*points):
    return "(" + ",".join(f"{X + x} {Y + y}" for x, y in points) + ")"


def square(x, y, width, height=None):
    height = width if height is None else height
    return "POLYGON (" + ring((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)) + ")"


def rows(path, layer):
    """The rows of a layer by the value of their first column behind fid and geometry."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    got = [dict(row) for row in connection.execute(f'SELECT * FROM "{layer}"')]
    connection.close()
    for row in got:
        row.pop("geom", None)
        row.pop("fid")
    return {next(iter(row.values())): row for row in got}


class Hazard(support.InFolder):
    def setUp(self):
        super().setUp()
        self.assertEqual(support.run("new", "w.gpkg").returncode, 0)

    def table(self, name, header, *lines):
        text = [header + ",WKT"] + [",".join(f'"{cell}"' for cell in line) for line in lines]
        return self.write(name, "\n".join(text) + "\n")

    def hazard(self, *arguments, code=0):
        done = support.run("hazard", "w.gpkg", *arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def exposure(self, *arguments, asset="building", layer=None):
        """What a run with these hazards leaves of the assets of a table."""
        self.hazard("--" + asset, layer or asset + ".csv", *UTM, *arguments)
        return rows("w.gpkg", "exposure_" + asset)

    def buildings(self, *places):
        self.table("building.csv", "building_id,population", *[(f"b{i}", i, place) for i, place in enumerate(places, 1)])

    def all_findings(self):
        connection = sqlite3.connect("w.gpkg")
        got = dict(connection.execute("SELECT code, message FROM finding WHERE run_key = 'hazard'"))
        connection.close()
        return got

    def near(self, got, wanted, places=6):
        self.assertAlmostEqual(got, wanted, delta=10 ** -places * max(1, abs(wanted)))


class Polygons(Hazard):
    def test_shares_classes_and_areas(self):
        self.buildings(square(0, 0, 10), square(20, 0, 10), square(100, 0, 10))
        self.table("flood.csv", "class", ("high", square(0, 0, 5, 10)), ("low", square(5, 0, 20, 10)))
        got = self.exposure("--hazard", "flood=flood.csv,classes=given_3")
        self.assertEqual([got[b]["flood_class"] for b in ("b1", "b2", "b3")], [3, 1, None])
        self.near(got["b1"]["flood_fraction"], 1)
        self.near(got["b2"]["flood_fraction"], 0.5)
        self.near(got["b2"]["flood_unknown"], 0.5)
        self.near(got["b3"]["flood_unknown"], 1)
        self.near(got["b1"]["area_m2"], 100 / SCALE ** 2, 5)
        self.near(got["b2"]["flood_area_m2"], 50 / SCALE ** 2, 5)
        self.assertEqual(got["b2"]["people"], 2)
        self.assertNotIn("flood_max", got["b1"])
        self.assertNotIn("flood_near_m", got["b1"])

    def test_polygons_over_each_other_count_once_by_the_worst(self):
        self.buildings(square(0, 0, 10))
        self.table("flood.csv", "depth", (0.5, square(0, 0, 10)), (2, square(0, 0, 4, 10)), (1, square(2, 0, 4, 10)))
        got = self.exposure("--hazard", "flood=flood.csv,column=depth,unit=m")["b1"]
        self.assertEqual(got["flood_class"], 3)
        self.assertEqual(got["flood_max"], 2)
        self.near(got["flood_mean"], 0.4 * 2 + 0.2 * 1 + 0.4 * 0.5)
        self.near(got["flood_fraction"], 1)

    def test_coverage_says_what_was_looked_at(self):
        self.buildings(square(0, 0, 10), square(20, 0, 10), square(45, 0, 10), square(100, 0, 10))
        self.table("flood.csv", "depth", (1, square(0, 0, 5, 10)))
        self.table("seen.csv", "n", (1, square(-50, -50, 100)))
        got = self.exposure("--hazard", "flood=flood.csv,unit=m,coverage=seen.csv")
        self.assertEqual([got[b]["flood_class"] for b in ("b1", "b2", "b3", "b4")], [2, 0, None, None])
        self.near(got["b1"]["flood_unknown"], 0)
        self.near(got["b1"]["flood_mean"], 0.5)
        self.near(got["b2"]["flood_mean"], 0)
        self.near(got["b3"]["flood_unknown"], 0.5)

    def test_roads_and_points(self):
        line = f"LINESTRING ({X} {Y},{X + 40} {Y},{X + 40} {Y + 60})"
        self.table("road.csv", "road_id,class", ("r1", "primary", line))
        self.table("service.csv", "service_id,service_type", ("s1", "hospital", f"POINT ({X + 5} {Y})"), ("s2", "school", f"POINT ({X + 30} {Y + 1})"))
        self.table("flood.csv", "class", ("high", square(0, -10, 25, 20)), ("low", square(30, 10, 20, 20)))
        got = self.exposure("--hazard", "flood=flood.csv,classes=given_3", "--service", "service.csv", asset="road")["r1"]
        self.near(got["flood_length_m"], 45 / SCALE, 5)
        self.near(got["length_m"], 100 / SCALE, 5)
        self.near(got["flood_fraction"], 0.45)
        self.assertEqual((got["road_class"], got["flood_class"], got["class"]), ("primary", 3, 4))
        self.assertEqual({s: row["flood_class"] for s, row in rows("w.gpkg", "exposure_service").items()}, {"s1": 3, "s2": None})

    def test_columns_are_known_by_the_names_of_the_model(self):
        self.buildings(square(0, 0, 10))
        for name in ("class", "hazard_class", "Level", "severity", "الصنف"):
            with self.subTest(name):
                self.table("zones.csv", "id," + name, ("x", "high", square(0, 0, 10)))
                self.assertEqual(self.exposure("--hazard", "landslide=zones.csv,classes=given_3")["b1"]["landslide_class"], 3)
        for name in ("depth", "depth_m", "value", "الشدة"):
            with self.subTest(name):
                self.table("zones.csv", "id," + name, (7, 2, square(0, 0, 10)))
                self.assertEqual(self.exposure("--hazard", "flood=zones.csv,unit=m")["b1"]["flood_max"], 2)

    def test_extent_without_classes(self):
        self.buildings(square(0, 0, 10), square(50, 0, 10))
        self.table("burnt.csv", "name", ("a", square(0, 0, 10)))
        got = self.exposure("--hazard", "wildfire=burnt.csv,coverage=burnt.csv")
        self.assertEqual([got["b1"]["wildfire_class"], got["b1"]["class"], got["b2"]["wildfire_class"]], [1, 2, None])

    def test_extent_does_not_hide_what_is_worse(self):
        """Seen to be affected counts as 2 of 4 beside others: less than the second of three classes, more than the first."""
        self.buildings(square(0, 0, 10), square(100, 0, 10))
        self.table("fire.csv", "n", (1, square(-10, -10, 200)))
        self.table("landslide.csv", "class", ("medium", square(0, 0, 10)), ("low", square(100, 0, 10)))
        self.hazard("--building", "building.csv", "--hazard", "wildfire=fire.csv", "--hazard", "landslide=landslide.csv,classes=given_3", *UTM)
        got = rows("w.gpkg", "exposure_building")
        self.assertEqual([(got[b]["dominant"], got[b]["class"]) for b in ("b1", "b2")], [("landslide", 3), ("wildfire", 2)])

    def test_distance(self):
        self.buildings(square(0, 0, 10), square(50, 0, 10), square(500, 0, 10))
        self.table("flood.csv", "class", ("high", square(0, 0, 20)))
        got = self.exposure("--hazard", "flood=flood.csv", "--near", "100")
        self.near(got["b1"]["flood_near_m"], 0)
        self.near(got["b2"]["flood_near_m"], 30)
        self.assertIsNone(got["b3"]["flood_near_m"])


UTM_34N = ('PROJCS["WGS 84 / UTM zone 34N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
           'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],'
           'PARAMETER["central_meridian",21],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],'
           'PARAMETER["false_northing",0],UNIT["metre",1]]')


class Grids(Hazard):
    def grid(self, name, *lines, crs=UTM_34N, cell=10):
        """Cells of 10 m, the first line the northern one; -9 has no value."""
        width = len(lines[0].split())
        head = f"ncols {width}\nnrows {len(lines)}\nxllcorner {X}\nyllcorner {Y}\ncellsize {cell}\nNODATA_value -9\n"
        if crs:
            self.write(name + ".prj", crs)
        return self.write(name + ".asc", head + "\n".join(lines) + "\n")


class Rasters(Grids):
    def test_polygons_by_fractions_of_cells(self):
        self.grid("depth", "0 0 0 -9", "1 2 0 -9")
        self.buildings(square(5, 0, 10, 10), square(15, 0, 20, 10), square(30, 0, 10, 10), square(200, 0, 10), square(0, 0, 2, 2),
                       square(14, 0, 20, 10))
        got = self.exposure("--hazard", "flood=depth.asc,unit=m")
        self.assertEqual([got[b]["flood_class"] for b in ("b1", "b2", "b3", "b4", "b5")], [3, 3, None, None, 2])
        self.near(got["b1"]["flood_mean"], 1.5)
        self.near(got["b2"]["flood_mean"], 2 * 5 / 15)
        self.near(got["b2"]["flood_fraction"], 0.25)
        self.near(got["b2"]["flood_unknown"], 0.25)
        self.near(got["b2"]["flood_area_m2"], 50 / SCALE ** 2, 5)
        self.assertEqual((got["b2"]["flood_max"], got["b3"]["flood_unknown"], got["b4"]["flood_unknown"]), (2, 1, 1))
        got = self.exposure("--hazard", "flood=depth.asc,unit=m", "--cells", "centre")
        self.near(got["b6"]["flood_mean"], 1)
        self.near(got["b6"]["flood_fraction"], 0.5)

    def test_lines_and_points(self):
        self.grid("depth", "1 3", "0 2")
        self.table("road.csv", "road_id", ("r1", f"LINESTRING ({X + 5} {Y + 5},{X + 15} {Y + 5})"))
        self.table("service.csv", "service_id", ("s1", f"POINT ({X + 12} {Y + 10.5})"))
        got = self.exposure("--hazard", "flood=depth.asc,unit=m", "--service", "service.csv", asset="road")["r1"]
        self.near(got["flood_length_m"], 5 / SCALE, 5)
        self.near(got["flood_mean"], 1)
        self.assertEqual(rows("w.gpkg", "exposure_service")["s1"]["flood_max"], 3)
        self.hazard("--hazard", "flood=depth.asc,unit=m", "--service", "service.csv", "--points", "bilinear", *UTM)
        value = (1 * 0.3 + 3 * 0.7) * 0.55 + (0 * 0.3 + 2 * 0.7) * 0.45
        self.near(rows("w.gpkg", "exposure_service")["s1"]["flood_max"], value)

    def test_given_classes_and_own_bounds(self):
        self.grid("class", "1 3", "0 -9")
        self.buildings(square(0, 10, 20, 10))
        got = self.exposure("--hazard", "landslide=class.asc,classes=given_3", "--hazard", "storm=class.asc,unit=m/s,classes=2 2.5")["b1"]
        self.assertEqual((got["landslide_class"], got["storm_class"], got["class"]), (3, 2, 4))
        self.near(got["storm_fraction"], 0.5)
        self.assertNotIn("landslide_max", got)
        self.near(got["storm_mean"], 2)

    def test_cells_that_are_no_class_are_not_known(self):
        self.grid("class", "1 255", "2.5 0")
        self.buildings(square(0, 10, 20, 10), square(0, 0, 10), square(10, 0, 10))
        done = self.hazard("--hazard", "landslide=class.asc,classes=given_3", "--building", "building.csv", *UTM)
        self.assertIn("no class of the scale given_3", done.stdout)
        got = rows("w.gpkg", "exposure_building")
        self.assertEqual([got[b]["landslide_class"] for b in ("b1", "b2", "b3")], [1, None, 0])
        self.near(got["b1"]["landslide_unknown"], 0.5)

    def test_rasters_without_values_or_elsewhere_are_told(self):
        self.grid("depth", "-9 -9", "-9 -9")
        self.grid("far", "1 1", crs='GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
                                    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]')
        self.buildings(square(0, 0, 10))
        done = self.hazard("--hazard", "flood=depth.asc,unit=m", "--hazard", "storm=far.asc,unit=m/s,classes=10 20", "--building",
                           "building.csv", *UTM)
        self.assertIn("no cell with a value at any of them", done.stdout)
        self.assertRegex(done.stdout, r"hazard storm lies off all assets: it covers 500000\.0000 to")

    def test_hazard_to_people(self):
        self.grid("depth", "1 0.4", "0 2")
        self.grid("velocity", "1 1", "5 0")
        self.buildings(square(0, 10, 10), square(10, 10, 10), square(0, 0, 10))
        got = self.exposure("--hazard", "flood=depth.asc,unit=m,velocity=velocity.asc")
        # HR = d (v + 0.5) + DF: 1 (1 + 0.5) + 1, and 0.4 (1 + 0.5) + 1, with DF of Defra for urban areas; dry is 0
        self.near(got["b1"]["flood_max"], 2.5)
        self.assertGreaterEqual(got["b2"]["flood_max"], 0.6)
        self.assertEqual((got["b3"]["flood_max"], got["b3"]["flood_class"]), (0, 0))
        self.grid("other", "1 1 1")
        done = self.hazard("--hazard", "flood=depth.asc,unit=m,velocity=other.asc", "--building", "building.csv", *UTM, code=2)
        self.assertIn("its cells are not those of depth.asc", done.stderr)

    def test_depths_behind_a_rating(self):
        """velocity= makes it a rating; damage and closed roads go by the depth, as without it."""
        self.grid("depth", "1 0.4", "0 2")
        self.grid("velocity", "1 1", "5 0")
        self.buildings(square(0, 10, 10), square(10, 10, 10), square(0, 0, 10))
        self.table("road.csv", "road_id", *[(f"r{i}", f"LINESTRING ({X + x} {Y + y},{X + x + 5} {Y + y})") for i, (x, y) in enumerate(((2, 15), (12, 15), (2, 5)))])
        told = ["--road", "road.csv", "--passability", "flood", "--curve", "jrc_africa_residential", "--hazard"]
        wanted = self.exposure(*told, "flood=depth.asc,unit=m")
        roads = rows("w.gpkg", "exposure_road")
        got = self.exposure(*told, "flood=depth.asc,unit=m,velocity=velocity.asc")
        self.assertEqual([got[b]["flood_damage"] for b in got], [wanted[b]["flood_damage"] for b in got])
        self.near(got["b1"]["flood_max"], 2.5)
        self.assertEqual([row["flood_passable"] for row in rows("w.gpkg", "exposure_road").values()], [row["flood_passable"] for row in roads.values()])
        self.assertEqual(len(rows("w.gpkg", "closure")), 2)

    def test_functions_and_samples_are_summed_up(self):
        self.grid("depth", "1 0.01", "0 2")
        self.grid("arrival", "20 120", "5 5")
        self.buildings(square(0, 10, 10), square(10, 10, 10), square(0, 0, 10))
        self.table("road.csv", "road_id", *[(f"r{i}", f"LINESTRING ({X + x} {Y + y},{X + x + 5} {Y + y})") for i, (x, y) in enumerate(((2, 15), (12, 15), (12, 5)))])
        self.table("areas.csv", "id", ("A", square(0, 0, 10, 20)))
        told = ("--building", "building.csv", "--road", "road.csv", "--passability", "flood", "--curve", "jrc_africa_residential:flood", "--samples", "200", "--warning-delay", "0",
                "--by", "areas.csv", "--hazard", "flood=depth.asc,unit=m,arrival_time=arrival.asc", "--hazard", "storm=depth.asc,unit=m,classes=1 3,error=10%", *UTM)
        got = json.loads(self.hazard(*told, "--json").stdout)
        table = {t["name"]: t["rows"] for t in got["tables"]}
        roads = {row["passable"]: row for row in table["hazard_passability"]}
        self.assertEqual({word: row["roads"] for word, row in roads.items()}, {"Unknown": 0, "Not passable": 2, "On foot only": 0, "Passable": 1})
        self.near(roads["Not passable"]["length_km"], 0.01 / SCALE, 5)
        each = rows("w.gpkg", "exposure_building").values()
        damage = [row for row in table["hazard_damage"] if row["asset"] == "building"]
        self.assertEqual((damage[0]["assets"], damage[0]["unknown"]), (3, 0))
        self.near(damage[0]["mean_share"], sum(row["flood_damage"] for row in each) / 3)
        self.near(damage[0]["lost_m2"], sum(row["flood_damage"] * row["area_m2"] for row in each))
        self.assertEqual([(row["warning"], row["assets"], row["people"]) for row in table["hazard_warning"]],
                         [("No warning", 1, 3), ("Some warning", 1, 1), ("Adequate warning", 1, 2)])
        chance, = (row["mean_chance"] for row in table["hazard_chance"] if (row["asset"], row["hazard"]) == ("building", "flood"))
        self.near(chance, sum(row["flood_p"] for row in each) / 3)
        notes = " ".join(got["notes"])
        for words in ("flood with a standard deviation of 0.25 m and 10 %", "storm with a standard deviation of 0 m and 10 % of the intensity (error= of the hazard)",
                      "rows of building is another in more than 10 % of 200 samples", "1 of 3 rows of building (2 people) lie in none of the areas"):
            self.assertIn(words, notes)

    def test_a_raster_that_a_row_names_and_that_is_gone(self):
        self.buildings(square(0, 0, 10))
        self.write("hr.csv", "raster_id,hazard,path,unit\nR7,flood,far/gone.tif,m\n")
        self.assertEqual(support.run("import", "hr.csv", "-w", "w.gpkg", "--to", "hazard_raster").returncode, 0)
        said = self.hazard("--building", "building.csv", *UTM, code=1).stderr
        for words in ("R7", "hazard_raster", "far/gone.tif", "relative to the folder of the workspace"):
            self.assertIn(words, said)

    def test_distance(self):
        self.grid("depth", "0 0 0 0 1")
        self.buildings(square(0, 0, 10), square(30, 0, 5), square(35, 0, 10))
        got = self.exposure("--hazard", "flood=depth.asc,unit=m", "--near", "20")
        self.assertIsNone(got["b1"]["flood_near_m"])
        self.near(got["b2"]["flood_near_m"], 5)
        self.near(got["b3"]["flood_near_m"], 0)

    def test_no_value_where_was_looked_is_no_hazard(self):
        self.grid("depth", "2 -9 -9 -9")
        self.table("seen.csv", "n", (1, square(0, 0, 25, 10)))
        self.buildings(square(0, 0, 20, 10), square(10, 0, 10, 10), square(20, 0, 10, 10), square(30, 0, 10, 10))
        got = self.exposure("--hazard", "flood=depth.asc,unit=m,coverage=seen.csv")
        self.assertEqual([got[b]["flood_class"] for b in ("b1", "b2", "b3", "b4")], [3, 0, None, None])
        self.assertEqual([got[b]["flood_mean"] for b in ("b1", "b2", "b3", "b4")], [1, 0, 0, None])
        self.near(got["b1"]["flood_unknown"], 0)
        self.near(got["b3"]["flood_unknown"], 0.5)

    def test_cells_below_0_are_told(self):
        self.grid("depth", "-1 1")
        self.buildings(square(0, 0, 20, 10))
        done = self.hazard("--hazard", "flood=depth.asc,unit=m", "--building", "building.csv", *UTM)
        self.assertIn("has cells below 0", done.stdout)
        self.near(rows("w.gpkg", "exposure_building")["b1"]["flood_unknown"], 0.5)

    def test_what_cannot_be_read_is_told(self):
        self.buildings(square(0, 0, 10))
        self.grid("depth", "1 1")
        self.grid("nowhere", "1 1", crs=None)
        for told, code, words in (("flood=depth.asc", 2, "unit=m"), ("flood=depth.asc,unit=cm", 2, "flood_depth (m)"),
                                  ("flood=depth.asc,unit=m,column=c", 2, "has no columns"), ("flood=depth.asc,unit=m,band=2", 1, "no band 2"),
                                  ("flood=nowhere.asc,unit=m", 1, "assign the right one"), ("flood=depth.asc,classes=flood_depth,unit=g", 2, "not converted"),
                                  ("flood=depth.asc,unit=m,coverage=x.csv", 1, "no such file"), ("flood=gone.tif,unit=m", 1, "no such file")):
            with self.subTest(told=told):
                done = self.hazard("--hazard", told, "--building", "building.csv", *UTM, code=code)
                self.assertIn(words, done.stderr)


class Together(Hazard):
    def test_dominant_count_and_indices(self):
        self.buildings(square(0, 0, 10), square(50, 0, 10))
        self.table("flood.csv", "class", ("medium", square(0, 0, 10)), ("none", square(50, 0, 10)))
        self.table("slide.csv", "level", ("3", square(0, 0, 10)))
        got = self.exposure("--hazard", "flood=flood.csv,classes=given_3", "--hazard", "landslide=slide.csv,classes=given_4,weight=0.5")
        one, two = got["b1"], got["b2"]
        self.assertEqual((one["dominant"], one["class"], one["hazards"], one["hazards_unknown"]), ("landslide", 3, 2, 0))
        self.near(one["noisy_or"], 1 - (1 - 2 / 3) * (1 - 0.5 * 3 / 4))
        self.near(one["weighted"], (2 / 3 + 0.5 * 3 / 4) / 1.5)
        self.assertEqual((two["dominant"], two["class"], two["hazards"], two["hazards_unknown"]), (None, None, 0, 1))
        got = self.exposure("--hazard", "flood=flood.csv,classes=given_3", "--hazard", "landslide=slide.csv,classes=given_4", "--at-least", "3")
        self.assertEqual(got["b1"]["hazards"], 1)

    def test_names_of_columns(self):
        self.buildings(square(0, 0, 10))
        self.table("flood.csv", "class,pga", ("high", 0.3, square(0, 0, 10)))
        got = self.exposure("--hazard", "Flood 100-yr=flood.csv", "--hazard", "سيول=flood.csv", "--hazard", "quake=flood.csv,column=pga,unit=g")
        self.assertIn("flood_100_yr_class", got["b1"])
        self.assertIn("flash_flood_class", got["b1"])
        self.assertEqual(got["b1"]["quake_class"], 3)

    def test_aliases_for_qgis(self):
        self.buildings(square(0, 0, 10))
        self.table("flood.csv", "depth", (1, square(0, 0, 10)))
        self.exposure("--hazard", "flood=flood.csv,unit=m")
        connection = sqlite3.connect("w.gpkg")
        titles = dict(connection.execute("SELECT column_name, title FROM gpkg_data_columns WHERE table_name = 'exposure_building'"))
        connection.close()
        self.assertEqual(titles["flood_max"], "Flood: highest (m) / فيضان: الأعلى (m)")


class Functions(Grids):
    def test_damage_by_a_curve(self):
        self.grid("depth", "1 0.5", "9 -9")
        self.buildings(square(0, 10, 20, 10), square(0, 0, 10), square(10, 0, 10))
        self.hazard("--building", "building.csv", "--hazard", "flood=depth.asc,unit=m", "--curve", "jrc_africa_residential", *UTM)
        got = rows("w.gpkg", "exposure_building")
        self.near(got["b1"]["flood_damage"], (0.22 + 0.378) / 2)  # at 0.75 m, half way between the points at 0.5 and 1 m
        self.assertEqual((got["b2"]["flood_damage"], got["b3"]["flood_damage"]), (1, None))
        self.assertIn("above the last point", self.all_findings()["above_curve"])
        done = self.hazard("--building", "building.csv", "--hazard", "flood=depth.asc,unit=m", "--hazard", "tsunami=depth.asc,unit=m", "--curve",
                           "jrc_africa_residential", *UTM, code=2)
        self.assertIn("more than one hazard is in m", done.stderr)

    def test_closures(self):
        self.grid("depth", "0 0.1 0.35 2 -9")
        self.table("road.csv", "road_id,bridge", *[(f"r{i}", bridge, f"LINESTRING ({X + a} {Y + 5},{X + b} {Y + 5})") for i, a, b, bridge in
                   ((1, 0, 9, ""), (2, 11, 19, ""), (3, 11, 29, ""), (4, 31, 39, ""), (5, 32, 38, "1"), (6, 41, 49, ""), (7, 35, 45, ""))])
        self.write("closure.csv", f"closure_id,kind,passable,source,WKT\nc1,checkpoint,none,Field team,POINT ({X} {Y})\n")
        self.assertEqual(support.run("import", "closure.csv", "-w", "w.gpkg", "--to", "closure", *UTM).returncode, 0)
        for _ in range(2):
            got = self.exposure("--hazard", "flood=depth.asc,unit=m", "--passability", "flood", asset="road")
        self.assertEqual({r: got[r]["flood_passable"] for r in got}, {"r1": "all", "r2": "all", "r3": "foot", "r4": "none", "r5": "unknown",
                                                                     "r6": "unknown", "r7": "none"})
        closed = {row["road_id"] or key: row["passable"] for key, row in rows("w.gpkg", "closure").items()}
        self.assertEqual(closed, {"c1": "none", "r3": "foot", "r4": "none", "r5": "unknown", "r7": "none"})

    def test_evacuation_sites(self):
        """Out from class 2 of 4, within 500 m of a hazard and beyond 100 m of a road that is dry the worse, by tables of data/standards."""
        self.grid("depth", "2" + " 0" * 199)
        self.grid("terrain", *[" ".join(str(c * 0.5) for c in range(200))] * 3)
        self.table("site.csv", "site_id,capacity", ("wet", 100, f"POINT ({X + 5} {Y + 5})"), ("near", 100, f"POINT ({X + 260} {Y + 5})"),
                   ("far", 500, f"POINT ({X + 1260} {Y + 5})"), ("off", 100, f"POINT ({X + 3000} {Y + 5})"))
        self.table("building.csv", "building_id,use", ("b1", "school", square(1500, 0, 50, 10)), ("b2", "residential", square(1500, 20, 10)))
        self.table("road.csv", "road_id", ("r1", f"LINESTRING ({X} {Y + 50},{X + 9} {Y + 5})"), ("r2", f"LINESTRING ({X + 500} {Y + 9},{X + 1900} {Y + 9})"))
        done = self.hazard("--hazard", "flood=depth.asc,unit=m", "--site", "site.csv", "--building", "building.csv", "--road", "road.csv", *UTM,
                           "--passability", "flood", "--evacuation", "--dem", "terrain.asc")
        got = {row["asset_id"]: row for row in self.evacuation()}
        self.assertEqual({key: row["suitability"] for key, row in got.items()}, {"wet": "excluded", "near": "suitable", "far": "suitable",
                                                                                "off": "unknown", "b1": "suitable"})
        self.assertEqual((got["wet"]["hazard_class"], got["wet"]["score_hazard_class"]), (4, 0))
        self.near(got["near"]["hazard_distance_m"], 250)
        self.near(got["near"]["score_hazard_distance"], 0.5)
        self.near(got["near"]["road_distance_m"], ((500 - 260) ** 2 + 4 ** 2) ** 0.5)
        self.near(got["far"]["road_distance_m"], 4)
        self.near(got["far"]["score_capacity"], 1)
        self.assertEqual((got["b1"]["capacity_basis"], got["b1"]["capacity"]), ("footprint", 71))  # 500 m2 / 0.9996^2 / 7
        self.assertIn("of 5 sites and candidate buildings 3 are suitable, 1 are excluded", done.stdout)

    def evacuation(self):
        connection = sqlite3.connect("w.gpkg")
        connection.row_factory = sqlite3.Row
        got = [dict(row) for row in connection.execute("SELECT * FROM evacuation_site")]
        connection.close()
        return got

    def test_warning_time(self):
        self.grid("depth", "1 1 1")
        self.grid("arrival", "40 120 -9")
        self.buildings(square(0, 0, 20, 10), square(12, 0, 5), square(21, 0, 5))
        got = self.exposure("--hazard", "flood=depth.asc,unit=m,arrival_time=arrival.asc", "--warning-delay", "30")
        self.assertEqual([(got[b]["flood_arrival_min"], got[b]["flood_warning"]) for b in ("b1", "b2", "b3")],
                         [(40, "none"), (120, "adequate"), (None, "unknown")])

    def test_another_folder_gives_the_same_bytes(self):
        self.grid("depth", "-1 1")
        self.buildings(square(0, 0, 20, 10))
        self.table("areas.csv", "pcode", ("LY01", square(-10, -10, 50)))
        self.table("flood.csv", "class", ("high", square(0, 0, 10)))
        self.write("plan.json", {"workspace": "made.gpkg", "date": "2023-09-21", "steps": [
            {"command": "new"},
            {"command": "hazard", "options": {"building": "building.csv", "crs": "EPSG:32634", "hazard": {
                "flood": "depth.asc,unit=m,arrival_time=depth.asc,error=10%,weight=0.5",
                "landslide": "flood.csv,classes=given_3,coverage=areas.csv"}}}]})
        made = []
        for folder in (os.path.abspath("one"), os.path.abspath("another")):
            os.mkdir(folder)
            for name in ("depth.asc", "depth.prj", "building.csv", "areas.csv", "flood.csv", "plan.json"):
                shutil.copy(name, folder)
            done = support.run("run", os.path.join(folder, "plan.json"), "--output-dir", folder)
            self.assertEqual(done.returncode, 0, done.stderr)
            with open(os.path.join(folder, "made.gpkg"), "rb") as file:
                made.append(file.read())
        self.assertEqual(made[0], made[1])
        self.assertNotIn(os.getcwd().encode(), made[0])

    def test_the_record_says_what_was_told_relative_to_the_workspace(self):
        self.buildings(square(0, 0, 10))
        self.table("areas.csv", "pcode", ("LY01", square(-10, -10, 50)))
        self.table("flood.csv", "depth", (1, square(0, 0, 10)))
        self.hazard("--building", "building.csv", "--hazard", "flood=" + os.path.abspath("flood.csv") + ",column=depth,unit=m,error=10%,weight=0.5,classes=0.5 2",
                    "--by", os.path.abspath("areas.csv") + ",key=pcode", *UTM)
        connection = sqlite3.connect("w.gpkg")
        told = json.loads(connection.execute("SELECT options FROM provenance WHERE command = 'hazard'").fetchone()[0])
        connection.close()
        self.assertEqual(told["hazard"], {"flood": "flood.csv,column=depth,unit=m,classes=0.5 2,weight=0.5,error=10%"})
        self.assertEqual(told["by"], "areas.csv,key=pcode")

    def test_times_below_0_are_not_known_and_told(self):
        self.grid("depth", "1 2")
        self.grid("arrival", "40 -1")
        self.buildings(square(0, 0, 10), square(10, 0, 10), square(5, 0, 10))
        got = self.exposure("--hazard", "flood=depth.asc,unit=m,arrival_time=arrival.asc", "--warning-delay", "30")
        self.assertEqual([(got[b]["flood_arrival_min"], got[b]["flood_warning"]) for b in ("b1", "b2", "b3")],
                         [(40, "none"), (None, "unknown"), (40, "none")])
        self.assertIn("arrival.asc has times below 0", self.all_findings()["negative_arrival"])

    def test_people_below_0_are_not_known_and_told(self):
        self.table("building.csv", "building_id,population", ("b1", 3, square(0, 0, 10)), ("b2", -5, square(0, 0, 10)))
        self.table("flood.csv", "class", ("high", square(0, 0, 10)))
        got = self.exposure("--hazard", "flood=flood.csv,classes=given_3")
        self.assertEqual([got[b]["people"] for b in ("b1", "b2")], [3, None])
        self.assertIn("1 rows of building have a number of people below 0", self.all_findings()["negative_people"])
        connection = sqlite3.connect("w.gpkg")
        self.assertEqual(connection.execute("SELECT people, assets_people_unknown FROM exposure_summary WHERE class = 'high'").fetchone(), (3, 1))
        connection.close()

    def test_a_coverage_that_covers_nothing_is_told(self):
        self.buildings(square(20, 0, 10))
        self.table("flood.csv", "class", ("high", square(0, 0, 10)))
        self.table("seen.csv", "kind,status", ("area_of_interest", "not_produced", square(-50, -50, 100)))
        got = self.exposure("--hazard", "flood=flood.csv,classes=given_3,coverage=seen.csv")
        self.assertIsNone(got["b1"]["flood_class"])
        self.assertIn("nothing in seen.csv says that it was looked at", self.all_findings()["coverage_without_areas"])

    def test_a_population_grid(self):
        """People by the share of their cell, by area too; every total is that of the grid."""
        self.grid("people", "10 20 0", "40 -9 5")
        self.table("flood.csv", "class", ("high", square(0, 0, 5, 20)), ("low", square(5, 0, 10, 20)))
        self.table("areas.csv", "pcode", ("A", square(0, 0, 10, 20)), ("B", square(10, 0, 10, 20)))
        self.convert("areas")
        got = json.loads(self.hazard("--hazard", "flood=flood.csv,classes=given_3", "--population", "people.asc", "--by", "areas.gpkg", "--json",
                                     *UTM).stdout)
        table = {(row["area_id"] or row["area_kind"], row["class"]): row for row in {t["name"]: t["rows"] for t in got["tables"]}["exposure_summary"]}
        self.near(table["all", "high"]["people"], 0.5 * 10 + 0.5 * 40)
        self.near(table["A", "high"]["people"], 25)
        self.near(table["A", "low"]["people"], 25)
        self.near(table["B", "low"]["people"], 10)
        self.near(table["B", "unknown"]["people"], 10)
        self.near(table["A", "high"]["all_people"], 50)
        self.near(sum(row["people"] for (area, _), row in table.items() if row["area_kind"] == "all"), 75)

    def convert(self, name):
        if not shutil.which("ogr2ogr"):
            self.skipTest("needs ogr2ogr")
        subprocess.run(["ogr2ogr", "-f", "GPKG", name + ".gpkg", name + ".csv", "-a_srs", "EPSG:32634", "-oo", "KEEP_GEOM_COLUMNS=NO"], check=True,
                       capture_output=True)

    def test_samples(self):
        self.grid("depth", "1.5 0.9 -9")
        self.buildings(square(0, 0, 10), square(10, 0, 10), square(20, 0, 10))
        told = ["--hazard", "flood=depth.asc,unit=m,error=0.0001", "--samples", "2000", "--seed"]
        got = self.exposure(*told, "1", "--at-least", "3")
        # the class bound of 1.5 m and the depth of 1.5 m err alike: half of the samples are above
        self.assertAlmostEqual(got["b1"]["flood_p"], 0.5, delta=0.05)
        self.assertEqual((got["b3"]["flood_p"], got["b3"]["flood_chances"]), (None, None))
        self.assertRegex(got["b1"]["flood_chances"], r"^medium 0\.\d+, high 0\.\d+$")
        self.assertEqual(self.exposure(*told, "1", "--at-least", "3", "--threads", "1"), got)
        self.assertNotEqual(self.exposure(*told, "2", "--at-least", "3"), got)


class Workspace(Hazard):
    def fill(self):
        self.table("site.csv", "site_id,name", ("S1", "One", square(0, 0, 10)), ("S2", "Two", square(50, 0, 10)))
        self.write("round.csv", "site_id,round,date,individuals\nS1,1,2023-09-01,10\nS1,2,2023-10-01,20\nS2,1,2023-09-01,\n")
        self.table("hazard.csv", "hazard_id,hazard,class,activation", ("h1", "flood", "flooded_area", "E1", square(0, 0, 5, 10)),
                   ("h2", "landslide", "high", "E2", square(45, 0, 10)))
        self.table("coverage.csv", "coverage_id,kind,activation", ("c1", "area_of_interest", "E1", square(-10, -10, 100)),
                   ("c2", "not_analysed", "E1", square(50, -10, 50)))
        for name, layer in (("site", "site"), ("round", "site_round"), ("hazard", "hazard"), ("coverage", "coverage")):
            self.assertEqual(support.run("import", name + ".csv", "-w", "w.gpkg", "--to", layer, *UTM).returncode, 0)

    def test_hazards_by_kind_with_the_coverage_of_their_activation(self):
        self.fill()
        self.hazard()
        got = rows("w.gpkg", "exposure_site")
        self.assertEqual((got["S1"]["flood_class"], got["S2"]["flood_class"]), (1, None))
        self.assertEqual((got["S1"]["landslide_class"], got["S2"]["landslide_class"]), (None, 4))
        self.near(got["S1"]["flood_fraction"], 0.5, 4)
        self.near(got["S1"]["flood_unknown"], 0, 4)
        self.near(got["S2"]["flood_unknown"], 1, 4)
        self.assertEqual((got["S1"]["people"], got["S2"]["people"]), (20, None))

    def test_a_rerun_replaces_its_own_and_nothing_else(self):
        self.fill()
        self.hazard()
        first = self.dump()
        self.hazard()
        self.assertEqual({t: r for t, r in self.dump().items() if t != "provenance"}, {t: r for t, r in first.items() if t != "provenance"})
        self.table("other.csv", "class", ("low", square(0, 0, 10)))
        self.hazard("--hazard", "storm=other.csv,classes=given_3", *UTM)
        last = self.dump()
        self.assertNotIn("flood_class", rows("w.gpkg", "exposure_site")["S1"])
        for layer in ("site", "site_round", "hazard", "coverage"):
            self.assertEqual(last[layer], first[layer])

    def dump(self):
        connection = sqlite3.connect("w.gpkg")
        names = [name for name, in connection.execute("SELECT table_name FROM gpkg_contents WHERE table_name <> 'layer_styles' ORDER BY 1")]
        got = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
        connection.close()
        return got

    def test_into_a_file_of_its_own(self):
        self.fill()
        before = self.dump()
        self.hazard("-o", "out.gpkg")
        self.assertEqual(self.dump(), before)
        self.assertEqual(rows("out.gpkg", "exposure_site")["S1"]["flood_class"], 1)
        self.assertIn("WGS 84 / UTM zone 34N", list(rows("out.gpkg", "provenance").values())[0]["options"])

    def test_households_are_where_their_building_is(self):
        self.buildings(square(0, 0, 10), square(50, 0, 10))
        self.write("hh.csv", "household_id,building_id,size\nH1,b1,5\nH2,b2,3\nH3,,2\n")
        self.assertEqual(support.run("import", "building.csv", "-w", "w.gpkg", "--to", "building", *UTM).returncode, 0)
        self.assertEqual(support.run("import", "hh.csv", "-w", "w.gpkg", "--to", "household").returncode, 0)
        self.table("flood.csv", "class", ("high", square(0, 0, 5, 10)))
        done = self.hazard("--hazard", "flood=flood.csv,classes=given_3", *UTM)
        got = rows("w.gpkg", "exposure_household")
        self.assertEqual([got[h]["flood_class"] for h in ("H1", "H2", "H3")], [3, None, None])
        self.assertIn("1 of 3 rows of household have no position", done.stdout)


class Same(Hazard):
    """What must not change the answer."""

    def setUp(self):
        super().setUp()
        self.buildings(*[square(7 * i % 100 + 0.3, 11 * i % 90 + 0.3, 6, 5) for i in range(60)])
        self.table("flood.csv", "depth", (0.5, square(0, 0, 40, 80)), (1.2, square(20, 20, 50, 30)), (3, square(60, 10, 10, 70)))
        self.told = ["--hazard", "flood=flood.csv,unit=m"]

    def close(self, got, wanted, delta):
        self.assertEqual(set(got), set(wanted))
        for key, row in wanted.items():
            for name, value in row.items():
                if isinstance(value, float):
                    self.assertAlmostEqual(got[key][name], value, delta=delta * max(1, abs(value)), msg=name)
                else:
                    self.assertEqual(got[key][name], value, name)

    def test_threads(self):
        one = self.exposure(*self.told, "--threads", "1")
        self.assertEqual(self.exposure(*self.told, "--threads", "3"), one)

    def test_order(self):
        wanted = self.exposure(*self.told)
        lines = (self.folder / "building.csv").read_text(encoding="utf-8").splitlines()
        self.write("building.csv", "\n".join(lines[:1] + lines[:0:-1]) + "\n")
        lines = (self.folder / "flood.csv").read_text(encoding="utf-8").splitlines()
        self.write("flood.csv", "\n".join(lines[:1] + lines[:0:-1]) + "\n")
        self.assertEqual(self.exposure(*self.told), wanted)

    @unittest.skipUnless(shutil.which("ogr2ogr"), "needs ogr2ogr")
    def test_crs_and_format(self):
        wanted = self.exposure(*self.told)
        for name in ("building", "flood"):
            subprocess.run(["ogr2ogr", "-f", "GeoJSON", name + ".geojson", name + ".csv", "-s_srs", "EPSG:32634", "-t_srs", "EPSG:4326", "-lco",
                            "COORDINATE_PRECISION=12", "-oo", "AUTODETECT_TYPE=YES", "-oo", "KEEP_GEOM_COLUMNS=NO"], check=True, capture_output=True)
        self.hazard("--building", "building.geojson", "--hazard", "flood=flood.geojson,column=depth,unit=m")
        self.close(rows("w.gpkg", "exposure_building"), wanted, 1e-3)


class Findings(Hazard):
    def test_invalid_polygons_are_repaired_and_told(self):
        self.buildings(square(0, 0, 10))
        bowtie = "POLYGON (" + ring((0, 0), (10, 10), (10, 0), (0, 10), (0, 0)) + ")"
        self.table("flood.csv", "class", ("high", bowtie))
        got = self.exposure("--hazard", "flood=flood.csv,classes=given_3")["b1"]
        self.near(got["flood_fraction"], 0.5)
        self.assertIn("50.00 m2 after", self.all_findings()["polygon_repaired"])

    def test_where_a_polygon_cannot_be_repaired_nothing_is_safe(self):
        self.buildings(square(0, 0, 10), square(2000, 0, 10))
        draw = random.Random(1)
        scribble = "POLYGON (" + ring(*[(draw.uniform(-500, 500), draw.uniform(-500, 500)) for _ in range(1000)], (0, 0)) + ")"
        scribble = scribble.replace("((", "((" + f"{X} {Y},", 1)
        self.table("flood.csv", "class", ("high", scribble), ("low", square(1000, 0, 10)))
        self.table("seen.csv", "n", (1, square(-5000, -5000, 10000)))
        got = self.exposure("--hazard", "flood=flood.csv,classes=given_3,coverage=seen.csv")
        self.assertEqual([(got[b]["flood_class"], got[b]["flood_unknown"]) for b in ("b1", "b2")], [(None, 1), (0, 0)])
        self.assertIn("cannot be repaired", self.all_findings()["polygon_not_repaired"])
        self.assertIn("1 polygons could not be used", self.all_findings()["polygons_lost"])

    def test_a_repaired_asset_has_the_area_that_it_has_now(self):
        self.table("building.csv", "building_id", ("b1", "POLYGON (" + ring((0, 0), (10, 10), (10, 0), (0, 10), (0, 0)) + ")"))
        self.table("flood.csv", "class", ("high", square(0, 0, 5, 10)))
        got = self.exposure("--hazard", "flood=flood.csv,classes=given_3")["b1"]
        self.near(got["area_m2"], 50 / SCALE ** 2, 4)
        self.near(got["flood_area_m2"], 25 / SCALE ** 2, 4)

    def test_rejected_rows_count(self):
        self.buildings(square(0, 0, 10), "POLYGON ((1e300 0,1 1,2 2,1e300 0))")
        self.table("flood.csv", "class", ("high", square(0, 0, 10)), ("high", "POLYGON ((nan 0"))
        told = ("--building", "building.csv", "--hazard", "flood=flood.csv,classes=given_3", *UTM)
        done = self.hazard(*told, code=3)
        self.assertIn("2 rows were rejected", done.stderr)
        self.assertEqual(list(rows("w.gpkg", "exposure_building")), ["b1"])
        before = (self.folder / "w.gpkg").read_bytes()
        done = self.hazard(*told, "--strict", code=1)
        self.assertIn("nothing was written", done.stderr)
        self.assertEqual((self.folder / "w.gpkg").read_bytes(), before)

    def test_names_and_bounds_that_cannot_be(self):
        self.table("road.csv", "road_id,class", ("r1", "primary", f"LINESTRING ({X} {Y},{X + 40} {Y})"))
        self.table("flood.csv", "depth", (1, square(0, -10, 20)))
        done = self.hazard("--road", "road.csv", "--hazard", "road=flood.csv,unit=m,classes=1 2", *UTM, code=2)
        self.assertIn("the column road_class, which the layer exposure_road has already", done.stderr)
        done = self.hazard("--road", "road.csv", "--hazard", "flood=flood.csv,unit=m,classes=-1 0 1", *UTM, code=2)
        self.assertIn("ascending numbers from 0 on", done.stderr)

    def test_words_that_are_no_class(self):
        self.buildings(square(0, 0, 10))
        self.table("flood.csv", "class", ("high", square(50, 0, 1)), ("biblical", square(0, 0, 10)), ("biblical", square(30, 0, 10)), ("", square(80, 0, 1)))
        got = self.exposure("--hazard", "flood=flood.csv,classes=given_3,coverage=flood.csv")["b1"]
        self.assertEqual((got["flood_class"], got["flood_unknown"]), (None, 1))
        found = self.all_findings()
        self.assertIn('"biblical" (2 polygons)', found["unknown_class"])
        self.assertIn("low, medium, high", found["unknown_class"])
        self.assertIn("1 polygons have no class", found["hazard_without_class"])

    def test_rows_of_another_hazard_are_left_out(self):
        self.buildings(square(0, 0, 10), square(20, 0, 10), square(40, 0, 10))
        self.table("all.csv", "hazard,class", ("flood", "high", square(0, 0, 10)), ("Landslide", "high", square(20, 0, 10)), ("", "high", square(40, 0, 10)))
        for name in ("flood", "flood_100yr", "Flooding"):
            prefix = name.lower()
            got = self.exposure("--hazard", f"{name}=all.csv,classes=given_3")
            self.assertEqual([got[b][prefix + "_class"] for b in ("b1", "b2", "b3")], [3, None, None], name)
            self.assertIn("1 of 3 rows of all.csv are taken", self.all_findings()["other_hazards"])
        self.table("floods.csv", "hazard,class", ("flood_10yr", "low", square(0, 0, 10)), ("flood_100yr", "high", square(20, 0, 10)))
        got = self.exposure("--hazard", "flood_10yr=floods.csv,classes=given_3", "--hazard", "flood_100yr=floods.csv,classes=given_3")
        self.assertEqual([(got[b]["flood_10yr_class"], got[b]["flood_100yr_class"]) for b in ("b1", "b2")], [(1, None), (None, 3)])
        got = self.exposure("--hazard", "flood=floods.csv,classes=given_3")
        self.assertEqual([got[b]["flood_class"] for b in ("b1", "b2")], [1, 3])
        self.assertNotIn("other_hazards", self.all_findings())

    def test_the_hazards_of_a_workspace_one_by_one(self):
        self.buildings(square(0, 0, 10), square(20, 0, 10))
        self.table("hazard.csv", "hazard_id,hazard,class", ("f", "flood", "high", square(0, 0, 10)), ("l", "landslide", "high", square(20, 0, 10)))
        self.assertEqual(support.run("import", "hazard.csv", "-w", "w.gpkg", "--to", "hazard", *UTM).returncode, 0)
        got = self.exposure("--hazard", "flood=w.gpkg|layername=hazard,classes=given_3", "--hazard", "landslide=w.gpkg|layername=hazard,classes=given_3")
        self.assertEqual([(got[b]["flood_class"], got[b]["landslide_class"]) for b in ("b1", "b2")], [(3, None), (None, 3)])

    def test_a_column_hazard_of_one_word_or_of_classes(self):
        self.buildings(square(0, 0, 10))
        self.table("one.csv", "hazard,class", ("flood", "high", square(0, 0, 10)))
        self.assertEqual(self.exposure("--hazard", "zone_a=one.csv,classes=given_3")["b1"]["zone_a_class"], 3)
        self.table("classes.csv", "hazard", ("high", square(0, 0, 10)))
        self.assertEqual(self.exposure("--hazard", "flood=classes.csv,classes=given_3,column=hazard")["b1"]["flood_class"], 3)

    def test_a_hazard_that_misses(self):
        self.buildings(square(0, 0, 10))
        self.table("flood.csv", "class", ("high", "POLYGON ((3 3,4 3,4 4,3 4,3 3))"))
        self.table("here.csv", "class", ("high", square(0, 0, 10)))
        self.write("flood.geojson", {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"class": "high"}, "geometry": {
            "type": "Polygon", "coordinates": [[[3, 3], [4, 3], [4, 4], [3, 4], [3, 3]]]}}]})
        got = self.exposure("--hazard", "flood=flood.geojson,classes=given_3", "--hazard", "storm=here.csv,classes=given_3")["b1"]
        self.assertEqual((got["flood_class"], got["storm_class"]), (None, 3))
        told = self.all_findings()["hazard_misses_assets"]
        self.assertRegex(told, r"hazard flood lies off all assets: it covers 3\.0000 to 4\.0000 E, 3\.0000 to 4\.0000 N, the assets 21\.0000 to 21\.0001 E, 32\.5")

    def test_json_says_the_same(self):
        self.buildings(square(0, 0, 10), square(20, 0, 10))
        self.table("flood.csv", "class", ("high", square(0, 0, 5, 10)))
        got = json.loads(self.hazard("--building", "building.csv", "--hazard", "flood=flood.csv,classes=given_3", "--json", *UTM).stdout)
        table = {t["name"]: t["rows"] for t in got["tables"]}["hazard_building"]
        self.assertEqual([(row["class"], row["assets"], row["people"]) for row in table], [("High", 1, 1), ("Unknown", 1, 2)])
        self.near(table[0]["area_m2"], 50 / SCALE ** 2, 5)


if __name__ == "__main__":
    unittest.main()
