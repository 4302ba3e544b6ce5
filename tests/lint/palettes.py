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

PRINTED = 2 * APART_IN_GREY  # the least between classes of a set in the palette print


def least_of_sets(group, classes, sight, matrices=MACHADO):
    return min(least([classes[name]["fill"] for name in names], sight, matrices) for names in group["sets"])


def check_group(palette, group, floor):
    where, classes, declared = f"palette {palette['name']}, {group['name']}", palette["colours"][group["name"]], palette["distance"][group["name"]]
    for sight in SIGHTS:
        found = least_of_sets(group, classes, sight)
        if abs(found - declared[sight]) > 0.06:
            yield f"{where} declares {declared[sight]} for {sight}; it is {found:.1f}"
        if found < floor.get(sight, 0):
            yield f"{where}: {found:.1f} for {sight} is below the floor of {floor[sight]}"
    for sight in VIENOT:
        if least_of_sets(group, classes, sight, VIENOT) < floor[sight]:
            yield f"{where}: below the floor for {sight} after Vienot, Brettel and Mollon"
    if palette["name"] == "print" and least_of_sets(group, classes, "greyscale") < PRINTED:
        yield f"{where} is not apart in greyscale"


def check_palettes(spec):
    groups = {group["name"]: group for group in spec["groups"]}
    own = spec["palettes"][0]
    for palette in spec["palettes"]:
        if not all(palette.get(key) for key in ("source", "en", "ar")):
            yield f"palette {palette['name']} says not what it is or where it comes from"
        if set(palette["colours"]) != set(palette["distance"]) or not set(palette["colours"]) <= set(groups):
            yield f"palette {palette['name']}: groups that are none, or no distances"
        for name in palette["colours"]:
            yield from check_group(palette, groups[name], {**spec["floor"], **groups[name].get("floor", {})})
            if set(palette["colours"][name]) != set(own["colours"][name]):
                yield f"palette {palette['name']}, {name}: other classes than {own['name']} has"
    for palette in (own, next(p for p in spec["palettes"] if p["name"] == "print")):
        if set(palette["colours"]) != set(groups):
            yield f"palette {palette['name']} lacks {sorted(set(groups) - set(palette['colours']))}"


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


def check_root(name, root, floor):
    """Rules that differ in colour differ also in mark, symbol, hatch, dash or width, or far enough in lightness."""
    for group in root.iter(SE + "FeatureTypeStyle"):
        rules = list(rules_of(group))
        for (a, kind, look_a, colour_a), (b, other, look_b, colour_b) in itertools.combinations(rules, 2):
            if a == b or kind != other or look_a != look_b or not colour_a or not colour_b or colour_a == colour_b:
                continue
            if distance(colour_a, colour_b, "greyscale") < APART_IN_GREY:
                yield f"{name}: {a} and {b} ({kind}) differ in colour alone, and not in greyscale"
            for sight in ("normal", "deutan", "protan", "tritan"):
                if distance(colour_a, colour_b, sight) < floor[sight] / 2 and distance(colour_a, colour_b, "greyscale") < floor[sight] / 2:
                    yield f"{name}: {a} and {b} ({kind}) look alike for {sight} sight"


def colours_in(rule):
    """All that a rule draws with, symbols from files by the colour they are given or have."""
    for node in rule.iter(SE + "SvgParameter"):
        yield node.text
    for node in rule.iter(SE + "OnlineResource"):
        name, _, given = node.get(HREF).partition("?")
        yield from ("#" + colour for colour in re.findall(r"%23(\w{6})", given))
        yield from re.findall(r"param\(fill\) (#\w{6})", (STYLES / name).read_text(encoding="utf-8"))


def check_defaults(spec):
    """Our styles have the colours of the first palette, all of their rules are its classes, and there is nothing in a
    group beside its styles."""
    own = spec["palettes"][0]["colours"]
    for group in spec["groups"]:
        classes, seen_rules = own[group["name"]], set()
        for name in group["styles"]:
            for rule in ET.parse(STYLES / f"{name}.sld").getroot().iter(SE + "Rule"):
                title = rule.find(SE + "Name").text
                seen_rules.add(title)
                if title not in classes and title not in group["keeps"]:
                    yield f"{name}.sld: the palettes do not know {title}"
                elif title in classes and classes[title]["fill"] not in colours_in(rule):
                    yield f"{name}.sld: {title} has not {classes[title]['fill']}"
        if set(classes) | set(group["keeps"]) != seen_rules:
            yield f"palettes: {group['name']} has classes that no style has: {sorted(set(classes) - seen_rules)}"


def recolour(root, own, new):
    """The style in the colours of a palette."""
    for rule in root.iter(SE + "Rule"):
        title = rule.find(SE + "Name").text
        for node in rule.iter(SE + "SvgParameter") if title in own else ():
            if node.text == own[title]["fill"]:
                node.text = new[title]["fill"]
    return root


def check_recoloured(spec):
    """What holds a class apart beside its colour does so in every palette."""
    own = spec["palettes"][0]["colours"]
    for palette in spec["palettes"][1:]:
        for group in (g for g in spec["groups"] if g["name"] in palette["colours"]):
            for name in group["styles"]:
                root = recolour(ET.parse(STYLES / f"{name}.sld").getroot(), own[group["name"]], palette["colours"][group["name"]])
                yield from check_root(f"{name}.sld in {palette['name']}", root, spec["floor"])


def main():
    spec = json.loads((STYLES / "palettes.json").read_text(encoding="utf-8"))
    problems = [*check_palettes(spec), *check_defaults(spec), *check_recoloured(spec)]
    for path in sorted(STYLES.glob("*.sld")):
        problems += check_root(path.name, ET.parse(path).getroot(), spec["floor"])
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
