"""Every output reads through the gate of protect: in job, only what is refused for all audiences but internal reads layers as they are."""
import re
import tree

# Reads a layer with all that is in it. Before a file is added here: does smap__common_check refuse its command for other audiences
# (`audience` NULL), or does what it reads go through smap__gate_view?
WHOLE = re.compile(r"\b(smap__workspace_read|smap_read|smap__source_read|smap__read_source)\s*\(")
MAY = {
    "access_origins.c", "access_read.c", "access_services.c", "access_tables.c", "asset_grid.c", "asset_household.c", "asset_layer.c",
    "asset_people.c", "by_areas.c", "common.c", "ground_layer.c", "hazard_closure.c", "hazard_coverage.c", "hazard_read.c", "hazard_zones.c",
    "job_access.c", "job_damage.c", "job_hazard.c", "job_import.c", "job_import_bridges.c", "job_import_cems.c", "job_info.c",
    "map_atlas.c",  # the number of rows alone, to tell whoever runs it how many pages are missing
    "map_layers.c", "run_inputs.c",
    "publish_layers.c",  # whether a layer has rows at all, to say why none are published
}


def main():
    faults, counted = [], 0
    for path in tree.tracked():
        if path.parent.name != "job" or path.suffix != ".c" or "src" not in path.parts:
            continue
        counted += 1
        if WHOLE.search(path.read_text(encoding="utf-8")) and path.name not in MAY:
            faults.append(f"{path.relative_to(tree.ROOT)}: reads a layer past the gate (smap__workspace_view is the way, or see tests/lint/gate.py)")
    tree.finish("gate", faults, counted)


main()
