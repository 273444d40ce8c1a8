// First the list of figures is planned from the model alone, so that every run fills the same row of values; then
// the rows are closed to means and intervals in the order of the runs, so that threads change no byte.
#include "study/indicators.h"

#include <stdlib.h>
#include <string.h>

#include "study/charging_values.h"

static const struct indicator indicator_table[] = {
#define INDICATOR_ROW(name, unit, basis, months, english, chinese, meaning)                        \
    {#name, unit, english, chinese, meaning, basis, months},
    INDICATORS(INDICATOR_ROW)
#undef INDICATOR_ROW
};

const struct indicator *indicator_of(enum indicator_id id) {
    ASSERT(id < INDICATOR_COUNT);
    return &indicator_table[id];
}

enum indicator_id indicator_find(const char *name) {
    for (uint32_t i = 0; i < INDICATOR_COUNT; i++)
        if (strcmp(indicator_table[i].name, name) == 0) return (enum indicator_id)i;
    return INDICATOR_COUNT;
}

// --- the plan

static bool in_run(const struct model *m, struct period p) {
    return p.from >= m->from && p.until <= m->until;
}

static int first_year_of(const struct model *m) {
    struct date d = date_from_day(m->from);
    return d.month == 1 && d.day == 1 ? d.year : d.year + 1;
}

static int last_year_of(const struct model *m) {
    struct date d = date_from_day(m->until);
    return d.month == 12 && d.day == 31 ? d.year : d.year - 1;
}

// A network that builds no vehicles has no figures about them.
static bool of_vehicles(enum indicator_id id) {
    return id != INDICATOR_enterprises && id != INDICATOR_enterprises_above_threshold && id != INDICATOR_turnover;
}

static bool chain_possible(const struct model *m, enum indicator_id id) {
    return chain_there(m) && (m->n.variant > 1 || !of_vehicles(id));
}

static bool piles_possible(const struct model *m, enum indicator_id id, struct period p) {
    if (m->charging.there) return charging_possible(m, id, p);
    return p.kind == PERIOD_YEAR && piles_counted(m->tables, id, date_from_day(p.from).year);
}

// Whether a run of this model has a value of this indicator for this period.
static bool figure_possible(const struct model *m, const struct figures *f, enum indicator_id id,
                            struct period p) {
    bool year = p.kind == PERIOD_YEAR;
    int y = date_from_day(p.from).year;
    enum basis_kind basis = (enum basis_kind)indicator_table[id].basis;
    if (!in_run(m, p)) return false;
    if (basis < FROM_PILES && !chain_possible(m, id)) return false;
    switch (basis) {
    case FROM_TOTALS: return true;
    case FROM_GAPS: return year || p.kind == PERIOD_DAYS || period_same(p, period_days(m->from, m->until));
    case FROM_GROWTH: return period_month_count(p) > 0 && in_run(m, period_year_before(p));
    case FROM_CAGR: return p.kind == PERIOD_YEARS;
    case FROM_MARKS: return year;
    case FROM_PILES: return piles_possible(m, id, p);
    case FROM_FLEET:
    case FROM_FEED: return charging_possible(m, id, p);
    case FROM_LINES:
    case FROM_CHAIN:
    case FROM_USE: return year && y == f->year && m->n.line > 1;
    }
    return false;
}

static void figure_add(const struct model *m, struct figures *f, enum indicator_id id, struct period p) {
    if (!figure_possible(m, f, id, p) || figure_find(f, id, p)) return;
    f->rows[f->count++] = (struct figure){
        .indicator = id, .period = p, .role = ROLE_NONE, .simulated = NO_VALUE, .low = NO_VALUE, .high = NO_VALUE,
        .low_inputs = NO_VALUE, .high_inputs = NO_VALUE, .reported = NO_VALUE, .miss = NO_VALUE,
        .reported_low = NO_VALUE, .reported_high = NO_VALUE};
}

static void months_add(const struct model *m, struct figures *f, enum indicator_id id) {
    struct date d = date_from_day(m->from);
    int last = date_from_day(m->until).year;
    for (int year = d.year; year <= last; year++)
        for (int month = 1; month <= 12; month++)
            figure_add(m, f, id, period_months(year, month, month));
}

static void indicator_add(const struct model *m, struct figures *f, enum indicator_id id) {
    const struct tables *t = m->tables;
    int first = first_year_of(m), last = last_year_of(m);
    uint32_t before = f->count;
    for (int year = first; year <= last; year++) figure_add(m, f, id, period_year(year));
    if (first > last) figure_add(m, f, id, period_days(m->from, m->until));
    for (uint32_t i = 1; i <= t->reported_count; i++) {
        struct period p;
        if (strcmp(t->reported[i].indicator, indicator_table[id].name) == 0 &&
            period_parse(t->reported[i].period, &p))
            figure_add(m, f, id, p);
    }
    bool averaged = indicator_table[id].basis == FROM_CAGR;
    if (averaged && f->count == before && first < f->year - 1)
        figure_add(m, f, id, period_years(first, f->year - 1));
    if (indicator_table[id].months) months_add(m, f, id);
}

// "more than 500,000" is a bound: a run above it does not miss.
static bool claimed_above(const struct tables *t, const struct reported_row *row, struct period p) {
    for (uint32_t i = 1; i <= t->claims_count; i++) {
        const struct claim_row *claim = &t->claims[i];
        struct period q;
        if (strcmp(claim->series, row->indicator) == 0 && strstr(claim->claim, "above") &&
            claim->value == row->value && period_parse_claim(claim->year, claim->period, &q) &&
            period_same(p, q))
            return true;
    }
    return false;
}

static void reported_join(const struct tables *t, struct figures *f) {
    for (uint32_t i = 1; i <= t->reported_count; i++) {
        const struct reported_row *row = &t->reported[i];
        enum indicator_id id = indicator_find(row->indicator);
        struct period p;
        if (id == INDICATOR_COUNT || !period_parse(row->period, &p)) continue;
        struct figure *figure = (struct figure *)figure_find(f, id, p);
        if (!figure) continue;
        figure->reported = row->value;
        figure->reported_low = row->common.low;
        figure->reported_high = row->common.high;
        figure->source = row->common.origin;
        figure->role = (uint8_t)row->role;
        figure->at_least = claimed_above(t, row, p);
    }
}

// Where reported.csv says that counts of piles went into the scenario, those of piles.csv are no evidence either.
static uint8_t counts_role(const struct tables *t) {
    for (uint32_t i = 1; i <= t->reported_count; i++)
        if (strncmp(t->reported[i].indicator, "piles", 5) == 0) return (uint8_t)t->reported[i].role;
    return ROLE_SCORED;
}

// Counts of piles.csv at the end of a year are what is published of the piles that a run builds.
static void counts_join(const struct model *m, struct figures *f) {
    for (uint32_t i = 0; m->charging.there && i < f->count; i++) {
        struct figure *figure = &f->rows[i];
        int year = date_from_day(figure->period.from).year;
        if (indicator_table[figure->indicator].basis != FROM_PILES || !isnan(figure->reported) ||
            !piles_counted(m->tables, figure->indicator, year))
            continue;
        struct pile_count count = count_at(m->tables, figure->indicator, year);
        if (count.date != DATE_NONE && count.date != figure->period.until) continue;
        figure->reported = count.piles;
        figure->reported_low = count.low;
        figure->reported_high = count.high;
        figure->source = count.origin;
        figure->role = counts_role(m->tables);
    }
}

enum ap_status figures_plan(const struct model *m, uint32_t runs, uint32_t worlds, struct figures *out) {
    memset(out, 0, sizeof *out);
    out->runs = runs;
    out->worlds = worlds;
    out->piles_drawn = m->charging.there;
    int first = first_year_of(m), last = last_year_of(m);
    int asked = (int)m->set.bulletin_year;
    if (first <= last) out->year = asked >= first && asked <= last ? asked : last;
    size_t years = (size_t)larger_of(last - first + 3, 2);
    size_t most = INDICATOR_COUNT * (years * 13 + 2) + m->tables->reported_count;
    out->rows = TAKE(&out->arena, most, struct figure);
    if (!out->rows) return AP_NO_MEMORY;
    for (uint32_t id = 0; id < INDICATOR_COUNT; id++) indicator_add(m, out, (enum indicator_id)id);
    ASSERT(out->count <= most);
    reported_join(m->tables, out);
    counts_join(m, out);
    size_t cells = ((size_t)runs + worlds) * out->count;
    out->values = TAKE(&out->arena, cells + 1, double);
    if (!out->values) return AP_NO_MEMORY;
    for (size_t i = 0; i < cells; i++) out->values[i] = NO_VALUE;
    return AP_OK;
}

void figures_free(struct figures *f) {
    arena_free(&f->arena);
    memset(f, 0, sizeof *f);
}

const struct figure *figure_find(const struct figures *f, enum indicator_id id, struct period p) {
    for (uint32_t i = 0; i < f->count; i++)
        if (f->rows[i].indicator == id && period_same(f->rows[i].period, p)) return &f->rows[i];
    return NULL;
}

// --- one record to values

static double value_of_totals(enum indicator_id id, const struct record *r, struct period p) {
    struct totals t = record_between(r, p.from, p.until);
    switch (id) {
    case INDICATOR_vehicle_output: return (double)t.made;
    case INDICATOR_nev_output: return (double)t.made_nev;
    case INDICATOR_nev_share: return part_of((double)t.made_nev, (double)t.made);
    case INDICATOR_smart_share: return part_of((double)t.made_smart, (double)t.made);
    case INDICATOR_turnover: return (double)t.turnover / 100;
    case INDICATOR_export_units: return (double)t.export_left;
    case INDICATOR_export_value: return (double)t.export_value / 100;
    case INDICATOR_local_nev_sales: return (double)t.local_nev_sold;
    default: return NO_VALUE;
    }
}

static double value_of_growth(enum indicator_id id, const struct record *r, struct period p) {
    enum indicator_id level = id == INDICATOR_nev_output_growth     ? INDICATOR_nev_output
                              : id == INDICATOR_export_units_growth ? INDICATOR_export_units
                                                                    : INDICATOR_export_value;
    return part_of(value_of_totals(level, r, p), value_of_totals(level, r, period_year_before(p))) - 1;
}

static double value_of_cagr(const struct record *r, struct period p) {
    int first = date_from_day(p.from).year, last = date_from_day(p.until).year;
    double growth = part_of(value_of_totals(INDICATOR_nev_output, r, period_year(last)),
                          value_of_totals(INDICATOR_nev_output, r, period_year(first)));
    return growth > 0 ? power_own(growth, 1.0 / (last - first)) - 1 : NO_VALUE;
}

static double local_content_of(const struct model *m, const struct tally *a, const struct tally *b) {
    int64_t all = 0, local = 0;
    for (uint32_t i = 1; i < m->n.enterprise; i++) {
        const struct enterprise *e = &m->enterprises[i];
        if (!e->in_region || m->tables->enterprises[e->table_row].kind != KIND_PLANT) continue;
        all += b->enterprise_parts[i] - a->enterprise_parts[i];
        local += b->enterprise_parts_local[i] - a->enterprise_parts_local[i];
    }
    return part_of((double)local, (double)all);
}

static double enterprises_of(const struct model *m, const struct tally *a, const struct tally *b,
                             int64_t threshold_fen) {
    int64_t count = 0;
    for (uint32_t i = 1; i < m->n.enterprise; i++)
        if (m->enterprises[i].in_region)
            count += b->enterprise_turnover[i] - a->enterprise_turnover[i] >= threshold_fen;
    return (double)count;
}

static double markets_of(const struct model *m, const struct tally *a, const struct tally *b) {
    int64_t count = 0;
    for (uint32_t i = 1; i < m->n.market; i++)
        if (m->markets[i].channel == CHANNEL_EXPORT) count += b->market_left[i] > a->market_left[i];
    return (double)count;
}

static double value_of_marks(enum indicator_id id, const struct record *r, struct period p) {
    const struct tally *a = record_at(r, p.from - 1), *b = record_at(r, p.until);
    if (!a || !b) return NO_VALUE;
    switch (id) {
    case INDICATOR_enterprises: return enterprises_of(r->m, a, b, 1);
    case INDICATOR_enterprises_above_threshold:
        return enterprises_of(r->m, a, b, r->m->set.turnover_threshold);
    case INDICATOR_local_content: return local_content_of(r->m, a, b);
    case INDICATOR_export_markets: return markets_of(r->m, a, b);
    default: return NO_VALUE;
    }
}

// Lost: what the twin gained on the run from the period's first evening to its last. Delayed: of the highest rise of
// the gap inside the period, what had been made up again by its lowest point afterwards, at most the rise.
static double value_of_gaps(enum indicator_id id, const struct record *r, struct period p) {
    int32_t first = p.from - r->m->from, last = p.until - r->m->from + 1;
    if (id == INDICATOR_sales_lost)
        return (double)(r->gaps[last].sales_missed - r->gaps[first].sales_missed);
    if (id == INDICATOR_output_lost) return (double)(r->gaps[last].made - r->gaps[first].made);
    int64_t lowest = r->gaps[first].made, rise = 0;
    int32_t peak = first;
    for (int32_t i = first; i <= last; i++) {
        lowest = smaller_of(lowest, r->gaps[i].made);
        if (r->gaps[i].made - lowest <= rise) continue;
        rise = r->gaps[i].made - lowest;
        peak = i;
    }
    int64_t rebuilt = 0;
    for (int32_t i = peak; i <= last; i++)
        rebuilt = larger_of(rebuilt, r->gaps[peak].made - r->gaps[i].made);
    return (double)smaller_of(rise, rebuilt);
}

static double value_of_piles(enum indicator_id id, const struct record *r, const struct fleet_record *fleet,
                             struct period p) {
    if (fleet) return value_of_fleet(id, fleet, p);
    return count_at(r->m->tables, id, date_from_day(p.from).year).piles;
}

void figures_read(const struct figures *f, const struct record *r, const struct fleet_record *fleet, double *values) {
    for (uint32_t i = 0; i < f->count; i++) {
        const struct figure *figure = &f->rows[i];
        enum indicator_id id = figure->indicator;
        struct period p = figure->period;
        switch ((enum basis_kind)indicator_table[id].basis) {
        case FROM_TOTALS: values[i] = value_of_totals(id, r, p); break;
        case FROM_GROWTH: values[i] = value_of_growth(id, r, p); break;
        case FROM_CAGR: values[i] = value_of_cagr(r, p); break;
        case FROM_MARKS: values[i] = value_of_marks(id, r, p); break;
        case FROM_GAPS: values[i] = value_of_gaps(id, r, p); break;
        case FROM_PILES: values[i] = value_of_piles(id, r, fleet, p); break;
        case FROM_FLEET: values[i] = fleet ? value_of_fleet(id, fleet, p) : NO_VALUE; break;
        case FROM_FEED: values[i] = value_of_feed(id, r, p); break;
        case FROM_LINES:
        case FROM_CHAIN:
        case FROM_USE: break;
        }
    }
}

void figures_capacity(const struct figures *f, enum basis_kind basis, double capacity, double *values) {
    ASSERT(basis == FROM_LINES || basis == FROM_CHAIN);
    for (uint32_t i = 0; i < f->count; i++)
        if (indicator_table[f->rows[i].indicator].basis == basis) values[i] = capacity;
}

// --- all values to means and intervals

static void use_fill(struct figures *f) {
    struct period year = period_year(f->year);
    const struct figure *use = figure_find(f, INDICATOR_capacity_use, year);
    const struct figure *made = figure_find(f, INDICATOR_vehicle_output, year);
    const struct figure *most = figure_find(f, INDICATOR_vehicle_capacity, year);
    if (!f->year || !use || !made || !most) return;
    for (uint32_t run = 0; run < f->runs + f->worlds; run++) {
        double *values = f->values + (size_t)run * f->count;
        values[use - f->rows] = part_of(values[made - f->rows], values[most - f->rows]);
    }
}

void figures_close(struct figures *f) {
    use_fill(f);
    double *scratch = TAKE(&f->arena, f->worlds + 1, double);
    ASSERT(scratch != NULL);
    for (uint32_t i = 0; i < f->count; i++) {
        struct figure *figure = &f->rows[i];
        bool drawn = indicator_table[figure->indicator].basis != FROM_PILES || f->piles_drawn;
        struct run_values v = {f->values + i, f->runs, f->worlds, f->count};
        struct interval interval = interval_of(v, scratch);
        figure->simulated = interval.mean;
        if (drawn) {
            figure->low = interval.low;
            figure->high = interval.high;
            figure->low_inputs = interval.low_inputs;
            figure->high_inputs = interval.high_inputs;
        }
        if (!isnan(figure->reported) && figure->reported != 0)
            figure->miss = figure->simulated / figure->reported - 1;
    }
}
