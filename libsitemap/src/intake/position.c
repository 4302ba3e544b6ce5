#include "intake/position.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "col/cell.h"
#include "geo/crs.h"
#include "intake/degrees.h"
#include "intake/shape_check.h"
#include "intake/wkt.h"

typedef struct coordinate_columns {
    const smap_column *lat, *lon, *gps, *wkt;
    const char *name; /* of the column that findings are about */
    smap__str a, b;   /* texts of the row */
} coordinate_columns;

static const smap_column *column_of(const smap__source_rows *rows, int index) {
    return index < 0 ? NULL : smap_table_at(rows->source->table, index);
}

static const char *text_of(smap__str *out, const smap_column *c, int64_t row) {
    smap__str_clear(out);
    smap__cell_put(out, c, row);
    return out->data ? out->data : "";
}

static bool blank(const smap__rules *rules, const smap__str *s) {
    const char *text = s->data ? s->data : "";
    size_t len = s->len;
    smap__trim(&text, &len);
    return len == 0 || smap__domain_find(rules->null_words, text, len) >= 0;
}

/* A number column holds degrees already; text is read as people write it. */
static bool read_coordinate(const smap_column *c, int64_t row, const smap__str *text, double *out) {
    if (c->type != SMAP_TEXT) return smap__cell_number(c, row, out);
    return text->data && smap__read_degrees(text->data, text->len, out);
}

static smap_status note_unreadable(smap__source_rows *rows, const coordinate_columns *c, int64_t row, const char *value,
                                   const char *what, smap_error *err) {
    return smap__row_note(rows, SMAP__WARNING, "position_unreadable", row, c->name, NULL, value, err,
                          "%s; the row is kept without a position", what);
}

/* The position of a row from its columns into the builder; null where there is none. */
static smap_status append_lat_lon(coordinate_columns *c, const smap__rules *rules, smap__source_rows *rows, int64_t row,
                                  smap_geometry_builder *builder, smap_error *err) {
    double lat = 0, lon = 0;
    smap_status status = SMAP_OK;
    text_of(&c->a, c->lat, row);
    text_of(&c->b, c->lon, row);
    bool no_lat = blank(rules, &c->a), no_lon = blank(rules, &c->b);
    if (no_lat && no_lon) return smap_geometry_append_null(builder, err);
    c->name = no_lat ? c->lat->name : c->lon->name;
    if (no_lat || no_lon) {
        status = note_unreadable(rows, c, row, "", "one of latitude and longitude is missing", err);
    } else if (!read_coordinate(c->lat, row, &c->a, &lat)) {
        c->name = c->lat->name;
        status = note_unreadable(rows, c, row, c->a.data, "the latitude cannot be read", err);
    } else if (!read_coordinate(c->lon, row, &c->b, &lon)) {
        status = note_unreadable(rows, c, row, c->b.data, "the longitude cannot be read", err);
    } else {
        return smap_geometry_append_point(builder, lon, lat, err);
    }
    return status == SMAP_OK ? smap_geometry_append_null(builder, err) : status;
}

static smap_status append_gps(coordinate_columns *c, const smap__rules *rules, smap__source_rows *rows, int64_t row,
                              smap_geometry_builder *builder, smap_error *err) {
    double lat = 0, lon = 0;
    const char *text = text_of(&c->a, c->gps, row);
    c->name = c->gps->name;
    if (blank(rules, &c->a)) return smap_geometry_append_null(builder, err);
    if (smap__read_position(text, c->a.len, &lat, &lon)) return smap_geometry_append_point(builder, lon, lat, err);
    smap_status status =
        note_unreadable(rows, c, row, text, "the position cannot be read (latitude and longitude)", err);
    return status == SMAP_OK ? smap_geometry_append_null(builder, err) : status;
}

static smap_status append_wkt(coordinate_columns *c, const smap__rules *rules, smap__source_rows *rows, int64_t row,
                              smap_geometry_builder *builder, smap_error *err) {
    smap__str wkb = SMAP__STR_INIT;
    const char *text = text_of(&c->a, c->wkt, row);
    c->name = c->wkt->name;
    if (blank(rules, &c->a)) return smap_geometry_append_null(builder, err);
    smap_status status = SMAP_E_FORMAT;
    if (smap__wkt_to_wkb(text, c->a.len, &wkb)) status = smap_geometry_append_wkb(builder, wkb.data, wkb.len, NULL);
    if (wkb.failed) status = smap__fail_memory(err);
    smap__str_release(&wkb);
    if (status == SMAP_OK || status == SMAP_E_NOMEM) return status;
    status = smap__row_note(rows, SMAP__REJECTED, "geometry_unreadable", row, c->name, NULL, text, err,
                            "the well-known text cannot be read; the row is rejected");
    return status == SMAP_OK ? smap_geometry_append_null(builder, err) : status;
}

/* The column that says where: two columns are named by the one of latitude. */
static const char *position_name(const smap__source_rows *rows, const smap__column_plan *plan) {
    int at = plan->lat >= 0 && plan->lon >= 0 ? plan->lat : plan->gps >= 0 ? plan->gps : plan->wkt;
    return rows->source->geometry || at < 0 ? "geometry" : column_of(rows, at)->name;
}

static smap_status from_columns(const smap__column_plan *plan, const smap__rules *rules, smap__source_rows *rows,
                                const smap_crs *wgs84, const smap_geometry **out, smap_error *err) {
    coordinate_columns c = { column_of(rows, plan->lat),
                             column_of(rows, plan->lon),
                             column_of(rows, plan->gps),
                             column_of(rows, plan->wkt),
                             "",
                             SMAP__STR_INIT,
                             SMAP__STR_INIT };
    smap_geometry_builder *builder = NULL;
    smap_status status = SMAP_OK;
    SMAP_TRY(smap_geometry_builder_new(wgs84, &builder, err), done);
    for (int64_t row = 0; row < rows->count; row++) {
        if (rows->state[row] == SMAP__ROW_BLANK) {
            SMAP_TRY(smap_geometry_append_null(builder, err), done);
        } else if (c.lat && c.lon) {
            SMAP_TRY(append_lat_lon(&c, rules, rows, row, builder, err), done);
        } else if (c.gps) {
            SMAP_TRY(append_gps(&c, rules, rows, row, builder, err), done);
        } else if (c.wkt) {
            SMAP_TRY(append_wkt(&c, rules, rows, row, builder, err), done);
        } else {
            SMAP_TRY(smap_geometry_append_null(builder, err), done);
        }
        if (c.a.failed || c.b.failed) {
            status = smap__fail_memory(err);
            goto done;
        }
    }
    SMAP_TRY(smap_geometry_builder_finish(builder, out, err), done);
done:
    smap_geometry_builder_free(builder);
    smap__str_release(&c.a);
    smap__str_release(&c.b);
    return status;
}

/* Coordinates that are not finite or far outside degrees would be lost without a word in a transform: they are looked
 * at before. */
static smap_status from_source(smap_ctx *ctx, const smap__source_rows *rows, const smap_crs *wgs84,
                               const smap_geometry **out, smap_error *err) {
    const smap_geometry *own = rows->source->geometry;
    if (!own->crs) {
        return smap__fail(err, SMAP_E_CRS, rows->source->name,
                          "%s: the source does not say its coordinate reference system; say it with --crs EPSG:CODE",
                          rows->source->name);
    }
    if (smap_crs_equal(own->crs, wgs84)) {
        *out = smap_geometry_retain(own);
        return SMAP_OK;
    }
    return smap_geometry_transform(ctx, own, wgs84, out, NULL, err);
}

/* A feature that had coordinates and has none after the transform lies outside its own CRS. */
static smap_status note_lost(smap__source_rows *rows, const smap_geometry *before, const smap_geometry *after,
                             smap_error *err) {
    smap_status status = SMAP_OK;
    for (int64_t i = 0; before != after && i < rows->count && status == SMAP_OK; i++) {
        if (before->type[i] == SMAP_GEOM_NULL || after->type[i] != SMAP_GEOM_NULL) continue;
        status = smap__row_note(rows, SMAP__REJECTED, "coordinate_out_of_range", i, "geometry", NULL, "", err,
                                "the coordinates lie outside %s; the row is rejected", smap_crs_name(before->crs));
    }
    return status;
}

static smap_status note_no_columns(smap__source_rows *rows, smap_error *err) {
    if (rows->schema->shapes & SMAP__SHAPE_NONE) return SMAP_OK;
    return smap__row_note(
        rows, SMAP__WARNING, "position_missing", -1, "", NULL, NULL, err,
        "the source has neither geometry nor columns of coordinates; new rows have no position (name the "
        "columns with --map 'COLUMN=lat' and --map 'COLUMN=lon')");
}

smap_status smap__positions(smap_ctx *ctx, const smap__column_plan *plan, const smap__rules *rules,
                            smap__source_rows *rows, const smap_geometry **out, smap_error *err) {
    smap_status status = SMAP_OK;
    const smap_crs *wgs84 = NULL;
    const smap_geometry *found = NULL, *own = rows->source->geometry;
    if (rows->schema->shapes == SMAP__SHAPE_NONE) {
        if (own) {
            SMAP_TRY(smap__row_note(rows, SMAP__INFO, "geometry_unused", -1, "geometry", NULL, NULL, err,
                                    "layer \"%s\" has no geometry; the source's is not taken over", rows->schema->name),
                     done);
        }
        *out = NULL;
        return SMAP_OK;
    }
    rows->position = position_name(rows, plan);
    SMAP_TRY(smap__crs_wgs84(ctx, &wgs84, err), done);
    if (own) {
        SMAP_TRY(from_source(ctx, rows, wgs84, &found, err), done);
        SMAP_TRY(note_lost(rows, own, found, err), done);
    } else {
        bool given = (plan->lat >= 0 && plan->lon >= 0) || plan->gps >= 0 || plan->wkt >= 0;
        if (!given) SMAP_TRY(note_no_columns(rows, err), done);
        SMAP_TRY(from_columns(plan, rules, rows, wgs84, &found, err), done);
        if (!given) {
            *out = found;
            found = NULL;
            goto done;
        }
    }
    SMAP_TRY(smap__check_shapes(ctx, rules, rows, found, out, err), done);
done:
    smap_geometry_free(found);
    smap_crs_free(wgs84);
    return status;
}
