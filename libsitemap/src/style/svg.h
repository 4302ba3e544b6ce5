/* Symbols from SVG files, as <ExternalGraphic> names them.
 *
 * A name is a file name, or symbols/ and a file name; never a URL, an absolute path or one with "..". It is looked for
 * among the icons of the look, in the folder of the style, in symbols/ there, and in symbols/ of the context's style
 * folder. Behind a "?" stand
 * colours, as QGIS and GeoServer write them: fill, fill-opacity, outline (or stroke), outline-opacity, outline-width.
 * They replace what the file says behind param(fill) and so on.
 *
 * The gate lets through shapes, groups, gradients, clip paths and plain style sheets: nothing that refers outside of
 * the file, runs, needs fonts, or draws without end. */
#ifndef SMAP_STYLE_SVG_H
#define SMAP_STYLE_SVG_H

#include "style/sld.h"

/* *out stays NULL, with a warning, where `href` is no name of the profile. A symbol that is named rightly and is
 * missing, too large, broken or stopped by the gate is an error with the line of `node`. */
smap_status smap__svg_read(smap__sld_reader *reader, const smap__xml *node, const char *href, const smap__svg **out,
                           smap_error *err);

/* May that text be drawn? *aspect: width by height of its viewBox. `path` is for messages. */
smap_status smap__svg_gate(const char *path, const char *text, size_t len, double *aspect, smap_error *err);

#endif
