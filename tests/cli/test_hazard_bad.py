"""Hazards and assets that cannot be used: the program's own sentence and exit code for each, and nothing changed."""
import sys
import unittest

import cases

X, Y = 500000, 3600000


def square(x, y, size):
    corners = ((x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y))
    return '"POLYGON ((' + ",".join(f"{X + a} {Y + b}" for a, b in corners) + '))"'


class Bad(cases.Cases):
    def prepare(self):
        self.assertEqual(cases.support.run("new", "w.gpkg").returncode, 0)
        cases.copy_of("w.gpkg", "there.gpkg")
        self.write("flood.csv", f"class,depth,WKT\nhigh,2,{square(0, 0, 10)}\nlow,0.5,{square(10, 0, 10)}\n")
        self.write("slides.csv", f"hazard,class,WKT\nlandslide,high,{square(0, 0, 10)}\nstorm,low,{square(10, 0, 10)}\n")
        self.write("words.csv", f"word,WKT\nbiblical,{square(0, 0, 10)}\n")
        self.write("building.csv", f"building_id,WKT\nb1,{square(0, 0, 10)}\nb2,\n")
        self.write("nulls.geojson", {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": None}]})
        self.write("none.csv", "building_id,WKT\n")
        self.write("points.csv", f"class,WKT\nhigh,POINT ({X} {Y})\n")
        self.write("globe.csv", 'class,WKT\nhigh,"POLYGON ((-180 -80,180 -80,180 80,-180 80,-180 -80))"\n')
        self.write("degrees.csv", 'building_id,WKT\nb1,POINT (22.5 32.5)\n')
        self.write("far.csv", 'building_id,WKT\nb1,POINT (179.9 0)\nb2,POINT (-179.9 0)\n')
        self.write("plain.csv", "building_id,class\nb1,high\n")

    def check_hazard(self, code, typed, words):
        self.check(code, "hazard " + typed.replace("BAD/", str(cases.BAD) + "/"), words)

    def test_every_case(self):
        self.run_table("hazard_errors.case", self.check_hazard)

    def test_every_case_as_json(self):
        self.run_table("hazard_errors.case", lambda code, typed, words: self.check_json(
            code, "hazard " + typed.replace("BAD/", str(cases.BAD) + "/") + " --overwrite"))


if __name__ == "__main__":
    if not cases.BAD.is_dir():
        print("skipped: needs ../shared")
        sys.exit(77)
    unittest.main()
