"""Longitude and latitude to UTM zone 34 north and back (WGS 84), to a tenth of a millimetre: Krueger's series to n^4,
as in C. F. F. Karney, Transverse Mercator with an accuracy of a few nanometers, 2011. What comes out is rounded, so
that the last bits of a machine's sine and tangent never reach what is made from it."""
from math import asinh, atan, atan2, atanh, cos, cosh, degrees, radians, sin, sinh, sqrt, tan

EPSG = 32634
CENTRAL_MERIDIAN = 21.0
A, F = 6378137.0, 1 / 298.257223563
N = F / (2 - F)
E = sqrt(F * (2 - F))
K0, FALSE_EASTING = 0.9996, 500000.0
RADIUS = A / (1 + N) * (1 + N ** 2 / 4 + N ** 4 / 64)
ALPHA = (N / 2 - 2 * N ** 2 / 3 + 5 * N ** 3 / 16 + 41 * N ** 4 / 180,
         13 * N ** 2 / 48 - 3 * N ** 3 / 5 + 557 * N ** 4 / 1440,
         61 * N ** 3 / 240 - 103 * N ** 4 / 140, 49561 * N ** 4 / 161280)
BETA = (N / 2 - 2 * N ** 2 / 3 + 37 * N ** 3 / 96 - N ** 4 / 360, N ** 2 / 48 + N ** 3 / 15 - 437 * N ** 4 / 1440,
        17 * N ** 3 / 480 - 37 * N ** 4 / 840, 4397 * N ** 4 / 161280)
CENTIMETRE, MICRODEGREE = 2, 6  # decimals


def project(lon, lat):
    """(x, y) in metres, to the centimetre."""
    phi, lam = radians(lat), radians(lon - CENTRAL_MERIDIAN)
    tau = tan(phi)
    sigma = sinh(E * atanh(E * tau / sqrt(1 + tau * tau)))
    tau1 = tau * sqrt(1 + sigma * sigma) - sigma * sqrt(1 + tau * tau)
    xi1 = atan2(tau1, cos(lam))
    eta1 = asinh(sin(lam) / sqrt(tau1 * tau1 + cos(lam) ** 2))
    xi, eta = xi1, eta1
    for j, a in enumerate(ALPHA, 1):
        xi += a * sin(2 * j * xi1) * cosh(2 * j * eta1)
        eta += a * cos(2 * j * xi1) * sinh(2 * j * eta1)
    return round(FALSE_EASTING + K0 * RADIUS * eta, CENTIMETRE), round(K0 * RADIUS * xi, CENTIMETRE)


def unproject(x, y):
    """(lon, lat) in degrees, to six decimals: about a tenth of a metre."""
    xi, eta = y / (K0 * RADIUS), (x - FALSE_EASTING) / (K0 * RADIUS)
    xi1, eta1 = xi, eta
    for j, b in enumerate(BETA, 1):
        xi1 -= b * sin(2 * j * xi) * cosh(2 * j * eta)
        eta1 -= b * cos(2 * j * xi) * sinh(2 * j * eta)
    tau1 = sin(xi1) / sqrt(sinh(eta1) ** 2 + cos(xi1) ** 2)
    tau = tau1
    for _ in range(4):  # Newton; settled after two steps
        sigma = sinh(E * atanh(E * tau / sqrt(1 + tau * tau)))
        guess = tau * sqrt(1 + sigma * sigma) - sigma * sqrt(1 + tau * tau)
        tau += ((tau1 - guess) / sqrt(1 + guess * guess) * (1 + (1 - E * E) * tau * tau) /
                ((1 - E * E) * sqrt(1 + tau * tau)))
    lon = CENTRAL_MERIDIAN + degrees(atan2(sinh(eta1), cos(xi1)))
    return round(lon, MICRODEGREE), round(degrees(atan(tau)), MICRODEGREE)
