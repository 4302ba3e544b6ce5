/* Well-known binary in bulk: whole columns, as Arrow hands them over. A row that cannot be read becomes a null feature
 * and is named in the report with its reason.
 *
 *     smap__wkb_report report = SMAP__WKB_REPORT_INIT;
 *     SMAP_TRY(smap__wkb_append_arrow(builder, "z", array, &report, err), done);     (once a batch)
 *     ... report.bad[k].row, smap__wkb_problem_text(report.bad[k].problem) ...
 *     smap__wkb_report_release(&report);
 *
 * One builder belongs to one thread. To use several, give every run of batches a builder of its own, and join them in
 * order with smap__builder_append ("geo/geom_builder.h"), which only copies. */
#ifndef SMAP_GEO_WKB_H
#define SMAP_GEO_WKB_H

#include "col/arrow.h"
#include "sitemap/geometry.h"

typedef enum smap__wkb_problem {
    SMAP__WKB_OK,
    SMAP__WKB_SHORT,      /* ends before its last coordinate; a count that the bytes left cannot hold */
    SMAP__WKB_LEFT_OVER,  /* bytes left behind its end */
    SMAP__WKB_BYTE_ORDER, /* neither 0 nor 1 */
    SMAP__WKB_TYPE,       /* not one of the 17 types, or one that has no instances */
    SMAP__WKB_CHILD,      /* a part of a type that its whole cannot hold */
    SMAP__WKB_DEEP,       /* nested deeper than 32 */
    SMAP__WKB_NOT_FINITE, /* a coordinate is infinite or not a number */
    SMAP__WKB_NO_SHELL,   /* a polygon with holes and no outer ring */
    SMAP__WKB_ARC         /* an arc string of an even number of points */
} smap__wkb_problem;

const char *smap__wkb_problem_text(smap__wkb_problem problem); /* "it is cut short" */

typedef struct smap__wkb_bad {
    int64_t row; /* 0-based feature of the builder */
    smap__wkb_problem problem;
} smap__wkb_bad;

/* Features with something worth a note, and rows that could not be read. Counts add up over calls. */
typedef struct smap__wkb_report {
    int64_t with_z, with_m;
    int64_t curves;   /* features with arcs, made of straight pieces of at most 4 degrees */
    int64_t surfaces; /* polyhedral surfaces, TINs and triangles, kept as polygons */
    int64_t closed;   /* features with a ring that was not closed, and now is */
    int64_t dropped;  /* features with empty parts inside a multi-part or collection, left out */
    smap__wkb_bad *bad;
    size_t bad_count, bad_capacity;
} smap__wkb_report;

#define SMAP__WKB_REPORT_INIT                                                                                          \
    { 0, 0, 0, 0, 0, 0, NULL, 0, 0 }

void smap__wkb_report_release(smap__wkb_report *report);
/* Nothing reported, room kept. */
void smap__wkb_report_clear(smap__wkb_report *report);
/* Add the counts of `from`, and its bad rows moved by `row_offset`. */
smap_status smap__wkb_report_add(smap__wkb_report *report, const smap__wkb_report *from, int64_t row_offset,
                                 smap_error *err);

/* One feature; a bad one becomes a null and a line in the report. SMAP_E_NOMEM and SMAP_E_LIMIT alone fail. */
smap_status smap__wkb_append(smap_geometry_builder *builder, const void *wkb, size_t len, smap__wkb_report *report,
                             smap_error *err);
/* All rows of an Arrow binary array of `format` "z" or "Z"; nulls stay nulls. */
smap_status smap__wkb_append_arrow(smap_geometry_builder *builder, const char *format, const struct ArrowArray *array,
                                   smap__wkb_report *report, smap_error *err);

#endif
