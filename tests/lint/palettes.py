#!/usr/bin/env python3
"""Colours that readers can tell apart: palettes keep what they declare, and no style leaves a class to colour alone.

Sight without one kind of cones: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
Deficiency", IEEE TVCG 15(6), 2009, matrices of severity 1 on linear RGB. Distances: CIELAB (CIE 1976) under D65, from sRGB by IEC
61966-2-1. As a second opinion the two-plane projection of Vienot, Brettel and Mollon, "Digital video colourmaps for checking the
legibility of displays by dichromats", Color Research and Application 24(4), 1999, must also keep palettes above the floor."""
import itertools
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parents[2]
STYLES = ROOT / "styles"
SE = "{http://www.opengis.net/se}"
HREF = "{http://www.w3.org/1999/xlink}href"
MACHADO = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
VIENOT = {  # the same planes as matrices on linear RGB
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}
XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)
SIGHTS = ("normal", "deutan", "protan", "tritan", "greyscale")
APART_IN_GREY = 8  # L* between fills that nothing else tells apart: two steps of a scale of a dozen greys


def linear(colour):
    bytes_ = (int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in bytes_]


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector)) for row in matrix]


def lab(rgb):
    def f(t):
        return t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
    x, y, z = (f(value / white) for value, white in zip(times(XYZ, [min(1, max(0, c)) for c in rgb]), WHITE))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour, sight, matrices=MACHADO):
    rgb = linear(colour)
    if sight == "greyscale":
        return lab([times(XYZ, rgb)[1]] * 3)
    return lab(times(matrices[sight], rgb) if sight in matrices else rgb)


def distance(a, b, sight, matrices=MACHADO):
    return sum((p - q) ** 2 for p, q in zip(seen(a, sight, matrices), seen(b, sight, matrices))) ** 0.5


def least(colours, sight, matrices=MACHADO):
    return min(distance(a, b, sight, matrices) for a, b in itertools.combinations(colours, 2))


# ---- palettes ----

def check_palettes(spec):
    for palette in spec["palettes"]:
        colours = [entry["fill"] for entry in palette["classes"].values()]
        for sight in SIGHTS:
            found = least(colours, sight)
            if abs(found - palette["distance"][sight]) > 0.06:
                yield f"palette {palette['name']} declares {palette['distance'][sight]} for {sight}; it is {found:.1f}"
            if found < spec["floor"].get(sight, 0):
                yield f"palette {palette['name']}: {found:.1f} for {sight} is below the floor of {spec['floor'][sight]}"
        for sight in VIENOT:
            if least(colours, sight, VIENOT) < spec["floor"][sight]:
                yield f"palette {palette['name']}: below the floor for {sight} after Vienot, Brettel and Mollon"
        if not palette.get("source"):
            yield f"palette {palette['name']} names no source"
    printed = next(palette for palette in spec["palettes"] if palette["name"] == "print")
    if least([entry["fill"] for entry in printed["classes"].values()], "greyscale") < 2 * APART_IN_GREY:
        yield "the palette print is not apart in greyscale"
    names = [set(palette["classes"]) | set(palette["keeps"]) for palette in spec["palettes"]]
    if any(other != names[0] for other in names):
        yield "the palettes do not have the same classes"


# ---- styles ----

def value(node, name):
    return next((p.text for p in node.iter(SE + "SvgParameter") if p.get("name") == name), None) if node is not None else None


def look(symbolizer):
    """What a symbolizer shows besides colours: (form, ...), and its fill where it has one."""
    kind = symbolizer.tag.replace(SE, "")
    link = next((e.get(HREF) for e in symbolizer.iter(SE + "OnlineResource")), "").split("?")[0]
    mark = next((e.text for e in symbolizer.iter(SE + "WellKnownName")), "")
    size = next((e.text for e in symbolizer.iter(SE + "Size")), "")
    turn = next((e.text for e in symbolizer.iter(SE + "Rotation")), "")
    hatched = symbolizer.find(f".//{SE}GraphicFill") is not None
    outline = next((s for s in symbolizer.findall(SE + "Stroke")), None)
    return (kind, link, mark, size, turn, hatched, value(outline, "stroke-width"), value(outline, "stroke-dasharray"))


def colour_of(symbolizers):
    """The main colour of a rule: its first plain fill, else its last line."""
    for s in symbolizers:
        plain = [f for f in s.iter(SE + "Fill") if f.find(SE + "GraphicFill") is None]
        if plain and value(plain[0], "fill"):
            return value(plain[0], "fill")
    return next((value(s, "stroke") for s in reversed(symbolizers) if value(s, "stroke")), None)


def rules_of(group):
    for rule in group.findall(SE + "Rule"):
        drawn = [e for e in rule if e.tag.endswith("Symbolizer") and not e.tag.endswith("TextSymbolizer")]
        for kind in ("PointSymbolizer", "LineSymbolizer", "PolygonSymbolizer"):
            own = [e for e in drawn if e.tag == SE + kind]
            if own:
                yield rule.find(SE + "Name").text, kind, tuple(look(e) for e in own), colour_of(own)


def check_style(path, floor):
    """Rules that differ in colour differ also in mark, symbol, hatch, dash or width, or far enough in lightness."""
    for group in ET.parse(path).getroot().iter(SE + "FeatureTypeStyle"):
        rules = list(rules_of(group))
        for (a, kind, look_a, colour_a), (b, other, look_b, colour_b) in itertools.combinations(rules, 2):
            if a == b or kind != other or look_a != look_b or not colour_a or not colour_b or colour_a == colour_b:
                continue
            if distance(colour_a, colour_b, "greyscale") < APART_IN_GREY:
                yield f"{path.name}: {a} and {b} ({kind}) differ in colour alone, and not in greyscale"
            for sight in ("normal", "deutan", "protan", "tritan"):
                if distance(colour_a, colour_b, sight) < floor[sight] / 2 and distance(colour_a, colour_b, "greyscale") < floor[sight] / 2:
                    yield f"{path.name}: {a} and {b} ({kind}) look alike for {sight} sight"


def check_defaults(spec):
    """Our styles of damage have the colours of the palette default."""
    default = next(palette for palette in spec["palettes"] if palette["name"] == "default")
    for name in ("damage", "damage_building"):
        for rule in ET.parse(STYLES / f"{name}.sld").getroot().iter(SE + "Rule"):
            own = rule.find(SE + "Name").text
            drawn = [e for e in rule if e.tag.endswith("Symbolizer") and not e.tag.endswith("TextSymbolizer")]
            if own not in default["classes"] and own not in default["keeps"]:
                yield f"{name}.sld: the palettes do not know {own}"
            elif own in default["classes"] and colour_of(drawn) != default["classes"][own]["fill"]:
                yield f"{name}.sld: {own} is {colour_of(drawn)}, not {default['classes'][own]['fill']}"


def check_options(spec):
    table = (ROOT / "cli" / "cmd_table.c").read_text(encoding="utf-8")
    offered = re.search(r"palettes\[\] = \{([^}]*)NULL", table).group(1)
    if re.findall(r'"(\w+)"', offered) != [palette["name"] for palette in spec["palettes"]]:
        yield "cli/cmd_table.c offers other palettes than styles/palettes.json has"


def main():
    spec = json.loads((STYLES / "palettes.json").read_text(encoding="utf-8"))
    problems = [*check_palettes(spec), *check_defaults(spec), *check_options(spec)]
    for path in sorted(STYLES.glob("*.sld")):
        problems += check_style(path, spec["floor"])
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
