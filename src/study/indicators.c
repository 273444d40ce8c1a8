// First the list of figures is planned from the model alone, so that every run fills the same row of values; then
// the rows are closed to means and intervals in the order of the runs, so that threads change no byte.
#include "study/indicators.h"

#include <stdlib.h>
#include <string.h>

static const struct indicator indicator_table[] = {
#define INDICATOR_ROW(name, unit, basis, months, english, chinese, meaning)                        \
    {#name, unit, english, chinese, meaning, basis, months},
    INDICATORS(INDICATOR_ROW)
#undef INDICATOR_ROW
};

enum { QUANTILE_WORLDS = 20 };     // fewer worlds have no 2.5 % quantile to speak of

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

static bool has_piles(const struct model *m, int year) {
    for (uint32_t i = 1; i <= m->tables->piles_count; i++) {
        const struct pile_row *row = &m->tables->piles[i];
        if (row->kind == 0 && date_from_day(row->date).year == year) return true;
    }
    return false;
}

// A network that builds no vehicles has no figures about them.
static bool of_vehicles(enum indicator_id id) {
    switch (id) {
    case INDICATOR_enterprises:
    case INDICATOR_enterprises_above_threshold:
    case INDICATOR_turnover:
    case INDICATOR_piles:
    case INDICATOR_piles_added: return false;
    default: return true;
    }
}

// Whether a run of this model has a value of this indicator for this period.
static bool figure_possible(const struct model *m, const struct figures *f, enum indicator_id id,
                            struct period p) {
    bool year = p.kind == PERIOD_YEAR;
    int y = date_from_day(p.from).year;
    if (!in_run(m, p) || (m->n.variant <= 1 && of_vehicles(id))) return false;
    switch ((enum basis_kind)indicator_table[id].basis) {
    case FROM_TOTALS: return true;
    case FROM_GAPS: return year || p.kind == PERIOD_DAYS || period_same(p, period_days(m->from, m->until));
    case FROM_GROWTH: return period_month_count(p) > 0 && in_run(m, period_year_before(p));
    case FROM_CAGR: return p.kind == PERIOD_YEARS;
    case FROM_MARKS: return year;
    case FROM_TABLES: return year && has_piles(m, y) && (id == INDICATOR_piles || has_piles(m, y - 1));
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
        .low_inputs = NO_VALUE, .high_inputs = NO_VALUE, .reported = NO_VALUE, .miss = NO_VALUE};
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
        figure->source = row->common.origin;
        figure->role = (uint8_t)row->role;
        figure->at_least = claimed_above(t, row, p);
    }
}

enum ap_status figures_plan(const struct model *m, uint32_t runs, uint32_t worlds, struct figures *out) {
    memset(out, 0, sizeof *out);
    out->runs = runs;
    out->worlds = worlds;
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

static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : NO_VALUE;
}

static double value_of_totals(enum indicator_id id, const struct record *r, struct period p) {
    struct totals t = record_between(r, p.from, p.until);
    switch (id) {
    case INDICATOR_vehicle_output: return (double)t.made;
    case INDICATOR_nev_output: return (double)t.made_nev;
    case INDICATOR_nev_share: return ratio((double)t.made_nev, (double)t.made);
    case INDICATOR_smart_share: return ratio((double)t.made_smart, (double)t.made);
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
    return ratio(value_of_totals(level, r, p), value_of_totals(level, r, period_year_before(p))) - 1;
}

static double value_of_cagr(const struct record *r, struct period p) {
    int first = date_from_day(p.from).year, last = date_from_day(p.until).year;
    double growth = ratio(value_of_totals(INDICATOR_nev_output, r, period_year(last)),
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
    return ratio((double)local, (double)all);
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

// The region's last count of a year; where only districts are counted, the sum of the last of each.
static double piles_at(const struct tables *t, int year) {
    const struct pile_row *whole = NULL;
    double sum = 0;
    for (uint32_t i = 1; i <= t->piles_count; i++) {
        const struct pile_row *row = &t->piles[i];
        if (row->kind != 0 || date_from_day(row->date).year != year) continue;
        if (!row->district && (!whole || row->date > whole->date)) whole = row;
        bool last = row->district != 0;
        for (uint32_t k = 1; last && k <= t->piles_count; k++)
            last = t->piles[k].kind != 0 || t->piles[k].district != row->district ||
                   date_from_day(t->piles[k].date).year != year || t->piles[k].date <= row->date;
        if (last) sum += (double)row->piles;
    }
    return whole ? (double)whole->piles : sum;
}

static double value_of_tables(enum indicator_id id, const struct model *m, struct period p) {
    int year = date_from_day(p.from).year;
    double now = piles_at(m->tables, year);
    return id == INDICATOR_piles ? now : now - piles_at(m->tables, year - 1);
}

void figures_read(const struct figures *f, const struct record *r, double *values) {
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
        case FROM_TABLES: values[i] = value_of_tables(id, r->m, p); break;
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
        values[use - f->rows] = ratio(values[made - f->rows], values[most - f->rows]);
    }
}

struct spread {
    double mean, deviation;
};

// Of `count` values that lie `step` apart; NAN when one of them is.
static struct spread spread_of(const double *values, uint32_t count, size_t step) {
    struct spread s = {0, 0};
    for (uint32_t i = 0; i < count; i++) s.mean += values[i * step];
    s.mean /= (double)count;
    for (uint32_t i = 0; i < count; i++) {
        double d = values[i * step] - s.mean;
        s.deviation += d * d;
    }
    s.deviation = count > 1 ? sqrt_own(s.deviation / (double)(count - 1)) : NO_VALUE;
    return s;
}

static int value_order(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Between the order statistics, linear (Hyndman and Fan 1996, type 7).
static double quantile_of(const double *sorted, uint32_t count, double share) {
    double at = share * (double)(count - 1);
    uint32_t i = (uint32_t)at;
    if (i + 1 >= count) return sorted[count - 1];
    return sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]);
}

static void worlds_close(const struct figures *f, uint32_t row, double *scratch, struct figure *figure) {
    const double *values = f->values + (size_t)f->runs * f->count + row;
    struct spread s = spread_of(values, f->worlds, f->count);
    if (isnan(s.mean) || f->worlds < 2) return;
    if (f->worlds < QUANTILE_WORLDS) {
        // Where a further world would lie: Student's prediction interval.
        double n = (double)f->worlds;
        double half = student_95((int)f->worlds) * s.deviation * sqrt_own(1 + 1 / n);
        figure->low_inputs = s.mean - half;
        figure->high_inputs = s.mean + half;
        return;
    }
    for (uint32_t i = 0; i < f->worlds; i++) scratch[i] = values[(size_t)i * f->count];
    qsort(scratch, f->worlds, sizeof *scratch, value_order);
    figure->low_inputs = quantile_of(scratch, f->worlds, 0.025);
    figure->high_inputs = quantile_of(scratch, f->worlds, 0.975);
}

void figures_close(struct figures *f) {
    use_fill(f);
    double *scratch = TAKE(&f->arena, f->worlds + 1, double);
    ASSERT(scratch != NULL);
    for (uint32_t i = 0; i < f->count; i++) {
        struct figure *figure = &f->rows[i];
        struct spread s = spread_of(f->values + i, f->runs, f->count);
        figure->simulated = s.mean;
        bool drawn = indicator_table[figure->indicator].basis != FROM_TABLES;
        if (drawn && f->runs > 1) {
            double half = student_95((int)f->runs) * s.deviation / sqrt_own((double)f->runs);
            figure->low = s.mean - half;
            figure->high = s.mean + half;
        }
        if (drawn && f->worlds) worlds_close(f, i, scratch, figure);
        if (!isnan(figure->reported) && figure->reported != 0)
            figure->miss = figure->simulated / figure->reported - 1;
    }
}
