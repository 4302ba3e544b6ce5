"""What the tests of the demo share: the program, the data, the run that demo/run left, and tables read with sqlite3."""
import collections
import csv
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
DATA = ROOT / "data" / "derna"
PROGRAM = os.environ["SITEMAP"]
RUN = pathlib.Path(os.environ["DEMO_RUN"])
WORKSPACE = RUN / "derna.gpkg"
DONE, FAILED, USAGE, REJECTED = 0, 1, 2, 3

ALMARJ_POINTS = DATA / "cems" / "EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2.json"
DERNA_FLOOD = DATA / "cems" / "EMSR696_AOI01_GRA_PRODUCT_observedEventA_v1.json"
DERNA_EXCERPT = DATA / "excerpt" / "EMSR696_AOI01_GRA_PRODUCT_builtUpP_v1.json"
DERNA_ROADS_EXCERPT = DATA / "excerpt" / "EMSR696_AOI01_GRA_PRODUCT_transportationL_v1.json"
AREAS = DATA / "cems" / "EMSR696_aois.geojson"


def sitemap(*arguments, expect=(DONE,), **more):
    """Run the program; fail with what it said unless it ends as expected."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", check=False,
                          timeout=600, **more)
    if done.returncode not in expect:
        raise AssertionError("sitemap %s: exit code %d\n%s%s" % (" ".join(map(str, arguments)), done.returncode, done.stdout,
                                                                 done.stderr))
    return done


def run_plan(folder, plan=DATA / "plan.json", threads=2, **more):
    """The demo's plan into a folder. Some sites are rejected on purpose, so it ends with exit code 3."""
    return sitemap("run", plan, "--output-dir", folder, "--threads", threads, expect=(REJECTED,), **more)


def rows(workspace, sql, *values):
    connection = sqlite3.connect("file:%s?mode=ro" % workspace, uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(r) for r in connection.execute(sql, values)]
    finally:
        connection.close()


def layers(workspace):
    """Names of the tables that the file lists as its content."""
    return [r["table_name"] for r in rows(workspace, "SELECT table_name FROM gpkg_contents ORDER BY table_name")]


def area_number(area_id):
    """3 for "EMSR696-AOI03"."""
    digits = area_id.upper().rpartition("AOI")[2]
    return int(digits)


def summary(workspace, excerpt=False):
    """(area, use, grade) -> observations, from the complete products or from the excerpts."""
    out = collections.Counter()
    for r in rows(workspace, "SELECT * FROM damage_summary WHERE observations IS NOT NULL"):
        if (r["coverage"] == "excerpt") == excerpt:
            out[area_number(r["area_id"]), r["use"], r["grade"]] += r["observations"]
    return dict(out)


def features(path):
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def write_features(path, items):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": items}, ensure_ascii=False), encoding="utf-8")
    return path


def csv_rows(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def skip(why):
    print("skipped: " + why)
    sys.stdout.flush()
    os._exit(77)  # unittest takes an ordinary exit for an error


class Demo(unittest.TestCase):
    """A test with a temporary folder of its own."""
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def copy_of_run(self):
        return pathlib.Path(shutil.copy(WORKSPACE, self.folder / "copy.gpkg"))

    def damage_of(self, *products, set_options=()):
        """A new workspace with the areas of interest and these products, counted."""
        workspace = self.folder / ("w%d.gpkg" % len(list(self.folder.glob("w*.gpkg"))))
        sitemap("new", workspace, "--date", "2023-09-21")
        sitemap("import", "--as", "cems", AREAS, *products, "-w", workspace, "--date", "2023-09-21", *set_options)
        sitemap("damage", workspace, "--date", "2023-09-21")
        return workspace
