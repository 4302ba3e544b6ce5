#include "style/style.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static const smap__mark_point square[] = { { -1, -1 }, { 1, -1 }, { 1, 1 }, { -1, 1 } };
static const smap__mark_point triangle[] = { { 0, -1 }, { 1, 1 }, { -1, 1 } };
static const smap__mark_point diamond[] = { { 0, -1 }, { 1, 0 }, { 0, 1 }, { -1, 0 } };
static const smap__mark_point cross[] = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };
static const smap__mark_point x[] = { { -1, -1 }, { 1, 1 }, { -1, 1 }, { 1, -1 } };
static const smap__mark_point plus[] = { { -1, -0.2 },  { -0.2, -0.2 }, { -0.2, -1 },  { 0.2, -1 },
                                         { 0.2, -0.2 }, { 1, -0.2 },    { 1, 0.2 },    { 0.2, 0.2 },
                                         { 0.2, 1 },    { -0.2, 1 },    { -0.2, 0.2 }, { -1, 0.2 } };
/* Corners of the regular shapes on the unit circle from the top clockwise, to six decimals; the inner corners of the
 * star stand at 0.381966, where the lines between the outer ones meet. */
static const smap__mark_point pentagon[] = {
    { 0, -1 }, { 0.951057, -0.309017 }, { 0.587785, 0.809017 }, { -0.587785, 0.809017 }, { -0.951057, -0.309017 }
};
static const smap__mark_point hexagon[] = { { 0, -1 }, { 0.866025, -0.5 }, { 0.866025, 0.5 },
                                            { 0, 1 },  { -0.866025, 0.5 }, { -0.866025, -0.5 } };
static const smap__mark_point star[] = { { 0, -1 },
                                         { 0.224514, -0.309017 },
                                         { 0.951057, -0.309017 },
                                         { 0.363271, 0.118034 },
                                         { 0.587785, 0.809017 },
                                         { 0, 0.381966 },
                                         { -0.587785, 0.809017 },
                                         { -0.363271, 0.118034 },
                                         { -0.951057, -0.309017 },
                                         { -0.224514, -0.309017 } };

static const struct {
    const char *name;
    smap__mark_outline outline;
} marks[SMAP__MARKS] = {
    [SMAP__MARK_CIRCLE] = { "circle", { NULL, 0, true } },
    [SMAP__MARK_SQUARE] = { "square", { square, COUNT(square), true } },
    [SMAP__MARK_TRIANGLE] = { "triangle", { triangle, COUNT(triangle), true } },
    [SMAP__MARK_STAR] = { "star", { star, COUNT(star), true } },
    [SMAP__MARK_CROSS] = { "cross", { cross, COUNT(cross), false } },
    [SMAP__MARK_X] = { "x", { x, COUNT(x), false } },
    [SMAP__MARK_DIAMOND] = { "diamond", { diamond, COUNT(diamond), true } },
    [SMAP__MARK_PENTAGON] = { "pentagon", { pentagon, COUNT(pentagon), true } },
    [SMAP__MARK_HEXAGON] = { "hexagon", { hexagon, COUNT(hexagon), true } },
    [SMAP__MARK_PLUS] = { "cross_fill", { plus, COUNT(plus), true } },
};

const char *smap__mark_name(int mark) {
    return marks[mark].name;
}

smap__mark_outline smap__mark_shape(int mark) {
    return marks[mark].outline;
}
