// The tables of the chain. Tallies are those of the first replication, a row per year; values holds every run of every
// figure.
#include "write/database.h"

#include "write/database_rows.h"
#include "write/figures_json.h"

static const struct output_table indicators_table = {"indicators", "what the bulletin says",
    {KEY("indicator", "name"), KEY("period", "year, month or span"), KEY("unit", "of the values"),
     MEASURED("simulated", "unit", "mean over the replications"),
     MEASURED("low", "unit", "95 % interval of the mean by luck"), MEASURED("high", "unit", "its other end"),
     MEASURED("low_inputs", "unit", "where 95 % of the worlds lie"), MEASURED("high_inputs", "unit", "its other end"),
     MEASURED("reported", "unit", "as published"), MEASURED("reported_low", "unit", "where the source says it lies"),
     MEASURED("reported_high", "unit", "its other end"), MEASURED("miss", "ratio", "simulated / reported - 1"),
     {"source", "TEXT", "", "of the reported value"}, {"role", "TEXT", "", "driven, derived or scored"}}};
static const struct output_table values_table = {"run_values", "every run behind the indicators",
    {KEY("indicator", "name"), KEY("period", "year, month or span"),
     COUNTED("world", "", "0: inputs as written"), COUNTED("replication", "", "luck"),
     MEASURED("value", "unit of the indicator", "of that run")}};
static const struct output_table months_table = {"months", "the first replication by month",
    {KEY("month", "year and month"), COUNTED("vehicles", "vehicle", "off the lines"),
     COUNTED("nevs", "vehicle", "of them, NEVs"), COUNTED("exports", "vehicle", "left for a market abroad"),
     MEASURED("export_value", "yuan", "of what left"), COUNTED("sold", "vehicle", "handed to buyers"),
     COUNTED("local_nevs", "vehicle", "NEVs handed to buyers in the region"),
     COUNTED("sales_missed", "vehicle", "buyers who left at once or after waiting"),
     MEASURED("turnover", "yuan", "shipped by enterprises of the region"),
     COUNTED("twin_ahead", "vehicle", "made more by the undisturbed twin since the first day, at the month's end")}};
static const struct output_table enterprises_table = {"enterprises", "the first replication by enterprise and year",
    {KEY("enterprise", "id"), YEAR_COLUMN, KEY("identity", "named or synthetic"), KEY("district", "where it stands"),
     MEASURED("turnover", "yuan", "shipped x unit value"), MEASURED("parts", "yuan", "value of parts shipped to it"),
     MEASURED("parts_local", "yuan", "of that, from enterprises in the region")}};
static const struct output_table lines_table = {"lines", "the first replication by line and year",
    {KEY("line", "id"), KEY("enterprise", "its plant"), YEAR_COLUMN, COUNTED("started", "vehicle", "released"),
     COUNTED("made", "vehicle", "off the last shop"), COUNTED("nominal", "vehicle/year", "published design capacity")}};
static const struct output_table variants_table = {"variants", "the first replication by variant and year",
    {KEY("variant", "id"), YEAR_COLUMN, COUNTED("nev", "", "1: PHEV, EREV, BEV or FCEV"),
     COUNTED("made", "vehicle", "off the line")}};
static const struct output_table markets_table = {"markets", "the first replication by market and year",
    {KEY("market", "id"), KEY("channel", "local, domestic or export"), YEAR_COLUMN,
     COUNTED("gone", "vehicle", "left on leg 1"), COUNTED("arrived", "vehicle", "reached it"),
     MEASURED("value", "yuan", "of what left")}};

static const struct output_table *const chain_tables[] = {&indicators_table, &values_table, &months_table,
    &enterprises_table, &lines_table, &variants_table, &markets_table};
enum { CHAIN_TABLES = sizeof chain_tables / sizeof *chain_tables };

// Those of charging only where there is some.
static int tables_written(const struct study *s) {
    return CHAIN_TABLES + (s->model.charging.there ? CHARGING_TABLES_WRITTEN : 0);
}

static const struct output_table *table_written(int i) {
    return i < CHAIN_TABLES ? chain_tables[i] : charging_table(i - CHAIN_TABLES);
}

// --- rows

static enum ap_status indicators_fill(struct database *d) {
    const struct figures *f = &d->study->figures;
    for (uint32_t i = 0; i < f->count; i++) {
        const struct figure *row = &f->rows[i];
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
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status values_fill(struct database *d) {
    const struct figures *f = &d->study->figures;
    for (uint32_t run = 0; run < f->runs + f->worlds; run++) {
        for (uint32_t i = 0; i < f->count; i++) {
            text_bind(d, 1, indicator_of(f->rows[i].indicator)->name);
            text_bind(d, 2, f->rows[i].period.name);
            count_bind(d, 3, run < f->runs ? 0 : run - f->runs + 1);
            count_bind(d, 4, run < f->runs ? run : 0);
            value_bind(d, 5, f->values[(size_t)run * f->count + i]);
            TRY(row_end(d));
        }
    }
    return AP_OK;
}

static enum ap_status months_fill(struct database *d) {
    const struct record *r = &d->study->first;
    const struct model *m = &d->study->model;
    struct date first = date_from_day(m->from), last = date_from_day(m->until);
    for (int k = first.year * 12 + first.month - 1; k < last.year * 12 + last.month; k++) {
        struct period p = period_months(k / 12, k % 12 + 1, k % 12 + 1);
        if (p.from < m->from || p.until > m->until) continue;
        struct totals t = record_between(r, p.from, p.until);
        text_bind(d, 1, p.name);
        count_bind(d, 2, t.made);
        count_bind(d, 3, t.made_nev);
        count_bind(d, 4, t.export_left);
        fen_bind(d, 5, t.export_value);
        count_bind(d, 6, t.sold);
        count_bind(d, 7, t.local_nev_sold);
        count_bind(d, 8, t.sales_missed);
        fen_bind(d, 9, t.turnover);
        count_bind(d, 10, r->gaps[p.until - m->from + 1].made);
        TRY(row_end(d));
    }
    return AP_OK;
}

// What differs between two marks: a year, or a part of one at the ends of the run.
struct year_span {
    const struct model *m;
    const struct tally *a, *b;
    int year;
};

static enum ap_status enterprises_fill(struct database *d, struct year_span v) {
    static const char *const identities[] = {"named", "synthetic"};
    for (uint32_t i = 1; i < v.m->n.enterprise; i++) {
        const struct enterprise_row *row = &v.m->tables->enterprises[v.m->enterprises[i].table_row];
        text_bind(d, 1, row->enterprise);
        count_bind(d, 2, v.year);
        text_bind(d, 3, identities[row->identity]);
        text_bind(d, 4, v.m->tables->districts[row->district].district);
        fen_bind(d, 5, v.b->enterprise_turnover[i] - v.a->enterprise_turnover[i]);
        fen_bind(d, 6, v.b->enterprise_parts[i] - v.a->enterprise_parts[i]);
        fen_bind(d, 7, v.b->enterprise_parts_local[i] - v.a->enterprise_parts_local[i]);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status lines_fill(struct database *d, struct year_span v) {
    for (uint32_t i = 1; i < v.m->n.line; i++) {
        const struct line_row *row = &v.m->tables->lines[v.m->lines[i].table_row];
        text_bind(d, 1, row->line);
        text_bind(d, 2, enterprise_name(v.m, v.m->lines[i].enterprise));
        count_bind(d, 3, v.year);
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
        count_bind(d, 3, v.m->variants[i].nev);
        count_bind(d, 4, v.b->variant_made[i] - v.a->variant_made[i]);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status markets_fill(struct database *d, struct year_span v) {
    static const char *const channels[] = {"local", "domestic", "export"};
    for (uint32_t i = 1; i < v.m->n.market; i++) {
        text_bind(d, 1, v.m->tables->markets[v.m->markets[i].table_row].market);
        text_bind(d, 2, channels[v.m->markets[i].channel]);
        count_bind(d, 3, v.year);
        count_bind(d, 4, v.b->market_left[i] - v.a->market_left[i]);
        count_bind(d, 5, v.b->market_arrived[i] - v.a->market_arrived[i]);
        fen_bind(d, 6, v.b->market_value[i] - v.a->market_value[i]);
        TRY(row_end(d));
    }
    return AP_OK;
}

typedef enum ap_status (*span_fill)(struct database *d, struct year_span v);

static enum ap_status years_fill(struct database *d, span_fill fill) {
    const struct record *r = &d->study->first;
    for (uint32_t i = 1; i < r->mark_count; i++) {
        int year = date_from_day(r->marks[i].day).year;
        TRY(fill(d, (struct year_span){&d->study->model, &r->marks[i - 1].tally, &r->marks[i].tally, year}));
    }
    return AP_OK;
}

static enum ap_status table_fill(struct database *d, const struct output_table *t) {
    if (t == &indicators_table) return indicators_fill(d);
    if (t == &values_table) return values_fill(d);
    if (t == &months_table) return months_fill(d);
    if (t == &enterprises_table) return years_fill(d, enterprises_fill);
    if (t == &lines_table) return years_fill(d, lines_fill);
    if (t == &variants_table) return years_fill(d, variants_fill);
    if (t == &markets_table) return years_fill(d, markets_fill);
    return charging_table_fill(d, t);
}

static enum ap_status units_fill(struct database *d) {
    static const struct output_table units = {"units", "",
        {KEY("table_name", ""), KEY("column_name", ""), KEY("unit", ""), KEY("meaning", "")}};
    TRY(table_make(d, &units));
    for (int i = 0; i < tables_written(d->study); i++) {
        for (int k = 0; k < column_count(table_written(i)); k++) {
            const struct column *column = &table_written(i)->columns[k];
            text_bind(d, 1, table_written(i)->name);
            text_bind(d, 2, column->name);
            text_bind(d, 3, column->unit);
            text_bind(d, 4, column->meaning);
            TRY(row_end(d));
        }
    }
    sqlite3_finalize(d->insert);
    d->insert = NULL;
    return AP_OK;
}

static enum ap_status tables_write(struct database *d) {
    TRY(statement_run(d, "PRAGMA journal_mode = OFF"));
    TRY(statement_run(d, "BEGIN"));
    TRY(units_fill(d));
    for (int i = 0; i < tables_written(d->study); i++) {
        TRY(table_make(d, table_written(i)));
        TRY(table_fill(d, table_written(i)));
        sqlite3_finalize(d->insert);
        d->insert = NULL;
    }
    return statement_run(d, "COMMIT");
}

enum ap_status database_write(const struct study *s, const char *path, char trouble[200]) {
    struct database d = {.study = s, .trouble = trouble};
    enum ap_status status = AP_OK;
    if (sqlite3_open(path, &d.handle) != SQLITE_OK) status = database_refused(&d);
    if (status == AP_OK) status = tables_write(&d);
    sqlite3_finalize(d.insert);
    if (sqlite3_close(d.handle) != SQLITE_OK && status == AP_OK) status = AP_REFUSED;
    return status;
}
