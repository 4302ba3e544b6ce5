#!/usr/bin/env python3
"""Write styles/exposure_*.sld and hazard_extent.sld out of exposure.json: families of hazards by hue, classes by lightness.
exposure.py writes them, exposure.py --check compares."""
import json
import pathlib
import sys
from xml.etree import ElementTree

HERE = pathlib.Path(__file__).parent
SPEC = json.loads((HERE / "exposure.json").read_text(encoding="utf-8"))

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by styles/families/exposure.py out of exposure.json: change those, not this file.
     {comment} -->
"""
SPACES = {"": "http://www.opengis.net/sld", "se": "http://www.opengis.net/se", "ogc": "http://www.opengis.net/ogc"}
WIDTH = 116


# ---- XML as people read it ----

def short_name(tag):
    space, name = tag[1:].split("}")
    prefix = next(key for key, value in SPACES.items() if value == space)
    return f"{prefix}:{name}" if prefix else name


def render(node, indent=0):
    """An element on one line where it fits there, else its children under each other."""
    name, pad = short_name(node.tag), "  " * indent
    opening = name + "".join(f' {key}="{value}"' for key, value in node.attrib.items())
    if not indent:
        opening += "".join(f'\n    xmlns{":" if key else ""}{key}="{value}"' for key, value in SPACES.items())
    children = [render(child, indent + 1) for child in node]
    whole = f"{pad}<{opening}>{(node.text or '').strip()}{''.join(child.strip() for child in children)}</{name}>"
    if indent and name != "se:Rule" and (not children or len(whole) <= WIDTH and "\n" not in whole):
        return whole
    return "\n".join([f"{pad}<{opening}>", *children, f"{pad}</{name}>"])


def document(comment, layer, style, en, ar, rules):
    spaces = "".join(f' xmlns{":" if key else ""}{key}="{value}"' for key, value in SPACES.items())
    root = ElementTree.fromstring(
        f'<StyledLayerDescriptor version="1.1.0"{spaces}><NamedLayer><se:Name>{layer}</se:Name><UserStyle>'
        f"<se:Name>{style}</se:Name><se:Description><se:Title>{en} | {ar}</se:Title></se:Description>"
        f'<se:FeatureTypeStyle>{"".join(rules)}<se:VendorOption name="firstRuleOnTop">true</se:VendorOption>'
        "</se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>")
    return HEAD.format(comment=comment) + render(root) + "\n"


# ---- filters ----

def equals(column, value):
    return (f"<ogc:PropertyIsEqualTo><ogc:PropertyName>{column}</ogc:PropertyName>"
            f"<ogc:Literal>{value}</ogc:Literal></ogc:PropertyIsEqualTo>")


def begins_with(column, value):
    return (f'<ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!"><ogc:PropertyName>{column}</ogc:PropertyName>'
            f"<ogc:Literal>{value}*</ogc:Literal></ogc:PropertyIsLike>")


def begins(column, value):
    """flood, flood_100yr and the like; but a storm_surge is no storm."""
    longer = [code for family in SPEC["families"] for code in family["codes"] if code.startswith(value) and code != value]
    return every([begins_with(column, value)] + [isnt(begins_with(column, code)) for code in longer])


def is_null(column):
    return f"<ogc:PropertyIsNull><ogc:PropertyName>{column}</ogc:PropertyName></ogc:PropertyIsNull>"


def some(tests):
    return tests[0] if len(tests) == 1 else "<ogc:Or>" + "".join(tests) + "</ogc:Or>"


def every(tests):
    return tests[0] if len(tests) == 1 else "<ogc:And>" + "".join(tests) + "</ogc:And>"


def isnt(test):
    return f"<ogc:Not>{test}</ogc:Not>"


def of_family(family, column, test):
    """Is the hazard in `column` one of the family? What no family has, and what has no name, is the other one's."""
    if family["codes"]:
        return some([test(column, code) for code in family["codes"]])
    named = [test(column, code) for other in SPEC["families"] for code in other["codes"]]
    return some([is_null(column), isnt(some(named))])


# ---- symbols ----

def parameter(name, value):
    return f'<se:SvgParameter name="{name}">{value}</se:SvgParameter>'


def fill(colour, opacity=None):
    return "<se:Fill>" + parameter("fill", colour) + (parameter("fill-opacity", opacity) if opacity else "") + "</se:Fill>"


def stroke(colour, width, dash=""):
    return ("<se:Stroke>" + parameter("stroke", colour) + parameter("stroke-width", width)
            + (parameter("stroke-dasharray", dash) if dash else "") + "</se:Stroke>")


def hatch(mark, colour, width, size):
    return (f"<se:Fill><se:GraphicFill><se:Graphic><se:Mark><se:WellKnownName>{mark}</se:WellKnownName>"
            f"{stroke(colour, width)}</se:Mark><se:Size>{size}</se:Size></se:Graphic></se:GraphicFill></se:Fill>")


def area(*parts):
    return "<se:PolygonSymbolizer>" + "".join(parts) + "</se:PolygonSymbolizer>"


def line(colour, width, dash=""):
    return "<se:LineSymbolizer>" + stroke(colour, width, dash) + "</se:LineSymbolizer>"


def mark(shape, size, colour, edge, width):
    return (f"<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>{shape}</se:WellKnownName>"
            f"{fill(colour)}{stroke(edge, width)}</se:Mark><se:Size>{size:g}</se:Size></se:Graphic></se:PointSymbolizer>")


def marks(layer, shape, size, colour, edge):
    """A mark, with a rim around it that sets sites off from services and both from what lies below."""
    edge = layer.get("edge", edge)
    out = []
    if "rim" in layer:
        out.append(mark(shape, size + layer["rim_size"], layer["rim"], layer["rim"], 0.5))
    out.append(mark(shape, size, colour, edge, layer["edge_width"]))
    return out


def label(priority):
    return ("<se:TextSymbolizer><se:Label><ogc:PropertyName>name_en</ogc:PropertyName>"
            "<ogc:PropertyName>name_ar</ogc:PropertyName></se:Label><se:Font>" + parameter("font-family", "Noto Sans")
            + parameter("font-size", "8") + parameter("font-weight", "bold") + "</se:Font><se:Halo><se:Radius>1.2</se:Radius>"
            + fill("#ffffff") + "</se:Halo>" + fill("#1a1a1a")
            + f'<se:VendorOption name="priority">{priority}</se:VendorOption></se:TextSymbolizer>')


def rule(name, en, ar, test, symbols):
    return (f"<se:Rule><se:Name>{name}</se:Name><se:Description><se:Title>{en} | {ar}</se:Title></se:Description>"
            f"<ogc:Filter>{test}</ogc:Filter>{''.join(symbols)}</se:Rule>")


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
            if family["hatch"] and not low:
                parts.append(area(hatch(family["hatch"], family["fill"][1], 0.3, 7)))
            yield rule(family["name"] + ("_lower" if low else ""), words[part + "en"].format(family["en"]),
                       words[part + "ar"].format(family["ar"]), every([test, of_family(family, "hazard", equals)]), parts)
    yield rule("looked_at", words["none_en"], words["none_ar"], none, [area(stroke(SPEC["none"]["edge"], 0.5, "1 3"))])


def main():
    made = {layer["layer"]: document("The hue is the family of the dominant hazard, the lightness its class.", layer["layer"],
                                     layer["layer"], layer["en"], layer["ar"], exposure(layer)) for layer in SPEC["layers"]}
    own = SPEC["extents"]
    made[own["style"]] = document("Where hazards are, pale: to lie below what is exposed to them.", own["layer"], own["style"],
                                  own["en"], own["ar"], extents())
    stale = []
    for name, text in made.items():
        path = HERE.parent / f"{name}.sld"
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
    if stale:
        sys.exit(f"styles/families/exposure.py makes another {', '.join(stale)}: run it, or change exposure.json instead")


if __name__ == "__main__":
    main()
