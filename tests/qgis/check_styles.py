#!/usr/bin/env python3
"""What QGIS makes of our styles.

    check_styles.py FILE.gpkg [LAYER ...]   every layer opens valid, takes its default style, and has a rule-based
                                            renderer; prints JSON: layer -> features and, for each rule, label,
                                            filter and the count that QGIS's own legend shows
    check_styles.py --sld FOLDER            every *.sld loads unchanged on a layer of the geometry it draws

Exit 1 with the reasons when something is wrong, 77 without PyQGIS.
"""
import glob
import json
import os
import sys
import xml.etree.ElementTree as ET

from headless import finish, start
from qgis.core import Qgis, QgsProviderRegistry, QgsVectorLayer

SE = "{http://www.opengis.net/se}"
DRAWS = {"PointSymbolizer": "Point", "LineSymbolizer": "LineString", "PolygonSymbolizer": "Polygon"}
GEOMETRY = {0: "point", 1: "line", 2: "polygon", 3: "unknown", 4: "none"}


def count_by_legend(layer):
    counter = layer.countSymbolFeatures()
    if counter is None:
        return lambda key: -1
    counter.waitForFinished()
    return counter.featureCount


def describe(layer, problems):
    """The rules of a layer with their counts, and what is wrong with it."""
    name = layer.name()
    renderer = layer.renderer()
    if renderer is None or renderer.type() != "RuleRenderer":
        problems.append(f"{name}: the default style was not applied: renderer {renderer.type() if renderer else None}")
        return []
    count = count_by_legend(layer)
    rules = []
    for rule in renderer.rootRule().children():
        rules.append({"key": rule.ruleKey(), "label": rule.label(), "filter": rule.filterExpression(),
                      "count": count(rule.ruleKey()), "symbol": rule.symbol() is not None,
                      "min_scale": rule.maximumScale(), "max_scale": rule.minimumScale()})
        if rule.filter() is not None and rule.filter().hasParserError():
            problems.append(f"{name}: {rule.filterExpression()}: {rule.filter().parserErrorString()}")
        if not rule.label():
            problems.append(f"{name}: a rule without a label")
    if not rules:
        problems.append(f"{name}: the style has no rules")
    return rules


def check_gpkg(path, wanted):
    problems, result = [], {}
    sublayers = QgsProviderRegistry.instance().querySublayers(path, Qgis.SublayerQueryFlag.ResolveGeometryType)
    if not sublayers:
        problems.append(f"{path}: QGIS finds no layer in it")
    for sub in sublayers:
        if wanted and sub.name() not in wanted:
            continue
        layer = QgsVectorLayer(sub.uri(), sub.name(), sub.providerKey())
        if not layer.isValid():
            problems.append(f"{sub.name()}: QGIS says that the layer is not valid")  # error() crashes 3.22 here
            continue
        kind = GEOMETRY[int(layer.geometryType())]
        entry = result.setdefault(sub.name(), {"parts": []})
        part = {"geometry": kind, "features": layer.featureCount(), "crs": layer.crs().authid(),
                "aliases": sum(bool(layer.attributeAlias(i)) for i in range(len(layer.fields()))),
                "value_maps": sum(layer.editorWidgetSetup(i).type() == "ValueMap" for i in range(len(layer.fields()))),
                "labels": layer.labelsEnabled()}
        if kind not in ("none",):
            part["rules"] = describe(layer, problems)
            if not layer.crs().isValid():
                problems.append(f"{sub.name()}: no coordinate reference system")
        entry["parts"].append(part)
    for name in wanted:
        if name not in result:
            problems.append(f"{path}: there is no layer {name}")
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return problems


def check_sld(path):
    """Load a style unchanged on a layer of each geometry that it has symbolizers for."""
    tree = ET.parse(path).getroot()
    kinds = sorted({DRAWS[e.tag.replace(SE, "")] for e in tree.iter() if e.tag.replace(SE, "") in DRAWS})
    titles = [r.find(f"{SE}Description/{SE}Title").text for r in tree.iter(SE + "Rule")]
    columns = sorted({e.text for e in tree.iter("{http://www.opengis.net/ogc}PropertyName")})
    problems = []
    for kind in kinds:
        fields = "".join(f"&field={c}:string" for c in columns)
        layer = QgsVectorLayer(f"{kind}?crs=EPSG:4326{fields}", "style", "memory")
        message, ok = layer.loadSldStyle(path)
        renderer = layer.renderer()
        if not ok:
            problems.append(f"{os.path.basename(path)} on {kind}: {message}")
        elif renderer.type() == "RuleRenderer":
            labels = [rule.label() for rule in renderer.rootRule().children()]
            if labels != titles:
                problems.append(f"{os.path.basename(path)} on {kind}: rules {labels}, not {titles}")
        elif len(titles) != 1:
            problems.append(f"{os.path.basename(path)} on {kind}: {renderer.type()} for {len(titles)} rules")
        has_text = any(True for _ in tree.iter(SE + "TextSymbolizer"))
        if has_text and layer.labeling() is None:
            problems.append(f"{os.path.basename(path)} on {kind}: the labels are lost")
    print(f"{os.path.basename(path)}: {len(titles)} rules on {', '.join(kinds)}")
    return problems if kinds else problems + [f"{path}: draws nothing"]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    app = start()
    if sys.argv[1] == "--sld":
        paths = sorted(glob.glob(os.path.join(sys.argv[2], "*.sld")))
        problems = [p for path in paths for p in check_sld(path)] or ([] if paths else ["no *.sld there"])
    else:
        problems = check_gpkg(os.path.abspath(sys.argv[1]), sys.argv[2:])
    for text in problems + app.said:
        print(text, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    finish(main())
