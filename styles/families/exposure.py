#!/usr/bin/env python3
"""Write styles/exposure_*.sld, hazard.sld and hazard_extent.sld out of exposure.json: families of hazards by hue, classes by lightness.
exposure.py writes them, exposure.py --check compares."""
import json
import pathlib

import sld
from sld import area, equals, every, fill, hatch, is_null, isnt, label, line, mark, rule, some, stroke

HERE = pathlib.Path(__file__).parent
SPEC = json.loads((HERE / "exposure.json").read_text(encoding="utf-8"))


# ---- filters ----

def begins_with(column, value):
    return (f'<ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!"><ogc:PropertyName>{column}</ogc:PropertyName>'
            f"<ogc:Literal>{value}*</ogc:Literal></ogc:PropertyIsLike>")


def begins(column, value):
    """flood, flood_100yr and the like; but a storm_surge is no storm."""
    longer = [code for family in SPEC["families"] for code in family["codes"] if code.startswith(value) and code != value]
    return every([begins_with(column, value)] + [isnt(begins_with(column, code)) for code in longer])


def of_family(family, column, test):
    """Is the hazard in `column` one of the family? What no family has, and what has no name, is the other one's."""
    if family["codes"]:
        return some([test(column, code) for code in family["codes"]])
    named = [test(column, code) for other in SPEC["families"] for code in other["codes"]]
    return some([is_null(column), isnt(some(named))])


# ---- symbols ----

def marks(layer, shape, size, colour, edge):
    """A mark, with a rim around it that sets sites off from services and both from what lies below."""
    edge = layer.get("edge", edge)
    out = []
    if "rim" in layer:
        out.append(mark(shape, size + layer["rim_size"], layer["rim"], layer["rim"], 0.5))
    out.append(mark(shape, size, colour, edge, layer["edge_width"]))
    return out


# ---- the styles ----

def symbols(layer, colour, edge, shape, size, width, dash, lines=""):
    out = []
    if "polygon" in layer["forms"]:
        own = colour if layer.get("same_edge") and edge != SPEC["none"]["edge"] else edge  # small areas are all edge
        out.append(area(fill(colour), stroke(layer.get("edge", own), layer["edge_width"])))
        if lines and "hatch" in layer:
            out.append(area(hatch(lines, layer["hatch"]["colour"], layer["hatch"]["width"], layer["hatch"]["size"])))
    if "line" in layer["forms"]:
        out += [line("#ffffff", width + 1.4), line(colour, width, dash)]
    if "point" in layer["forms"]:
        out += marks(layer, shape, layer["size"] + size, colour, edge)
    return out + ([label(layer["label"])] if "label" in layer else [])


def unknown_symbols(layer):
    plain, edge = SPEC["unknown"]["fill"], SPEC["unknown"]["edge"]
    out = []
    if "polygon" in layer["forms"]:
        out += [area(fill(plain)), area(hatch("slash", edge, 0.5, 3), stroke(layer.get("edge", edge), layer["edge_width"]))]
    if "line" in layer["forms"]:
        out += [line(edge, 2.2), line(plain, 1.4, "3 2")]
    if "point" in layer["forms"]:
        out += marks(layer, "square", layer["size"] - 1, plain, edge) + [mark("x", layer["size"] - 3, plain, edge, 1)]
    return out + ([label(layer["label"])] if "label" in layer else [])


def exposure(layer):
    for family in SPEC["families"]:
        for at, step in enumerate(SPEC["classes"]):
            yield rule(f"{family['name']}_{step['name']}", f"{family['en']}: {step['en']}", f"{family['ar']}: {step['ar']}",
                       every([equals("class", step["class"]), of_family(family, "dominant", begins)]),
                       symbols(layer, family["fill"][at], family["edge"], family["mark"], step["size"], step["width"],
                               family["dash"], family["hatch"]))
    none = SPEC["none"]
    yield rule("none", none["en"], none["ar"], equals("class", 0),
               symbols(layer, none["fill"], none["edge"], "circle", -1, 1.2, ""))
    yield rule("unknown", SPEC["unknown"]["en"], SPEC["unknown"]["ar"], is_null("class"), unknown_symbols(layer))


def extents():
    words = SPEC["extent"]
    lower = some([equals("class", code) for code in SPEC["lower_classes"]])
    none = equals("class", "none")
    for family in SPEC["families"]:
        for low in (False, True):
            part = "lower_" if low else ""
            test = lower if low else some([is_null("class"), isnt(some([lower, none]))])
            colour = family["fill"][3 if low else 2]
            parts = [area(fill(colour, words[part + "opacity"]), stroke(family["fill"][2], 0.5, "2 2" if low else ""))]
            if family["hatch"]:
                parts.append(area(hatch(family["hatch"], family["fill"][1], 0.3, words[part + "hatch_size"])))
            yield rule(family["name"] + ("_lower" if low else ""), words[part + "en"].format(family["en"]),
                       words[part + "ar"].format(family["ar"]), every([test, of_family(family, "hazard", equals)]), parts)
    yield rule("looked_at", words["none_en"], words["none_ar"], none, [area(stroke(SPEC["none"]["edge"], 0.5, "1 3"))])


def seen(spec):
    """What an image shows, in the colours of the family that such things are of."""
    colour = next(family["fill"] for family in SPEC["families"] if family["name"] == spec["family"])
    parts = [area(fill(colour[spec["fill"]], spec["opacity"]))] if "fill" in spec else []
    edge = colour[spec["edge"]]
    lines = [hatch(spec["hatch"], edge, spec["hatch_width"], spec["hatch_size"])] if "hatch" in spec else []
    return parts + [area(*lines, stroke(edge, 0.7))]


def scaled(family, step):
    """Lightness, edge and spacing tell the class, hue and hatch the family."""
    parts = [area(fill(family["fill"][step["fill"]], step["opacity"]), stroke(family["fill"][0], step["width"], step.get("dash", "")))]
    return parts + ([area(hatch(family["hatch"], family["fill"][0], 0.5, step["hatch_size"]))] if family["hatch"] else [])


def hazards():
    for spec in SPEC["observed"]:
        yield rule(spec["class"], spec["en"], spec["ar"], equals("class", spec["class"]), seen(spec))
    rest, known = SPEC["unscaled"], [spec["class"] for spec in SPEC["observed"]] + ["none"]
    for family in SPEC["families"]:
        of = of_family(family, "hazard", equals)
        for step in SPEC["scaled"]:
            test = some([equals("class", code) for code in step["classes"]])
            yield rule(f"{family['name']}_{step['name']}", f"{family['en']}: {step['en']}", f"{family['ar']}: {step['ar']}",
                       every([test, of]), scaled(family, step))
        named = [equals("class", code) for code in known + [code for step in SPEC["scaled"] for code in step["classes"]]]
        yield rule(f"{family['name']}_{rest['name']}", f"{family['en']}: {rest['en']}", f"{family['ar']}: {rest['ar']}",
                   every([some([is_null("class"), isnt(some(named))]), of]),
                   [area(hatch(family["hatch"] or rest["hatch"], family["fill"][1], 0.7, rest["hatch_size"]),
                         stroke(family["fill"][0], rest["width"], rest["dash"]))])
    words = SPEC["extent"]
    yield rule("looked_at", words["none_en"], words["none_ar"], equals("class", "none"), [area(stroke(SPEC["none"]["edge"], 0.5, "1 3"))])


def main():
    comment = "The hue is the family of the dominant hazard, the lightness its class."
    made = {layer["layer"]: sld.document("exposure", comment, layer["layer"], layer["layer"], layer["en"], layer["ar"],
                                         exposure(layer)) for layer in SPEC["layers"]}
    own = SPEC["extents"]
    made[own["style"]] = sld.document("exposure", "Where hazards are, pale: to lie below what is exposed to them.", own["layer"],
                                      own["style"], own["en"], own["ar"], extents())
    own = SPEC["hazards"]
    made[own["style"]] = sld.document("exposure", "What images show of hazards, and hazards by class, in the colours of their families.",
                                      own["layer"], own["style"], own["en"], own["ar"], hazards())
    sld.write("exposure", HERE.parent, made)


if __name__ == "__main__":
    main()
