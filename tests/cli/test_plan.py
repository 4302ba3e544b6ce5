"""Every option reaches its job, from the command line and from a plan alike; plans that are wrong say where."""
import json
import unittest

import support

IMPORT = ["--to", "site", "--layer", "L", "--map", "a=b=c", "--map", "Nom=name_en", "--set", "x=y=z", "--where", "n > 1", "--crs",
          "EPSG:32634", "--encoding", "CP1256", "--as", "cems", "--date", "2023-09-18", "--lang", "ar", "--audience", "public",
          "--strict", "--dry-run"]
LAYERS = ["admin", "damage", "coverage"]
MAP_LAYERS = LAYERS + ["site", "building", "hazard", "road", "service"]

HAZARD_LAYERS = ["admin", "coverage", "site", "building", "road", "service", "household"]


def notes(done):
    return json.loads(done.stdout)["notes"]


class Reach(support.InFolder):
    def test_import(self):
        self.assertEqual(notes(support.run("import", "s.csv", "t.csv", "-w", "w.gpkg", "--json", *IMPORT)), [
            "import=w.gpkg", "source=s.csv", "source=t.csv", "date=2023-09-18", "audience=public", "lang=ar", "dry_run=true", "as=cems",
            "to=site", "layer=L", "crs=EPSG:32634", "encoding=CP1256", "where=n > 1", "map=a=b -> c", "map=Nom -> name_en", "set=x -> y=z",
            "strict=true"])

    def test_new_and_info(self):
        self.assertEqual(notes(support.run("new", "w.gpkg", "--overwrite", "--json")), ["new=w.gpkg", "overwrite=true"])
        self.assertEqual(notes(support.run("info", "w.gpkg", "--layer", "x", "--threads", "3", "--json")),
                         ["info=w.gpkg", "threads=3", "layer=x"])

    def test_damage(self):
        layers = [word for layer in LAYERS for word in ("--" + layer, f"{layer}.gpkg|layername=x")]
        got = notes(support.run("damage", "w.gpkg", "--by", "admin:2", "-o", "o.gpkg", "--overwrite", "--json", *layers))
        self.assertEqual(got[:2], ["damage=w.gpkg", "by=admin:2"])
        self.assertEqual(set(got[2:]), {"output=o.gpkg", "overwrite=true"} | {f"layer={x} -> {x}.gpkg|layername=x" for x in LAYERS})

    def test_hazard(self):
        layers = [word for layer in HAZARD_LAYERS for word in ("--" + layer, layer + ".gpkg")]
        got = notes(support.run("hazard", "w.gpkg", "--hazard", "flood=d.tif,unit=m", "--hazard", "slide=z.gpkg|layername=z,column=c",
                                "--by", "admin:2", "--at-least", "2", "--near", "500", "--cells", "centre", "--points", "bilinear", "--crs",
                                "EPSG:32634", "--curve", "c:flood", "--passability", "flood", "--warning-delay", "30", "--samples", "9", "--seed",
                                "7", "--population", "p.tif", "--evacuation", "--dem", "t.tif", "-o", "o.gpkg", "--overwrite", "--json", *layers))
        self.assertEqual(set(got), {"hazard=w.gpkg", "of=flood -> d.tif,unit=m", "of=slide -> z.gpkg|layername=z,column=c", "by=admin:2",
                                    "at_least=2", "near=500", "cells=centre", "points=bilinear", "crs=EPSG:32634", "output=o.gpkg",
                                    "curve=c:flood", "passability=flood", "warning_delay=30", "samples=9", "seed=7", "population=p.tif", "evacuation=true", "dem=t.tif",
                                    "overwrite=true"} | {f"layer={x} -> {x}.gpkg" for x in HAZARD_LAYERS})

    def test_map(self):
        layers = [word for layer in MAP_LAYERS for word in ("--" + layer, layer + ".gpkg")]
        got = notes(support.run("map", "w.gpkg", "--sheet", "overview", "-o", "o.png", "--area", "A", "--extent", "-1,2,3,4", "--title",
                                "T", "--set", "k=v", "--overwrite", "--json", *layers))
        self.assertEqual(set(got), {"map=w.gpkg", "sheet=overview", "output=o.png", "area=A", "extent=-1,2,3,4", "title=T", "set=k -> v",
                                    "overwrite=true"} | {f"layer={x} -> {x}.gpkg" for x in MAP_LAYERS})


class Plans(support.InFolder):
    def plan(self, *steps, **top):
        return self.write("plan.json", {"steps": list(steps), **top})

    def run_plan(self, *arguments):
        return json.loads(support.run("run", "plan.json", "--json", *arguments).stdout)

    def test_a_plan_does_what_the_command_line_does(self):
        self.plan({"command": "import", "source": ["s.csv", "t.csv"], "options": {
            "to": "site", "layer": "L", "map": {"a=b": "c", "Nom": "name_en"}, "set": {"x": "y=z"}, "where": "n > 1", "crs": "EPSG:32634",
            "encoding": "CP1256", "as": "cems", "date": "2023-09-18", "lang": "ar", "audience": "public", "strict": True,
            "dry-run": True}}, workspace="w.gpkg")
        typed = notes(support.run("import", "s.csv", "t.csv", "-w", "w.gpkg", "--json", *IMPORT))
        self.assertEqual(self.run_plan()["steps"][0]["notes"], typed)

    def test_paths_are_relative_to_the_plan(self):
        (self.folder / "p").mkdir()
        self.write("p/plan.json", {"workspace": "w.gpkg", "steps": [
            {"command": "import", "source": "s.csv"}, {"command": "import", "source": ["/abs/s.csv"]},
            {"command": "damage", "options": {"by": "blocks.gpkg|layername=b", "admin": "a.gpkg", "output": "o.gpkg"}},
            {"command": "damage", "options": {"by": "admin:2"}},
            {"command": "hazard", "options": {"hazard": {"flood": "d.tif,unit=m", "slide": "/z.gpkg|layername=z,coverage=c.gpkg"}}},
            {"command": "map", "workspace": "/abs/v.gpkg", "options": {"output": "m.png", "sheet": "overview"}},
            {"command": "map", "options": {"output": "m.png", "sheet": "my.json"}}]})
        steps = json.loads(support.run("run", "p/plan.json", "--json").stdout)["steps"]
        self.assertEqual([step["notes"] for step in steps], [
            ["import=p/w.gpkg", "source=p/s.csv"], ["import=p/w.gpkg", "source=/abs/s.csv"],
            ["damage=p/w.gpkg", "by=p/blocks.gpkg|layername=b", "layer=admin -> p/a.gpkg", "output=p/o.gpkg"],
            ["damage=p/w.gpkg", "by=admin:2"],
            ["hazard=p/w.gpkg", "of=flood -> p/d.tif,unit=m", "of=slide -> /z.gpkg|layername=z,coverage=p/c.gpkg"], ["map=/abs/v.gpkg", "sheet=overview", "output=p/m.png"],
            ["map=p/w.gpkg", "sheet=p/my.json", "output=p/m.png"]])
        steps = json.loads(support.run("run", "p/plan.json", "--json", "--output-dir", "out").stdout)["steps"]
        self.assertEqual(steps[2]["notes"], ["damage=out/w.gpkg", "by=p/blocks.gpkg|layername=b", "layer=admin -> p/a.gpkg",
                                             "output=out/o.gpkg"])
        self.assertTrue((self.folder / "out").is_dir())

    def test_who_comes_first(self):
        self.plan({"command": "new"}, {"command": "new", "date": "2"}, {"command": "new", "date": "2", "options": {"date": "3"}},
                  workspace="w.gpkg", date="1", lang="ar")
        dates = [step["notes"][1:] for step in self.run_plan()["steps"]]
        self.assertEqual(dates, [["date=1", "lang=ar"], ["date=2", "lang=ar"], ["date=3", "lang=ar"]])
        dates = [step["notes"][1:] for step in self.run_plan("--date", "9")["steps"]]
        self.assertEqual(dates, [["date=9", "lang=ar"]] * 3)

    def test_goes_on_after_rejected_rows_and_stops_after_a_failure(self):
        self.plan({"command": "info", "source": "reject-2"}, {"command": "info", "source": "good"})
        done = support.run("run", "plan.json")
        self.assertEqual(done.returncode, 3)
        self.assertIn("info=good", done.stdout)
        self.assertIn("sitemap run step 1 (info): warning: 2 rows were rejected", done.stderr)
        self.assertEqual(support.run("run", "plan.json", "--strict").returncode, 1)
        self.plan({"command": "info", "source": "good"}, {"command": "info", "source": "fail-IO"}, {"command": "info", "source": "last"})
        done = support.run("run", "plan.json")
        self.assertEqual(done.returncode, 1)
        self.assertNotIn("last", done.stdout)
        self.assertIn("step 2 (info): fail-IO", done.stderr)
        self.assertIn("ended at step 2 of 3", done.stderr)

    def test_dry_run_does_nothing(self):
        self.plan({"command": "info", "source": self.write("fail-IO", "")})
        done = support.run("run", "plan.json", "--dry-run", "--output-dir", "out")
        self.assertEqual((done.returncode, done.stdout), (0, "1/1 info fail-IO\n"))
        self.assertFalse((self.folder / "out").exists())

    def test_numbers_may_be_a_list(self):
        for limits, words in (([10, 30, 60], "10,30,60"), ([7.5], "7.5"), ("15,30", "15,30"), (20, "20")):
            with self.subTest(limits=limits):
                self.plan({"command": "access", "options": {"limits": limits}}, workspace="w.gpkg")
                done = support.run("run", "plan.json", "--json")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn(f'"limits={words}"', done.stdout)

    def test_wrong_plans(self):
        for number, (text, words) in support.cases("plan_errors.case"):
            with self.subTest(line=number):
                self.write("plan.json", text)
                done = support.run("run", "plan.json")
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                for word in words.split("; "):
                    self.assertIn(word, done.stderr)

    def test_a_large_file_is_no_plan(self):
        self.write("plan.json", " " * (1 << 21))
        done = support.run("run", "plan.json")
        self.assertEqual(done.returncode, 1)
        self.assertIn("one megabyte", done.stderr)
        self.write("plan.json", '{"steps": [{"command": "info", "source": "x"}]}'.ljust(1 << 20))
        self.assertEqual(support.run("run", "plan.json").returncode, 0)

    def test_a_plan_that_cannot_be_read_is_no_wrong_usage(self):
        done = support.run("run", "none.json")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("none.json: there is no such file", done.stderr)
        self.assertEqual(support.run("run", str(self.folder)).returncode, 1)

    def test_dry_run_looks_for_what_is_read(self):
        self.write("s.csv", "")
        self.write("a.zip", "")
        good = [{"command": "new"}, {"command": "import", "source": ["s.csv", "./s.csv", "a.zip/in/t.csv"]},
                {"command": "damage", "options": {"by": "aoi", "output": "o.gpkg"}},
                {"command": "damage", "options": {"by": "./s.csv,key=name", "admin": "./o.gpkg|layername=a"}},
                {"command": "info", "source": "o.gpkg|layername=x"}, {"command": "map", "options": {"output": "m.png"}}]
        self.plan(*good, workspace="w.gpkg")
        done = support.run("run", "plan.json", "--dry-run")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for step, number, path in (({"command": "import", "source": ["s.csv", "t.csv"]}, 1, "t.csv"),
                                   ({"command": "info", "source": "p.gpkg|layername=x"}, 1, "p.gpkg"),
                                   ({"command": "damage", "options": {"by": "b.gpkg,key=x"}}, 1, "b.gpkg"),
                                   ({"command": "damage", "options": {"hazard": "h.gpkg"}}, 1, "h.gpkg"),
                                   ({"command": "hazard", "options": {"hazard": {"flood": "d.tif,unit=m"}}}, 1, "d.tif"),
                                   ({"command": "hazard", "options": {"hazard": {"flood": "d,x.gpkg|layername=a,column=b"}}}, 1, "d,x.gpkg"),
                                   ({"command": "hazard", "options": {"population": "p.tif"}}, 1, "p.tif"),
                                   ({"command": "map", "options": {"output": "m.png", "sheet": "s.json"}}, 1, "s.json"),
                                   ({"command": "info", "source": "s.csv/in.csv/x"}, 0, ""),
                                   ({"command": "map", "workspace": "v.gpkg", "options": {"output": "m.png"}}, 1, "v.gpkg")):
            with self.subTest(step=step):
                self.plan(*good, step, workspace="w.gpkg")
                done = support.run("run", "plan.json", "--dry-run", "--json")
                self.assertEqual((done.returncode, json.loads(done.stdout)["exit"]), (number, number), done.stderr)
                self.assertEqual(done.stderr, f"sitemap run step 7 ({step['command']}): {path}: there is no such file, and no step "
                                 "before this one writes it; check the path\n" if number else "")
        self.plan({"command": "info", "source": "o.gpkg"}, *good, workspace="w.gpkg")
        self.assertIn("step 1 (info): o.gpkg", support.run("run", "plan.json", "--dry-run").stderr)


if __name__ == "__main__":
    unittest.main()
