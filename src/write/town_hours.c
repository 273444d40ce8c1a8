#include "write/town_hours.h"

#include <string.h>

static void cell_add(struct week_cell *sum, const struct week_cell *cell) {
    for (int k = 0; k < LOADS; k++) sum->load_uwh[k] += cell->load_uwh[k];
    for (int k = 0; k < CURRENTS; k++) sum->plugged_us[k] += cell->plugged_us[k];
    sum->requests += cell->requests;
    sum->waits += cell->waits;
    sum->wait_us += cell->wait_us;
    sum->left += cell->left;
}

static double weeks_of(const struct model *m, int hour) {
    day_number from = m->first_day + m->charging.charging_from;
    double weeks = 0;
    for (day_number day = from > m->from ? from : m->from; day <= m->first_day + m->charging.charging_until; day++)
        weeks += weekday_of(day) == hour / 24;
    return weeks;
}

struct town_hour town_hour_of(const struct study *s, uint32_t district, int hour) {
    ASSERT(hour >= 0 && hour < WEEK_HOURS);
    const struct charging_counts *n = &s->model.charging.n;
    struct week_cell sum;
    memset(&sum, 0, sizeof sum);
    for (uint32_t d = district ? district : 1; d < (district ? district + 1 : n->district); d++)
        cell_add(&sum, &s->fleet.week[(size_t)d * WEEK_HOURS + (size_t)hour]);
    struct town_hour out = {.hour = hour, .weeks = weeks_of(&s->model, hour)};
    if (out.weeks <= 0) return out;
    out.requests = (double)sum.requests / out.weeks;
    if (sum.requests) out.wait_minutes = (double)sum.wait_us / 60e6 / (double)sum.requests;
    if (sum.requests) out.left_share = (double)sum.left / (double)sum.requests;
    for (int k = 0; k < CURRENTS; k++) out.plugged[k] = (double)sum.plugged_us[k] / 3.6e9 / out.weeks;
    for (int k = 0; k < LOADS; k++) out.kw[k] = (double)sum.load_uwh[k] / 1e9 / out.weeks;
    for (int k = 0; k < LOADS; k++) out.load_kw += out.kw[k];
    return out;
}

void town_hours(const struct study *s, struct town_hour out[WEEK_HOURS]) {
    for (int hour = 0; hour < WEEK_HOURS; hour++) out[hour] = town_hour_of(s, 0, hour);
}

static void replay_hours(const struct study *s, struct replay *out) {
    for (int of_day = 0; of_day < 24; of_day++) {
        double weeks[2] = {0, 0};
        for (int weekday = 0; weekday < 7; weekday++) {
            struct town_hour h = town_hour_of(s, 0, weekday * 24 + of_day);
            int kind = weekday >= 5;
            weeks[kind] += h.weeks;
            out->hours[kind][of_day].plugged += (h.plugged[AC] + h.plugged[DC]) * h.weeks;
            out->hours[kind][of_day].load_kw += h.load_kw * h.weeks;
        }
        for (int kind = 0; kind < 2; kind++) {
            if (weeks[kind] <= 0) continue;
            out->hours[kind][of_day].plugged /= weeks[kind];
            out->hours[kind][of_day].load_kw /= weeks[kind];
        }
    }
}

struct replay replay_of(const struct study *s) {
    const struct model *m = &s->model;
    struct replay out;
    memset(&out, 0, sizeof out);
    for (uint32_t i = 1; i <= m->tables->sessions_count; i++) {
        const struct session_row *row = &m->tables->sessions[i];
        int64_t day = floor_div(row->arrive, 86400);
        bool counts = day >= m->from && day <= m->until;
        out.sessions += counts;
        out.outside += !counts;
        out.without_end += counts && row->leave == MOMENT_NONE;
    }
    static const enum fleet_sum energies[] = {FLEET_home_uwh, FLEET_residents_uwh, FLEET_ac_uwh, FLEET_dc_uwh};
    struct period all = period_days(m->from, m->until);
    for (size_t i = 0; i < sizeof energies / sizeof *energies; i++)
        out.uwh += fleet_sum(&s->fleet, all, (struct town_scope){ALL, ALL}, energies[i]);
    for (uint32_t i = 0; i < s->fleet.month_count; i++) {
        double peak = (double)s->fleet.months[i].peak_watts[0] / 1000;
        out.peak_kw = peak > out.peak_kw ? peak : out.peak_kw;
    }
    replay_hours(s, &out);
    return out;
}
