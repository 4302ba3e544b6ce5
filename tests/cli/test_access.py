"""`sitemap access` in a town made by hand, whose minutes anybody can work out.

    one unit is a metre on the ground in UTM zone 34N on its central meridian (map metres times 0.9996)

         n1 |=== n2 ====| n3         6,000 m north: the way round, 12,200 m
            |           |
    w ------+---- b ----+------ e    w 3,000 m, the bridge b 200 m, e 3,000 m; and isle, 1,000 m, that meets nothing
    clinic     river            hospital

By vehicle roads go at 36 km/h, 10 m a second. Walks beside the road go at 0.7 x 3.024 km/h = 0.588 m a second: the site west is 58.8 m
off the road, 100 s.

    west -> hospital:    100 s + 2,000 + 200 + 3,000 m = 620 s, and round by the north 100 s + 17,200 m = 1,820 s
    west -> clinic:      100 s + 1,000 m = 200 s
    east -> hospital:    2,000 m = 200 s
    east -> clinic:      1,000 + 200 + 3,000 m = 420 s, round 1,620 s
    far:                 2,000 m from any road: off the network
    isle:                on a road from which no way leads anywhere
"""
import json
import os
import shutil
import sqlite3
import struct
import subprocess
import unittest

import area_check
import support

X, Y, SCALE = 500000, 3600000, 0.9996
UTM = ("--crs", "EPSG:32634")
ROADS = {"w": [(-3000, 0), (0, 0)], "b": [(0, 0), (200, 0)], "e": [(200, 0), (3200, 0)], "n1": [(0, 0), (0, 6000)],
         "n2": [(0, 6000), (200, 6000)], "n3": [(200, 6000), (200, 0)], "isle": [(20000, 0), (21000, 0)]}
BRIDGES = ("b", "n2")
SITES = {"west": (-2000, 58.8, 500), "east": (1200, 0, 300), "far": (-2000, 5000, 200), "isle": (20500, 0, 40)}
VEHICLE = ("--mode", "vehicle")


def at(x, y):
    return f"{X + x * SCALE:.4f} {Y + y * SCALE:.4f}"


def line(points):
    return "LINESTRING (" + ",".join(at(*p) for p in points) + ")"


def point(x, y):
    return f"POINT ({at(x, y)})"


def box(x1, y1, x2, y2):
    return "POLYGON ((" + ",".join(at(*p) for p in ((x1, y1), (x2, y1), (x2, y2), (x1, y2), (x1, y1))) + "))"


class Access(support.InFolder):
    town = {}  # its files, made once

    def setUp(self):
        super().setUp()
        if not Access.town:
            self.make_town()
            Access.town.update((path.name, path.read_bytes()) for path in self.folder.iterdir())
        for name, content in Access.town.items():
            (self.folder / name).write_bytes(content)

    def make_town(self):
        self.must("new", "w.gpkg")
        self.table("road.csv", "road_id,class,speed_kmh,bridge", *[(r, "tertiary", 36, "yes" if r in BRIDGES else "no", line(p))
                                                                   for r, p in ROADS.items()])
        self.table("site.csv", "site_id,name_en", *[(s, s.title(), point(x, y)) for s, (x, y, _) in SITES.items()])
        self.table("service.csv", "service_id,name_en,service_type,status,capacity",
                   ("h", "Hospital", "hospital", "functional", 600, point(3200, 0)),
                   ("c", "Clinic", "clinic", "", 100, point(-3000, 0)),
                   ("x", "Old hospital", "hospital", "not_functional", 50, point(-3000, 0)))
        self.write("round.csv", "site_id,round,individuals\n" + "".join(f"{s},1,{n}\n" for s, (_, _, n) in SITES.items()))
        for name, layer in (("road", "road"), ("site", "site"), ("service", "service")):
            self.must("import", name + ".csv", "-w", "w.gpkg", "--to", layer, *UTM)
        self.must("import", "round.csv", "-w", "w.gpkg", "--to", "site_round")

    def must(self, *arguments, code=0):
        done = support.run(*arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def table(self, name, header, *lines):
        text = [header + ",WKT"] + [",".join(f'"{cell}"' for cell in row) for row in lines]
        return self.write(name, "\n".join(text) + "\n")

    def closures(self, *rows):
        """id, kind, passable, scenario, place."""
        self.table("closure.csv", "closure_id,kind,passable,scenario", *rows)
        self.must("import", "closure.csv", "-w", "w.gpkg", "--to", "closure", *UTM)

    def bridge_out(self, *more):
        self.closures(("cut", "bridge_cut", "none", "bridges-out", point(100, 0)), *more)

    def access(self, *arguments, code=0):
        return self.must("access", "w.gpkg", *arguments, code=code)

    def rows(self, layer, path="w.gpkg", **where):
        connection = sqlite3.connect(path)
        connection.row_factory = sqlite3.Row
        got = [dict(row) for row in connection.execute(f'SELECT * FROM "{layer}"')]
        connection.close()
        return [row for row in got if all(row[key] == value for key, value in where.items())]

    def way(self, site, service_type, **where):
        got = self.rows("access_site", site_id=site, service_type=service_type, **where)
        self.assertEqual(len(got), 1, got)
        return got[0]

    def near(self, got, wanted):
        self.assertIsNotNone(got)
        # a road that is straight in the workspace's degrees is not quite so in metres: 3 km bend by some 0.1 m
        self.assertAlmostEqual(got, wanted, delta=max(5e-3, 1e-3 * abs(wanted)))


class Baseline(Access):
    def test_minutes_and_metres(self):
        self.access(*VEHICLE)
        for site, service_type, seconds, metres in (("west", "hospital", 620, 5258.8), ("west", "clinic", 200, 1058.8),
                                                    ("east", "hospital", 200, 2000), ("east", "clinic", 420, 4200)):
            got = self.way(site, service_type)
            self.near(got["minutes"], seconds / 60)
            self.near(got["metres"], metres)
            self.assertEqual((got["scenario"], got["unknown_roads"], got["mode"], got["status"], got["rank"]),
                             ("baseline", "open", "vehicle", "reached", 1))
            self.assertIsNone(got["change"])
        self.assertAlmostEqual(self.way("west", "hospital")["walk_m"], 58.8, delta=0.2)
        self.assertEqual(self.way("west", "hospital")["service_name_en"], "Hospital")
        self.assertEqual(self.way("west", "hospital")["people"], 500)

    def test_who_reaches_nothing_is_listed_and_why(self):
        done = self.access(*VEHICLE)
        self.assertEqual([self.way(site, "hospital")["status"] for site in ("far", "isle")], ["off_network", "beyond_reach"])
        self.assertIsNone(self.way("far", "hospital")["walk_m"])
        self.assertRegex(done.stdout, r"far +Far +off the network")
        self.assertRegex(done.stdout, r"isle +Isle +no way")
        self.access(*VEHICLE, "--max-walk", "2500")
        self.near(self.way("far", "hospital")["minutes"], (2000 / 0.588 + 500 + 20 + 300) / 60)

    def test_on_foot(self):
        # 0.7 x 5.04 km/h = 0.98 m/s on any road
        self.access()
        self.near(self.way("east", "hospital")["minutes"], 2000 / 0.98 / 60)
        self.near(self.way("west", "clinic")["minutes"], (100 + 1000 / 0.98) / 60)

    def test_the_nearest_of_several(self):
        self.table("more.csv", "service_id,service_type", ("h2", "hospital", point(0, 0)), ("h3", "hospital", point(0, 6000)))
        self.must("import", "more.csv", "-w", "w.gpkg", "--to", "service", *UTM)
        self.access(*VEHICLE, "--nearest", "5", "--service-type", "hospital")
        got = sorted(self.rows("access_site", site_id="west"), key=lambda row: row["rank"])
        self.assertEqual([(row["rank"], row["service_id"]) for row in got], [(1, "h2"), (2, "h"), (3, "h3")])
        for row, seconds in zip(got, (300, 620, 900)):
            self.near(row["minutes"], seconds / 60)

    def test_people_within_limits(self):
        self.access(*VEHICLE, "--limits", "5,11")
        got = {(row["service_type"], row["limit_min"]): row for row in self.rows("access_coverage")}
        self.assertEqual({key: row["people_within"] for key, row in got.items()},
                         {("hospital", 5): 300, ("hospital", 11): 800, ("clinic", 5): 500, ("clinic", 11): 800})
        row = got["hospital", 5]
        self.assertEqual((row["origins"], row["origins_within"], row["people"], row["people_unknown"]), (4, 1, 1040, 0))
        self.assertIsNone(row["people_lost"])

    def test_catchments(self):
        self.access(*VEHICLE)
        got = {row["service_id"]: row for row in self.rows("catchment")}
        self.assertEqual(sorted(got), ["c", "h"])
        self.assertEqual((got["h"]["people"], got["h"]["origins"], got["h"]["capacity"]), (800, 2, 600))
        self.near(got["h"]["load"], 800 / 600)
        self.near(got["h"]["mean_minutes"], (500 * 620 + 300 * 200) / 800 / 60)
        self.near(got["h"]["max_minutes"], 620 / 60)

    def test_full_services_turn_people_away(self):
        # the nearer ones come first: 300 of east, then 300 of the 500 of west
        done = self.access(*VEHICLE, "--capacity", "--service-type", "hospital")
        got = self.rows("catchment")[0]
        self.assertEqual((got["people"], got["load"], got["type_unserved"]), (600, 1, 440))
        self.assertEqual((got["within_capacity"], got["people_turned_away"]), (1, 200))
        self.assertIn("full or out of reach", done.stdout)
        self.assertIn("to the nearest service, full or not", done.stdout)
        self.assertRegex(done.stdout, r"west +West +baseline +open +vehicle +hospital +200 +500")
        self.access(*VEHICLE, "--service-type", "hospital")
        got = self.rows("catchment")[0]
        self.assertEqual((got["within_capacity"], got["people_turned_away"]), (0, None))

    def test_unknown_people_are_not_none(self):
        self.table("building.csv", "building_id,population", ("b1", 7, point(1000, 0)), ("b2", "", point(1000, 0)))
        self.access(*VEHICLE, "--building", "building.csv", *UTM, "--limits", "60", "--service-type", "hospital")
        got = self.rows("access_coverage", asset="building")[0]
        self.assertEqual((got["people_within"], got["origins_within"], got["people_unknown_within"]), (7, 2, 1))
        self.assertIn("1", got["statement_en"])
        self.assertTrue(got["statement_ar"])

    def test_where_nobodys_people_are_known_there_are_no_figures(self):
        self.bridge_out()
        self.table("near.csv", "site_id", ("new", point(1200, 0)), ("newer", point(2200, 0)))  # the rounds are of other sites
        self.table("bank.csv", "id", ("W", box(-9000, -100, 0, 100)), ("E", box(200, -100, 9000, 100)))
        arguments = (*VEHICLE, "--scenario", "bridges-out", "--capacity", "--by", "bank.csv", *UTM, "--limits", "60", "--service-type", "hospital")
        figures = ("people", "people_within", "people_before", "people_lost", "people_gained")
        self.access(*arguments, "--site", "near.csv")
        for row in self.rows("access_coverage", area_id="E"):
            self.assertEqual((row["origins_within"], [row[figure] for figure in figures]), (2 if row["unknown_roads"] == "open" else 0, [None] * 5))
            self.assertEqual(row["people_unknown"], 2)
        for row in self.rows("catchment"):
            self.assertEqual([row[column] for column in ("people", "load", "people_turned_away", "type_unserved")], [None] * 4)
        self.table("known.csv", "building_id,population", ("b1", 7, point(1200, 0)), ("b2", "", point(-1200, 0)))
        self.access(*arguments, "--building", "known.csv", "--unknown", "open")
        got = {row["area_id"]: [row[figure] for figure in figures] for row in self.rows("access_coverage", asset="building")}
        self.assertEqual(got, {None: [7, 7, 7, 0, 0], "E": [7, 7, 7, 0, 0], "W": [None] * 5})

    def test_households_set_out_from_their_building_or_site(self):
        self.table("building.csv", "building_id", ("b1", point(1200, 0)))
        self.table("household.csv", "household_id,building_id,site_id,size", ("own", "", "", 4, point(2200, 0)),
                   ("in_building", "b1", "", 5, ""), ("in_site", "", "east", 6, ""), ("nowhere", "", "", 7, ""))
        done = self.access(*VEHICLE, "--household", "household.csv", "--building", "building.csv", *UTM, "--service-type", "hospital")
        self.assertNotIn("nowhere", done.stdout)  # what leads to a household is not printed
        self.assertIn("1 more origins reach nothing", done.stdout)
        got = {row["household_id"]: row for row in self.rows("access_household")}
        for household, seconds in (("own", 100), ("in_building", 200), ("in_site", 200)):
            self.near(got[household]["minutes"], seconds / 60)
        self.assertEqual(got["nowhere"]["status"], "no_position")
        self.assertEqual({row["people_within"] for row in self.rows("access_coverage", asset="household")}, {15})

    def test_by_area(self):
        self.table("bank.csv", "id,name_en", ("W", "West bank", box(-9000, -100, 0, 100)), ("E", "East bank", box(200, -100, 9000, 100)))
        done = self.access(*VEHICLE, "--by", "bank.csv", *UTM, "--limits", "5,11", "--service-type", "hospital")
        got = {(row["area_name_en"], row["area_kind"], row["limit_min"]): (row["origins"], row["people_within"])
               for row in self.rows("access_coverage")}
        self.assertEqual(got, {(None, "all", 5): (4, 300), (None, "all", 11): (4, 800), ("West bank", "polygon", 5): (1, 0),
                               ("West bank", "polygon", 11): (1, 500), ("East bank", "polygon", 5): (1, 300),
                               ("East bank", "polygon", 11): (1, 300), (None, "polygon", 5): (2, 0), (None, "polygon", 11): (2, 0)})
        self.assertIn("lie in none of the areas of --by", done.stdout)

    def test_people_of_a_raster(self):
        # two cells of 400 m: 30 people on the road 1,600 m from the hospital, 10 north of it, 100 s of walking farther
        self.write("people.asc", f"ncols 1\nnrows 2\nxllcorner {X + 1400 * SCALE}\nyllcorner {Y - 200 * SCALE}\n"
                                 f"cellsize {400 * SCALE}\nNODATA_value -9999\n10\n30\n")
        self.write("people.prj", 'PROJCS["WGS 84 / UTM zone 34N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
                                 'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
                                 'PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",21],PARAMETER["scale_factor",0.9996],'
                                 'PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["EPSG","32634"]]')
        self.access(*VEHICLE, "--population", "people.asc", "--service-type", "hospital", "--limits", "3,20")
        got = {row["limit_min"]: row["people_within"] for row in self.rows("access_coverage", asset="population")}
        self.assertEqual(got, {3: 30, 20: 40})

    def test_ways_as_lines(self):
        self.access(*VEHICLE, "--routes", "--service-type", "hospital")
        got = {row["origin_id"]: row for row in self.rows("access_route")}
        self.assertEqual(sorted(got), ["east", "west"])
        self.near(got["west"]["minutes"], 620 / 60)

    def test_both_modes(self):
        self.access("--mode", "both", "--service-type", "hospital")
        got = {row["mode"]: row["minutes"] for row in self.rows("access_site", site_id="east")}
        self.near(got["vehicle"], 200 / 60)
        self.near(got["foot"], 2000 / 0.98 / 60)

    def test_links_that_matter(self):
        done = self.access(*VEHICLE, "--critical", "5", "--service-type", "hospital")
        got = self.rows("critical_link")
        self.assertEqual(got[0]["road_id"], "e")
        self.assertEqual((got[0]["people"], got[0]["people_cut_off"], got[0]["rank"]), (800, 800, 1))
        self.assertEqual((got[0]["origins"], got[0]["origins_cut_off"], got[0]["origin_minutes"]), (2, 2, 120))
        self.assertIn("Links whose cut costs people most", done.stdout)
        # the street of the site west carries the same ways as the bridge, and does not hide it
        self.assertEqual([r["road_id"] for r in got], ["e", "w", "b"])
        self.near(got[2]["people_minutes"], 500 * 20)

    def test_critical_bridges(self):
        done = self.access(*VEHICLE, "--critical", "5", "--critical-of", "bridges")
        got = {r["service_type"]: r for r in self.rows("critical_link")}
        self.assertEqual({kind: (r["road_id"], r["rank"], r["people"], r["people_cut_off"]) for kind, r in got.items()},
                         {"hospital": ("b", 1, 500, 0), "clinic": ("b", 1, 300, 0)})
        self.near(got["hospital"]["people_minutes"], 500 * 20)
        self.assertIn("Bridges whose cut costs people most", done.stdout)
        self.assertNotIn("places", done.stdout)
        # a detour of 20 minutes is no worse than being cut off
        self.access(*VEHICLE, "--critical", "5", "--critical-of", "bridges", "--limits", "10", "--service-type", "hospital")
        self.assertEqual([r["people_minutes"] for r in self.rows("critical_link") if r["service_type"] == "hospital"], [5000])
        self.table("flat.csv", "road_id", *[(r, line(p)) for r, p in ROADS.items()])
        done = self.access("--critical", "5", "--critical-of", "bridges", "--road", "flat.csv", *UTM)
        self.assertEqual([r for r in self.rows("critical_link") if r["mode"] == "foot"], [])
        self.assertIn("No road says that it is a bridge", done.stdout)

    def test_places_are_no_people(self):
        self.table("nobody.csv", "site_id", *[("new " + s, point(*SITES[s][:2])) for s in ("west", "east")])
        done = self.access(*VEHICLE, "--critical", "1", "--service-type", "hospital", "--site", "nobody.csv", *UTM)
        row, = self.rows("critical_link")
        self.assertEqual((row["road_id"], row["origins"], row["origins_cut_off"], row["origin_minutes"]), ("e", 2, 2, 120))
        self.assertEqual([row[name] for name in ("people", "people_cut_off", "people_minutes")], [None] * 3)
        self.assertIn("Links whose cut costs most places, of which no people are known", done.stdout)
        self.assertRegex(done.stdout, r"Of site nobody is known: their critical links count places, not people")
        self.assertNotIn("Links whose cut costs people most", done.stdout)

    def test_one_way_roads(self):
        self.table("oneway.csv", "road_id,class,speed_kmh,oneway", *[(r, "tertiary", 36, "yes" if r == "b" else "no", line(p))
                                                                    for r, p in ROADS.items()])
        self.access(*VEHICLE, "--road", "oneway.csv", *UTM)
        self.near(self.way("west", "hospital")["minutes"], 620 / 60)
        self.near(self.way("east", "clinic")["minutes"], 1620 / 60)


class Closures(Access):
    def test_before_and_after(self):
        self.bridge_out()
        done = self.access("--scenario", "bridges-out", "--unknown", "open", *VEHICLE)
        got = self.way("west", "hospital")
        self.near(got["minutes"], 1820 / 60)
        self.near(got["baseline_minutes"], 620 / 60)
        self.near(got["detour"], 17258.8 / 5258.8)
        self.assertEqual((got["change"], got["status"]), ("slower", "reached"))
        self.assertEqual(self.way("east", "hospital")["change"], "same")
        self.assertEqual(self.way("isle", "hospital")["change"], "never")
        within = {row["limit_min"]: row for row in self.rows("access_coverage", service_type="hospital")}
        self.assertEqual({m: (r["people_before"], r["people_within"], r["people_lost"]) for m, r in within.items()},
                         {15: (800, 300, 500), 30: (800, 300, 500), 60: (800, 800, 0)})
        self.assertRegex(done.stdout, r"bridges-out +open +vehicle +hospital +15 +300 +800 +500")

    def test_roads_that_nobody_mentions_have_two_answers(self):
        self.bridge_out(("seen", "other", "all", "", box(-3100, -10, 3300, 10)))
        self.access("--scenario", "bridges-out", *VEHICLE)
        self.near(self.way("west", "hospital", unknown_roads="open")["minutes"], 1820 / 60)
        cut_off = self.way("west", "hospital", unknown_roads="closed")
        self.assertEqual((cut_off["status"], cut_off["change"], cut_off["minutes"]), ("beyond_reach", "lost", None))
        self.near(self.way("east", "hospital", unknown_roads="closed")["minutes"], 200 / 60)
        lost = {row["unknown_roads"]: row["people_lost"] for row in self.rows("access_coverage", service_type="hospital", limit_min=60)}
        self.assertEqual(lost, {"open": 0, "closed": 500})

    def test_areas_are_valid_and_add_up(self):
        self.bridge_out()
        self.access("--mode", "both", "--scenario", "baseline", "--scenario", "bridges-out", "--isochrones", "--limits", "5,20,90")
        self.assertGreater(area_check.check(self, "w.gpkg"), 12)
        self.assertEqual(self.rows("access_area", change="gained"), [])

    def test_what_a_scenario_cuts_is_a_layer(self):
        self.bridge_out()
        self.access("--scenario", "bridges-out", *VEHICLE)
        got = self.rows("road_cut")
        self.assertEqual([(r["road_id"], r["closure_id"], r["state"], r["bridge"]) for r in got], [("b", "cut", "closed", 1)])
        self.assertGreater(got[0]["length_m"], 0)

    def test_without_a_word_the_present_is_run(self):
        self.bridge_out(("water", "flooded", "none", "", box(-600, -20, -400, 20)))
        done = self.access(*VEHICLE, "--unknown", "open")
        self.assertEqual({row["scenario"] for row in self.rows("access_site")}, {"current"})
        self.assertEqual(self.way("west", "hospital")["status"], "beyond_reach")
        self.assertIn("bridges-out", done.stdout)

    def test_where_all_closures_have_names_the_baseline_is_run(self):
        self.bridge_out()
        self.access(*VEHICLE)
        self.assertEqual({row["scenario"] for row in self.rows("access_site")}, {"baseline"})

    def test_closures_count_while_they_are_in_force(self):
        self.table("closure.csv", "closure_id,kind,passable,scenario,valid_from,valid_to",
                   ("cut", "bridge_cut", "none", "", "2023-09-11", "2023-10-01", point(100, 0)))
        self.must("import", "closure.csv", "-w", "w.gpkg", "--to", "closure", *UTM)
        for date, seconds in (("2023-09-10", 620), ("2023-09-11", 1820), ("2023-10-01", 620)):
            self.access("--scenario", "current", "--unknown", "open", *VEHICLE, "--date", date)
            self.near(self.way("west", "hospital")["minutes"], seconds / 60)

    def test_a_rerun_replaces_its_own_scenario_alone(self):
        self.bridge_out()
        self.access("--scenario", "baseline", *VEHICLE)
        self.access("--scenario", "bridges-out", *VEHICLE)
        before = {name: self.rows(name, scenario="baseline") for name in ("access_site", "access_coverage", "catchment")}
        again = self.rows("access_site", scenario="bridges-out")
        self.assertTrue(all(before.values()) and again)
        self.access("--scenario", "bridges-out", *VEHICLE, "--limits", "45")
        for name, rows in before.items():
            got = self.rows(name, scenario="baseline")
            for row in rows + got:
                row.pop("fid")
            self.assertEqual(got, rows)
        self.assertEqual(len(self.rows("access_site", scenario="bridges-out")), len(again))
        self.assertEqual({row["limit_min"] for row in self.rows("access_coverage", scenario="bridges-out")}, {45})

    def tables(self, *arguments, mode="vehicle"):
        told = json.loads(self.access("--mode", mode, "--json", *arguments).stdout)
        return {table["name"]: table["rows"] for table in told["tables"]}, told["notes"]

    def test_names_are_told_in_the_language_that_has_one(self):
        self.table("arabic.csv", "service_id,name_ar,service_type,status", ("h", "مستشفى", "hospital", "functional", point(3200, 0)))
        self.must("new", "arabic.gpkg")
        self.must("import", "arabic.csv", "-w", "arabic.gpkg", "--to", "service", *UTM)
        tables, _ = self.tables("--service", "arabic.gpkg|layername=service", "--scenario", "baseline")
        self.assertEqual({row["service"] for row in tables["site_service"] if row["minutes"] is not None}, {"مستشفى"})

    def test_which_site_goes_to_which_service(self):
        self.bridge_out()
        tables, _ = self.tables("--scenario", "bridges-out", "--limits", "5,15,60")
        got = {(row["site"], row["service_type"]): row for row in tables["site_service"]}
        self.assertEqual(len(got), len(tables["site_service"]))
        self.assertEqual({row["unknown_roads"] for row in got.values()}, {"open"})
        row = got["west", "hospital"]
        self.assertEqual((row["name"], row["service"], row["change"], row["lost_within"]), ("West", "Hospital", "slower", "15"))
        self.near(row["before"], 620 / 60)
        self.near(row["minutes"], 1820 / 60)
        self.assertEqual([got["far", "clinic"][key] for key in ("service", "before", "minutes", "change", "lost_within")],
                         [None, None, None, "never", None])
        closed, _ = self.tables("--scenario", "bridges-out", "--unknown", "closed", "--limits", "15")
        row, = (row for row in closed["site_service"] if row["site"] == "east" and row["service_type"] == "clinic")
        self.assertEqual((row["unknown_roads"], row["minutes"], row["change"], row["lost_within"]), ("closed", None, "lost", "15"))

    def test_of_two_answers_the_open_one_is_listed(self):
        self.bridge_out()
        tables, notes = self.tables("--scenario", "bridges-out")
        self.assertEqual({row["id"] for row in tables["unreachable"]}, {"far", "isle"})
        self.assertEqual({row["unknown_roads"] for row in tables["unreachable"]}, {None, "open"})
        self.assertEqual({row["unknown_roads"] for row in tables["unreached"]}, {"open", "closed"})
        self.assertEqual(len([note for note in notes if note.startswith("No closure says that a road is open (bridges-out by vehicle)")]), 1)
        self.bridge_out(("seen", "other", "all", "", box(-3100, -10, 3300, 10)))
        self.assertFalse([note for note in self.tables("--scenario", "bridges-out")[1] if note.startswith("No closure")])
        tables, _ = self.tables("--scenario", "bridges-out", "--unknown", "closed")
        self.assertIn("west", {row["id"] for row in tables["unreachable"]})

    def test_a_road_closed_at_the_place_is_told_as_such(self):
        self.closures(("water", "flooded", "none", "flood", box(-2100, -20, -1900, 20)), ("jam", "debris", "foot", "flood", box(1000, -20, 1400, 20)))
        tables, notes = self.tables("--scenario", "flood", "--service-type", "hospital", mode="both")
        got = {(r["mode"], r["site_id"]): (r["status"], r["change"]) for r in self.rows("access_site", unknown_roads="open")}
        self.assertEqual(got["foot", "west"], ("closed_at_door", "lost"))
        self.assertEqual(got["foot", "east"], ("reached", "same"))
        self.assertEqual([got["vehicle", site] for site in ("west", "east", "isle")],
                         [("closed_at_door", "lost"), ("closed_at_door", "lost"), ("beyond_reach", "never")])
        row, = (r for r in tables["unreached"] if r["mode"] == "vehicle" and r["unknown_roads"] == "open")
        self.assertEqual([row[key] for key in ("cut_off", "closed_at_door", "people", "never_reached", "off_network")], [0, 2, 800, 1, 1])
        self.assertIn("road closed at the place", {r["reason"] for r in tables["unreachable"] if r["id"] == "west"})
        self.assertTrue([note for note in notes if "another one may be near" in note])
        # roads that nobody mentions are no closed doors
        self.assertEqual({r["status"] for r in self.rows("access_site", unknown_roads="closed", mode="foot", site_id="east")}, {"beyond_reach"})

    def test_a_rerun_of_one_mode_or_type_leaves_the_others(self):
        self.bridge_out()
        run = ("--scenario", "bridges-out", "--unknown", "open")
        layers = ("access_site", "access_coverage", "catchment", "access_route", "road_cut")

        def found():
            return {name: {(row["mode"], row.get("service_type")) for row in self.rows(name)} for name in layers}
        foot, vehicle = ({(mode, "hospital"), (mode, "clinic")} for mode in ("foot", "vehicle"))
        self.access(*run, "--routes")
        self.access(*run, "--routes", *VEHICLE)
        both = found()
        self.assertEqual([both[name] for name in layers[:4]], [foot | vehicle] * 4)
        self.assertEqual(both["road_cut"], {("foot", None), ("vehicle", None)})
        walked = self.rows("access_site", mode="foot")
        self.access(*run, "--routes", *VEHICLE, "--service-type", "clinic", "--limits", "45")
        self.assertEqual(found(), both)
        limits = {(row["mode"], row["service_type"], row["limit_min"]) for row in self.rows("access_coverage")}
        self.assertIn(("vehicle", "hospital", 15), limits)
        self.assertEqual({limit for mode, kind, limit in limits if (mode, kind) == ("vehicle", "clinic")}, {45})
        self.assertEqual(len(self.rows("access_site")), 16)
        self.assertEqual([row["minutes"] for row in self.rows("access_site", mode="foot")], [row["minutes"] for row in walked])

    def test_the_baseline_is_not_from_those_who_told_of_closures(self):
        self.must("import", "road.csv", "-w", "w.gpkg", "--to", "road", "--set", "source=Survey", *UTM)
        self.table("closure.csv", "closure_id,kind,passable,scenario,source", ("cut", "cut bridge", "none", "bridges-out", "SYNTHETIC rumour", point(100, 0)))
        self.must("import", "closure.csv", "-w", "w.gpkg", "--to", "closure", *UTM)
        self.assertEqual(self.rows("closure")[0]["kind"], "bridge_cut")
        self.access("--scenario", "baseline", "--scenario", "bridges-out", *VEHICLE)
        got = {row["scenario"]: row["source"] for row in self.rows("access_coverage")}
        self.assertEqual(got, {"baseline": "Survey", "bridges-out": "SYNTHETIC rumour; Survey"})
        self.assertEqual({row["source"] for row in self.rows("access_site", scenario="baseline")}, {None})
        self.assertEqual({row["source"] for row in self.rows("access_site", scenario="bridges-out")}, {"SYNTHETIC roads, closures or services"})

    def test_a_bridge_is_not_cut_by_the_water_under_it(self):
        self.closures(("water", "flooded", "none", "flood", box(50, -500, 150, 500)))
        self.access("--scenario", "flood", "--unknown", "open", *VEHICLE)
        self.near(self.way("west", "hospital")["minutes"], 620 / 60)


class Areas(Access):
    def box_of(self, row):
        """West and east end in degrees, of the header that a GeoPackage puts before a geometry; the river is at 21."""
        blob = row["geom"]
        self.assertEqual(blob[3] >> 1 & 7, 1)
        return struct.unpack("<2d", blob[8:24])

    def test_areas_end_at_the_bridge_that_is_out(self):
        self.bridge_out(("seen", "other", "all", "", box(-3100, -10, 3300, 10)))
        self.access("--scenario", "baseline", "--scenario", "bridges-out", "--unknown", "closed", *VEHICLE, "--isochrones",
                    "--service-type", "hospital")
        rows = self.rows("access_area")
        got = {(row["scenario"], row["change"], row["limit_min"]): row for row in rows}
        self.assertLess(self.box_of(got["baseline", None, 60])[0], 21 - 0.02)  # some 2 km west of the river
        self.assertGreater(self.box_of(got["bridges-out", "kept", 60])[0], 21)
        self.assertLess(self.box_of(got["bridges-out", "lost", 60])[0], 21 - 0.02)
        for limit in (15, 30, 60):
            whole = got["baseline", None, limit]["area_km2"]
            parts = [row["area_km2"] for row in rows if row["scenario"] == "bridges-out" and row["limit_min"] == limit]
            self.near(sum(parts), whole)

    def test_areas_do_not_cross_a_barrier(self):
        # a wall 50 m north of the road, along all of it: what lies behind, 150 of 200 m on that side, is gone
        self.table("wall.csv", "name", ("wall", line([(-5000, 50), (5000, 50)])))
        area = []
        for barrier in ((), ("--barrier", "wall.csv", *UTM)):
            self.access(*VEHICLE, "--isochrones", "--service-type", "hospital", "--limits", "2", *barrier)
            area.append(self.rows("access_area")[0]["area_km2"])
        self.assertAlmostEqual(area[0], 1.2 * 0.4, delta=0.02)
        self.assertAlmostEqual(area[1], 1.2 * 0.25, delta=0.02)


class Mending(Access):
    def drawn(self, *lines):
        self.table("drawn.csv", "road_id,class,speed_kmh,bridge", *[(f"r{k}", "tertiary", 36, bridge, line(points))
                                                                   for k, (points, bridge) in enumerate(lines)])
        return ("--road", "drawn.csv", *UTM, *VEHICLE, "--service-type", "hospital")

    def test_ends_that_do_not_quite_meet(self):
        drawn = self.drawn(([(-3000, 0), (0, 0)], ""), ([(1, 0), (3200, 0)], ""))
        self.access(*drawn)
        self.assertEqual(self.way("west", "hospital")["status"], "beyond_reach")
        done = self.access(*drawn, "--join-ends", "2")
        self.near(self.way("west", "hospital")["minutes"], 620 / 60)
        self.assertIn("ends of roads were joined", done.stdout)
        self.assertIn("end_joined", {row["code"] for row in self.rows("finding")})

    def test_crossings_meet_when_told_and_bridges_never(self):
        for bridge, reached in (("", "reached"), ("yes", "beyond_reach")):
            drawn = self.drawn(([(-3000, 0), (500, 0)], ""), ([(0, -500), (0, 500)], bridge), ([(0, 500), (3200, 0)], ""))
            self.access(*drawn)
            self.assertEqual(self.way("west", "hospital")["status"], "beyond_reach")
            self.access(*drawn, "--crossings")
            self.assertEqual(self.way("west", "hospital")["status"], reached)


class Forms(Access):
    """The same town in other files, on other numbers of threads."""

    def bytes_of(self, *arguments, out="out.gpkg"):
        self.access(*VEHICLE, "--scenario", "bridges-out", "--date", "2023-09-18", "-o", out, "--overwrite", *arguments)
        return (self.folder / out).read_bytes()

    def test_any_number_of_threads_gives_the_same_bytes(self):
        self.bridge_out()
        self.assertEqual(self.bytes_of("--threads", "1"), self.bytes_of("--threads", "4", out="out2.gpkg"))

    @unittest.skipUnless(shutil.which("ogr2ogr"), "needs ogr2ogr")
    def test_any_format_gives_the_same_ways(self):
        self.bridge_out()
        wanted = None
        for form, name in (("GPKG", "r.gpkg"), ("GeoJSON", "r.geojson"), ("ESRI Shapefile", "r.shp")):
            degrees = ("-t_srs", "EPSG:4326") if form == "GeoJSON" else ()
            subprocess.run(["ogr2ogr", "-q", "-f", form, name, "road.csv", "-oo", "GEOM_POSSIBLE_NAMES=WKT", "-oo", "KEEP_GEOM_COLUMNS=NO",
                            "-oo", "AUTODETECT_TYPE=YES", "-s_srs", "EPSG:32634", *(degrees or ("-t_srs", "EPSG:32634")),
                            "-nln", "road", "-lco", "COORDINATE_PRECISION=12"] if form == "GeoJSON" else
                           ["ogr2ogr", "-q", "-f", form, name, "road.csv", "-oo", "GEOM_POSSIBLE_NAMES=WKT", "-oo", "KEEP_GEOM_COLUMNS=NO",
                            "-oo", "AUTODETECT_TYPE=YES", "-a_srs", "EPSG:32634", "-nln", "road" if form == "GPKG" else "r"],
                           check=True, capture_output=True)
            self.access(*VEHICLE, "--scenario", "bridges-out", "--road", name, "--unknown", "open")
            got = {(r["site_id"], r["service_type"]): (r["status"], r["change"], r["minutes"] and round(r["minutes"], 1))
                   for r in self.rows("access_site")}
            wanted = wanted or got
            self.assertEqual(got, wanted, form)

    def test_dry_run_writes_nothing(self):
        before = (self.folder / "w.gpkg").read_bytes()
        done = self.access(*VEHICLE, "--dry-run", "--json")
        self.assertEqual((self.folder / "w.gpkg").read_bytes(), before)
        tables = {table["name"] for table in json.loads(done.stdout)["tables"]}
        self.assertLessEqual({"coverage_site", "site_service"}, tables)

    def test_a_plan(self):
        self.bridge_out()
        self.write("plan.json", {"workspace": "w.gpkg", "steps": [
            {"command": "access", "options": {"scenario": ["baseline", "bridges-out"], "service-type": "hospital", "mode": "vehicle"}}]})
        self.must("run", "plan.json")
        self.assertEqual({row["scenario"] for row in self.rows("access_site")}, {"baseline", "bridges-out"})
        self.assertEqual({row["service_type"] for row in self.rows("access_site")}, {"hospital"})

    def test_provenance_says_what_was_asked_for(self):
        self.bridge_out()
        self.access("--scenario", "bridges-out", *VEHICLE, "--road", "road.csv", *UTM)
        got = self.rows("provenance")[-1]
        self.assertEqual(got["command"], "access")
        options = json.loads(got["options"])
        self.assertEqual((options["scenario"], options["mode"]), ("bridges-out", "vehicle"))
        self.assertIn("road.csv", json.dumps(got))


if __name__ == "__main__":
    unittest.main()
