// The file itself, what `tables` and `units` say of it, and the values that come while the study runs. Others read
// between two transactions; the journal is in memory and nothing is synced before the end, since what was interrupted
// is not kept. (A write-ahead log would let them read inside one, at the price of a second file to bring home.)
#include "write/database.h"

#include <string.h>

#include "write/database_compare.h"
#include "write/figures_json.h"

enum { WAIT_MS = 60000 };              // for a reader that holds the file

static const struct output_table units_table = {"units", "every column with its unit and meaning", 2,
    {KEY("table_name", "table"), KEY("column_name", "its column"),
     TEXT_COLUMN("unit", "empty: none; else of its values"),
     TEXT_COLUMN("meaning", "in words"), TEXT_COLUMN("names", "table whose first column it names")}};
static const struct output_table tables_table = {"tables", "every table", 1,
    {KEY("table_name", "table"), COUNTED("key_columns", "column", "its first columns are its key; 0: none"),
     TEXT_COLUMN("meaning", "in words")}};
static const struct output_table runs_table = {"runs", "runs that are over", 2,
    {COUNTED("world", "", "0: inputs as written"), COUNTED("replication", "", "luck")}};
static const struct output_table values_table = {"run_values", "every run behind the indicators", 4,
    {KEY("indicator", "name"), KEY("period", "year, month or span"), COUNTED("world", "", "0: inputs as written"),
     COUNTED("replication", "", "luck"), MEASURED("value", "unit of the indicator", "of that run")}};

enum ap_status database_open(struct database *d, const char *path, char trouble[200]) {
    *d = (struct database){.trouble = trouble};
    if (sqlite3_open(path, &d->handle) != SQLITE_OK) return database_refused(d);
    sqlite3_busy_timeout(d->handle, WAIT_MS);
    TRY(statement_run(d, "PRAGMA journal_mode = MEMORY"));
    TRY(statement_run(d, "PRAGMA synchronous = OFF"));
    TRY(statement_run(d, "PRAGMA user_version = 1"));
    _Static_assert(DATABASE_VERSION == 1, "user_version says the same");
    TRY(table_make(d, &tables_table));
    return table_make(d, &units_table);
}

static enum ap_status tables_fill(struct database *d) {
    TRY(rows_begin(d, &tables_table));
    for (int i = 0; i < d->made_count; i++) {
        text_bind(d, 1, d->made[i]->name);
        count_bind(d, 2, d->made[i]->keys);
        text_bind(d, 3, d->made[i]->meaning);
        TRY(row_end(d));
    }
    rows_end(d);
    return AP_OK;
}

static enum ap_status units_fill(struct database *d) {
    TRY(rows_begin(d, &units_table));
    for (int i = 0; i < d->made_count; i++) {
        for (int k = 0; k < column_count(d->made[i]); k++) {
            const struct column *column = &d->made[i]->columns[k];
            text_bind(d, 1, d->made[i]->name);
            text_bind(d, 2, column->name);
            text_bind(d, 3, column->unit);
            text_bind(d, 4, column->meaning);
            text_bind(d, 5, column->of);
            TRY(row_end(d));
        }
    }
    rows_end(d);
    return AP_OK;
}

enum ap_status database_finish(struct database *d) {
    TRY(statement_run(d, "BEGIN"));
    TRY(tables_fill(d));
    TRY(units_fill(d));
    return statement_run(d, "COMMIT");
}

void database_close(struct database *d) {
    rows_end(d);
    sqlite3_close(d->handle);
    d->handle = NULL;
}

// --- values, as the runs end

enum ap_status values_begin(struct database *d) {
    TRY(statement_run(d, "BEGIN"));
    TRY(table_make(d, &runs_table));
    TRY(table_make(d, &values_table));
    return statement_run(d, "COMMIT");
}

// What the saturated runs tell, which come after all others.
static bool known_later(const struct figure *f) {
    uint8_t basis = indicator_of(f->indicator)->basis;
    return basis == FROM_LINES || basis == FROM_CHAIN || basis == FROM_USE;
}

static void run_bind(struct database *d, const struct figures *f, uint32_t row, int at) {
    count_bind(d, at, row < f->runs ? 0 : row - f->runs + 1);
    count_bind(d, at + 1, row < f->runs ? row : 0);
}

static enum ap_status row_write(struct database *d, const struct figures *f, uint32_t row, bool later) {
    for (uint32_t i = 0; i < f->count; i++) {
        if (known_later(&f->rows[i]) != later) continue;
        text_bind(d, 1, indicator_of(f->rows[i].indicator)->name);
        text_bind(d, 2, f->rows[i].period.name);
        run_bind(d, f, row, 3);
        value_bind(d, 5, f->values[(size_t)row * f->count + i]);
        TRY(row_end(d));
    }
    return AP_OK;
}

enum ap_status values_keep(struct database *d, const struct study *s, uint32_t row) {
    TRY(statement_run(d, "BEGIN"));
    TRY(rows_begin(d, &runs_table));
    run_bind(d, &s->figures, row, 1);
    TRY(row_end(d));
    rows_end(d);
    TRY(rows_begin(d, &values_table));
    TRY(row_write(d, &s->figures, row, false));
    rows_end(d);
    return statement_run(d, "COMMIT");
}

enum ap_status values_end(struct database *d, const struct study *s) {
    TRY(statement_run(d, "BEGIN"));
    TRY(rows_begin(d, &values_table));
    for (uint32_t row = 0; row < s->figures.runs + s->figures.worlds; row++)
        TRY(row_write(d, &s->figures, row, true));
    rows_end(d);
    return statement_run(d, "COMMIT");
}

// --- what it holds

static void table_describe(const struct output_table *t, struct words *out) {
    words_add(out, "## %s\n\n%s%s\n\n| column | unit | meaning |\n|---|---|---|\n", t->name, t->meaning,
              t->keys ? "" : " (no key)");
    for (int i = 0; i < column_count(t); i++) {
        const struct column *column = &t->columns[i];
        words_add(out, "| %s`%s`%s | %s | %s", i < t->keys ? "**" : "", column->name, i < t->keys ? "**" : "",
                  column->unit, column->meaning);
        if (column->of) words_add(out, "; of `%s`", column->of);
        words_add_text(out, " |\n");
    }
    words_add_text(out, "\n");
}

static void part_describe(struct result_part part, const char *title, struct words *out) {
    words_add(out, "# %s\n\n", title);
    for (int i = 0; i < part.count; i++) table_describe(part.tables[i], out);
}

void database_describe(struct words *out) {
    static const struct output_table *const own[] = {&tables_table, &units_table, &runs_table, &values_table};
    words_add_text(out, "# results.sqlite\n\n"
        "Generated by `autopolis describe --results` from the declarations in `src/write/database*.c`; a test compares "
        "the two.\n\nEvery result holds `about` (`schema_version` there and `PRAGMA user_version` name this schema), "
        "`tables` and `units`. Bold\ncolumns are the key; `of` names the table whose first column a value is. Money is "
        "in yuan, days are ISO dates,\nshares lie between 0 and 1, NULL means none. While a run goes on, the file "
        "stands in `DIR.partial-XXXXXX` and can be\nread there: each replication is a transaction of its own.\n\n");
    part_describe((struct result_part){own, sizeof own / sizeof *own, NULL, NULL}, "The file itself", out);
    part_describe(grounds_part(NULL), "What the result stands on", out);
    part_describe(chain_part(NULL), "A run", out);
    part_describe(places_part(NULL), "Places and things", out);
    part_describe(flows_part(NULL), "Who sold what to whom", out);
    part_describe(charging_part(NULL), "Charging", out);
    part_describe(explain_part(NULL), "The path of a shock", out);
    part_describe(piles_part(NULL), "A plan of piles", out);
    part_describe(comparison_part(NULL), "Comparisons", out);
    part_describe(hindcast_part(NULL), "Hindcasts", out);
    part_describe(forecasts_part(NULL), "Blind forecasts", out);
    part_describe(surge_part(NULL), "Surges", out);
}
