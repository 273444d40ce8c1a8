#include "write/database_compare.h"

#include "write/hindcast_text.h"

static const struct output_table differences_table = {"compare", "other less base, on common random numbers", 2,
    {KEY("indicator", "name"), KEY("period", "year, month or span"), KEY("unit", "of the values"),
     MEASURED("base", "unit", "mean over the replications"), MEASURED("other", "unit", "mean over the replications"),
     MEASURED("difference", "unit", "mean over the pairs"),
     MEASURED("low", "unit", "95 % interval of the mean difference by luck"), MEASURED("high", "unit", "its other end"),
     MEASURED("low_inputs", "unit", "where 95 % of the worlds' differences lie"),
     MEASURED("high_inputs", "unit", "its other end"), COUNTED("pairs", "", "replications in which both have it"),
     MEASURED("variance_ratio", "ratio", "var(difference) / (var(base) + var(other))"),
     COUNTED("moved", "", "1: the interval by luck does not hold zero"),
     COUNTED("moved_inputs", "", "1: nor does that by luck and inputs")}};
static const struct output_table pairs_table = {"compare_values", "every pair of runs behind the differences", 4,
    {KEY("indicator", "name"), KEY("period", "year, month or span"), COUNTED("world", "", "0: inputs as written"),
     COUNTED("replication", "", "luck"), MEASURED("base", "unit of the indicator", "of the base"),
     MEASURED("other", "unit of the indicator", "of the other")}};
static const struct output_table inputs_table = {"compare_inputs", "rows and cells that differ", 0,
    {KEY("table_name", "its file"), KEY("row", "key columns, joined"),
     TEXT_COLUMN("column_name", "null: the whole row"), TEXT_COLUMN("base", "cell of the base"),
     TEXT_COLUMN("other", "cell of the other"), COUNTED("in_base", "", "1: the row stands there"),
     COUNTED("in_other", "", "1: the row stands there")}};
static const struct output_table *const compare_tables[] = {&differences_table, &pairs_table, &inputs_table};
enum { COMPARE_TABLES = sizeof compare_tables / sizeof *compare_tables };

static enum ap_status differences_fill(struct database *d, const struct comparison *c) {
    for (uint32_t i = 0; i < c->count; i++) {
        const struct difference *row = &c->rows[i];
        text_bind(d, 1, indicator_of(row->indicator)->name);
        text_bind(d, 2, row->period.name);
        text_bind(d, 3, indicator_of(row->indicator)->unit);
        value_bind(d, 4, row->first.mean);
        value_bind(d, 5, row->second.mean);
        value_bind(d, 6, row->less.mean);
        value_bind(d, 7, row->less.low);
        value_bind(d, 8, row->less.high);
        value_bind(d, 9, row->less.low_inputs);
        value_bind(d, 10, row->less.high_inputs);
        count_bind(d, 11, row->pairs);
        value_bind(d, 12, row->variance_ratio);
        count_bind(d, 13, row->moved);
        count_bind(d, 14, row->moved_inputs);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status pairs_fill(struct database *d, const struct comparison *c) {
    const struct figures *f = &c->first.figures, *g = &c->second.figures;
    for (uint32_t i = 0; i < c->count; i++) {
        const struct difference *row = &c->rows[i];
        size_t left = (size_t)(figure_find(f, row->indicator, row->period) - f->rows);
        size_t right = (size_t)(figure_find(g, row->indicator, row->period) - g->rows);
        for (uint32_t run = 0; run < f->runs + f->worlds; run++) {
            text_bind(d, 1, indicator_of(row->indicator)->name);
            text_bind(d, 2, row->period.name);
            count_bind(d, 3, run < f->runs ? 0 : run - f->runs + 1);
            count_bind(d, 4, run < f->runs ? run : 0);
            value_bind(d, 5, f->values[(size_t)run * f->count + left]);
            value_bind(d, 6, g->values[(size_t)run * g->count + right]);
            TRY(row_end(d));
        }
    }
    return AP_OK;
}

static enum ap_status inputs_fill(struct database *d, const struct input_differences *inputs) {
    for (uint32_t i = 0; i < inputs->count; i++) {
        const struct input_difference *row = &inputs->rows[i];
        bool cell = row->column[0] != 0;
        text_bind(d, 1, row->table);
        text_bind(d, 2, row->key);
        text_bind(d, 3, cell ? row->column : NULL);
        text_bind(d, 4, cell ? row->was : NULL);
        text_bind(d, 5, cell ? row->is : NULL);
        count_bind(d, 6, row->was != NULL);
        count_bind(d, 7, row->is != NULL);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status comparison_fill(struct database *d, const struct output_table *t, const void *self) {
    const struct comparison_told *told = self;
    if (t == &differences_table) return differences_fill(d, told->c);
    return t == &pairs_table ? pairs_fill(d, told->c) : inputs_fill(d, told->inputs);
}

struct result_part comparison_part(const struct comparison_told *t) {
    return (struct result_part){compare_tables, COMPARE_TABLES, comparison_fill, t};
}

// --- hindcasts

static const struct output_table shocks_table = {"hindcast_shocks", "dated shocks, with each less without it", 1,
    {KEY("shock", "event of shocks.csv"), TEXT_COLUMN("name", "in words"), KEY("from_day", "its first day"),
     KEY("until_day", "its last day"), COUNTED("outside", "", "1: outside the days of the scenario, not run"),
     MEASURED("lost", "vehicle", "fewer while it lasted, mean over the replications"),
     MEASURED("low_inputs", "vehicle", "where 95 % of the worlds lie"),
     MEASURED("high_inputs", "vehicle", "its other end"),
     MEASURED("lost_share", "ratio", "of those that would have been made while it lasted"),
     MEASURED("net", "vehicle", "fewer until the last day watched")}};
static const struct output_table effects_table = {"hindcast", "simulated effects beside what was published", 0,
    {REFERS("shock", "hindcast_shocks", "event"), KEY("measure", "what was measured"),
     KEY("vehicles_of", "platform, maker or plant; empty: the region"), KEY("from_day", "first day"),
     KEY("until_day", "last day"), KEY("taken_as", "change, ratio or growth"), KEY("unit", "of the values"),
     MEASURED("simulated", "unit", "mean over the replications"),
     MEASURED("low", "unit", "by luck and inputs where there are worlds, else by luck"),
     MEASURED("high", "unit", "its other end"), MEASURED("published", "unit", "value"),
     MEASURED("published_low", "unit", "its range"), MEASURED("published_high", "unit", "its other end"),
     KEY("used", "no, partly or yes: whether it went into the scenario"),
     {"inside", "INTEGER", "", "1: both ranges meet; null: not judged", NULL},
     TEXT_COLUMN("source", "of the published value")}};
static const struct output_table *const hindcast_tables[] = {&shocks_table, &effects_table};

static enum ap_status shocks_fill(struct database *d, const struct hindcast *h) {
    for (uint32_t i = 0; i < h->count; i++) {
        const struct hindcast_shock *s = &h->shocks[i];
        bool run = !s->outside;
        text_bind(d, 1, s->shock);
        text_bind(d, 2, s->name);
        day_bind(d, 3, s->from);
        day_bind(d, 4, s->until);
        count_bind(d, 5, s->outside);
        value_bind(d, 6, run ? s->lost.mean : NO_VALUE);
        value_bind(d, 7, run ? s->lost.low_inputs : NO_VALUE);
        value_bind(d, 8, run ? s->lost.high_inputs : NO_VALUE);
        value_bind(d, 9, run ? s->share.mean : NO_VALUE);
        value_bind(d, 10, run ? s->net.mean : NO_VALUE);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status effect_write(struct database *d, const struct hindcast_shock *s,
                                   const struct hindcast_effect *e) {
    bool run = !s->outside && e->covered;
    text_bind(d, 1, s->shock);
    text_bind(d, 2, hindcast_measure_name(e->row));
    text_bind(d, 3, e->row->of);
    day_bind(d, 4, e->row->from);
    day_bind(d, 5, e->row->until);
    text_bind(d, 6, hindcast_as_name(e->row));
    text_bind(d, 7, hindcast_unit(e->row));
    value_bind(d, 8, run ? e->simulated.mean : NO_VALUE);
    value_bind(d, 9, run ? e->own_low : NO_VALUE);
    value_bind(d, 10, run ? e->own_high : NO_VALUE);
    value_bind(d, 11, e->row->value);
    value_bind(d, 12, e->low);
    value_bind(d, 13, e->high);
    text_bind(d, 14, hindcast_used_name(e->row));
    value_bind(d, 15, e->judged ? (double)e->inside : NO_VALUE);
    text_bind(d, 16, e->row->common.origin);
    return row_end(d);
}

static enum ap_status effects_fill(struct database *d, const struct hindcast *h) {
    for (uint32_t i = 0; i < h->count; i++)
        for (uint32_t k = 0; k < h->shocks[i].effect_count; k++)
            TRY(effect_write(d, &h->shocks[i], &h->shocks[i].effects[k]));
    return AP_OK;
}

static enum ap_status hindcast_fill(struct database *d, const struct output_table *t, const void *self) {
    return t == &shocks_table ? shocks_fill(d, self) : effects_fill(d, self);
}

struct result_part hindcast_part(const struct hindcast *h) {
    return (struct result_part){hindcast_tables, 2, hindcast_fill, h};
}

// --- blind forecasts

static const struct output_table forecasts_table = {"forecasts", "years forecast from what was known before them", 3,
    {KEY("indicator", "name"), KEY("period", "year or months"), KEY("rule", "of demand; or a naive guess"),
     KEY("unit", "of the values"), MEASURED("forecast", "unit", "mean over the replications, or the guess"),
     MEASURED("low", "unit", "95 % interval of the mean by luck"), MEASURED("high", "unit", "its other end"),
     MEASURED("low_inputs", "unit", "where 95 % of the worlds lie"), MEASURED("high_inputs", "unit", "its other end"),
     MEASURED("reported", "unit", "as published later"), MEASURED("miss", "ratio", "forecast / reported - 1"),
     TEXT_COLUMN("source", "of the reported value")}};
static const struct output_table *const forecast_tables[] = {&forecasts_table};

static enum ap_status guess_write(struct database *d, const struct forecast_figure *f, const char *rule,
                                  struct interval is) {
    text_bind(d, 1, indicator_of(f->indicator)->name);
    text_bind(d, 2, f->period.name);
    text_bind(d, 3, rule);
    text_bind(d, 4, indicator_of(f->indicator)->unit);
    value_bind(d, 5, is.mean);
    value_bind(d, 6, is.low);
    value_bind(d, 7, is.high);
    value_bind(d, 8, is.low_inputs);
    value_bind(d, 9, is.high_inputs);
    value_bind(d, 10, f->reported);
    value_bind(d, 11, is.mean / f->reported - 1);
    text_bind(d, 12, f->source);
    return row_end(d);
}

static enum ap_status forecasts_fill(struct database *d, const struct output_table *t, const void *self) {
    (void)t;
    const struct forecasts *f = self;
    struct interval guess = {NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE, NO_VALUE};
    for (uint32_t i = 0; i < f->count; i++) {
        for (uint32_t k = 0; k < f->years[i].count; k++) {
            const struct forecast_figure *figure = &f->years[i].figures[k];
            for (int rule = 0; rule < DEMAND_RULE_COUNT; rule++)
                TRY(guess_write(d, figure, demand_rule_name((enum demand_rule)rule), figure->simulated[rule]));
            guess.mean = figure->naive_level;
            TRY(guess_write(d, figure, "naive level", guess));
            guess.mean = figure->naive_growth;
            TRY(guess_write(d, figure, "naive growth", guess));
        }
    }
    return AP_OK;
}

struct result_part forecasts_part(const struct forecasts *f) {
    return (struct result_part){forecast_tables, 1, forecasts_fill, f};
}

// --- surges

static const struct output_table surge_table = {
    "surge", "one maker's NEVs over the days of the surge, by firm horizon", 2,
    {COUNTED("firm_days", "day", "horizon of the firm plan"),
     {"flex_up", "REAL NOT NULL", "share", "how far it may rise", NULL},
     COUNTED("own", "", "1: those of the scenario"), MEASURED("before", "vehicle", "made without the surge"),
     MEASURED("made", "vehicle", "made with it"), MEASURED("unlimited", "vehicle", "with unlimited supply"),
     MEASURED("asked", "vehicle", "ordered in addition"),
     MEASURED("buyers_left", "vehicle", "beyond those who leave without it"),
     MEASURED("share_made", "share", "of what was asked, what was made in addition"),
     {"first_short_day", "INTEGER", "day", "until a link ran short because of it; null: none did", NULL}}};
static const struct output_table shorts_table = {"surge_shortages", "links that ran short with the surge alone", 0,
    {COUNTED("first_day", "day", "since the surge began"), KEY("supplier", "enterprise"), KEY("product", "part"),
     KEY("buyer", "enterprise"), COUNTED("days", "day", "short, in all replications"),
     COUNTED("owed_most", "unit", "at the end of a day"), COUNTED("runs", "", "replications in which it did")}};
static const struct output_table *const surge_tables[] = {&surge_table, &shorts_table};

static enum ap_status settings_fill(struct database *d, const struct surge *s) {
    for (uint32_t i = 0; i < s->setting_count; i++) {
        const struct surge_setting *x = &s->settings[i];
        count_bind(d, 1, x->firm_days);
        value_bind(d, 2, x->flex_up);
        count_bind(d, 3, x->own);
        value_bind(d, 4, x->before.mean);
        value_bind(d, 5, x->made.mean);
        value_bind(d, 6, x->unlimited.mean);
        value_bind(d, 7, x->asked.mean);
        value_bind(d, 8, x->left.mean);
        value_bind(d, 9, x->share);
        value_bind(d, 10, x->first_short < 0 ? NO_VALUE : x->first_short);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status shorts_fill(struct database *d, const struct surge *s) {
    const struct model *m = &s->model;
    for (uint32_t i = 0; i < s->short_count; i++) {
        const struct surge_short *x = &s->shorts[i];
        const struct link *link = &m->links[x->link];
        count_bind(d, 1, x->first_day);
        text_bind(d, 2, enterprise_name(m, link->supplier_enterprise));
        text_bind(d, 3, m->products[m->stocks[link->buyer].product].id);
        text_bind(d, 4, enterprise_name(m, m->stocks[link->buyer].enterprise));
        count_bind(d, 5, x->days);
        count_bind(d, 6, x->owed_most);
        count_bind(d, 7, x->runs);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status surge_fill(struct database *d, const struct output_table *t, const void *self) {
    return t == &surge_table ? settings_fill(d, self) : shorts_fill(d, self);
}

struct result_part surge_part(const struct surge *s) {
    return (struct result_part){surge_tables, 2, surge_fill, s};
}
