#include "write/results.h"

#include <stdlib.h>
#include <string.h>

#include "write/page.h"
#include "write/tables_csv.h"

static const struct output_table printed_table = {"printed", "what the command printed", 2,
    {KEY("form", "text or json"), KEY("language", "en or zh"), KEY("body", "its words; seconds are 0")}};
static const struct output_table *const printed_tables[] = {&printed_table};

static enum ap_status printed_fill(struct database *d, const struct output_table *t, const void *self) {
    const struct result_folder *f = self;
    ASSERT(t == &printed_table);
    for (int i = 0; i < f->printed_count; i++) {
        text_bind(d, 1, f->printed[i].form);
        text_bind(d, 2, f->printed[i].language);
        text_bind(d, 3, f->printed[i].text);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status path_of(const char *folder, const char *name, char out[PATH_ROOM]) {
    return (size_t)snprintf(out, PATH_ROOM, "%s/%s", folder, name) < PATH_ROOM ? AP_OK : AP_REFUSED;
}

// The database tells in 200 bytes why; a result tells which file besides.
static enum ap_status database_trouble(struct result_folder *f, enum ap_status status, const char *why) {
    if (status != AP_OK && !f->trouble[0]) snprintf(f->trouble, sizeof f->trouble, "results.sqlite: %.190s", why);
    return status;
}

enum ap_status results_begin(struct result_folder *f, const char *folder) {
    memset(f, 0, sizeof *f);
    enum ap_status status = publish_folder_begin(folder, &f->place);
    if (status != AP_OK) {
        memcpy(f->trouble, f->place.trouble, sizeof f->trouble);
        return status;
    }
    char path[PATH_ROOM];
    TRY(path_of(f->place.partial, "results.sqlite", path));
    status = database_open(&f->base, path, f->place.trouble);
    return database_trouble(f, status, f->place.trouble);
}

enum ap_status results_keep(void *self, const struct study *s, uint32_t row) {
    struct result_folder *f = self;
    enum ap_status status = row == 0 ? values_begin(&f->base) : AP_OK;
    if (status == AP_OK) status = values_keep(&f->base, s, row);
    return database_trouble(f, status, f->place.trouble);
}

enum ap_status results_keep_last(struct result_folder *f, const struct study *s) {
    return database_trouble(f, values_end(&f->base, s), f->place.trouble);
}

void run_parts(const struct study *s, struct result_part out[RUN_PARTS]) {
    out[0] = places_part(s);
    out[1] = chain_part(s);
    out[2] = flows_part(s);
    out[3] = charging_part(s);
}

static enum ap_status database_fill(struct result_folder *f, const struct manifest_facts *facts,
                                    const struct result_part *parts, int count) {
    struct result_part grounds = grounds_part(facts);
    struct result_part printed = {printed_tables, 1, printed_fill, f};
    TRY(part_write(&f->base, &grounds));
    TRY(part_write(&f->base, &printed));
    for (int i = 0; i < count; i++) TRY(part_write(&f->base, &parts[i]));
    return database_finish(&f->base);
}

static enum ap_status manifest_write(struct result_folder *f, const struct manifest_facts *facts) {
    struct arena arena = {0};
    struct result_file *files = NULL;
    uint32_t count = 0;
    struct words words = {0};
    enum ap_status status = publish_files(&f->place, &arena, &files, &count);
    if (status == AP_OK) status = manifest_to_json(facts, files, count, &words);
    if (status == AP_OK) status = publish_text(&f->place, "manifest.json", words_text(&words), words.count);
    words_free(&words);
    arena_free(&arena);
    return status;
}

// After the database, which it shows, and before the manifest, which holds its checksum.
static enum ap_status report_write(struct result_folder *f) {
    struct words page = {0};
    char why[200] = "";
    enum ap_status status = page_html(f->place.partial, &page, why);
    if (status == AP_OK) status = publish_text(&f->place, "report.html", page.text, page.count);
    else snprintf(f->trouble, sizeof f->trouble, "report.html: %.190s", why);
    words_free(&page);
    return status;
}

enum ap_status results_end(struct result_folder *f, const struct manifest_facts *facts,
                           const struct result_part *parts, int count) {
    enum ap_status status = database_trouble(f, database_fill(f, facts, parts, count), f->place.trouble);
    database_close(&f->base);
    f->place.trouble[0] = 0;
    if (status == AP_OK && f->csv) status = tables_csv_write(&f->place);
    if (status == AP_OK) status = report_write(f);
    if (status == AP_OK) status = manifest_write(f, facts);
    if (status == AP_OK) status = publish_folder_end(&f->place);
    if (status != AP_OK && !f->trouble[0]) memcpy(f->trouble, f->place.trouble, sizeof f->trouble);
    return status;
}

void results_abandon(struct result_folder *f) {
    if (f->base.handle) database_close(&f->base);
    publish_folder_abandon(&f->place);
}

void run_facts(const struct study *s, struct manifest_facts *facts) {
    facts->study = "run";
    facts->tables = s->tables;
    facts->set = &s->model.set;
    facts->seed = s->options.seed;
    facts->replications = s->options.replications;
    facts->worlds = s->options.worlds;
    facts->threads = s->options.threads;
    facts->state_hash = study_hash(s);
    facts->period = s->figures.year ? period_year(s->figures.year) : period_days(s->model.from, s->model.until);
}

// --- the same question again

static enum ap_status question_ask(sqlite3 *base, const char *question, struct printed asked, struct words *out) {
    static const char sql[] = "SELECT body FROM printed WHERE form = ?1 AND language = ?2 AND "
                              "(SELECT value FROM about WHERE key = 'question') = ?3";
    sqlite3_stmt *statement = NULL;
    enum ap_status status = AP_BAD_USE;
    if (sqlite3_prepare_v2(base, sql, -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, asked.form, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, asked.language, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 3, question, -1, SQLITE_STATIC);
        if (sqlite3_step(statement) == SQLITE_ROW) {
            words_add_text(out, (const char *)sqlite3_column_text(statement, 0));
            status = words_status(out);
        }
    }
    sqlite3_finalize(statement);
    return status;
}

enum ap_status results_answer(const char *folder, const char *question, struct printed asked, struct words *out) {
    char path[PATH_ROOM];
    sqlite3 *base = NULL;
    if (path_of(folder, "results.sqlite", path) != AP_OK) return AP_BAD_USE;
    enum ap_status status = AP_BAD_USE;
    if (sqlite3_open_v2(path, &base, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
        status = question_ask(base, question, asked, out);
    sqlite3_close(base);
    return status;
}
