// The polynomials were fitted at Chebyshev nodes in 50 digits; their error is below 2e-18 on the reduced interval.
// libm is refused: its results differ by a last bit between versions, and one bit changes a run.
#include "base/numbers.h"

#include <string.h>

#include "base/trouble.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

static const double ln2_high = 0x1.62e42fee00000p-1;   // 32 bits: times an exponent it is exact
static const double ln2_low = 0x1.a39ef35793c76p-33;

static inline uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double double_of(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

// 2^k for normal results.
static inline double power_of_two(int k) {
    return double_of((uint64_t)(k + 1023) << 52);
}

double exp_own(double x) {
    static const double c[11] = {
        0x1.0000000000000p-1,  0x1.5555555555557p-3,  0x1.5555555555556p-5,  0x1.11111111100bep-7,
        0x1.6c16c16c162c3p-10, 0x1.a01a01abf85abp-13, 0x1.a01a01a6e1e2ap-16, 0x1.71de01fdbf9cap-19,
        0x1.27e4db46cddd1p-22, 0x1.af4e554377204p-26, 0x1.1f7340dbc337ep-29,
    };
    if (!(x > -800)) return x != x ? x : 0;
    if (x > 800) x = 800;
    double turns = x * 0x1.71547652b82fep+0;   // 1 / ln 2
    int k = (int)(turns + (turns < 0 ? -0.5 : 0.5));
    double high = x - k * ln2_high, low = k * ln2_low;
    double r = high - low, r2 = r * r, r4 = r2 * r2;
    double p = ((c[0] + c[1] * r) + (c[2] + c[3] * r) * r2) +
               ((c[4] + c[5] * r) + (c[6] + c[7] * r) * r2 + ((c[8] + c[9] * r) + c[10] * r2) * r4) * r4;
    double e = 1 + (high - (low - r2 * p));
    int half = k / 2;                          // in two steps, so that results near the limits round once
    return e * power_of_two(half) * power_of_two(k - half);
}

// log of x * 2^k for a normal, finite x > 0. m = x / 2^exponent lies in [sqrt(1/2), sqrt(2)), so that log m and the
// exponent's ln 2 never cancel.
static inline double log_normal(double x, int k) {
    static const double c[8] = {
        0x1.5555555555555p-1, 0x1.9999999999a39p-2, 0x1.2492492476a1ap-2, 0x1.c71c7201a55d7p-3,
        0x1.745cf8e4bba1bp-3, 0x1.3b1c3c1c81c8fp-3, 0x1.0fbde0f4ad17bp-3, 0x1.0c0aff044a970p-3,
    };
    uint64_t bits = bits_of(x);
    uint32_t high = (uint32_t)((bits - 0x3FE6A09E667F3BCDU) >> 32);
    k += (int32_t)high >> 20;
    double m = double_of(bits - ((uint64_t)(high & 0xFFF00000U) << 32));
    double f = m - 1, half = 0.5 * f * f;
    double s = f / (2 + f), z = s * s, z2 = z * z, z4 = z2 * z2;
    double p = ((c[0] + c[1] * z) + (c[2] + c[3] * z) * z2) + ((c[4] + c[5] * z) + (c[6] + c[7] * z) * z2) * z4;
    return k * ln2_high - ((half - (s * (half + z * p) + k * ln2_low)) - f);
}

double log_own(double x) {
    ASSERT(x > 0);
    if (bits_of(x) >> 52 == 2047) return x;                  // infinite
    return x < 0x1p-1022 ? log_normal(x * 0x1p54, -54) : log_normal(x, 0);   // subnormal or not
}

void logs_own(double *x, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) x[i] = log_normal(x[i], 0);
}

double sqrt_own(double x) {
#if defined(__SSE2__)
    __m128d v = _mm_set_sd(x);
    return _mm_cvtsd_f64(_mm_sqrt_sd(v, v));
#elif defined(__aarch64__)
    return vget_lane_f64(vsqrt_f64(vdup_n_f64(x)), 0);
#else
    return __builtin_sqrt(x);                  // IEEE 754 demands the correctly rounded result
#endif
}

double power_own(double x, double y) {
    return exp_own(y * log_own(x));
}

// p[7] r^7 + ... + p[0] over q[7] r^7 + ... + q[0].
static double ratio_of(const double p[8], const double q[8], double r) {
    double above = p[7], below = q[7];
    for (int i = 6; i >= 0; i--) {
        above = above * r + p[i];
        below = below * r + q[i];
    }
    return above / below;
}

double normal_quantile(double u) {
    static const double a[8] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                3.3430575583588128105e4, 2.5090809287301226727e3};
    static const double b[8] = {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
                                2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
                                5.2264952788528545610e3};
    static const double c[8] = {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
                                3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
                                2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[8] = {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
                                1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
                                1.05075007164441684324e-9};
    static const double e[8] = {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
                                2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double f[8] = {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
                                7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
                                2.04426310338993978564e-15};
    ASSERT(u > 0 && u < 1);
    double q = u - 0.5;
    if (q >= -0.425 && q <= 0.425) return q * ratio_of(a, b, 0.180625 - q * q);
    double r = sqrt_own(-log_own(q < 0 ? u : 1 - u));
    double value = r <= 5 ? ratio_of(c, d, r - 1.6) : ratio_of(e, f, r - 5);
    return q < 0 ? -value : value;
}

double student_95(int n) {
    static const double t[31] = {
        0,
        12.706204736174705, 4.3026527297494639, 3.1824463052837096, 2.7764451051977944, 2.5705818356363155,
        2.4469118511449700, 2.3646242515927853, 2.3060041352041667, 2.2621571627982055, 2.2281388519862747,
        2.2009851600916399, 2.1788128296672289, 2.1603686564627925, 2.1447866879178038, 2.1314495455597757,
        2.1199052992212547, 2.1098155778333171, 2.1009220402410385, 2.0930240544083098, 2.0859634472658648,
        2.0796138447276804, 2.0738730679040262, 2.0686576104190487, 2.0638985616280258, 2.0595385527532977,
        2.0555294386428732, 2.0518305164802856, 2.0484071417952452, 2.0452296421327043, 2.0422724563012383,
    };
    ASSERT(n >= 2);
    if (n - 1 <= 30) return t[n - 1];
    // Cornish-Fisher in 1/freedom; the error is below 3e-8 from here on
    double z = 1.9599639845400545, z2 = z * z, v = 1.0 / (n - 1);
    double g1 = z * (z2 + 1) / 4;
    double g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
    double g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    double g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
    return z + v * (g1 + v * (g2 + v * (g3 + v * g4)));
}
