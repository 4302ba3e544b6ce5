"""QGIS opens every layer of the workspace valid and styled, and counts per rule what our legend counts."""
import collections
import json
import os
import subprocess
import sys
import unittest

import demo

CHECK = demo.ROOT / "tests" / "qgis" / "check_styles.py"


def qgis_view():
    """What check_styles.py reports of the workspace: layer -> parts with rules and their counts."""
    env = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    done = subprocess.run([sys.executable, CHECK, demo.WORKSPACE], capture_output=True, text=True, encoding="utf-8", check=False, env=env,
                          timeout=600)
    if done.returncode == 77:
        demo.skip(done.stderr.strip() or done.stdout.strip())
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class Legend(demo.Demo):
    def our_legend(self):
        """(layer, rule) -> features that the rule draws in the whole layer, from a map of all."""
        done = demo.sitemap("map", demo.WORKSPACE, "-o", self.folder / "all.png", "--dry-run", "--json", "--date", "2023-09-21")
        legend, = (t["rows"] for t in json.loads(done.stdout)["tables"] if t["name"] == "legend")
        counts = collections.Counter()
        for entry in legend:
            rule = entry["title"].split(": ")[-1]  # a lone rule stands after its layer's title
            counts[entry["layer"], rule] += entry["in_layer"]
        return counts

    def test_counts_per_rule(self):
        ours = self.our_legend()
        self.assertTrue(ours)
        theirs = collections.Counter()
        for layer, view in qgis_view().items():
            for part in view["parts"]:
                for rule in part.get("rules", []):
                    theirs[layer, rule["label"].split(" | ")[0]] += max(rule["count"], 0)
        for key, n in ours.items():
            with self.subTest(key):
                self.assertEqual(theirs[key], n)
        shown = {layer for layer, _ in ours}
        for (layer, title), n in theirs.items():
            if layer in shown and n:
                with self.subTest(layer, rule=title):
                    self.assertEqual(ours[layer, title], n)

    def test_every_layer_with_a_shape_is_styled(self):
        view = qgis_view()
        for layer in demo.rows(demo.WORKSPACE, "SELECT table_name, column_name FROM gpkg_geometry_columns"):
            name, shape = layer["table_name"], layer["column_name"]
            with self.subTest(name):
                self.assertIn(name, view)
                n = demo.rows(demo.WORKSPACE, 'SELECT count("%s") AS n FROM "%s"' % (shape, name))[0]["n"]
                self.assertEqual(sum(part["features"] for part in view[name]["parts"]), n)


unittest.main()
