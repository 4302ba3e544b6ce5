#include "draw/svg_marks.h"

#include <librsvg/rsvg.h>
#include <math.h>
#include <pthread.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "geo/angle.h"

/* A larger one is not kept as pixels: 600 by 600. */
static const int half_px_max = 300;

static smap_status drawing_failed(const smap__svg *svg, cairo_status_t status, smap_error *err) {
    if (status == CAIRO_STATUS_NO_MEMORY) return smap__fail_memory(err);
    return smap__fail(err, SMAP_E_FORMAT, svg->file,
                      "%s: the symbol cannot be drawn; open it in a drawing program and save it as plain SVG",
                      svg->file);
}

/* The file drawn 1 high. What it refers to outside of itself is not loaded: the handle has no base, and the gate of
 * styles let nothing of that kind through. */
static smap_status record(const smap__svg *svg, cairo_surface_t **out, smap_error *err) {
    const cairo_rectangle_t extents = { 0, 0, svg->aspect, 1 };
    const RsvgRectangle viewport = { 0, 0, svg->aspect, 1 };
    RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)svg->text, svg->len, NULL);
    if (!handle) return drawing_failed(svg, CAIRO_STATUS_SUCCESS, err);
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
    cairo_t *cr = cairo_create(surface);
    bool drawn = rsvg_handle_render_document(handle, cr, &viewport, NULL);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    g_object_unref(handle);
    if (drawn && status == CAIRO_STATUS_SUCCESS) {
        *out = surface;
        return SMAP_OK;
    }
    cairo_surface_destroy(surface);
    return drawing_failed(svg, status, err);
}

static cairo_surface_t *drawing_of(const smap__svg_marks *marks, const smap__svg *svg) {
    for (size_t i = 0; i < marks->drawings; i++)
        if (marks->drawing[i].svg == svg) return marks->drawing[i].record;
    return NULL;
}

static smap_status add_drawing(smap__svg_marks *marks, const smap__svg *svg, smap_error *err) {
    if (drawing_of(marks, svg)) return SMAP_OK;
    if (!smap__grow(&marks->drawing, &marks->drawing_capacity, marks->drawings + 1, sizeof *marks->drawing))
        return smap__fail_memory(err);
    smap__svg_drawing *item = &marks->drawing[marks->drawings];
    item->svg = svg;
    smap_status status = record(svg, &item->record, err);
    marks->drawings += status == SMAP_OK;
    return status;
}

/* The drawing about its anchor at the origin, in a space of mm. */
static void put_drawing(cairo_t *cr, cairo_surface_t *drawing, const smap__symbolizer *s, double height_mm) {
    cairo_rotate(cr, smap__radians(s->rotation_deg));
    cairo_scale(cr, height_mm, height_mm);
    cairo_set_source_surface(cr, drawing, -s->anchor_x * s->svg->aspect, s->anchor_y - 1);
    cairo_paint_with_alpha(cr, s->opacity);
}

static const smap__svg_stamp *stamp_of(const smap__svg_marks *marks, const smap__symbolizer *s, double height_mm) {
    for (size_t i = 0; i < marks->stamps; i++) {
        const smap__svg_stamp *stamp = &marks->stamp[i];
        if (stamp->svg == s->svg && stamp->height_mm == height_mm && stamp->rotation_deg == s->rotation_deg &&
            stamp->anchor_x == s->anchor_x && stamp->anchor_y == s->anchor_y)
            return stamp;
    }
    return NULL;
}

static smap_status add_stamp(smap__svg_marks *marks, const smap__symbolizer *s, double height_mm, smap_error *err) {
    double reach_x = fmax(fabs(s->anchor_x), fabs(1 - s->anchor_x)) * s->svg->aspect,
           reach_y = fmax(fabs(s->anchor_y), fabs(1 - s->anchor_y)),
           reach_px = hypot(reach_x, reach_y) * height_mm * marks->px_per_mm;
    if (reach_px > half_px_max || stamp_of(marks, s, height_mm)) return SMAP_OK;
    int half = (int)ceil(reach_px) + 1;
    if (!smap__grow(&marks->stamp, &marks->stamp_capacity, marks->stamps + 1, sizeof *marks->stamp))
        return smap__fail_memory(err);
    cairo_surface_t *pixels = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 2 * half, 2 * half);
    cairo_t *cr = cairo_create(pixels);
    smap__symbolizer whole = *s;
    whole.opacity = 1; /* that is put on with the stamp */
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_GRAY);
    cairo_translate(cr, half, half);
    cairo_scale(cr, marks->px_per_mm, marks->px_per_mm);
    put_drawing(cr, drawing_of(marks, s->svg), &whole, height_mm);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    marks->stamp[marks->stamps++] =
        (smap__svg_stamp){ s->svg, height_mm, s->rotation_deg, s->anchor_x, s->anchor_y, pixels, half };
    return status == CAIRO_STATUS_SUCCESS ? SMAP_OK : drawing_failed(s->svg, status, err);
}

smap_status smap__svg_marks_add(smap__svg_marks *marks, const smap__symbolizer *s, double most_mm, smap_error *err) {
    double height_mm = s->size_px * SMAP__SLD_PIXEL_MM;
    if (!s->svg || height_mm <= 0) return SMAP_OK;
    if (most_mm > 0) height_mm = fmin(height_mm, most_mm);
    smap_status status = add_drawing(marks, s->svg, err);
    return status == SMAP_OK ? add_stamp(marks, s, height_mm, err) : status;
}

void smap__svg_marks_release(smap__svg_marks *marks) {
    for (size_t i = 0; i < marks->drawings; i++) cairo_surface_destroy(marks->drawing[i].record);
    for (size_t i = 0; i < marks->stamps; i++) cairo_surface_destroy(marks->stamp[i].pixels);
    smap__free(marks->drawing);
    smap__free(marks->stamp);
    *marks = (smap__svg_marks){ 0 };
}

void smap__svg_marks_paint(const smap__svg_marks *marks, cairo_t *cr, const smap__symbolizer *s, double height_mm) {
    bool on_pixels = cairo_surface_get_type(cairo_get_target(cr)) == CAIRO_SURFACE_TYPE_IMAGE;
    const smap__svg_stamp *stamp = on_pixels ? stamp_of(marks, s, height_mm) : NULL;
    cairo_surface_t *drawing = drawing_of(marks, s->svg);
    double x = 0, y = 0;
    if (height_mm <= 0 || !drawing) return;
    cairo_save(cr);
    if (stamp) {
        cairo_user_to_device(cr, &x, &y);
        cairo_identity_matrix(cr);
        cairo_set_source_surface(cr, stamp->pixels, floor(x + 0.5) - stamp->half_px, floor(y + 0.5) - stamp->half_px);
        cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
        cairo_paint_with_alpha(cr, s->opacity);
    } else { /* a recording is played for one thread at a time */
        static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
        pthread_mutex_lock(&one_at_a_time);
        put_drawing(cr, drawing, s, height_mm);
        pthread_mutex_unlock(&one_at_a_time);
    }
    cairo_restore(cr);
}
