/* Functions whose last bit is the same on every processor: the C library has several versions of its own and takes the
 * one that a processor is quickest with. Made of what IEEE 754 rounds in one way alone: + - * / and the square root. */
#ifndef SMAP_BASE_STEADY_MATH_H
#define SMAP_BASE_STEADY_MATH_H

/* The natural logarithm of a finite x > 0, to 1e-15 of it. */
double smap__steady_log(double x);

/* base to the power of `exponent`, for a finite base > 0, to 1e-14 of it. Made once for a base, asked often. */
enum { SMAP__POWER_BITS = 52 };
typedef struct smap__power {
    double base;
    double root[SMAP__POWER_BITS]; /* of the base: the 2nd, 4th, 8th, ... */
} smap__power;
void smap__power_init(smap__power *power, double base);
double smap__power_of(const smap__power *power, double exponent); /* |exponent| <= 1000 */

#endif
