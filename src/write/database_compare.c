#include "write/database_compare.h"

#include <stdio.h>
#include <string.h>

#include "write/database_rows.h"

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

static enum ap_status table_fill(struct database *d, const struct comparison_told *t, int table) {
    if (table == 0) return differences_fill(d, t->c);
    return table == 1 ? pairs_fill(d, t->c) : inputs_fill(d, t->inputs);
}

static enum ap_status tables_write(struct database *d, const struct comparison_told *t) {
    TRY(statement_run(d, "PRAGMA journal_mode = OFF"));
    TRY(statement_run(d, "BEGIN"));
    for (int i = 0; i < COMPARE_TABLES; i++) {
        TRY(table_make(d, compare_tables[i]));
        TRY(table_fill(d, t, i));
        sqlite3_finalize(d->insert);
        d->insert = NULL;
    }
    return statement_run(d, "COMMIT");
}

static enum ap_status database_fill(const struct comparison_told *t, const char *path, char trouble[200]) {
    struct database d = {.study = &t->c->first, .trouble = trouble};
    enum ap_status status = AP_OK;
    if (sqlite3_open(path, &d.handle) != SQLITE_OK) status = database_refused(&d);
    if (status == AP_OK) status = tables_write(&d, t);
    sqlite3_finalize(d.insert);
    if (sqlite3_close(d.handle) != SQLITE_OK && status == AP_OK) status = AP_REFUSED;
    return status;
}

static enum ap_status files_write(const struct comparison_told *t, const struct manifest_facts *facts,
                                  struct publication *p) {
    char path[PATH_ROOM], trouble[200] = "";
    if ((size_t)snprintf(path, sizeof path, "%s/results.sqlite", p->partial) >= sizeof path) return AP_REFUSED;
    enum ap_status status = database_fill(t, path, trouble);
    if (status != AP_OK) {
        snprintf(p->trouble, sizeof p->trouble, "results.sqlite: %s", trouble);
        return status;
    }
    struct words words = {0};
    status = manifest_to_json(&t->c->first, facts, &words);
    if (status == AP_OK) status = publish_text(p, "manifest.json", words_text(&words), words.count);
    words_free(&words);
    return status;
}

enum ap_status comparison_publish(const struct comparison_told *t, const struct manifest_facts *facts,
                                  const char *folder, char trouble[TROUBLE_ROOM]) {
    struct publication p;
    enum ap_status status = publish_folder_begin(folder, &p);
    if (status == AP_OK) status = files_write(t, facts, &p);
    if (status == AP_OK) status = publish_folder_end(&p);
    publish_folder_abandon(&p);
    memcpy(trouble, p.trouble, TROUBLE_ROOM);
    return status;
}
