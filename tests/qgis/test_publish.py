#!/usr/bin/env python3
"""A published GeoPackage in QGIS: the project opens from it with every layer valid, labels and rules as we count them,
aliases, widgets, relations and metadata; layouts and atlas export; nothing in the file changes by being looked at; and
QGIS's map looks like ours.

    test_publish.py SITEMAP PLAN.json [KEEP_FOLDER]
"""
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import headless
from qgis.core import (QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsLayoutExporter, QgsLayoutItemLabel, QgsLayoutItemLegend,
                       QgsLayoutItemMap, QgsMapLayer, QgsProject)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage

try:
    import numpy
    from osgeo_utils.samples import validate_gpkg
except ImportError as reason:
    print("SKIP: python3-numpy or python3-gdal is not installed:", reason)
    sys.exit(headless.SKIP)

AREA = "EMSR696_AOI03"
LONE = {("closure", "none"), ("admin", "level_2")}
problems = []


def check(condition, text):
    if not condition:
        problems.append(text)


def run(*arguments, codes=(0,)):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in codes:
        raise SystemExit(f"{arguments}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def open_project(path):
    project = QgsProject.instance()
    project.clear()
    if not project.read(f"geopackage:{path}?projectName=sitemap"):
        raise SystemExit(f"QGIS does not open the project of {path}: {project.error()}")
    return project


def in_tree(project):
    return [n.layer() for n in project.layerTreeRoot().findLayers()]


def check_layers(project, path):
    with sqlite3.connect(path) as db:
        tables = {t: db.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t, in db.execute(
            "SELECT table_name FROM gpkg_contents WHERE table_name NOT IN ('layer_styles', 'sitemap_meta')")}
    counts = dict.fromkeys(tables, 0)
    for layer in project.mapLayers().values():
        check(layer.isValid(), f"{layer.name()} is not valid")
        check(len(layer.id()) > 10, f"{layer.id()} is too short an id")
        check(not layer.isSpatial() or layer.crs().isValid(), f"{layer.name()} has no CRS")
        check(layer.metadata().title() and layer.metadata().history(), f"{layer.name()}: no metadata")
        check(not layer.isSpatial() or layer.renderer().type() == "RuleRenderer", f"{layer.name()} has no style of ours")
        bare = [f.name() for f in layer.fields() if f.name() != "fid" and not f.alias()]
        check(not bare, f"{layer.name()}: fields without an alias: {bare}")
        if not layer.flags() & QgsMapLayer.Private:
            counts[layer.source().split("layername=")[1].split("|")[0]] += layer.featureCount()
    check(counts == tables, f"rows by layer {counts}, not {tables}")
    check(project.crs().isValid() and project.crs().authid() == "EPSG:32634", f"project CRS {project.crs().authid()}")


def check_forms(project):
    site = next(l for l in in_tree(project) if "layername=site|" in l.source() + "|")
    fields = site.fields()
    widgets = {f.name(): f.editorWidgetSetup() for f in fields}
    check(fields.field("site_type").alias() == "Site type | نوع الموقع", f"alias {fields.field('site_type').alias()}")
    kinds = {name: widgets[name].type() for name in ("fid", "site_type", "opened", "committee", "capacity")}
    check(kinds == {"fid": "Hidden", "site_type": "ValueMap", "opened": "DateTime", "committee": "CheckBox",
                    "capacity": "Range"}, f"widgets {kinds}")
    values = {k: v for entry in widgets["site_type"].config()["map"] for k, v in entry.items()}
    check(values.get("Planned camp | مخيم مخطط") == "planned_camp", f"value map {values}")
    check(site.labelsEnabled(), "sites have no labels")


def check_relations(project):
    found = {(r.referencingLayer().source().split("layername=")[1].split("|")[0],
              r.referencedLayer().source().split("layername=")[1].split("|")[0])
             for r in project.relationManager().relations().values() if r.isValid()}
    check(len(found) > 0 and len(project.relationManager().relations()) >= len(found), "a relation is not valid")
    check(("service", "site") in found and ("site", "admin") in found, f"relations {found}")


def count_rules(project):
    """(table, rule title) -> features, counted by QGIS."""
    out = {}
    for layer in in_tree(project):
        if not layer or not layer.isSpatial() or layer.renderer().type() != "RuleRenderer":
            continue
        task = layer.countSymbolFeatures()
        if task:
            task.waitForFinished(60000)
        table = layer.source().split("layername=")[1].split("|")[0]
        for rule in layer.renderer().rootRule().children():
            key = table, rule.label()
            out[key] = out.get(key, 0) + layer.featureCount(rule.ruleKey())
    return out


def check_counts(project, legend):
    counts, wrong, compared = count_rules(project), [], 0
    ours = {}
    for row in legend:
        # A rule that is alone in its layer has the layer's title before its own.
        title = " | ".join(row[key].split(": ", 1)[-1] if (row["layer"], row["rule"]) in LONE else row[key]
                           for key in ("title", "title_ar"))
        ours[row["layer"], title] = ours.get((row["layer"], title), 0) + row["in_layer"]
    for key, count in ours.items():
        compared += 1
        if counts.get(key) != count:
            wrong.append((key, count, counts.get(key)))
    check(not wrong, f"legend counts differ (key, ours, QGIS's): {wrong}")
    return compared


def export(layout, path):
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 150
    check(QgsLayoutExporter(layout).exportToImage(path, settings) == QgsLayoutExporter.Success, f"{layout.name()} does not export")
    image = QImage(path)
    check(image.width() > 1000 and len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}) > 50,
          f"{layout.name()}: an empty picture")


def map_of(layout):
    return next(i for i in layout.items() if isinstance(i, QgsLayoutItemMap) and i.id() == "map")


def check_texts(layout, says):
    """Expressions have become what they stand for, on a page of an atlas and without one."""
    texts = [i.currentText() for i in layout.items() if isinstance(i, QgsLayoutItemLabel)]
    check(not [t for t in texts if "[%" in t or "coalesce" in t], f"{layout.name()}: an expression is printed: {texts}")
    check(any(says in t for t in texts), f"{layout.name()}: no text says {says!r}: {texts}")


def legend_lines(layout):
    legend = next(i for i in layout.items() if isinstance(i, QgsLayoutItemLegend))
    model = legend.model()
    return [node.data(Qt.DisplayRole) for layer in model.rootGroup().findLayers() for node in model.layerLegendNodes(layer)]


def check_grid(layout):
    """Neither a web of lines nor none: the step follows what the map shows."""
    grid, seen = map_of(layout).grid(), map_of(layout).extent()
    to_degrees = QgsCoordinateTransform(map_of(layout).crs(), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance())
    lines = to_degrees.transformBoundingBox(seen).width() / grid.intervalX()
    check(3 <= lines < 15, f"{layout.name()}: {lines:.1f} meridians")


def check_page(layout, areas):
    """A page shows all of its area, as large as a round scale allows."""
    item, feature = map_of(layout), layout.reportContext().feature()
    box = QgsCoordinateTransform(areas.crs(), item.crs(), QgsProject.instance()).transformBoundingBox(feature.geometry().boundingBox())
    check(item.extent().contains(box), f"the page of {feature['pcode']} shows {item.extent().toString()}, not {box.toString()}")
    share = max(box.width() / item.extent().width(), box.height() / item.extent().height())
    check(0.6 < share < 0.9, f"the page of {feature['pcode']}: {share:.2f} of the map is its area")
    scale = round(item.scale())
    check(str(scale).rstrip("0") in ("1", "125", "15", "2", "25", "3", "4", "5", "6", "75"), f"a scale of 1:{scale}")


def check_layouts(project, folder, name, overview):
    layouts = project.layoutManager().printLayouts()
    check(len(layouts) == 4, f"{len(layouts)} layouts")
    for layout in layouts:
        atlas = layout.atlas()
        check_texts(layout, overview)
        check_grid(layout)
        check(not any("N/A" in line for line in legend_lines(layout)), f"{layout.name()}: a legend says N/A")
        export(layout, os.path.join(folder, f"{name}_{layouts.index(layout) or ''}layout.png"))
        if not atlas.enabled():
            continue
        pages = atlas.updateFeatures()
        check(pages > 1, f"{pages} pages of the atlas")
        atlas.beginRender()
        for page in range(pages):
            atlas.seekTo(page)
            layout.refresh()
            check_page(layout, atlas.coverageLayer())
            check_grid(layout)
            check_texts(layout, layout.reportContext().feature()["name_ar" if name == "ar" else "name_en"])
            if page < 2:
                export(layout, os.path.join(folder, f"{name}_page_{page + 1}.png"))
        atlas.endRender()


def check_legend(project, legend):
    """The figures of a layout's legend are those of our sheet."""
    lines = legend_lines(project.layoutManager().printLayouts()[0])
    for row in legend:
        if row["layer"] in ("admin", "coast", "place", "coverage"):
            continue
        says = row["title"].split(": ", 1)[-1] if (row["layer"], row["rule"]) in LONE else row["title"]
        check(any(line.startswith(says) and line.endswith(f"({row['in_frame']:,})") for line in lines),
              f"the legend of the layout does not say {says} ({row['in_frame']}): {lines}")


# ---- our map and QGIS's ----

def grey(path, box):
    """A part of a picture, given in shares of its size, at about 75 dots an inch."""
    image = QImage(path).convertToFormat(QImage.Format_Grayscale8)
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    pixels = numpy.frombuffer(bits, numpy.uint8).reshape(image.height(), image.bytesPerLine())[:, :image.width()].astype(float)
    h, w = pixels.shape
    pixels = pixels[int(box[1] * h):int(box[3] * h), int(box[0] * w):int(box[2] * w)]
    rows, columns = 468, 639
    y = (numpy.arange(rows + 1) * pixels.shape[0] / rows).astype(int)
    x = (numpy.arange(columns + 1) * pixels.shape[1] / columns).astype(int)
    total = numpy.add.reduceat(numpy.add.reduceat(pixels, y[:-1], 0), x[:-1], 1)
    return total / numpy.outer(numpy.diff(y), numpy.diff(x))


def similarity(a, b, window=8):
    """Mean structural similarity (Wang et al. 2004) over square windows, by integral images."""
    def mean(p):
        s = numpy.pad(p.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        return (s[window:, window:] - s[:-window, window:] - s[window:, :-window] + s[:-window, :-window]) / window ** 2
    ma, mb = mean(a), mean(b)
    va, vb, cov = mean(a * a) - ma * ma, mean(b * b) - mb * mb, mean(a * b) - ma * mb
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return float((((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2))).mean())


def compare_maps(program, workspace, folder):
    """The map frame of the sheet, ours against QGIS's; labels stand elsewhere, so it is never 1. A shift of 3 mm must be
    seen."""
    ours, out = os.path.join(folder, "ours.png"), os.path.join(folder, "area.gpkg")
    run(program, "map", workspace, "--area", AREA, "-o", ours, "--overwrite")
    run(program, "publish", workspace, "--area", AREA, "--audience", "internal", "-o", out, "--overwrite")
    layout = open_project(out).layoutManager().printLayouts()[0]
    theirs = os.path.join(folder, "area_layout.png")
    export(layout, theirs)
    frame = next(i for i in layout.items() if isinstance(i, QgsLayoutItemMap) and i.id() == "map")
    at, size = frame.pagePos(), frame.rect()
    box = [at.x() / 297, at.y() / 210, (at.x() + size.width()) / 297, (at.y() + size.height()) / 210]
    a = grey(ours, box)
    same = similarity(a, grey(theirs, box))
    moved = similarity(a, grey(theirs, [box[0] + 3 / 297, box[1], box[2] + 3 / 297, box[3]]))
    print(f"structural similarity of the maps: {same:.3f}; moved by 3 mm: {moved:.3f}")
    check(same > 0.8 and same > moved + 0.03, f"the maps are not alike: {same:.3f}, moved by 3 mm {moved:.3f}")


def legend_of(program, workspace, folder):
    said = json.loads(run(program, "map", workspace, "-o", os.path.join(folder, "all.png"), "--json"))
    return next(t for t in said["tables"] if t["name"] == "legend")["rows"]


# ---- the file ----

def check_file(path, folder):
    done = subprocess.run([sys.executable, validate_gpkg.__file__, "--warning-as-error", path], capture_output=True, text=True)
    check(done.returncode == 0, "validate_gpkg: " + done.stdout + done.stderr)
    with sqlite3.connect(path) as db:
        documents = db.execute("SELECT md_standard_uri, metadata FROM gpkg_metadata").fetchall()
    check(len(documents) > 10, "metadata is missing")
    gmd = "{http://www.isotc211.org/2005/gmd}"
    order = ["fileIdentifier", "language", "characterSet", "hierarchyLevel", "contact", "dateStamp", "metadataStandardName",
             "metadataStandardVersion", "referenceSystemInfo", "identificationInfo", "dataQualityInfo"]
    for uri, text in documents:
        root = ET.fromstring(text)
        if uri.endswith("gmd"):
            names = [e.tag.replace(gmd, "") for e in root]
            check(names == [n for n in order if n in names] and len(set(order) - set(names)) <= 1, f"ISO elements {names}")
            check(root.findtext(f".//{gmd}abstract/*") and root.findtext(f".//{gmd}statement/*"), "an ISO text is empty")


def check_untouched(path, folder):
    """Opened read-only in a read-only folder, the file stays as it is and nothing appears beside it."""
    locked = os.path.join(folder, "locked")
    os.mkdir(locked)
    copy = shutil.copy(path, locked)
    before = digest(copy)
    os.chmod(copy, 0o444)
    os.chmod(locked, 0o555)
    project = open_project(copy)
    check(all(l.isValid() for l in project.mapLayers().values()), "a layer in a read-only folder is not valid")
    count_rules(project)
    project.clear()
    check(digest(copy) == before and os.listdir(locked) == [os.path.basename(copy)], "looking at the file changed it")
    os.chmod(locked, 0o755)


def check_retarget(program, path, folder):
    renamed = os.path.join(folder, "round 7 & more.gpkg")
    shutil.copy(path, renamed)
    os.remove(path)
    check(not all(l.isValid() for l in open_project(renamed).mapLayers().values()), "renaming breaks nothing: is there an older file?")
    QgsProject.instance().clear()
    run(program, "publish", renamed, "--retarget")
    check(all(l.isValid() for l in open_project(renamed).mapLayers().values()), "after --retarget a layer is not valid")
    QgsProject.instance().clear()


def main():
    program, plan = sys.argv[1:3]
    app = headless.start()
    with tempfile.TemporaryDirectory() as folder:
        keep = sys.argv[3] if len(sys.argv) > 3 else folder
        run(program, "run", plan, "--output-dir", folder, codes=(0, 3))
        workspace = os.path.join(folder, "derna.gpkg")
        for lang in ("both", "ar", "en"):
            out = os.path.join(folder, f"published_{lang}.gpkg")
            run(program, "publish", workspace, "--audience", "internal", "--lang", lang, "-o", out, "--overwrite")
            project = open_project(out)
            check_layers(project, out)
            check_layouts(project, keep, lang, "نظرة عامة" if lang == "ar" else "overview")
            if lang == "both":
                check_forms(project)
                check_relations(project)
                check_file(out, folder)
        for audience in ("humanitarian", "public"):
            out = os.path.join(folder, f"{audience}.gpkg")
            run(program, "publish", workspace, "--audience", audience, "-o", out)
            check_layers(open_project(out), out)
            check_file(out, folder)
        both = os.path.join(folder, "published_both.gpkg")
        compare_maps(program, workspace, keep)
        legend = legend_of(program, workspace, folder)
        compared = check_counts(open_project(both), legend)
        check_legend(QgsProject.instance(), legend)
        QgsProject.instance().clear()
        check_untouched(both, folder)
        check_retarget(program, both, folder)
    for text in problems:
        print(text)
    print(f"{compared} rules counted by QGIS and by us; {len(problems)} problems")
    headless.finish(1 if problems else 0)


if __name__ == "__main__":
    main()
