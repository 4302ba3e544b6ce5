#!/usr/bin/env python3
"""Our filters against QGIS's expression engine: random tables and random SLD filters; for every rule, QGIS must hold
for the same rows with the expression that we write, and with the expression that it makes of the SLD by itself.

    test_filters.py STYLE_TOOL [SEED [ROUNDS]]
"""
import json
import os
import random
import sys
import tempfile

from headless import finish, start
from styled_gpkg import run_tool, write_table
from qgis.PyQt.QtCore import QDate
from qgis.core import (QgsExpression, QgsExpressionContext, QgsExpressionContextUtils, QgsFeature, QgsVectorLayer)

COLUMNS = [("name", "text"), ("people", "int"), ("depth", "real"), ("seen", "date"), ("code", "text")]
MEMORY = {"text": "string", "int": "int8", "real": "double", "date": "date"}
VALUES = {
    "name": ["Derna", "derna", "درنة", "Al Marj", "", "50%", "a_b", "O'Neil", "x\\y", "12"],
    "people": [0, 1, 12, 100, 99999, -3],
    "depth": [0.0, 0.5, 1.0, 12.0, -2.25, 1e6],
    "seen": ["2023-09-10", "2023-09-11", "1999-12-31"],
    "code": ["1", "02", "2", "10", "2.0", "A2", "b"],
}
LITERALS = {
    "name": VALUES["name"] + ["Zzz"],
    "people": [0, 12, 12.5, 100, -3],
    "depth": [0, 0.5, 1, 12, -2.25],
    "seen": VALUES["seen"] + ["2023-09-12"],
    "code": ["1", "2", "2.0", "A2", "10"],
}
COMPARISONS = ["EqualTo", "NotEqualTo", "LessThan", "LessThanOrEqualTo", "GreaterThan", "GreaterThanOrEqualTo"]
PATTERNS = ["*", "D*", "*a", "?er*", "*!*", "a?b", "د*", "*'*", "50%", "_er*", "x\\y", "!*x"]
HEAD = ('<StyledLayerDescriptor version="1.1.0" xmlns="http://www.opengis.net/sld" xmlns:se="http://www.opengis.net/se" '
        'xmlns:ogc="http://www.opengis.net/ogc"><NamedLayer><se:Name>t</se:Name><UserStyle><se:FeatureTypeStyle>')
TAIL = "</se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>"


def escape(text):
    return str(text).replace("&", "&amp;").replace("<", "&lt;")


def literal(value):
    return f"<ogc:Literal>{escape(value)}</ogc:Literal>"


def condition(rng, depth):
    kind = rng.choice(["compare"] * 5 + ["like", "null", "between"] + (["and", "or", "not"] * 2 if depth < 3 else []))
    column = rng.choice(COLUMNS)[0]
    name = f"<ogc:PropertyName>{column}</ogc:PropertyName>"
    if kind == "null":
        return f"<ogc:PropertyIsNull>{name}</ogc:PropertyIsNull>"
    if kind == "like":
        return ('<ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!"><ogc:PropertyName>name</ogc:PropertyName>'
                f"{literal(rng.choice(PATTERNS))}</ogc:PropertyIsLike>")
    if kind == "between":
        low, high = rng.choice(LITERALS["people"]), rng.choice(LITERALS["people"])
        return (f"<ogc:PropertyIsBetween><ogc:PropertyName>people</ogc:PropertyName><ogc:LowerBoundary>{literal(low)}"
                f"</ogc:LowerBoundary><ogc:UpperBoundary>{literal(high)}</ogc:UpperBoundary></ogc:PropertyIsBetween>")
    if kind == "not":
        return f"<ogc:Not>{condition(rng, depth + 1)}</ogc:Not>"
    if kind in ("and", "or"):
        inside = "".join(condition(rng, depth + 1) for _ in range(rng.randint(2, 3)))
        return f"<ogc:{kind.title()}>{inside}</ogc:{kind.title()}>"
    op = "PropertyIs" + rng.choice(COMPARISONS)
    return f"<ogc:{op}>{name}{literal(rng.choice(LITERALS[column]))}</ogc:{op}>"


def random_rows(rng, count):
    return [[None if rng.random() < 0.15 else rng.choice(VALUES[c]) for c, _ in COLUMNS] for _ in range(count)]


def memory_layer(rows):
    fields = "".join(f"&field={c}:{MEMORY[t]}" for c, t in COLUMNS)
    layer = QgsVectorLayer(f"Point?crs=EPSG:4326{fields}", "t", "memory")
    features = []
    for row in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([QDate.fromString(v, "yyyy-MM-dd") if t == "date" and v else v
                               for v, (_, t) in zip(row, COLUMNS)])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def rows_that_hold(layer, text):
    expression = QgsExpression(text)
    if expression.hasParserError():
        raise SystemExit(f"{text}: {expression.parserErrorString()}")
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    held = []
    for row, feature in enumerate(layer.getFeatures()):
        context.setFeature(feature)
        if expression.evaluate(context) == 1:
            held.append(row)
    return held


def compare_round(tool, folder, rng, rules):
    """One table, one style of many rules. The reasons of what differs."""
    rows = random_rows(rng, 40)
    table, sld = os.path.join(folder, "t.csv"), os.path.join(folder, "t.sld")
    write_table(table, COLUMNS, rows)
    with open(sld, "w", encoding="utf-8") as f:
        f.write(HEAD)
        for i in range(rules):
            f.write(f"<se:Rule><se:Name>r{i}</se:Name><ogc:Filter>{condition(rng, 0)}</ogc:Filter><se:PointSymbolizer/></se:Rule>\n")
        f.write(TAIL)
    ours = json.loads(run_tool(tool, "match", sld, table))
    written = [r["expression"] for r in json.loads(run_tool(tool, "rules", sld))]
    layer = memory_layer(rows)
    message, ok = layer.loadSldStyle(sld)
    if not ok:
        return [f"QGIS cannot load the style: {message}"]
    own = [r.filterExpression() for r in layer.renderer().rootRule().children()]
    different = []
    for i, expression in enumerate(written):
        for whose, text in (("ours", expression), ("QGIS's own", own[i])):
            theirs = rows_that_hold(layer, text)
            if theirs != ours[i]:
                rows_off = sorted(set(theirs) ^ set(ours[i]))
                different.append(f"{whose} expression {text}: QGIS and we differ in rows {rows_off[:3]}, such as "
                                 f"{rows[rows_off[0]]} (we say {rows_off[0] in ours[i]}; ours is {expression})")
    return different


def main():
    tool = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    app = start()
    rng = random.Random(seed)
    different = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            different += compare_round(tool, folder, rng, 40)
    for text in different[:20]:
        print(text)
    print(f"{rounds * 40} filters over 40 rows each, seed {seed}: {len(different)} differ")
    del app
    return 1 if different else 0


if __name__ == "__main__":
    finish(main())
