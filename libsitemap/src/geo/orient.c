/* The orientation test of J. R. Shewchuk (Adaptive precision floating-point arithmetic, 1997): a rounded determinant
 * with its error bound first; where that cannot tell, the exact sum of the six products as an expansion. */
#include "geo/orient.h"

#include <math.h>

enum { TERMS = 12 };
static const double half_ulp = 1.1102230246251565e-16; /* 2^-53 */

/* Add `value` to an expansion of components that do not overlap, smallest first; it grows by one. */
static void grow(double *expansion, int *count, double value) {
    double sum = value;
    for (int k = 0; k < *count; k++) {
        double part = expansion[k], total = sum + part, virtual_part = total - sum;
        expansion[k] = (sum - (total - virtual_part)) + (part - virtual_part);
        sum = total;
    }
    expansion[(*count)++] = sum;
}

static void grow_product(double *expansion, int *count, double a, double b) {
    double product = a * b;
    grow(expansion, count, fma(a, b, -product));
    grow(expansion, count, product);
}

static double exact(double ax, double ay, double bx, double by, double cx, double cy) {
    double expansion[TERMS];
    int count = 0;
    grow_product(expansion, &count, ax, by);
    grow_product(expansion, &count, -ax, cy);
    grow_product(expansion, &count, -cx, by);
    grow_product(expansion, &count, -ay, bx);
    grow_product(expansion, &count, ay, cx);
    grow_product(expansion, &count, cy, bx);
    for (int k = count - 1; k >= 0; k--)
        if (expansion[k] != 0) return expansion[k];
    return 0;
}

double smap__orient(double ax, double ay, double bx, double by, double cx, double cy) {
    double left = (ax - cx) * (by - cy), right = (ay - cy) * (bx - cx), determinant = left - right;
    double bound = (3 + 16 * half_ulp) * half_ulp * (fabs(left) + fabs(right));
    if (fabs(determinant) > bound) return determinant;
    return exact(ax, ay, bx, by, cx, cy);
}
