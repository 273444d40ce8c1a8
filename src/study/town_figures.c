// One row of values per run, filled by whichever thread has it; closed in the order of the runs.
#include "study/town_figures.h"

#include <string.h>

static const struct town_measure_words measure_table[] = {
#define TOWN_MEASURE_ROW(name, unit, classes, districts, meaning) {#name, unit, meaning, classes, districts},
    TOWN_MEASURES(TOWN_MEASURE_ROW)
#undef TOWN_MEASURE_ROW
};

const struct town_measure_words *town_measure_of(enum town_measure measure) {
    ASSERT(measure < TOWN_MEASURES_COUNT);
    return &measure_table[measure];
}

static void row_add(struct town_figures *f, int32_t district, int32_t class) {
    f->rows[f->count++].scope = (struct town_scope){district, class};
}

// Districts where somebody lives or charges: of the region, or with a site.
static bool district_counts(const struct model *m, uint32_t district) {
    const struct charging *c = &m->charging;
    if (c->n.class > 1 && town_district(m, district)->in_region) return true;
    for (uint32_t i = 1; i < c->n.site; i++)
        if (c->sites[i].district == district) return true;
    return false;
}

enum ap_status town_figures_plan(const struct model *m, const struct figures *f, struct town_figures *out) {
    memset(out, 0, sizeof *out);
    const struct charging *c = &m->charging;
    out->period = f->year ? period_year(f->year) : period_days(m->from, m->until);
    out->runs = f->runs;
    out->worlds = f->worlds;
    bool charges = c->there && out->period.from >= m->first_day + c->charging_from &&
                   out->period.until <= m->first_day + c->charging_until;
    if (!charges || c->n.session > 1) return AP_OK;
    out->rows = TAKE(&out->arena, c->n.class + c->n.district, struct town_figure);
    if (!out->rows) return AP_NO_MEMORY;
    if (c->n.stream > 1) row_add(out, ALL, 0);
    for (uint32_t k = 1; k < c->n.class; k++) row_add(out, ALL, (int32_t)k);
    out->classes = out->count;
    for (uint32_t d = 1; d < c->n.district; d++)
        if (district_counts(m, d)) row_add(out, (int32_t)d, ALL);
    size_t runs = (size_t)out->runs + out->worlds;
    out->values = TAKE(&out->arena, runs * out->count * TOWN_MEASURES_COUNT + 1, double);
    return out->values ? AP_OK : AP_NO_MEMORY;
}

void town_figures_free(struct town_figures *f) {
    arena_free(&f->arena);
    memset(f, 0, sizeof *f);
}

static double district_peak(const struct fleet_record *r, struct period p, struct town_scope s) {
    int64_t peak = 0;
    if (s.district == ALL) return NO_VALUE;
    for (uint32_t i = 0; i < r->month_count; i++)
        if (r->months[i].from >= p.from && r->months[i].until <= p.until)
            peak = larger_of(peak, r->months[i].peak_watts[s.district]);
    return (double)peak / 1000;
}

static void stands_read(const struct fleet_record *r, struct period p, struct town_scope s, double *out) {
    struct town_stand stand = fleet_stand(r, p.until, s);
    int64_t open = stand.public_piles[AC] + stand.public_piles[DC];
    out[TOWN_fleet] = s.class == 0 ? NO_VALUE : (double)stand.vehicles;
    out[TOWN_piles_private] = (double)stand.private_piles;
    out[TOWN_piles_public] = (double)open;
    out[TOWN_nevs_per_public_pile] = part_of((double)stand.vehicles, (double)open);
}

static void sums_read(const struct fleet_record *r, struct period p, struct town_scope s, double *out) {
    int64_t sum[FLEET_SUM_COUNT];
    for (int id = 0; id < FLEET_SUM_COUNT; id++) sum[id] = fleet_sum(r, p, s, (enum fleet_sum)id);
    struct town_ends ends = fleet_ends(r, p, s);
    int64_t home = sum[FLEET_home_uwh] + sum[FLEET_residents_uwh], open = sum[FLEET_ac_uwh] + sum[FLEET_dc_uwh];
    int64_t driven = sum[FLEET_driven_mwh] + sum[FLEET_fuel_mwh] + sum[FLEET_undriven_mwh];
    out[TOWN_sessions] = (double)(sum[FLEET_home_sessions] + sum[FLEET_residents_sessions] + sum[FLEET_ac_sessions] +
                                  sum[FLEET_dc_sessions]);
    out[TOWN_energy_home] = (double)home / 1e9;
    out[TOWN_energy_public] = (double)open / 1e9;
    out[TOWN_energy_per_nev_day] = part_of((double)(home + open) / 1e9, fleet_vehicle_days(r, p, s));
    out[TOWN_requests] = (double)sum[FLEET_asked];
    out[TOWN_wait_mean] = part_of((double)sum[FLEET_wait_us] / 60e6, (double)sum[FLEET_tries]);
    out[TOWN_gave_up_share] = part_of((double)ends.given_up, (double)ends.ended);
    out[TOWN_fuel_requests] = part_of((double)sum[FLEET_ended_fuel], (double)ends.ended);
    out[TOWN_undriven_share] = part_of((double)sum[FLEET_undriven_mwh], (double)driven);
}

void town_figures_read(const struct town_figures *f, const struct fleet_record *r, uint32_t run) {
    ASSERT(run < f->runs + f->worlds);
    for (uint32_t i = 0; i < f->count; i++) {
        struct town_scope s = f->rows[i].scope;
        double *out = f->values + ((size_t)run * f->count + i) * TOWN_MEASURES_COUNT;
        sums_read(r, f->period, s, out);
        stands_read(r, f->period, s, out);
        out[TOWN_peak_load] = district_peak(r, f->period, s);
        out[TOWN_wait_p95] = s.district == ALL ? fleet_wait_quantile(r, f->period, s.class, 0.95) : NO_VALUE;
        for (int k = 0; k < TOWN_MEASURES_COUNT; k++)
            if (!(s.district == ALL ? measure_table[k].of_classes : measure_table[k].of_districts)) out[k] = NO_VALUE;
    }
}

enum ap_status town_figures_close(struct town_figures *f) {
    if (!f->count) return AP_OK;
    double *scratch = TAKE(&f->arena, f->worlds + 1, double);
    if (!scratch) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < f->count; i++) {
        for (uint32_t k = 0; k < TOWN_MEASURES_COUNT; k++) {
            struct run_values v = {f->values + (size_t)i * TOWN_MEASURES_COUNT + k, f->runs, f->worlds,
                                   (size_t)f->count * TOWN_MEASURES_COUNT};
            f->rows[i].is[k] = interval_of(v, scratch);
        }
    }
    return AP_OK;
}
