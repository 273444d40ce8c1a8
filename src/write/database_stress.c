#include "write/database_stress.h"

#include <string.h>

#include "write/explain_text.h"
#include "write/stress_csv.h"
#include "write/stress_names.h"

#define KIND_COLUMN KEY("kind", "enterprise, district, lane, family or common (a common cause)")
#define DAYS_COLUMN KEY("days", "ttr: its own time to recover; own: the steps of a past event; else days")
#define FIGURE_COLUMN(name, unit, meaning) MEASURED(#name, unit, meaning),

static const struct output_table rows_table = {"stress_rows", "what stood still: subjects of the ranking, and rows", 2,
    {KIND_COLUMN, KEY("target", "id; of a role its family / district / single or dual source"),
     TEXT_COLUMN("name", "English name"), TEXT_COLUMN("name_zh", "Chinese name"),
     TEXT_COLUMN("district", "of an enterprise or role"), TEXT_COLUMN("family", "what it makes most of"),
     TEXT_COLUMN("role", "the role that an invented enterprise counts under"),
     TEXT_COLUMN("identity", "named, synthetic, role, or empty"),
     COUNTED("shown", "1", "1: rankings for people have it; 0: invented, counted under its role")}};
static const struct output_table whatifs_table = {"stress", "every outage against the same run without it", 6,
    {KIND_COLUMN, KEY("target", "a row of stress_rows that is no role"), DAYS_COLUMN, KEY("start", "first day"),
     COUNTED("world", "1", "0: inputs as written"), COUNTED("replication", "1", "luck, in world 0"),
     STRESS_FIGURES(FIGURE_COLUMN)}};
static const struct output_table ranks_table = {"stress_ranks", "subjects by what their outage costs", 3,
    {KIND_COLUMN, KEY("target", "a subject of stress_rows"), DAYS_COLUMN,
     COUNTED("members", "enterprise", "rows it is the mean of"),
     COUNTED("rank", "1", "within kind and days; 1: the largest deficit"),
     MEASURED("rank_low", "1", "95 % of the worlds (without worlds: replications) rank it here or behind"),
     MEASURED("rank_high", "1", "or here or before"),
     COUNTED("ranked", "run", "worlds (replications) that ranked it"),
     COUNTED("top_ten", "run", "where it was among the first ten"),
     MEASURED("unsettled", "share", "of its outages, not settled within the horizon"),
     MEASURED("deficit_low", "vehicle", "95 % interval: of the worlds, without worlds of the mean by luck"),
     MEASURED("deficit_high", "vehicle", "the same"), MEASURED("lost_low", "vehicle", "the same"),
     MEASURED("lost_high", "vehicle", "the same"),
     TEXT_COLUMN("cause", "the chain from the outage to the line that lost most (--why)"),
     TEXT_COLUMN("cause_zh", "the same in Chinese"), STRESS_FIGURES(FIGURE_COLUMN)}};
static const struct output_table measures_table = {"stress_measures", "published measures beside it (--measures)", 2,
    {KEY("target", "an enterprise"), KEY("measure", "simulated, ttr, tts or esri"),
     MEASURED("value", "", "vehicles lost or late; vehicles lost; days survived; share of all sales")}};
static const struct output_table *const tables[] = {&rows_table, &whatifs_table, &ranks_table, &measures_table};

static const struct output_table sensitivity_table = {"sensitivity", "what the ranking depends on (--sensitivity)", 1,
    {COUNTED("rank", "1", "1: moves it most"), TEXT_COLUMN("table_name", "a table, or settings"),
     TEXT_COLUMN("column_name", "its main column, or the setting"), COUNTED("rows", "row", "that have a range"),
     MEASURED("effect", "share", "of pairs of rows whose order turns round, the most of the three"),
     MEASURED("low", "share", "with all rows at the low end"), MEASURED("high", "share", "at the high end"),
     MEASURED("drawn", "share", "each row a draw of its own")}};
static const struct output_table *const sensitivity_tables[] = {&sensitivity_table};

// --- rows

static enum ap_status subjects_fill(struct database *d, const struct stress_ranks *r) {
    static const char *const identities[] = {"named", "named", "role", ""};
    const struct tables *t = r->stress->tables;
    for (uint32_t i = 0; i < r->subject_count; i++) {
        const struct stress_subject *x = &r->subjects[i];
        bool enterprise = x->kind == STANDSTILL_ENTERPRISE;
        text_bind(d, 1, standstill_kind_name(x->kind));
        text_bind(d, 2, x->id);
        text_bind(d, 3, x->name);
        text_bind(d, 4, x->name_zh);
        text_bind(d, 5, enterprise ? t->districts[x->district].district : NULL);
        text_bind(d, 6, enterprise && x->family ? t->products[x->family].product : NULL);
        text_bind(d, 7, x->nature == SUBJECT_ROLE ? x->id : NULL);
        text_bind(d, 8, identities[x->nature]);
        count_bind(d, 9, 1);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status invented_fill(struct database *d, const struct stress *s) {
    const struct tables *t = s->tables;
    for (uint32_t i = 0; i < s->case_count; i++) {
        const struct standstill_row *row = &s->rows.rows[s->cases[i].row];
        const struct enterprise_row *e = &t->enterprises[row->table_row];
        if (s->cases[i].mode != 0 || row->kind != STANDSTILL_ENTERPRISE || e->identity == 0) continue;
        const struct stress_place *place = &s->places[row->table_row];
        char role[400];
        stress_case_label(s, i, role, sizeof role);
        text_bind(d, 1, standstill_kind_name(row->kind));
        text_bind(d, 2, row->id);
        text_bind(d, 3, row->name);
        text_bind(d, 4, row->name_zh);
        text_bind(d, 5, t->districts[e->district].district);
        text_bind(d, 6, place->family ? t->products[place->family].product : NULL);
        text_bind(d, 7, place->plant || place->family ? role : NULL);
        text_bind(d, 8, stress_identities[e->identity]);
        count_bind(d, 9, 0);
        TRY(row_end(d));
    }
    return AP_OK;
}

static enum ap_status rows_fill(struct database *d, const struct stress_said *said) {
    TRY(subjects_fill(d, said->ranks));
    return invented_fill(d, said->ranks->stress);
}

// --- what-ifs

static void figure_bind(struct database *d, int at, uint32_t figure, double value) {
    value_bind(d, at, strcmp(stress_columns[figure].unit, "yuan") == 0 ? value / 100 : value);
}

static enum ap_status whatif_put(struct database *d, const struct stress *s, uint32_t job) {
    uint32_t which = job % s->case_count, place = job / s->case_count;
    uint32_t run = place / s->options.start_count, start = place % s->options.start_count;
    const struct standstill_row *row = &s->rows.rows[s->cases[which].row];
    bool world = run >= s->options.replications;
    int64_t figures[STRESS_FIGURE_COUNT];
    char days[16], day[11];
    stress_days_name(s, &s->cases[which], days);
    date_format(s->options.starts[start], day);
    text_bind(d, 1, standstill_kind_name(row->kind));
    text_bind(d, 2, row->id);
    text_bind(d, 3, days);
    text_bind(d, 4, day);
    count_bind(d, 5, world ? run - s->options.replications + 1 : 0);
    count_bind(d, 6, world ? 0 : run);
    memcpy(figures, &s->values[job], sizeof figures);
    for (uint32_t f = 0; f < STRESS_FIGURE_COUNT; f++) {
        bool never = figures[f] < 0 && strcmp(stress_columns[f].unit, "day") == 0;
        figure_bind(d, (int)f + 7, f, never ? NO_VALUE : (double)figures[f]);
    }
    return row_end(d);
}

static enum ap_status whatifs_fill(struct database *d, const struct stress *s) {
    for (uint32_t job = 0; job < s->jobs; job++) TRY(whatif_put(d, s, job));
    return AP_OK;
}

// --- ranks

static void cause_bind(struct database *d, int at, const struct stress_reasons *reasons, uint32_t which,
                       enum language language) {
    const struct explain_cause *cause = reasons ? stress_reason_of(reasons, which) : NULL;
    struct words words = {0};
    if (cause) explain_cause_say(&reasons->model, cause, language, &words);
    text_bind(d, at, words.count ? words_text(&words) : NULL);
    words_free(&words);
}

static enum ap_status rank_put(struct database *d, const struct stress_said *said, const struct stress_line *line) {
    const struct stress_ranks *r = said->ranks;
    const struct interval *deficit = &line->figures[STRESS_deficit], *lost = &line->figures[STRESS_lost];
    uint32_t which = stress_line_case(r, line);
    char days[16];
    stress_days_name(r->stress, &r->stress->cases[which], days);
    text_bind(d, 1, standstill_kind_name(r->subjects[line->subject].kind));
    text_bind(d, 2, r->subjects[line->subject].id);
    text_bind(d, 3, days);
    count_bind(d, 4, line->members);
    count_bind(d, 5, line->rank);
    value_bind(d, 6, line->rank_low);
    value_bind(d, 7, line->rank_high);
    count_bind(d, 8, line->ranked);
    count_bind(d, 9, line->top_ten);
    value_bind(d, 10, line->unsettled);
    value_bind(d, 11, r->by_worlds ? deficit->low_inputs : deficit->low);
    value_bind(d, 12, r->by_worlds ? deficit->high_inputs : deficit->high);
    value_bind(d, 13, r->by_worlds ? lost->low_inputs : lost->low);
    value_bind(d, 14, r->by_worlds ? lost->high_inputs : lost->high);
    cause_bind(d, 15, said->reasons, which, LANGUAGE_EN);
    cause_bind(d, 16, said->reasons, which, LANGUAGE_ZH);
    for (uint32_t f = 0; f < STRESS_FIGURE_COUNT; f++) figure_bind(d, (int)f + 17, f, line->figures[f].mean);
    return row_end(d);
}

static enum ap_status measures_fill(struct database *d, const struct measures *x) {
    for (uint32_t i = 0; x && i < x->count; i++) {
        for (enum measure k = 0; k < MEASURE_COUNT; k++) {
            text_bind(d, 1, x->stress->rows.rows[x->stress->cases[x->cases[i]].row].id);
            text_bind(d, 2, measure_name(k));
            value_bind(d, 3, x->values[k][i]);
            TRY(row_end(d));
        }
    }
    return AP_OK;
}

static enum ap_status stress_fill(struct database *d, const struct output_table *t, const void *self) {
    const struct stress_said *said = self;
    if (t == &rows_table) return rows_fill(d, said);
    if (t == &whatifs_table) return whatifs_fill(d, said->ranks->stress);
    if (t == &measures_table) return measures_fill(d, said->measures);
    for (uint32_t i = 0; i < said->ranks->line_count; i++) TRY(rank_put(d, said, &said->ranks->lines[i]));
    return AP_OK;
}

static enum ap_status sensitivity_fill(struct database *d, const struct output_table *t, const void *self) {
    const struct sensitivity *s = self;
    ASSERT(t == &sensitivity_table);
    for (uint32_t i = 0; i < s->count; i++) {
        const struct sensitivity_input *x = &s->inputs[i];
        count_bind(d, 1, i + 1);
        text_bind(d, 2, x->table);
        text_bind(d, 3, x->column);
        count_bind(d, 4, x->rows);
        value_bind(d, 5, x->moved);
        for (int end = 0; end < RANGE_ENDS; end++)
            value_bind(d, 6 + end, x->ends[end].possible ? x->ends[end].moved : NO_VALUE);
        TRY(row_end(d));
    }
    return AP_OK;
}

struct result_part stress_part(const struct stress_said *said) {
    return (struct result_part){tables, sizeof tables / sizeof *tables, stress_fill, said};
}

struct result_part sensitivity_part(const struct sensitivity *s) {
    return (struct result_part){sensitivity_tables, 1, sensitivity_fill, s};
}
