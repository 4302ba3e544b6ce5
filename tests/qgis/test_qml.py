#!/usr/bin/env python3
"""Our QML in QGIS: a GeoPackage with a layer for each style and each geometry it draws, its rows made so that every
rule has some; each must open valid with the default style, with our rule titles, and QGIS's legend must count for
every rule the features that we say it draws.

    test_qml.py STYLE_TOOL STYLES_FOLDER [KEEP.gpkg]
"""
import glob
import itertools
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

from styled_gpkg import add_layer, add_styles, create, run_tool, write_table

OGC, SE = "{http://www.opengis.net/ogc}", "{http://www.opengis.net/se}"
SYMBOLIZERS = {"PointSymbolizer": "p", "LineSymbolizer": "l", "PolygonSymbolizer": "g"}
OVERLAYS = {("site", "closed"), ("service", "not_functional"), ("site_feature", "not_functional")}  # drawn over the mark of another rule
HERE = os.path.dirname(os.path.abspath(__file__))


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


def style_facts(path):
    """Which geometries a style draws, and which values each of its columns is compared with."""
    root = ET.parse(path).getroot()
    tags = {e.tag.replace(SE, "") for e in root.iter()}
    shapes = "".join(s for name, s in SYMBOLIZERS.items() if name in tags)
    values = {}
    for parent in root.iter():
        names = parent.findall(OGC + "PropertyName")
        for name in names:
            values.setdefault(name.text, set()).update(e.text for e in parent.findall(OGC + "Literal"))
    return shapes, {k: v for k, v in values.items()}


def model_limits(layer):
    """field -> (least, most) that the model lets in."""
    path = os.path.join(os.environ["SITEMAP_DATA"], "model", layer + ".json")
    if not os.path.exists(path):
        return {}
    fields = json.load(open(path, encoding="utf-8"))["fields"]
    return {field["name"]: (field.get("min"), field.get("max")) for field in fields}


def make_rows(values, limits):
    """Columns with types, and rows: every combination of the values compared with, one beside them, and null; columns
    that are only labels get a text."""
    columns, choices = [], []
    for name in sorted(values):
        found = sorted(values[name])
        if not found:
            columns.append((name, "text"))
            choices.append(["Derna" if name.endswith("en") else "درنة"])
        elif all(is_number(v) for v in found):
            columns.append((name, "int"))
            numbers = [int(float(v)) for v in found]
            low, high = limits.get(name, (None, None))
            around = sorted({n + d for n in numbers for d in (-1, 0, 1)})
            choices.append([None] + [n for n in around if (low is None or n >= low) and (high is None or n <= high)])
        else:
            columns.append((name, "text"))
            choices.append([None, "something_else"] + found)
    if not columns:
        columns, choices = [("source", "text")], [["a", "b"]]
    rows = list(itertools.islice(itertools.product(*choices), 1000))
    return columns, rows


def expected_title(rule, lang):
    if lang == "both" and rule["title_en"] != rule["title_ar"]:
        return f"{rule['title_en']} | {rule['title_ar']}"
    return rule["title_ar"] if lang == "ar" else rule["title_en"]


def build(tool, folder, gpkg, styles):
    """Write the GeoPackage; layer -> what to expect of it."""
    expect, texts = {}, {}
    dataset = create(gpkg)
    for path in styles:
        name = os.path.splitext(os.path.basename(path))[0]
        shapes, values = style_facts(path)
        columns, rows = make_rows(values, model_limits(name))
        table = os.path.join(folder, name + ".csv")
        write_table(table, columns, rows)
        held = json.loads(run_tool(tool, "match", path, table))
        rules = json.loads(run_tool(tool, "rules", path))
        sld = open(path, encoding="utf-8").read()
        schema = [name] if os.path.exists(os.path.join(os.environ["SITEMAP_DATA"], "model", name + ".json")) else []
        mixed = [shapes] if len(shapes) > 1 else []
        for shape, lang in zip([*shapes, *mixed], itertools.cycle(["both", "ar", "en"])):
            layer = f"{name}_{shape}"
            add_layer(dataset, layer, shape, columns, rows)
            texts[layer] = (run_tool(tool, "qml", path, lang, shape, *schema), sld)
            expect[layer] = {"titles": [expected_title(r, lang) for r in rules], "counts": [len(h) for h in held],
                             "features": len(rows), "schema": bool(schema), "labels": "TextSymbolizer" in sld, "parts": len(shape)}
        base = sorted(row for rule, rows_of in zip(rules, held) if (name, rule["name"]) not in OVERLAYS for row in rows_of)
        if base != list(range(len(rows))):
            odd = [r for r in range(len(rows)) if base.count(r) != 1]
            raise SystemExit(f"{name}: not drawn by exactly one rule: {[dict(zip(columns, rows[r])) for r in odd[:5]]}")
        uncovered = [r["name"] for r, h in zip(rules, held) if not h]
        if uncovered:
            raise SystemExit(f"{name}: no row of the test reaches the rules {uncovered}")
    del dataset
    add_styles(gpkg, texts)
    return expect


def compare_part(layer, want, part):
    """A mixed table has its rules once for each kind of geometry: only those of the part's own count."""
    problems, counts = [], {}
    for rule in part["rules"]:
        counts[rule["label"]] = counts.get(rule["label"], 0) + rule["count"]
    wanted = dict(zip(want["titles"], want["counts"]))
    if list(counts) != want["titles"]:
        problems.append(f"{layer}: rule titles {list(counts)}, not {want['titles']}")
    elif counts != wanted:
        problems.append(f"{layer}: QGIS counts {counts}, we {wanted}")
    if part["features"] != want["features"]:
        problems.append(f"{layer}: {part['features']} features, not {want['features']}")
    if part["labels"] != want["labels"]:
        problems.append(f"{layer}: labels {part['labels']}, not {want['labels']}")
    if want["schema"] and not part["aliases"]:
        problems.append(f"{layer}: no aliases")
    if not all(r["symbol"] for r in part["rules"]):
        problems.append(f"{layer}: a rule without a symbol")
    return problems


def compare(expect, seen):
    problems = []
    for layer, want in expect.items():
        parts = seen.get(layer, {}).get("parts", [])
        if len(parts) != want["parts"]:
            problems.append(f"{layer}: QGIS shows {len(parts)} layers, not {want['parts']}")
        for part in parts:
            problems += compare_part(layer, want, part)
    return problems


def main():
    tool, styles_folder = sys.argv[1], sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        gpkg = sys.argv[3] if len(sys.argv) > 3 else os.path.join(folder, "styles.gpkg")
        expect = build(tool, folder, gpkg, sorted(glob.glob(os.path.join(styles_folder, "*.sld"))))
        done = subprocess.run([sys.executable, os.path.join(HERE, "check_styles.py"), gpkg], capture_output=True,
                              text=True, encoding="utf-8")
    if done.returncode != 0:
        print(done.stdout[-2000:], done.stderr)
        return done.returncode
    problems = compare(expect, json.loads(done.stdout[done.stdout.index("{"):]))
    for text in problems:
        print(text)
    rules = sum(len(e["counts"]) for e in expect.values())
    print(f"{len(expect)} layers, {rules} rules, {sum(sum(e['counts']) for e in expect.values())} features counted by QGIS and by us: {len(problems)} differ")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
