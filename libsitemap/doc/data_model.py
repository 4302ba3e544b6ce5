#!/usr/bin/env python3
"""Write data_model.md out of data/model and data/domains: data_model.py writes it, data_model.py --check compares."""
import csv
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = pathlib.Path(__file__).with_name("data_model.md")

HEAD = """# The data model

Made by `./dev docs` from `data/model/` and `data/domains/`: change those, not this page. Version {version} of the model, {layers} layers.

A workspace is a GeoPackage with these layers. A column in **bold** must have a value; a key (marked with \\*) says which row a
re-import updates. Columns that are not open to every audience say so. Lists of values stand at the end.

"""


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def field_row(field):
    name = f"`{field['name']}`"
    if field.get("required"):
        name = f"**{name}**"
    kind = field["type"]
    if field.get("domain"):
        kind = f"one of *{field['domain']}*"
    elif field.get("unit"):
        kind += f", {field['unit']}"
    limits = [f"{word} {field[key]}" for key, word in (("min", "from"), ("max", "to")) if key in field]
    notes = [field.get("description", "")]
    if field.get("sensitivity", "open") != "open":
        notes.append(f"({field['sensitivity']})")
    row = [name + ("\\*" if field.get("key") else ""), kind + (", " + " ".join(limits) if limits else ""), field["label"]["en"],
           field["label"]["ar"], f"`{field['hxl']}`" if field.get("hxl") else "", " ".join(filter(None, notes))]
    return "| " + " | ".join(map(cell, row)) + " |"


def layer_section(layer):
    shapes = " or ".join(layer["geometry"]) if isinstance(layer["geometry"], list) else layer["geometry"]
    yield f"## {layer['name']}\n"
    yield f"{layer['label']['en']} ({layer['label']['ar']}). {layer['description']}\n"
    yield f"Kind: {layer['kind']}. Geometry: {shapes}. Sensitivity: {layer['sensitivity']}.\n"
    yield "| column | type | English | Arabic | HXL | notes |"
    yield "|---|---|---|---|---|---|"
    for field in layer["fields"]:
        yield field_row(field)
    yield ""
    if layer.get("repeat"):
        yield "For each hazard, where {} stands for its name (`flood_class`), and of these what the run makes:\n"
        yield "| column | type | English | Arabic | HXL | notes |"
        yield "|---|---|---|---|---|---|"
        for field in layer["repeat"]:
            yield field_row(field)
        yield ""


def domain_section(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    yield f"## *{path.stem}*\n"
    yield "| code | English | Arabic | means | source |"
    yield "|---|---|---|---|---|"
    for row in rows:
        values = (f"`{row['code']}`", row["label_en"], row["label_ar"], row.get("description") or "", row.get("source") or "")
        yield "| " + " | ".join(map(cell, values)) + " |"
    yield ""


def page():
    index = json.loads((ROOT / "data/model/index.json").read_text(encoding="utf-8"))
    layers = [json.loads((ROOT / f"data/model/{name}.json").read_text(encoding="utf-8")) for name in index["layers"]]
    used = {field["domain"] for layer in layers for field in layer["fields"] if field.get("domain")}
    lines = [HEAD.format(version=index["version"], layers=len(layers))]
    for layer in layers:
        lines += layer_section(layer)
    lines.append("# Lists of values\n")
    for name in sorted(used):
        lines += domain_section(ROOT / f"data/domains/{name}.csv")
    return "\n".join(lines).rstrip("\n") + "\n"


if sys.argv[1:] == ["--check"]:
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
        sys.exit("libsitemap/doc/data_model.md is not what data/model says: run libsitemap/doc/data_model.py")
    print("data_model.md: up to date")
else:
    PAGE.write_text(page(), encoding="utf-8")
