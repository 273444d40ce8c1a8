// Measures of charging: sites, their groups of piles and streams, classes of vehicles. docs/cases.md says what each is.
// A row is `site`, `site/group` or `stream`, some with a parameter behind it: `site@7` an hour of the day, `site>15`
// minutes, `site%95` a share, `site+0.8` a lag in hours.
#include "study/selftest_measures.h"

#include <stdlib.h>
#include <string.h>

#define HOURS_OF(us) ((double)(us) / 3600e6)

// ---- rows ---------------------------------------------------------------------------------------------------------

// What a row number means, in its high bits.
enum row_kind { ROW_SITE, ROW_STATION, ROW_STREAM, ROW_KIND_SHIFT = 28, ROW_MASK = (1 << ROW_KIND_SHIFT) - 1 };

static size_t name_length(const char *words) {
    return strcspn(words, "@>%+");
}

static double parameter_of(const struct aim *at, double otherwise) {
    const char *behind = at->name + name_length(at->name);
    return *behind ? strtod(behind + 1, NULL) : otherwise;
}

static bool words_are(const char *words, size_t length, const char *name) {
    return strlen(name) == length && strncmp(words, name, length) == 0;
}

static uint32_t site_of(const struct model *m, const char *words, size_t length) {
    for (uint32_t i = 1; i < m->charging.n.site; i++)
        if (words_are(words, length, m->tables->sites[m->charging.sites[i].table_row].site)) return i;
    return 0;
}

static uint32_t station_of(const struct model *m, const char *words, size_t length) {
    size_t slash = strcspn(words, "/");
    uint32_t site = slash < length ? site_of(m, words, slash) : 0;
    for (uint32_t i = 1; site && i < m->charging.n.station; i++) {
        const struct station *x = &m->charging.stations[i];
        if (x->site != site) continue;
        if (words_are(words + slash + 1, length - slash - 1, m->tables->site_piles[x->table_row].group)) return i;
    }
    return 0;
}

static uint32_t row_of(const struct model *m, const char *words) {
    size_t length = name_length(words);
    uint32_t row = site_of(m, words, length);
    if (row) return row | ROW_SITE << ROW_KIND_SHIFT;
    row = station_of(m, words, length);
    if (row) return row | ROW_STATION << ROW_KIND_SHIFT;
    for (uint32_t i = 1; i < m->charging.n.stream; i++)
        if (words_are(words, length, m->tables->streams[m->charging.streams[i].table_row].stream))
            return i | ROW_STREAM << ROW_KIND_SHIFT;
    return 0;
}

// Streams have no piles of their own.
static uint32_t piles_of(const struct model *m, const char *words) {
    uint32_t row = row_of(m, words);
    return row >> ROW_KIND_SHIFT == ROW_STREAM ? 0 : row;
}

// Minute by minute is only known of sites that nobody chooses.
static uint32_t closed_of(const struct model *m, const char *words) {
    uint32_t row = piles_of(m, words), site = row & ROW_MASK;
    if (row >> ROW_KIND_SHIFT == ROW_STATION) site = m->charging.stations[site].site;
    return m->charging.sites[site].access == ACCESS_CLOSED ? row : 0;
}

static uint32_t class_of(const struct model *m, const char *words) {
    for (uint32_t i = 1; i < m->charging.n.class; i++)
        if (strcmp(words, m->tables->ev_classes[m->charging.classes[i].table_row].class) == 0) return i;
    return 0;
}

// The stations of a row: first, and how many.
struct stations {
    uint32_t first, count;
};

static struct stations stations_of(const struct measured *x, const struct aim *at) {
    uint32_t row = at->row & ROW_MASK;
    if (at->row >> ROW_KIND_SHIFT == ROW_STATION) return (struct stations){ row, 1 };
    const struct site *site = &x->m->charging.sites[row];
    return (struct stations){ site->first_station, site->stations };
}

// ---- sums of stations ---------------------------------------------------------------------------------------------

static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
}

static double counted_us(const struct measured *x) {
    return (double)(x->m->until - x->m->from + 1) * 86400e6;
}

static double sum_of(const struct measured *x, const struct aim *at, size_t offset) {
    struct stations s = stations_of(x, at);
    int64_t sum = 0;
    for (uint32_t i = 0; i < s.count; i++) {
        int64_t value;
        memcpy(&value, (const char *)&x->fleet->stations[s.first + i] + offset, sizeof value);
        sum += value;
    }
    return (double)sum;
}
#define SUM_OF(x, at, field) sum_of((x), (at), offsetof(struct station_sums, field))

// Arrivals, and those who waited, of a site, a group or a stream.
static struct stream_sums asked_of(const struct measured *x, const struct aim *at) {
    if (at->row >> ROW_KIND_SHIFT == ROW_STREAM) return x->fleet->streams[at->row & ROW_MASK];
    return (struct stream_sums){ (int64_t)SUM_OF(x, at, arrived), (int64_t)SUM_OF(x, at, waited),
                                 (int64_t)SUM_OF(x, at, wait_us) };
}

static double waited_share(const struct measured *x, const struct aim *at) {
    struct stream_sums asked = asked_of(x, at);
    return ratio((double)asked.waited, (double)asked.arrived);
}

static double queue_wait(const struct measured *x, const struct aim *at) {
    struct stream_sums asked = asked_of(x, at);
    return ratio(HOURS_OF(asked.wait_us), (double)asked.arrived);
}

static double admitted(const struct measured *x, const struct aim *at) {
    return SUM_OF(x, at, arrived) - SUM_OF(x, at, left);
}

static double admitted_wait(const struct measured *x, const struct aim *at) {
    return ratio(HOURS_OF(SUM_OF(x, at, wait_us)), admitted(x, at));
}

static double admitted_waited(const struct measured *x, const struct aim *at) {
    return ratio(SUM_OF(x, at, waited), admitted(x, at));
}

static double refused(const struct measured *x, const struct aim *at) {
    return ratio(SUM_OF(x, at, left), SUM_OF(x, at, arrived));
}

static double throttled(const struct measured *x, const struct aim *at) {
    return ratio(SUM_OF(x, at, throttled), SUM_OF(x, at, arrived));
}

static double stay(const struct measured *x, const struct aim *at) {
    return ratio(HOURS_OF(SUM_OF(x, at, busy_us)), SUM_OF(x, at, started));
}

static double charging_hours(const struct measured *x, const struct aim *at) {
    return ratio(HOURS_OF(SUM_OF(x, at, charging_us)), SUM_OF(x, at, started));
}

static double session_energy(const struct measured *x, const struct aim *at) {
    return ratio(SUM_OF(x, at, delivered_uwh) / 1e9, SUM_OF(x, at, started));
}

// ---- by hour of the day -------------------------------------------------------------------------------------------

// Mean of a table of us by hour of the day over the time that counts, or over that hour of every day.
static double hours_mean(const struct measured *x, const struct aim *at, const int64_t *cells) {
    struct stations s = stations_of(x, at);
    double hour = parameter_of(at, -1), sum = 0;
    for (uint32_t i = 0; i < s.count * 24; i++)
        if (hour < 0 || i % 24 == (uint32_t)hour) sum += (double)cells[(size_t)s.first * 24 + i];
    return sum / (hour < 0 ? counted_us(x) : counted_us(x) / 24);
}

static double queue(const struct measured *x, const struct aim *at) {
    return hours_mean(x, at, x->fleet->queue_us);
}

static double plugged(const struct measured *x, const struct aim *at) {
    return hours_mean(x, at, x->fleet->busy_us);
}

static double use(const struct measured *x, const struct aim *at) {
    struct stations s = stations_of(x, at);
    double piles = 0;
    for (uint32_t i = 0; i < s.count; i++) piles += x->m->charging.stations[s.first + i].piles;
    return ratio(plugged(x, at), piles);
}

// ---- distribution of the wait -------------------------------------------------------------------------------------

// How many of a bin's tries waited longer than `us`: even within a bin, which is at most a thirty-second of the wait.
static double above(const struct measured *x, uint32_t station, uint32_t bin, double us) {
    double count = (double)x->fleet->station_waits[(size_t)station * WAIT_BINS + bin];
    double low = (double)wait_bin_edge(bin), high = (double)wait_bin_edge(bin + 1);
    return us <= low ? count : us >= high ? 0 : count * (high - us) / (high - low);
}

static double waits_above(const struct measured *x, const struct aim *at, double us) {
    struct stations s = stations_of(x, at);
    double sum = 0;
    for (uint32_t i = 0; i < s.count; i++)
        for (uint32_t bin = 0; bin < WAIT_BINS; bin++) sum += above(x, s.first + i, bin, us);
    return sum;
}

static double wait_above(const struct measured *x, const struct aim *at) {
    return ratio(waits_above(x, at, parameter_of(at, 0) * 60e6), waits_above(x, at, -1));
}

// Minutes that the share of all tries does not exceed.
static double wait_quantile(const struct measured *x, const struct aim *at) {
    double rest = waits_above(x, at, -1) * (1 - parameter_of(at, 95) / 100);
    double low = 0, high = (double)wait_bin_edge(WAIT_BINS);
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (waits_above(x, at, middle) > rest) low = middle;
        else high = middle;
    }
    return low / 60e6;
}

// ---- minute by minute ---------------------------------------------------------------------------------------------

enum { DAY_MINUTES = 1440 };

static uint32_t first_minute(const struct measured *x) {
    return (uint32_t)(x->m->from - x->m->first_day) * DAY_MINUTES;
}

static uint32_t end_minute(const struct measured *x) {
    return (uint32_t)x->m->days * DAY_MINUTES;
}

// Changes by minute of the row's stations, summed.
static int64_t change_at(const struct stations *s, int32_t *const *changes, uint32_t minute) {
    int64_t sum = 0;
    for (uint32_t i = 0; i < s->count; i++) sum += changes[s->first + i][minute];
    return sum;
}

// Mean of what is read at one moment of every day, between two minutes in proportion. at_least > 0: the share of days
// on which it is at least so much.
static double reading_mean(const struct measured *x, const struct aim *at, int32_t *const *changes, int64_t at_least) {
    struct stations s = stations_of(x, at);
    double minute = parameter_of(at, 0) * 60, sum = 0;
    uint32_t low = (uint32_t)minute;
    double part = minute - low;
    int64_t now = 0;
    for (uint32_t i = 0; i < end_minute(x); i++) {
        now += change_at(&s, changes, i);
        if (i < first_minute(x)) continue;
        double value = at_least > 0 ? now >= at_least : (double)now;
        if (i % DAY_MINUTES == low) sum += value * (1 - part);
        if (i % DAY_MINUTES == low + 1) sum += value * part;
    }
    return sum / (x->m->until - x->m->from + 1);
}

static double plugged_reading(const struct measured *x, const struct aim *at) {
    return reading_mean(x, at, x->fleet->plugged, 0);
}

static double waiting_reading(const struct measured *x, const struct aim *at) {
    return reading_mean(x, at, x->fleet->waiting, 0);
}

static double all_plugged(const struct measured *x, const struct aim *at) {
    struct stations s = stations_of(x, at);
    int64_t piles = 0;
    for (uint32_t i = 0; i < s.count; i++) piles += x->m->charging.stations[s.first + i].piles;
    return reading_mean(x, at, x->fleet->plugged, piles);
}

// Mean product of two readings `lag` minutes apart, less the product of their means.
static double covariance(const struct measured *x, const struct aim *at, uint32_t lag) {
    struct stations s = stations_of(x, at);
    uint32_t first = first_minute(x), count = end_minute(x) - first - lag;
    int64_t before = 0, after = 0, sum_before = 0, sum_after = 0;
    double products = 0;
    for (uint32_t i = 0; i < first + lag; i++) after += change_at(&s, x->fleet->plugged, i);
    for (uint32_t i = 0; i < first; i++) before += change_at(&s, x->fleet->plugged, i);
    for (uint32_t i = first; i < first + count; i++) {
        before += change_at(&s, x->fleet->plugged, i);
        after += change_at(&s, x->fleet->plugged, i + lag);
        sum_before += before;
        sum_after += after;
        products += (double)(before * after);
    }
    return products / count - (double)sum_before / count * ((double)sum_after / count);
}

static double plugged_variance(const struct measured *x, const struct aim *at) {
    return covariance(x, at, 0);
}

static double plugged_covariance(const struct measured *x, const struct aim *at) {
    return covariance(x, at, (uint32_t)(parameter_of(at, 0) * 60 + 0.5));
}

// ---- classes of vehicles, at home ---------------------------------------------------------------------------------

static double class_sum(const struct measured *x, uint32_t class, enum fleet_sum sum) {
    const struct charging_counts *n = &x->m->charging.n;
    int64_t all = 0;
    for (uint32_t i = 0; i < x->fleet->month_count; i++)
        for (uint32_t d = 1; d < n->district; d++)
            all += x->fleet->months[i].sums[((size_t)d * n->class + class) * FLEET_SUM_COUNT + sum];
    return (double)all;
}

// Sessions at home per vehicle and 365 days; who is there at a month's end was there the whole month.
static double plug_ins(const struct measured *x, const struct aim *at) {
    const struct charging_counts *n = &x->m->charging.n;
    double vehicle_days = 0;
    for (uint32_t i = 0; i < x->fleet->month_count; i++) {
        const struct fleet_month *month = &x->fleet->months[i];
        for (uint32_t d = 1; d < n->district; d++)
            vehicle_days += (double)month->vehicles[(size_t)d * n->class + at->row] * (month->until - month->from + 1);
    }
    return ratio(class_sum(x, at->row, FLEET_home_sessions) * 365, vehicle_days);
}

static double plug_energy(const struct measured *x, const struct aim *at) {
    return ratio(class_sum(x, at->row, FLEET_home_uwh) / 1e9, class_sum(x, at->row, FLEET_home_sessions));
}

static double plug_gap(const struct measured *x, const struct aim *at) {
    const double *gaps = x->fleet->gaps + (size_t)at->row * GAP_SUMS;
    return ratio(gaps[GAP_DAYS], gaps[GAP_COUNT]);
}

static double plug_gap_deviation(const struct measured *x, const struct aim *at) {
    const double *gaps = x->fleet->gaps + (size_t)at->row * GAP_SUMS;
    double mean = plug_gap(x, at), variance = ratio(gaps[GAP_SQUARES], gaps[GAP_COUNT]) - mean * mean;
    return variance > 0 ? sqrt_own(variance) : 0;
}

bool measure_by_minute(const struct measure *measure) {
    return measure->find == closed_of;
}

// ---- the set ------------------------------------------------------------------------------------------------------

struct measure_set charging_measures(void) {
    static const struct measure measures[] = {
        { "waited_share", row_of, waited_share, false },
        { "queue", piles_of, queue, false },
        { "queue_wait", row_of, queue_wait, false },
        { "admitted_wait", piles_of, admitted_wait, false },
        { "admitted_waited", piles_of, admitted_waited, false },
        { "wait_above", piles_of, wait_above, false },
        { "wait_quantile", piles_of, wait_quantile, false },
        { "refused", piles_of, refused, false },
        { "plugged", piles_of, plugged, false },
        { "use", piles_of, use, false },
        { "throttled", piles_of, throttled, false },
        { "stay", piles_of, stay, false },
        { "session_energy", piles_of, session_energy, false },
        { "charging_hours", piles_of, charging_hours, false },
        { "plugged_reading", closed_of, plugged_reading, false },
        { "waiting_reading", closed_of, waiting_reading, false },
        { "all_plugged", closed_of, all_plugged, false },
        { "plugged_variance", closed_of, plugged_variance, false },
        { "plugged_covariance", closed_of, plugged_covariance, false },
        { "plug_ins", class_of, plug_ins, false },
        { "plug_gap", class_of, plug_gap, false },
        { "plug_gap_deviation", class_of, plug_gap_deviation, false },
        { "plug_energy", class_of, plug_energy, false },
    };
    return (struct measure_set){ measures, sizeof measures / sizeof *measures, true, false };
}
