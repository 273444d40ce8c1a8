// The tables of a run: what the bulletin says, and the first replication by day, month and year.
#include <string.h>

#include "write/bulletin.h"
#include "write/database.h"
#include "write/figures_json.h"

static const struct output_table names_table = {"indicator_names", "the indicators", 1,
    {KEY("indicator", "name"), COUNTED("position", "", "in the order of the bulletin"),
     TEXT_COLUMN("unit", "of its values"),
     TEXT_COLUMN("english", "what the bulletin calls it"), TEXT_COLUMN("chinese", "the same in Chinese"),
     TEXT_COLUMN("meaning", "in words"), KEY("side", "chain or charging")}};
static const struct output_table indicators_table = {"indicators", "what the bulletin says", 2,
    {REFERS("indicator", "indicator_names", "name"), KEY("period", "year, month or span"), KEY("unit", "of the values"),
     MEASURED("simulated", "unit", "mean over the replications"),
     MEASURED("low", "unit", "95 % interval of the mean by luck"), MEASURED("high", "unit", "its other end"),
     MEASURED("low_inputs", "unit", "where 95 % of the worlds lie"), MEASURED("high_inputs", "unit", "its other end"),
     MEASURED("reported", "unit", "as published"), MEASURED("reported_low", "unit", "where the source says it lies"),
     MEASURED("reported_high", "unit", "its other end"), MEASURED("miss", "ratio", "simulated / reported - 1"),
     TEXT_COLUMN("source", "of the reported value"), TEXT_COLUMN("role", "driven, derived or scored"),
     COUNTED("at_least", "", "1: what was claimed is more than this"),
     {"hit", "INTEGER", "", "of a scored one: 1 within 5 % or above its bound, else 0", NULL},
     {"inside", "INTEGER", "", "1: the reported value lies within luck and inputs", NULL}}};
static const struct output_table bulletin_table = {"bulletin", "the bulletin's figures in its order", 1,
    {COUNTED("position", "", "from 1"), KEY("side", "chain or charging"),
     REFERS("indicator", "indicator_names", "name"), KEY("period", "as in indicators"),
     MEASURED("growth", "ratio", "simulated, on the year before")}};
static const struct output_table days_table = {"days", "the first replication by day", 1,
    {KEY("day", "date"), COUNTED("vehicles", "vehicle", "off the lines"), COUNTED("nevs", "vehicle", "of them, NEVs"),
     COUNTED("smart", "vehicle", "of them, with assisted driving from smart_level up"),
     COUNTED("exports", "vehicle", "left for a market abroad"), MEASURED("export_value", "yuan", "of what left"),
     COUNTED("sold", "vehicle", "handed to buyers"),
     COUNTED("local_nevs", "vehicle", "NEVs handed to buyers in the region"),
     COUNTED("sales_missed", "vehicle", "buyers who left at once or after waiting"),
     MEASURED("turnover", "yuan", "shipped by enterprises of the region"),
     COUNTED("twin_ahead", "vehicle", "made more by the undisturbed twin since the first day, at the day's end")}};
static const struct output_table months_table = {"months", "the first replication by month", 1,
    {KEY("month", "year and month"), COUNTED("vehicles", "vehicle", "off the lines"),
     COUNTED("nevs", "vehicle", "of them, NEVs"), COUNTED("smart", "vehicle", "of them, from smart_level up"),
     COUNTED("exports", "vehicle", "left for a market abroad"), MEASURED("export_value", "yuan", "of what left"),
     COUNTED("sold", "vehicle", "handed to buyers"),
     COUNTED("local_nevs", "vehicle", "NEVs handed to buyers in the region"),
     COUNTED("sales_missed", "vehicle", "buyers who left at once or after waiting"),
     MEASURED("turnover", "yuan", "shipped by enterprises of the region"),
     COUNTED("twin_ahead", "vehicle", "made more by the undisturbed twin since the first day, at the month's end")}};
static const struct output_table lines_table = {"line_years", "the first replication by line and year", 2,
    {KEY("line", "id"), YEAR_COLUMN, REFERS("enterprise", "enterprises", "its plant"),
     COUNTED("started", "vehicle", "released"), COUNTED("made", "vehicle", "off the last shop"),
     COUNTED("nominal", "vehicle/year", "published design capacity")}};
static const struct output_table variants_table = {"variant_years", "the first replication by variant and year", 2,
    {REFERS("variant", "variants", "id"), YEAR_COLUMN, COUNTED("made", "vehicle", "off the line")}};
static const struct output_table markets_table = {"market_years", "the first replication by market and year", 2,
    {REFERS("market", "markets", "id"), YEAR_COLUMN, COUNTED("gone", "vehicle", "left on leg 1"),
     COUNTED("arrived", "vehicle", "reached it"), MEASURED("value", "yuan", "of what left")}};
static const struct output_table lanes_table = {"lane_years", "the first replication by lane and year", 2,
    {REFERS("lane", "lanes", "id"), YEAR_COLUMN, COUNTED("gone", "vehicle", "left on leg 1"),
     MEASURED("value", "yuan", "of what left"), COUNTED("markets", "market", "that got a vehicle by it")}};
static const struct output_table shocks_table = {"shocks", "steps of shocks that acted on the run", 2,
    {KEY("shock", "event"), COUNTED("step", "", "from 1"), TEXT_COLUMN("name", "in words"),
     KEY("from_day", "first day"),
     KEY("until_day", "last day"), KEY("scope", "what is hit"), TEXT_COLUMN("target", "its name"),
     KEY("basis", "capacity, planned_flow, allocation, demand or transit"), MEASURED("factor", "ratio", "0 stops it"),
     MEASURED("extra_hours", "hour", "added to transit")}};

static const struct output_table *const tables[] = {&names_table, &indicators_table, &bulletin_table, &days_table,
    &months_table, &lines_table, &variants_table, &markets_table, &lanes_table, &shocks_table};

static const char *side_of(enum indicator_id id) {
    return indicator_of(id)->basis >= FROM_PILES ? "charging" : "chain";
}

// --- figures

static enum ap_status names_fill(struct database *d) {
    for (int id = 0; id < INDICATOR_COUNT; id++) {
        const struct indicator *indicator = indicator_of((enum indicator_id)id);
        text_bind(d, 1, indicator->name);
        count_bind(d, 2, id + 1);
        text_bind(d, 3, indicator->unit);
        text_bind(d, 4, indicator->english);
        text_bind(d, 5, indicator->chinese);
        text_bind(d, 6, indicator->meaning);
        text_bind(d, 7, side_of((enum indicator_id)id));
        TRY(row_end(d));
    }
    return AP_OK;
}

static void yes_bind(struct database *d, int at, bool known, bool yes) {
    if (known) count_bind(d, at, yes);
    else text_bind(d, at, NULL);
}

static enum ap_status indicators_fill(struct database *d, const struct study *s) {
    for (uint32_t i = 0; i < s->figures.count; i++) {
        const struct figure *row = &s->figures.rows[i];
        bool ranged = row->reported == row->reported && row->low_inputs == row->low_inputs;
        text_bind(d, 1, indicator_of(row->indicator)->name);
        text_bind(d, 2, row->period.name);
        text_bind(d, 3, indicator_of(row->indicator)->unit);
        value_bind(d, 4, row->simulated);
        value_bind(d, 5, row->low);
        value_bind(d, 6, row->high);
        value_bind(d, 7, row->low_inputs);
        value_bind(d, 8, row->high_inputs);
        value_bind(d, 9, row->reported);
        value_bind(d, 10, row->reported_low);
        value_bind(d, 11, row->reported_high);
        value_bind(d, 12, row->miss);
        text_bind(d, 13, row->source);
        text_bind(d, 14, role_name(row->role));
        count_bind(d, 15, row->at_least);
        yes_bind(d, 16, row->role == ROLE_SCORED && row->miss == row->miss, figure_hit(row));
        yes_bind(d, 17, ranged, row->reported >= row->low_inputs && row->reported <= row->high_inputs);
        TRY(row_end(d));
    }
    return AP_OK;
}

static double growth_of(const struct figures *f, const struct figure *row) {
    uint8_t basis = indicator_of(row->indicator)->basis;
    bool level = strcmp(indicator_of(row->indicator)->unit,
        "share") && strcmp(indicator_of(row->indicator)->unit, "ratio");
    if (row->period.kind != PERIOD_YEAR || !level || basis == FROM_GAPS || basis == FROM_FEED) return NO_VALUE;
    const struct figure *before = figure_find(f, row->indicator, period_year_before(row->period));
    return before && before->simulated > 0 ? row->simulated / before->simulated - 1 : NO_VALUE;
}

static enum ap_status bulletin_fill(struct database *d, const struct study *s) {
    struct period period = bulletin_period(s);
    int position = 0;
    for (uint32_t i = 0; i < s->figures.count; i++) {
        const struct figure *row = &s->figures.rows[i];
        bool shown = period_same(row->period, period) || row->indicator == INDICATOR_nev_output_cagr;
        if (!shown || row->simulated != row->simulated) continue;
        count_bind(d, 1, ++position);
        text_bind(d, 2, side_of(row->indicator));
        text_bind(d, 3, indicator_of(row->indicator)->name);
        text_bind(d, 4, row->period.name);
        value_bind(d, 5, growth_of(&s->figures, row));
        TRY(row_end(d));
    }
    return AP_OK;
}

// --- days and months

static enum ap_status totals_put(struct database *d, const char *name, struct totals t, int64_t ahead) {
    text_bind(d, 1, name);
    count_bind(d, 2, t.made);
    count_bind(d, 3, t.made_nev);
    count_bind(d, 4, t.made_smart);
    count_bind(d, 5, t.export_left);
    fen_bind(d, 6, t.export_value);
    count_bind(d, 7, t.sold);
    count_bind(d, 8, t.local_nev_sold);
    count_bind(d, 9, t.sales_missed);
    fen_bind(d, 10, t.turnover);
    count_bind(d, 11, ahead);
    return row_end(d);
}

static enum ap_status days_fill(struct database *d, const struct study *s) {
    for (day_number day = s->model.from; day <= s->model.until; day++) {
        char name[11];
        date_format(day, name);
        TRY(totals_put(d, name, record_between(&s->first, day, day), s->first.gaps[day - s->model.from + 1].made));
    }
    return AP_OK;
}

static enum ap_status months_fill(struct database *d, const struct study *s) {
    const struct model *m = &s->model;
    struct date first = date_from_day(m->from), last = date_from_day(m->until);
    for (int k = first.year * 12 + first.month - 1; k < last.year * 12 + last.month; k++) {
        struct period p = period_months(k / 12, k % 12 + 1, k % 12 + 1);
        if (p.from < m->from || p.until > m->until) continue;
        TRY(totals_put(d, p.name, record_between(&s->first, p.from, p.until),
            s->first.gaps[p.until - m->from + 1].made));
    }
    return AP_OK;
}

// --- by year

static enum ap_status lines_fill(struct database *d, struct year_span v) {
    for (uint32_t i = 1; i < v.m->n.line; i++) {
        const struct line_row *row = &v.m->tables->lines[v.m->lines[i].table_row];
        text_bind(d, 1, row->line);
        count_bind(d, 2, v.year);
        text_bind(d, 3, enterprise_name(v.m, v.m->lines[i].enterprise));
        count_bind(d, 4, v.b->line_started[i] - v.a->line_started[i]);
        count_bind(d, 5, v.b->line_made[i] - v.a->line_made[i]);
        count_bind(d, 6, row->nominal);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status variants_fill(struct database *d, struct year_span v) {
    for (uint32_t i = 1; i < v.m->n.variant; i++) {
        text_bind(d, 1, v.m->tables->variants[v.m->variants[i].table_row].variant);
        count_bind(d, 2, v.year);
        count_bind(d, 3, v.b->variant_made[i] - v.a->variant_made[i]);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status markets_fill(struct database *d, struct year_span v) {
    for (uint32_t i = 1; i < v.m->n.market; i++) {
        text_bind(d, 1, v.m->tables->markets[v.m->markets[i].table_row].market);
        count_bind(d, 2, v.year);
        count_bind(d, 3, v.b->market_left[i] - v.a->market_left[i]);
        count_bind(d, 4, v.b->market_arrived[i] - v.a->market_arrived[i]);
        fen_bind(d, 5, v.b->market_value[i] - v.a->market_value[i]);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status lanes_fill(struct database *d, struct year_span v) {
    for (uint32_t lane = 1; lane < v.m->n.lane; lane++) {
        int64_t gone = 0, value = 0, markets = 0;
        for (uint32_t i = 1; i < v.m->n.market; i++) {
            if (v.m->markets[i].lane != lane) continue;
            gone += v.b->market_left[i] - v.a->market_left[i];
            value += v.b->market_value[i] - v.a->market_value[i];
            markets += v.b->market_left[i] > v.a->market_left[i];
        }
        text_bind(d, 1, v.m->tables->lanes[v.m->lanes[lane].table_row].lane);
        count_bind(d, 2, v.year);
        count_bind(d, 3, gone);
        fen_bind(d, 4, value);
        count_bind(d, 5, markets);
        TRY(row_end(d));
    }
    return AP_OK;
}

enum ap_status years_fill(struct database *d, const struct study *s, span_fill fill) {
    const struct record *r = &s->first;
    for (uint32_t i = 1; i < r->mark_count; i++) {
        int year = date_from_day(r->marks[i].day).year;
        TRY(fill(d, (struct year_span){&s->model, &r->marks[i - 1].tally, &r->marks[i].tally, r, year}));
    }
    return AP_OK;
}

// --- shocks

static enum ap_status shock_put(struct database *d, const struct model *m, const struct shock *shock, int step) {
    static const char *const scopes[] = {"everything",
        "region", "outside", "enterprise", "family", "product", "district",
                                         "zone", "maker", "line", "lane", "market", "platform"};
    static const char *const bases[] = {"capacity", "planned_flow", "allocation", "demand", "transit"};
    const struct shock_row *row = &m->tables->shocks[shock->table_row];
    text_bind(d, 1, row->shock);
    count_bind(d, 2, step);
    text_bind(d, 3, row->name);
    day_bind(d, 4, m->first_day + shock->from);
    day_bind(d, 5, m->first_day + shock->until);
    text_bind(d, 6, scopes[shock->scope]);
    text_bind(d, 7, row->target);
    text_bind(d, 8, bases[shock->basis]);
    value_bind(d, 9, row->factor);
    value_bind(d, 10, row->extra_hours);
    return row_end(d);
}

static enum ap_status shocks_fill(struct database *d, const struct model *m) {
    int step = 0;
    for (uint32_t i = 0; i < m->shock_count; i++) {
        const struct shock *shock = &m->shocks[i];
        bool within = m->first_day + shock->until >= m->from && m->first_day + shock->from <= m->until;
        if (shock->active && within) TRY(shock_put(d, m, shock, ++step));
    }
    return AP_OK;
}

static enum ap_status chain_fill(struct database *d, const struct output_table *t, const void *self) {
    const struct study *s = self;
    if (t == &names_table) return names_fill(d);
    if (t == &indicators_table) return indicators_fill(d, s);
    if (t == &bulletin_table) return bulletin_fill(d, s);
    if (t == &days_table) return days_fill(d, s);
    if (t == &months_table) return months_fill(d, s);
    if (t == &lines_table) return years_fill(d, s, lines_fill);
    if (t == &variants_table) return years_fill(d, s, variants_fill);
    if (t == &markets_table) return years_fill(d, s, markets_fill);
    if (t == &lanes_table) return years_fill(d, s, lanes_fill);
    ASSERT(t == &shocks_table);
    return shocks_fill(d, &s->model);
}

struct result_part chain_part(const struct study *s) {
    return (struct result_part){tables, sizeof tables / sizeof *tables, chain_fill, s};
}
