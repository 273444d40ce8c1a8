// The tables of charging: figures by class and district, and the first replication by month, hour, station and feeder.
// Hours, loads and stations begin where the fleet begins to charge; energies are in kWh, loads in kW.
#include <stdio.h>
#include <stdlib.h>

#include "write/database.h"
#include "write/town_hours.h"

#define LOADS_MEASURED                                                                                                 \
    MEASURED("home_kw", "kW", "at own piles and sockets"),                                                             \
    MEASURED("residents_kw", "kW", "at residents' shared piles"),                                                      \
    MEASURED("ac_kw", "kW", "at public AC piles"), MEASURED("dc_kw", "kW", "at public DC piles")

static const struct output_table figures_table = {"charging_figures",
    "by class and district, in the bulletin's period", 3,
    {KEY("scope", "class or district"), KEY("name", "its id; visitors: requests from outside the fleet"),
     KEY("measure", "what"), KEY("unit", "of the values"),
     MEASURED("simulated", "unit", "mean over the replications"),
     MEASURED("low", "unit", "95 % interval of the mean by luck"), MEASURED("high", "unit", "its other end"),
     MEASURED("low_inputs", "unit", "where 95 % of the worlds lie"), MEASURED("high_inputs", "unit", "its other end")}};
static const struct output_table months_table = {"charging_months", "by month, district and class", 3,
    {KEY("month", "year and month"),
     REFERS("district", "districts", "where the vehicle lives, or the request comes from"),
     KEY("class", "id; visitors: requests from outside the fleet"),
     COUNTED("vehicles", "vehicle", "at the month's end"),
     COUNTED("joined_here", "vehicle", "made in the region"),
     COUNTED("joined_elsewhere", "vehicle", "bought from elsewhere, as planned"),
     COUNTED("joined_instead", "vehicle", "bought from elsewhere because the region's makers lost the buyer"),
     COUNTED("scrapped", "vehicle", "at the end of their life"),
     MEASURED("driven_kwh", "kWh", "used from batteries"),
     MEASURED("fuel_kwh", "kWh", "what plug-ins drove on fuel, in battery energy"),
     MEASURED("undriven_kwh", "kWh", "not driven for want of charge"),
     COUNTED("home_sessions", "session", "at an own pile or socket"),
     COUNTED("residents_sessions", "session", "at residents' shared piles"),
     COUNTED("ac_sessions", "session", "at public AC piles"), COUNTED("dc_sessions", "session", "at public DC piles"),
     COUNTED("failed_starts", "session", "plug-ins that failed"),
     MEASURED("home_kwh", "kWh", "at own piles and sockets"),
     MEASURED("residents_kwh", "kWh", "at residents' shared piles"),
     MEASURED("ac_kwh", "kWh", "at public AC piles"), MEASURED("dc_kwh", "kWh", "at public DC piles"),
     COUNTED("requests", "request", "for a pile that is shared or public"), COUNTED("tries", "", "sites asked"),
     COUNTED("waited", "", "tries that waited"), MEASURED("wait_hours", "hour", "waited in all"),
     COUNTED("served", "request", "charged"), COUNTED("fuel", "request", "drove on fuel instead"),
     COUNTED("patience", "request", "gave up waiting"), COUNTED("full", "request", "found no waiting place"),
     COUNTED("no_site", "request", "no pile of that kind in reach"), COUNTED("late", "request", "ran out of time"),
     COUNTED("open", "request", "had not ended when the run did")}};
static const struct output_table stands_table = {"charging_districts", "piles and peak load by month and district", 2,
    {KEY("month", "year and month"), REFERS("district", "districts", "id"),
     COUNTED("private_piles", "pile", "at homes, at its end"),
     COUNTED("public_ac_piles", "pile", "at its end"), COUNTED("public_dc_piles", "pile", "at its end"),
     MEASURED("peak_kw", "kW", "highest mean load of an hour")}};
static const struct output_table week_table = {"charging_week",
    "by hour of the week and district, means over the run", 2,
    {REFERS("district", "districts", "id"), COUNTED("hour_of_week", "hour", "0 to 167 from Monday 0 h"),
     MEASURED("came", "1", "to a site, each time"), MEASURED("wait_minutes", "minute", "mean over them"),
     MEASURED("left_share", "share", "of them, left without a charge"),
     MEASURED("plugged_ac", "pile", "piles with a car"), MEASURED("plugged_dc", "pile", "piles with a car"),
     LOADS_MEASURED}};
static const struct output_table hours_table = {"charging_hours", "load of the region by hour", 1,
    {KEY("hour", "when it begins"), LOADS_MEASURED}};
static const struct output_table stations_table = {"charging_stations", "by group of piles, sums over the run", 2,
    {REFERS("site", "sites", "id"), KEY("pile_group", "group of piles alike"), REFERS("district", "districts", "where"),
     KEY("access", "public, residents or closed"), KEY("current", "ac or dc"),
     COUNTED("piles", "pile", "0: always enough"), MEASURED("kw", "kW", "rated power of one"),
     COUNTED("arrived", "", "tries that chose it"), COUNTED("started", "session", "plugged in, failed starts included"),
     COUNTED("waited", "", "tries that waited"), COUNTED("gone", "", "gave up or found no place"),
     MEASURED("wait_hours", "hour", "waited by all"), MEASURED("busy_hours", "pile hour", "plugged"),
     MEASURED("charging_hours", "pile hour", "delivering"),
     MEASURED("throttled_hours", "pile hour", "delivering less than full power"),
     MEASURED("out_hours", "pile hour", "out of order"), MEASURED("kwh", "kWh", "delivered")}};
static const struct output_table feeders_table = {"charging_feeders", "overload by month and feeder, where any", 2,
    {KEY("month", "year and month"), KEY("feeder", "id"), REFERS("district", "districts", "where"),
     COUNTED("overload_hours", "hour", "with more load than the feeder carries")}};
static const struct output_table feed_table = {"fleet_feed", "what the chain delivered to the fleet, by month", 1,
    {KEY("month", "year and month"), COUNTED("bev", "vehicle", "BEVs handed to buyers of the region"),
     COUNTED("plug_in", "vehicle", "PHEVs and EREVs"), COUNTED("bev_missed", "vehicle", "buyers of BEVs who left"),
     COUNTED("plug_in_missed", "vehicle", "buyers of PHEVs and EREVs who left"),
     COUNTED("twin_bev", "vehicle", "the same by the undisturbed twin"), COUNTED("twin_plug_in", "vehicle", ""),
     COUNTED("twin_bev_missed", "vehicle", ""), COUNTED("twin_plug_in_missed", "vehicle", "")}};

static const struct output_table worst_table = {"charging_worst",
    "where and when charging is worst, the worst first", 2,
    {KEY("what", "district, or hour: of the week from Monday 0 h"), COUNTED("rank", "", "from 1"),
     KEY("name", "id of the district, or the hour"),
     MEASURED("came", "1", "requests of the district in the bulletin's period; tries at sites in such an hour"),
     MEASURED("wait_minutes", "minute", "mean over them"), MEASURED("gave_up_share", "share", "without a charge"),
     MEASURED("load_kw", "kW", "peak of the district, mean of the hour")}};
static const struct output_table sites_table = {"sites", "charging sites", 1,
    {KEY("site", "id"), TEXT_COLUMN("name", "in words"), REFERS("district", "districts", "where"),
     KEY("access", "public, residents or closed"), MEASURED("lat", "degree", "latitude; NULL: not given"),
     MEASURED("lon", "degree", "longitude"), COUNTED("ac_piles", "pile", "AC, at the end"),
     COUNTED("dc_piles", "pile", "DC, at the end"), MEASURED("kw", "kW", "rated power of all piles")}};

static const struct output_table *const tables[] = {&sites_table, &figures_table, &months_table, &stands_table,
    &week_table, &hours_table, &stations_table, &feeders_table, &feed_table,
    &worst_table};

static const char *district_name(const struct study *s, uint32_t district) {
    return town_district(&s->model, district)->district;
}

static double hours_of(int64_t us) {
    return (double)us / 3.6e9;
}

// --- by class and district

static enum ap_status figures_fill(struct database *d) {
    const struct town_figures *town = &d->study->town;
    for (uint32_t i = 0; i < town->count; i++) {
        struct town_scope scope = town->rows[i].scope;
        bool of_class = scope.district == ALL;
        for (int k = 0; k < TOWN_MEASURES_COUNT; k++) {
            const struct town_measure_words *words = town_measure_of((enum town_measure)k);
            const struct interval *is = &town->rows[i].is[k];
            if (!(of_class ? words->of_classes : words->of_districts)) continue;
            text_bind(d, 1, of_class ? "class" : "district");
            text_bind(d, 2, of_class ? town_class(&d->study->model, (uint32_t)scope.class)
                                     : district_name(d->study, (uint32_t)scope.district));
            text_bind(d, 3, words->name);
            text_bind(d, 4, words->unit);
            value_bind(d, 5, is->mean);
            value_bind(d, 6, is->low);
            value_bind(d, 7, is->high);
            value_bind(d, 8, is->low_inputs);
            value_bind(d, 9, is->high_inputs);
            TRY(row_end(d));
        }
    }
    return AP_OK;
}

// --- by month

// A sum of the month under its column; the divisor brings it to the column's unit.
struct month_column {
    enum fleet_sum sum;
    double divisor;
};
static const struct month_column month_columns[] = {
    {FLEET_joined_here, 1}, {FLEET_joined_elsewhere, 1}, {FLEET_joined_instead, 1}, {FLEET_scrapped, 1},
    {FLEET_driven_mwh, 1e6}, {FLEET_fuel_mwh, 1e6}, {FLEET_undriven_mwh, 1e6}, {FLEET_home_sessions, 1},
    {FLEET_residents_sessions, 1}, {FLEET_ac_sessions, 1}, {FLEET_dc_sessions, 1}, {FLEET_failed_starts, 1},
    {FLEET_home_uwh, 1e9}, {FLEET_residents_uwh, 1e9}, {FLEET_ac_uwh, 1e9}, {FLEET_dc_uwh, 1e9}, {FLEET_asked, 1},
    {FLEET_tries, 1}, {FLEET_waited, 1}, {FLEET_wait_us, 3.6e9}, {FLEET_ended_served, 1}, {FLEET_ended_fuel, 1},
    {FLEET_ended_patience, 1}, {FLEET_ended_full, 1}, {FLEET_ended_no_site, 1}, {FLEET_ended_late, 1}};
enum { MONTH_COLUMNS = sizeof month_columns / sizeof *month_columns, MONTH_KEYS = 4 };

static void month_name(const struct fleet_month *month, char out[24]) {
    struct date d = date_from_day(month->from);
    snprintf(out, 24, "%s", period_months(d.year, d.month, d.month).name);
}

static enum ap_status cell_fill(struct database *d, const struct fleet_month *month, uint32_t district,
                                uint32_t class) {
    size_t cell = (size_t)district * d->study->model.charging.n.class + class;
    const int64_t *sums = month->sums + cell * FLEET_SUM_COUNT;
    int64_t any = month->vehicles[cell];
    for (int k = 0; k < FLEET_SUM_COUNT; k++) any |= sums[k];
    if (!any) return AP_OK;
    char name[24];
    month_name(month, name);
    text_bind(d, 1, name);
    text_bind(d, 2, district_name(d->study, district));
    text_bind(d, 3, town_class(&d->study->model, class));
    count_bind(d, MONTH_KEYS, month->vehicles[cell]);
    for (int k = 0; k < MONTH_COLUMNS; k++) {
        const struct month_column *column = &month_columns[k];
        if (column->divisor > 1) value_bind(d, MONTH_KEYS + 1 + k, (double)sums[column->sum] / column->divisor);
        else count_bind(d, MONTH_KEYS + 1 + k, sums[column->sum]);
    }
    count_bind(d, MONTH_KEYS + 1 + MONTH_COLUMNS,
               sums[FLEET_ended_waiting] + sums[FLEET_ended_charging] + sums[FLEET_ended_between]);
    return row_end(d);
}

static enum ap_status months_fill(struct database *d) {
    const struct charging_counts *n = &d->study->model.charging.n;
    for (uint32_t i = 0; i < d->study->fleet.month_count; i++)
        for (uint32_t k = 1; k < n->district; k++)
            for (uint32_t class = 0; class < n->class; class++)
                TRY(cell_fill(d, &d->study->fleet.months[i], k, class));
    return AP_OK;
}

static enum ap_status stands_fill(struct database *d) {
    const struct fleet_record *r = &d->study->fleet;
    for (uint32_t i = 0; i < r->month_count; i++) {
        const struct fleet_month *month = &r->months[i];
        char name[24];
        month_name(month, name);
        for (uint32_t k = 1; k < d->study->model.charging.n.district; k++) {
            const int64_t *open = month->public_piles + (size_t)k * CURRENTS;
            if (!month->private_piles[k] && !open[AC] && !open[DC] && !month->peak_watts[k]) continue;
            text_bind(d, 1, name);
            text_bind(d, 2, district_name(d->study, k));
            count_bind(d, 3, month->private_piles[k]);
            count_bind(d, 4, open[AC]);
            count_bind(d, 5, open[DC]);
            value_bind(d, 6, (double)month->peak_watts[k] / 1000);
            TRY(row_end(d));
        }
    }
    return AP_OK;
}

static enum ap_status feeders_fill(struct database *d) {
    const struct study *s = d->study;
    for (uint32_t i = 0; i < s->fleet.month_count; i++) {
        char name[24];
        month_name(&s->fleet.months[i], name);
        for (uint32_t f = 1; f < s->model.charging.n.feeder; f++) {
            const struct feeder *feeder = &s->model.charging.feeders[f];
            if (!s->fleet.months[i].overload_hours[f]) continue;
            text_bind(d, 1, name);
            text_bind(d, 2, s->tables->feeders[feeder->table_row].feeder);
            text_bind(d, 3, district_name(s, feeder->district));
            count_bind(d, 4, s->fleet.months[i].overload_hours[f]);
            TRY(row_end(d));
        }
    }
    return AP_OK;
}

static int64_t feed_sum(const struct model *m, int32_t (*feed)[FEEDS], int kind, struct period p) {
    int64_t sum = 0;
    for (int32_t day = p.from - m->first_day; day <= p.until - m->first_day; day++) sum += feed[day][kind];
    return sum;
}

static enum ap_status feed_fill(struct database *d) {
    const struct study *s = d->study;
    for (uint32_t i = 0; chain_there(&s->model) && i < s->fleet.month_count; i++) {
        const struct fleet_month *month = &s->fleet.months[i];
        struct period p = period_days(month->from, month->until);
        const struct fleet_feed *feeds[2] = {&s->first.feed, &s->first.twin_feed};
        char name[24];
        month_name(month, name);
        text_bind(d, 1, name);
        for (int k = 0; k < 2; k++) {
            for (int kind = 0; kind < FEEDS; kind++) {
                count_bind(d, 2 + 4 * k + kind, feed_sum(&s->model, feeds[k]->sold, kind, p));
                count_bind(d, 4 + 4 * k + kind, feed_sum(&s->model, feeds[k]->missed, kind, p));
            }
        }
        TRY(row_end(d));
    }
    return AP_OK;
}

// --- by hour

static enum ap_status week_fill(struct database *d) {
    for (uint32_t k = 1; k < d->study->model.charging.n.district; k++) {
        for (int hour = 0; hour < WEEK_HOURS; hour++) {
            struct town_hour h = town_hour_of(d->study, k, hour);
            if (h.requests <= 0 && h.load_kw <= 0) continue;
            text_bind(d, 1, district_name(d->study, k));
            count_bind(d, 2, hour);
            value_bind(d, 3, h.requests);
            value_bind(d, 4, h.wait_minutes);
            value_bind(d, 5, h.left_share);
            value_bind(d, 6, h.plugged[AC]);
            value_bind(d, 7, h.plugged[DC]);
            for (int load = 0; load < LOADS; load++) value_bind(d, 8 + load, h.kw[load]);
            TRY(row_end(d));
        }
    }
    return AP_OK;
}

static enum ap_status hours_fill(struct database *d) {
    const struct model *m = &d->study->model;
    day_number first = m->first_day + m->charging.charging_from;
    for (day_number day = first > m->from ? first : m->from; day <= m->first_day + m->charging.charging_until; day++) {
        for (int hour = 0; hour < 24; hour++) {
            const int64_t *load = d->study->fleet.hours + ((size_t)(day - m->from) * 24 + (size_t)hour) * LOADS;
            char date[11], name[20];
            date_format(day, date);
            snprintf(name, sizeof name, "%sT%02d:00", date, hour);
            text_bind(d, 1, name);
            for (int k = 0; k < LOADS; k++) value_bind(d, 2 + k, (double)load[k] / 1e9);
            TRY(row_end(d));
        }
    }
    return AP_OK;
}

// --- by station

static void station_bind(struct database *d, const struct station *x) {
    static const char *const accesses[] = {"public", "residents", "closed"}, *const currents[] = {"ac", "dc"};
    const struct study *s = d->study;
    const struct site *site = &s->model.charging.sites[x->site];
    text_bind(d, 1, s->tables->sites[site->table_row].site);
    text_bind(d, 2, s->tables->site_piles[x->table_row].group);
    text_bind(d, 3, district_name(s, site->district));
    text_bind(d, 4, accesses[site->access]);
    text_bind(d, 5, currents[x->current]);
    count_bind(d, 6, x->piles);
    value_bind(d, 7, (double)x->watts / 1000);
}

static enum ap_status stations_fill(struct database *d) {
    const struct study *s = d->study;
    for (uint32_t i = 1; i < s->model.charging.n.station; i++) {
        const struct station_sums *sums = &s->fleet.stations[i];
        station_bind(d, &s->model.charging.stations[i]);
        count_bind(d, 8, sums->arrived);
        count_bind(d, 9, sums->started);
        count_bind(d, 10, sums->waited);
        count_bind(d, 11, sums->left);
        value_bind(d, 12, hours_of(sums->wait_us));
        value_bind(d, 13, hours_of(sums->busy_us));
        value_bind(d, 14, hours_of(sums->charging_us));
        value_bind(d, 15, hours_of(sums->throttled_us));
        value_bind(d, 16, hours_of(sums->out_us));
        value_bind(d, 17, (double)sums->delivered_uwh / 1e9);
        TRY(row_end(d));
    }
    return AP_OK;
}

// --- sites

static enum ap_status sites_fill(struct database *d) {
    static const char *const accesses[] = {"public", "residents", "closed"};
    const struct model *m = &d->study->model;
    int64_t (*piles)[CURRENTS] = calloc(m->charging.n.site + 1, sizeof *piles);
    double *kw = calloc(m->charging.n.site + 1, sizeof *kw);
    for (uint32_t i = 1; piles && kw && i < m->charging.n.station; i++) {
        const struct station *x = &m->charging.stations[i];
        piles[x->site][x->current] += x->piles;
        kw[x->site] += (double)x->piles * (double)x->watts / 1000;
    }
    enum ap_status status = piles && kw ? AP_OK : AP_NO_MEMORY;
    for (uint32_t i = 1; i < m->charging.n.site && status == AP_OK; i++) {
        const struct site_row *row = &m->tables->sites[m->charging.sites[i].table_row];
        bool placed = row->lat != 0 || row->lon != 0;
        text_bind(d, 1, row->site);
        text_bind(d, 2, row->name);
        text_bind(d, 3, district_name(d->study, m->charging.sites[i].district));
        text_bind(d, 4, accesses[row->access]);
        value_bind(d, 5, placed ? row->lat : NO_VALUE);
        value_bind(d, 6, placed ? row->lon : NO_VALUE);
        count_bind(d, 7, piles[i][AC]);
        count_bind(d, 8, piles[i][DC]);
        value_bind(d, 9, kw[i]);
        status = row_end(d);
    }
    free(piles);
    free(kw);
    return status;
}

// --- the worst

static enum ap_status worst_put(struct database *d, const char *what, uint32_t rank, const char *name,
                                const double values[4]) {
    text_bind(d, 1, what);
    count_bind(d, 2, rank);
    text_bind(d, 3, name);
    for (int k = 0; k < 4; k++) value_bind(d, 4 + k, values[k]);
    return row_end(d);
}

static enum ap_status worst_fill(struct database *d) {
    const struct study *s = d->study;
    if (!s->town.count || !s->fleet.week) return AP_OK;
    const struct town_figure **rows = calloc(s->town.count + 1, sizeof *rows);
    if (!rows) return AP_NO_MEMORY;
    uint32_t count = worst_districts(s, rows);
    enum ap_status status = AP_OK;
    for (uint32_t i = 0; i < count && status == AP_OK; i++) {
        const struct interval *is = rows[i]->is;
        status = worst_put(d, "district", i + 1, district_name(s, (uint32_t)rows[i]->scope.district),
                           (double[]){is[TOWN_requests].mean, is[TOWN_wait_mean].mean, is[TOWN_gave_up_share].mean,
                                      is[TOWN_peak_load].mean});
    }
    free(rows);
    struct town_hour hours[WEEK_HOURS];
    worst_hours(s, hours);
    for (uint32_t i = 0; i < WEEK_HOURS && status == AP_OK; i++) {
        char name[8];
        snprintf(name, sizeof name, "%d", hours[i].hour);
        status = worst_put(d, "hour", i + 1, name, (double[]){hours[i].requests, hours[i].wait_minutes,
                                                              hours[i].left_share, hours[i].load_kw});
    }
    return status;
}

static enum ap_status charging_fill(struct database *d, const struct output_table *t, const void *self) {
    d->study = self;
    if (t == &figures_table) return figures_fill(d);
    if (t == &months_table) return months_fill(d);
    if (t == &stands_table) return stands_fill(d);
    if (t == &week_table) return week_fill(d);
    if (t == &hours_table) return hours_fill(d);
    if (t == &stations_table) return stations_fill(d);
    if (t == &feeders_table) return feeders_fill(d);
    if (t == &feed_table) return feed_fill(d);
    if (t == &sites_table) return sites_fill(d);
    ASSERT(t == &worst_table);
    return worst_fill(d);
}

struct result_part charging_part(const struct study *s) {
    int count = !s || s->model.charging.there ? sizeof tables / sizeof *tables : 0;
    return (struct result_part){tables, count, charging_fill, s};
}
