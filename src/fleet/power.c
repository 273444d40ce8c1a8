// Sizes of sessions (M-12.11): hours from one charge to another and back, in closed form. Between two points of a curve
// the power is linear in the charge, so the charge goes exponentially towards where that line would be zero.
// reads: nothing of the state. writes: nothing.
#include "fleet/town.h"

// Below this the first terms of the series are exact to the last bits, and the functions themselves are not.
static const double SMALL = 1e-4;

// log(1 + x)
static double log_above_one(double x) {
    if (x < SMALL && x > -SMALL) return x * (1 - x * (1.0 / 2 - x * (1.0 / 3 - x * (1.0 / 4))));
    return log_own(1 + x);
}

// exp(x) - 1
static double exp_less_one(double x) {
    if (x < SMALL && x > -SMALL) return x * (1 + x * (1.0 / 2 + x * (1.0 / 6 + x * (1.0 / 24))));
    return exp_own(x) - 1;
}

// Of the time between two points, the share that is over when this share of the energy between them is in.
static double time_share(const struct power_point *p, double energy_share) {
    return p->rise == 0 ? energy_share : log_above_one(energy_share * p->rise) / p->log_rise;
}

static double energy_share(const struct power_point *p, double time_share) {
    return p->rise == 0 ? time_share : exp_less_one(time_share * p->log_rise) / p->rise;
}

double hours_at(const struct curve *c, double mwh) {
    uint32_t i = 0;
    while (i + 2 < c->count && c->points[i + 1].mwh < mwh) i++;
    const struct power_point *p = c->points + i;
    double share = (mwh - p[0].mwh) / (p[1].mwh - p[0].mwh);
    return p[0].hours + (p[1].hours - p[0].hours) * time_share(p, share);
}

double charge_at(const struct curve *c, double hours) {
    uint32_t i = 0;
    if (hours >= c->points[c->count - 1].hours) return c->points[c->count - 1].mwh;
    while (i + 2 < c->count && c->points[i + 1].hours < hours) i++;
    const struct power_point *p = c->points + i;
    double share = (hours - p[0].hours) / (p[1].hours - p[0].hours);
    return p[0].mwh + (p[1].mwh - p[0].mwh) * energy_share(p, share);
}

struct curve curve_of(const struct charging *c, uint32_t type, uint32_t power) {
    const struct power_curve *curve = &c->curves[(size_t)type * c->n.power + power];
    ASSERT(curve->points >= 2);
    return (struct curve){ c->power_points + curve->first, curve->points };
}

double charge_hours(const struct charging *c, uint32_t type, uint32_t power, double from_mwh, double to_mwh) {
    struct curve curve = curve_of(c, type, power);
    ASSERT(from_mwh <= to_mwh);
    return hours_at(&curve, to_mwh) - hours_at(&curve, from_mwh);
}

double charge_after(const struct charging *c, uint32_t type, uint32_t power, double from_mwh, double hours) {
    struct curve curve = curve_of(c, type, power);
    ASSERT(hours >= 0);
    return charge_at(&curve, hours_at(&curve, from_mwh) + hours);
}

struct power_range charge_power(const struct charging *c, uint32_t type, uint32_t power, double mwh) {
    struct curve curve = curve_of(c, type, power);
    const struct power_point *points = curve.points;
    uint32_t i = 0;
    while (i + 2 < curve.count && points[i + 1].mwh <= mwh) i++;
    const struct power_point *p = points + i;
    double watts = p[0].watts + (p[1].watts - p[0].watts) * ((mwh - p[0].mwh) / (p[1].mwh - p[0].mwh));
    struct power_range range = { watts, watts };
    for (i++; i < curve.count; i++)
        if (points[i].watts > range.peak_watts) range.peak_watts = points[i].watts;
    return range;
}
