"""Networks, services and origins that cannot be used: the program's own sentence and exit code for each, and nothing changed; and
what is odd but can be used: findings, and origins that are listed."""
import sqlite3
import unittest

import cases

X, Y = 500000, 3600000
UTM = ("--crs", "EPSG:32634")


def line(*points, x=X, y=Y):
    return '"LINESTRING (' + ",".join(f"{x + a} {y + b}" for a, b in points) + ')"'


def point(a, b):
    return f'"POINT ({X + a} {Y + b})"'


class Bad(cases.Cases):
    def prepare(self):
        for name in ("w.gpkg", "empty.gpkg"):
            self.assertEqual(cases.support.run("new", name).returncode, 0)
        cases.copy_of("w.gpkg", "there.gpkg")
        self.write("road.csv", f"road_id,class,WKT\nr1,primary,{line((0, 0), (1000, 0))}\nr2,primary,{line((1000, 0), (2000, 0))}\n")
        self.write("service.csv", f"service_id,service_type,WKT\nh,hospital,{point(2000, 0)}\nc,clinic,{point(0, 0)}\n")
        self.write("untyped.csv", f"service_id,WKT\nh,{point(2000, 0)}\n")
        self.write("site.csv", f"site_id,WKT\ns,{point(0, 0)}\n")
        self.write("closure.csv", f"closure_id,kind,passable,scenario,WKT\nk,debris,none,bridges-out,{point(1500, 0)}\n")
        self.write("none.csv", "road_id,WKT\n")
        self.write("plain.csv", "road_id,class\nr1,primary\n")
        self.write("points.csv", f"road_id,WKT\nr1,{point(0, 0)}\n")
        self.write("lines.csv", f"name,WKT\nx,{line((500, -50), (500, 50))}\n")
        self.write("degrees.csv", f"road_id,WKT\nr1,{line((22.5, 32.5), (22.6, 32.5), x=0, y=0)}\n")
        self.write("degrees_site.csv", 'site_id,WKT\ns,"POINT (22.5 32.5)"\n')
        self.write("zero.csv", f"road_id,WKT\nr1,{line((0, 0), (0, 0))}\n")
        self.write("wide.csv", f"road_id,WKT\nr1,{line((-170, 0), (-169, 0), x=0, y=0)}\nr2,{line((169, 0), (170, 0), x=0, y=0)}\n")
        for name in ("road", "service", "site"):
            self.assertEqual(cases.support.run("import", name + ".csv", "-w", "w.gpkg", "--to", name, *UTM).returncode, 0)

    def check_access(self, code, typed, words):
        self.check(code, "access " + typed, words)

    def test_every_case(self):
        self.run_table("access_errors.case", self.check_access)


class Odd(cases.support.InFolder):
    prepare = Bad.prepare

    def setUp(self):
        super().setUp()
        self.prepare()

    def access(self, *arguments, code=0):
        done = cases.support.run("access", "w.gpkg", *arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def found(self):
        connection = sqlite3.connect("w.gpkg")
        got = {row[0] for row in connection.execute("SELECT code FROM finding WHERE run_key = 'access'")}
        statuses = {row[0] for row in connection.execute("SELECT status FROM access_site")}
        connection.close()
        return got, statuses

    def roads(self, *lines, columns="road_id,class,speed_kmh"):
        self.write("odd.csv", "\n".join([columns + ",WKT", *lines]) + "\n")
        return ("--road", "odd.csv", *UTM)

    def test_a_crs_beside_another_that_a_file_states(self):
        cases.copy_of("w.gpkg", "other.gpkg")
        roads = ("--road", "other.gpkg|layername=road")
        self.access(*roads, "--crs", "EPSG:4326")
        self.assertNotIn("crs_not_used", self.found()[0])
        self.access(*roads, *UTM)
        connection = sqlite3.connect("w.gpkg")
        told = [row[0] for row in connection.execute("SELECT message FROM finding WHERE code = 'crs_not_used'")]
        connection.close()
        self.assertEqual(len(told), 1)
        for word in ("other.gpkg", "EPSG:32634", "WGS 84"):
            self.assertIn(word, told[0])
        self.assertIn("no-crs", self.access(*roads, "--crs", "no-crs", code=1).stderr)

    def test_all_roads_closed(self):
        self.write("all.csv", f'closure_id,kind,passable,WKT\nk,debris,none,"POLYGON (({X - 9} {Y - 9},{X + 3000} {Y - 9},'
                              f'{X + 3000} {Y + 9},{X - 9} {Y + 9},{X - 9} {Y - 9}))"\n')
        self.access("--closure", "all.csv", *UTM, "--service-type", "hospital")
        self.assertEqual(self.found()[1], {"closed_at_door"})

    def test_no_service_of_a_type(self):
        done = self.access("--service-type", "school")
        got, statuses = self.found()
        self.assertIn("no_service", got)
        self.assertEqual(statuses, {"no_service"})
        self.assertIn("there is no service of the type school", done.stdout)

    def test_origins_off_the_network_are_listed(self):
        self.write("far.csv", f"site_id,WKT\nfar,{point(0, 5000)}\nnowhere,\n")
        done = self.access("--site", "far.csv", *UTM)
        got, statuses = self.found()
        self.assertEqual(statuses, {"off_network", "no_position"})
        self.assertLessEqual({"off_network", "no_position"}, got)
        self.assertRegex(done.stdout, r"far +off the network")
        self.assertRegex(done.stdout, r"nowhere +no position")

    def test_speeds_that_are_none(self):
        ways = [line((k * 100, 0), ((k + 1) * 100, 0)) for k in range(20)]
        for speed in ("0", "-5", "1e308", "nan", "", "1e-300"):
            self.access("--mode", "vehicle", "--service-type", "hospital",
                        *self.roads(*[f"r{k},primary,{speed},{way}" for k, way in enumerate(ways)]))
            self.assertEqual(self.found()[1], {"off_network" if speed == "0" else "reached"}, speed)

    def test_roads_that_are_no_lines_are_told(self):
        rows = [f"r1,,,{line((0, 0), (1000, 0))}", f"r2,,,{line((1000, 0), (2000, 0))}", f"p,,,{point(0, 0)}", "n,,,",
                f"z,,,{line((0, 0), (0, 0))}", f'a,,,"POLYGON (({X} {Y},{X + 9} {Y},{X + 9} {Y + 9},{X} {Y}))"']
        done = self.access(*self.roads(*rows))
        self.assertIn("road_without_line", self.found()[0])
        self.assertIn("4 of 6 rows of road hold no line with a length", done.stdout)

    def test_many_scenarios_are_listed_in_short(self):
        names = [f"s{k}" for k in range(24)] + ["long" * 100]
        self.write("many.csv", "closure_id,kind,passable,scenario,WKT\n" +
                   "".join(f"k{k},debris,none,{name},{point(1500, 0)}\n" for k, name in enumerate(names)))
        done = self.access("--closure", "many.csv", *UTM)
        self.assertIn("s18, s19 and 5 more; run one with --scenario NAME", done.stdout)
        done = self.access("--closure", "many.csv", *UTM, "--scenario", "t", code=1)
        self.assertIn("there is baseline, current, s0, s1", done.stderr)
        self.assertIn("s19 and 5 more", done.stderr)
        self.write("long.csv", f"closure_id,kind,passable,scenario,WKT\nk,debris,none,{names[-1]},{point(1500, 0)}\n")
        done = self.access("--closure", "long.csv", *UTM)
        self.assertIn("long" * 15 + "\u2026; run one", done.stdout)

    def test_more_of_the_nearest_than_there_are(self):
        self.access("--nearest", "1000", "--capacity", "-o", "many.gpkg")
        self.access("--nearest", "1", "--capacity", "-o", "one.gpkg")
        ways = []
        for name in ("many.gpkg", "one.gpkg"):
            connection = sqlite3.connect(name)
            ways.append(connection.execute("SELECT service_type, rank, service_id, minutes FROM access_site").fetchall())
            connection.close()
        self.assertEqual(*ways)

    def test_more_ways_than_fit(self):
        names = [f"s{k}" for k in range(30)]
        self.write("many.csv", "closure_id,kind,passable,scenario,WKT\n" +
                   "".join(f"k{k},debris,none,{name},{point(1500, 0)}\n" for k, name in enumerate(names)))
        self.write("hospitals.csv", "service_id,service_type,WKT\n" +
                   "".join(f"h{k},hospital,{point(k, 0)}\n" for k in range(1000)))
        self.write("crowd.csv", "site_id,WKT\n" + "".join(f"s{k},{point(k, 0)}\n" for k in range(450)))
        scenarios = [word for name in names for word in ("--scenario", name)]
        done = self.access("--service", "hospitals.csv", "--site", "crowd.csv", "--closure", "many.csv", *UTM, "--nearest", "1000",
                           "--mode", "both", *scenarios, code=1)
        self.assertIn("the nearest 1000 of each, in 120 answers are more ways than fit into memory; ask for less", done.stderr)

    def test_capacity_below_zero(self):
        self.write("full.csv", f"service_id,service_type,capacity,WKT\nh,hospital,-5,{point(2000, 0)}\n")
        done = self.access("--service", "full.csv", *UTM, "--capacity")
        self.assertIn("negative_capacity", self.found()[0])
        self.assertIn("1 services state a capacity below 0: it is not known", done.stdout)

    def test_ids_that_rows_share(self):
        self.write("same.csv", f"site_id,WKT\na,{point(0, 0)}\na,{point(9, 0)}\nb,{point(20, 0)}\n4,{point(30, 0)}\n,{point(40, 0)}\n")
        done = self.access("--site", "same.csv", *UTM)
        self.assertIn("key_shared", self.found()[0])
        self.assertIn("2 of 5 rows have the site_id of another: results do not tell them apart", done.stdout)

    def test_areas_that_overlap_count_nobody_twice(self):
        def area(name, end):
            return f'{name},"POLYGON (({X - 9} {Y - 9},{X + end} {Y - 9},{X + end} {Y + 9},{X - 9} {Y + 9},{X - 9} {Y - 9}))"\n'
        self.write("areas.csv", "name,WKT\n" + area("small", 100) + area("large", 3000))
        self.write("two.csv", f"site_id,WKT\na,{point(0, 0)}\nb,{point(900, 0)}\n")
        self.access("--site", "two.csv", "--by", "areas.csv", *UTM, "--service-type", "clinic")
        connection = sqlite3.connect("w.gpkg")
        got = connection.execute("SELECT DISTINCT area_id, origins FROM access_coverage").fetchall()
        connection.close()
        self.assertEqual(sorted(origins for _, origins in got), [1, 1, 2])

    def test_metres_are_written_out(self):
        done = self.access("--max-walk", "1000000", "--join-ends", "1000000")
        self.assertIn("at most 1000000 m", done.stdout)
        self.assertIn("within 1000000 m", done.stdout)

    def test_speeds_in_other_units(self):
        ways = [line((k * 100, 0), ((k + 1) * 100, 0)) for k in range(20)]
        done = self.access("--mode", "vehicle", *self.roads(*[f"r{k},primary,18,{way}" for k, way in enumerate(ways)]))
        self.assertIn("road_speed_unit", self.found()[0])
        self.assertIn("are they km/h?", done.stdout)


if __name__ == "__main__":
    unittest.main()
