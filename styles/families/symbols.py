#!/usr/bin/env python3
"""Write styles/site.sld, service.sld and site_feature.sld out of symbols.json. symbols.py writes them, symbols.py --check compares."""
import csv
import json
import pathlib

import sld
from sld import area, equals, fill, hatch, is_null, isnt, label_beside, line, mark, marks, row, rule, some, stroke, symbol

HERE = pathlib.Path(__file__).parent
SPEC = json.loads((HERE / "symbols.json").read_text(encoding="utf-8"))
DOMAINS = HERE.parent.parent / "data" / "domains"


def titles(domain):
    """code -> English and Arabic label, as the model has them."""
    with open(DOMAINS / f"{domain}.csv", encoding="utf-8", newline="") as file:
        return {row["code"]: (row["label_en"], row["label_ar"]) for row in csv.DictReader(file)}


def area_part(part):
    if "hatch" in part:
        return area(hatch(part["hatch"], part["stroke"], part["width"], part["distance"]))
    if "marks" in part:
        return area(marks(part["marks"], part["size"], part["fill"]), margin=part["margin"])
    outline = [stroke(part["stroke"], part["width"], part.get("dash", ""))] if "stroke" in part else []
    return area(fill(part["fill"], part.get("opacity")), *outline)


def symbols(layer, spec):
    """Areas, lines, and the symbol of points (and of whatever has nothing else), with the name beside."""
    out = [area_part(part) for part in spec.get("area", [])]
    out += [row(part["row"], part["size"], part["stroke"], part["width"], *part["gaps"]) if "row" in part
            else line(part["stroke"], part["width"], part.get("dash", "")) for part in spec.get("lines", [])]
    size = spec.get("size", layer["size"])
    if "symbol" in spec:
        out.append(symbol(spec["symbol"], size, spec.get("fill")))
    else:  # a line of which somebody gave but a point must not be lost
        dot = spec.get("mark", {**SPEC["dot"], "fill": spec.get("lines", [{}])[-1].get("stroke")})
        size = dot["size"]
        out.append(mark(dot["shape"], size, dot["fill"], dot["edge"], 0.6))
    words = layer["label"]
    return out + [label_beside(words["priority"], size / 2 + 1.5, words["size"], words["colour"], words["halo"], words.get("bold"))]


def rules(layer):
    known = titles(layer["domain"])
    for spec in layer["rules"]:
        en, ar = (spec["en"], spec["ar"]) if "en" in spec else known[spec["codes"][0]]
        yield rule(spec.get("name", spec["codes"][0]), en, ar, some([equals(layer["column"], code) for code in spec["codes"]]),
                   symbols(layer, spec))
    other = layer["other"]
    named = [equals(layer["column"], code) for spec in layer["rules"] for code in spec["codes"]]
    yield rule(other["name"], other["en"], other["ar"], some([is_null(layer["column"]), isnt(some(named))]), symbols(layer, other))


def over(layer):
    spec = layer["over"]
    yield rule(spec["name"], spec["en"], spec["ar"], some([equals(spec["column"], code) for code in spec["codes"]]),
               [symbol("slash", layer["size"] * 1.15)])


def main():
    made = {layer["layer"]: sld.document("symbols", layer["comment"], layer["layer"], layer["layer"], layer["en"], layer["ar"],
                                         rules(layer), over(layer)) for layer in SPEC["layers"]}
    sld.write("symbols", HERE.parent, made)


if __name__ == "__main__":
    main()
