"""Who sees what: each verb for each audience, and nothing in an output that its audience may not see."""
import json
import os
import shutil
import sqlite3
import struct
import unittest

import protect_world
import support

AUDIENCES = ("internal", "humanitarian", "public")

# What each verb does for an audience that does not see everything: through the gate, or refused.
THROUGH_THE_GATE = {"map", "publish"}


class Verbs(support.InFolder):
    def command(self, name):
        return {"new": ["new", "n.gpkg"], "import": ["import", "site.csv", "-w", "w.gpkg", "--to", "site"], "info": ["info", "w.gpkg"],
                "map": ["map", "w.gpkg", "-o", "m.png", "--overwrite"], "run": ["run", "plan.json"],
                "publish": ["publish", "w.gpkg", "-o", "p.gpkg", "--overwrite"]}.get(name, [name, "w.gpkg"])

    def test_every_verb_for_every_audience(self):
        protect_world.build(self)
        self.write("plan.json", {"workspace": "w.gpkg", "steps": [{"command": "hazard"}]})
        for command in support.usage():
            name = command["name"]
            if not any(option["name"] == "audience" for option in command["options"]):
                continue
            for audience in AUDIENCES[1:]:
                with self.subTest(verb=name, audience=audience):
                    done = support.run(*self.command(name), "--audience", audience)
                    if name in THROUGH_THE_GATE:
                        self.assertEqual(done.returncode, 0, done.stderr)
                        continue
                    self.assertEqual(done.returncode, 1, done.stdout)
                    self.assertEqual(done.stdout, "1/1 hazard w.gpkg\n" if name == "run" else "")
                    self.assertIn("its result is internal", done.stderr)


class Outputs(support.InFolder):
    def setUp(self):
        super().setUp()
        protect_world.build(self)

    def check(self, audience, outputs):
        for name, content in outputs.items():
            for what, needle in protect_world.needles(audience):
                self.assertNotIn(needle, content, f"{what} in {name} for {audience}")

    def test_marks_are_there_to_be_found(self):
        """The workspace itself holds every mark and position: the searches below can fail."""
        content = (self.folder / "w.gpkg").read_bytes()
        for what, (mark, _) in protect_world.MARKS.items():
            self.assertTrue(mark.encode() in content or mark.replace(" ", "").encode() in content, what)
        for what, ((x, y), _) in protect_world.PLACES.items():
            self.assertIn(struct.pack("<dd", x, y), content, what)

    def legend(self, done):
        table, = (t["rows"] for t in json.loads(done.stdout)["tables"] if t["name"] == "legend")
        return {(row["layer"], row["rule"]): row["in_frame"] for row in table}

    def test_maps(self):
        sites = {}
        for audience in AUDIENCES:
            done = support.run("map", "w.gpkg", "-o", "m.png", "--overwrite", "--audience", audience, "--json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.check(audience, {"stdout": done.stdout.encode(), "stderr": done.stderr.encode(),
                                  "m.png": (self.folder / "m.png").read_bytes()})
            sites[audience] = {layer for layer, _ in self.legend(done)}
            counts = [n for (layer, _), n in self.legend(done).items() if layer == "site"]
            sites.setdefault("counted", {})[audience] = None if None in counts else sum(counts)
        self.assertLessEqual({"site", "service"}, sites["public"])
        self.assertEqual(sites["counted"], {"internal": 5, "humanitarian": 2, "public": None})

    def test_published_files(self):
        layers, told = {}, {}
        for audience in AUDIENCES:
            done = support.run("publish", "w.gpkg", "-o", "p.gpkg", "--overwrite", "--audience", audience, "--json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.check(audience, {"stdout": done.stdout.encode(), "stderr": done.stderr.encode(),
                                  "p.gpkg": (self.folder / "p.gpkg").read_bytes()})
            table, = (t["rows"] for t in json.loads(done.stdout)["tables"] if t["name"] == "published")
            layers[audience] = {row["layer"] for row in table}
            rows, = sqlite3.connect("p.gpkg").execute("SELECT value FROM sitemap_meta WHERE key = 'protection'").fetchone()
            told[audience] = {row["layer"]: row for row in json.loads(rows)["layers"]}
        self.assertEqual(told["internal"], {})
        self.assertEqual((told["humanitarian"]["site"]["rows"], told["humanitarian"]["site"]["rows_left_out"]), ("2", "3"))
        self.assertEqual((told["public"]["site"]["rows"], told["public"]["site"]["rows_left_out"]), ("<5", "<5"))
        self.assertEqual(told["public"]["site"]["positions"], "middle of squares of 1000 m")
        self.assertIn("household", layers["internal"])
        self.assertEqual(layers["humanitarian"], {"admin", "site", "site_round", "service", "feedback", "road", "area_round", "hazard"})
        self.assertEqual(layers["public"], {"admin", "site", "site_round", "service", "feedback", "road", "area_round", "hazard"})

    def test_disclosure_report(self):
        """Two sites for the humanitarian audience: alike by type, one of a kind by name."""
        command = ["publish", "w.gpkg", "-o", "p.gpkg", "--overwrite", "--audience", "humanitarian", "--disclosure-report", "--json"]
        for columns, k, risk in (("site_type", 2, 50), ("site_type,name_en", 1, 100)):
            done = support.run(*command, "--layer", "site", "--quasi", columns)
            self.assertEqual(done.returncode, 0, done.stderr)
            row, = next(t["rows"] for t in json.loads(done.stdout)["tables"] if t["name"] == "disclosure")
            self.assertEqual((row["rows"], row["smallest_k"], row["risk_percent"], row["above_limit"]), (2, k, risk, True))
            self.assertNotIn("OPENMARK", done.stdout)
        done = support.run(*command, "--quasi", "owner")
        self.assertEqual(done.returncode, 1)
        self.assertIn('no layer that is published has a column "owner"', done.stderr)
        rows = next(t["rows"] for t in json.loads(support.run(*command).stdout)["tables"] if t["name"] == "disclosure")
        self.assertEqual({row["layer"] for row in rows}, {"site", "area_round"})

    def publish(self, name, *arguments, rules=None):
        environment = dict(os.environ)
        if rules:
            data = self.folder / "data"
            if not data.exists():
                shutil.copytree(support.ROOT / "data", data)
            (data / "audiences.json").write_text(json.dumps(rules), encoding="utf-8")
            environment["SITEMAP_DATA"] = str(data)
        (self.folder / name).unlink(missing_ok=True)
        done = support.run("publish", "w.gpkg", "-o", name, "--audience", "public", *arguments, env=environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        return (self.folder / name).read_bytes()

    def individuals(self, name):
        return sqlite3.connect(name).execute("SELECT individuals FROM area_round ORDER BY population_group").fetchall()

    def test_rules_are_data(self):
        """The limit of small counts, and points drawn from the square: by a seed the same, without one never, and it is in no file."""
        rules = json.loads((support.ROOT / "data" / "audiences.json").read_text(encoding="utf-8"))
        public = rules["audiences"][2]
        self.publish("a.gpkg")
        self.assertEqual(self.individuals("a.gpkg"), [(203,), (None,), (11,)])
        public["small_counts"]["below"] = 20
        self.publish("a.gpkg", rules=rules)
        self.assertEqual(self.individuals("a.gpkg"), [(203,), (None,), (None,)])
        public["rule"]["site"]["place"]["displace"] = True
        one, same, other = (self.publish("a.gpkg", "--layer", "site", "--seed", seed, rules=rules) for seed in ("73737373", "73737373", "8"))
        self.assertEqual(one, same)
        self.assertNotEqual(one, other)
        self.assertNotIn(b"73737373", one)
        self.assertNotIn(struct.pack(">i", 73737373), one)
        drawn = [self.publish("a.gpkg", "--layer", "site", rules=rules) for _ in range(2)]
        self.assertNotEqual(*drawn)
        del public["rule"]["hazard"]
        self.publish("a.gpkg", rules=rules)
        tables = sqlite3.connect("a.gpkg").execute("SELECT table_name FROM gpkg_contents").fetchall()
        self.assertNotIn(("hazard",), tables)

    def test_rounded_ratios_are_not_told_where_they_give_counts_away(self):
        """People for each latrine, rounded, of latrines that are told: 5 and 3 people are known by it, 61 are told anyway."""
        self.write("rounds.csv", "site_id,round,date,individuals,latrines_shared,water_l_per_person_day\n"
                   "s-open,8,2023-10-01,61,4,15\ns-open,9,2023-10-02,3,1,3\ns-open,10,2023-10-03,3,1000,0\n")
        self.assertEqual(support.run("import", "rounds.csv", "-w", "w.gpkg", "--to", "site_round").returncode, 0)
        rules = json.loads((support.ROOT / "data" / "audiences.json").read_text(encoding="utf-8"))
        rule = rules["audiences"][2]["rule"]["site_round"]
        rule["only"] += ["latrines_shared", "water_l_per_person_day"]
        rule["counts"][1]["ratio"] = {"column": "water_l_per_person_day", "by": ["site_id", "round"], "per": "latrines_shared"}
        self.publish("a.gpkg", rules=rules)
        told = sqlite3.connect("a.gpkg").execute("SELECT round, individuals, water_l_per_person_day FROM site_round WHERE round > 7").fetchall()
        self.assertEqual(told, [(8, 61, 15), (9, None, None), (10, None, 0)])

    def test_a_part_is_told_as_the_whole_is(self):
        """What is hidden does not depend on which layers are in the file: two files of one workspace do not give each other away."""
        self.publish("a.gpkg")
        self.publish("b.gpkg", "--layer", "area_round")
        self.assertEqual(self.individuals("a.gpkg"), self.individuals("b.gpkg"))

    def test_seed_must_be_a_number(self):
        done = support.run("publish", "w.gpkg", "-o", "p.gpkg", "--audience", "public", "--seed", "x")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--seed must be a whole number", done.stderr)

    def test_a_layer_that_is_not_for_them_is_refused_by_name(self):
        for audience in AUDIENCES[1:]:
            done = support.run("publish", "w.gpkg", "-o", "p.gpkg", "--layer", "household", "--audience", audience)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn("layer household is not for the audience", done.stderr)
            self.assertFalse((self.folder / "p.gpkg").exists())

    def test_source_of_ones_own_goes_through_the_gate(self):
        for audience, count in (("internal", 5), ("humanitarian", 2)):
            done = support.run("map", "w.gpkg", "--site", "w.gpkg|layername=site", "-o", "m.png", "--overwrite", "--audience", audience,
                               "--json")
            self.assertEqual(done.returncode, 0, done.stderr)
            found = self.legend(done)
            self.assertEqual(sum(n for (layer, _), n in found.items() if layer == "site"), count, found)


if __name__ == "__main__":
    unittest.main()
