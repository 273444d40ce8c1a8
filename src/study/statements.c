// Tables to statements: one row per figure, period and kind, however many sources print it.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/audit.h"

double half_unit_of(double value, enum statement_kind kind) {
    if (value < 0) value = -value;
    bool ratio = kind == STATES_GROWTH || kind == STATES_AVERAGE || value < 2;
    char digits[40];
    double unit = 1;
    if (ratio || value != (double)(int64_t)value) {
        // Decimals of the shortest text that reads as the value.
        snprintf(digits, sizeof digits, "%.10f", value);
        size_t count = strlen(digits);
        while (count > 1 && digits[count - 1] == '0') count--;
        const char *point = strchr(digits, '.');
        for (const char *at = point + 1; at < digits + count; at++) unit /= 10;
        return ratio && unit > 0.01 ? 0.005 : unit / 2;
    }
    snprintf(digits, sizeof digits, "%.0f", value);
    size_t count = strlen(digits);
    while (count > 2 && digits[count - 1] == '0') {
        unit *= 10;
        count--;
    }
    return unit / 2;
}

// Growth indicators of reported.csv speak about the series in front of the suffix: NULL when memory was refused.
static bool suffix_split(struct arena *arena, const char *name, const char *suffix, const char **series) {
    size_t whole = strlen(name), end = strlen(suffix);
    if (whole <= end || strcmp(name + whole - end, suffix) != 0) return false;
    *series = text_copy(arena, name, whole - end);
    return true;
}

bool series_adds_up(const char *series) {
    static const char *const standing[] = {"share", "capacity", "use", "enterprises", "markets",
                                           "content", "growth", "cagr"};
    for (size_t i = 0; i < sizeof standing / sizeof *standing; i++)
        if (strstr(series, standing[i])) return false;
    return strcmp(series, "piles") != 0;
}

// Rows without a word about their confidence are taken as published.
static bool published(const struct row_common *row) {
    return row->confidence == CITED || row->confidence == CONFIDENCE_NONE;
}

static bool same_statement(const struct statement *a, const struct statement *b) {
    return strcmp(a->series, b->series) == 0 && period_same(a->period, b->period) && a->kind == b->kind &&
           a->value == b->value;
}

static const char *sources_join(struct arena *arena, const char *a, const char *b) {
    if (!*b || strstr(a, b)) return a;
    if (!*a || strstr(b, a)) return b;
    char joined[400];
    int count = snprintf(joined, sizeof joined, "%s; %s", a, b);
    size_t most = sizeof joined - 1;
    return text_copy(arena, joined, (size_t)count < most ? (size_t)count : most);
}

static enum ap_status statement_add(struct audit *a, struct statement s) {
    if (s.value <= 0 && s.kind != STATES_GROWTH && s.kind != STATES_AVERAGE) return AP_OK;
    s.half = s.kind == STATES_ABOVE ? 0 : half_unit_of(s.value, s.kind);
    for (uint32_t i = 0; i < a->statement_count; i++) {
        struct statement *known = &a->statements[i];
        if (!same_statement(known, &s)) continue;
        known->sources = sources_join(&a->arena, known->sources, s.sources);
        known->derived &= s.derived;
        if (known->low != known->low) {
            known->low = s.low;
            known->high = s.high;
            known->note = s.note;
        }
        return known->sources ? AP_OK : AP_NO_MEMORY;
    }
    a->statements[a->statement_count++] = s;
    return AP_OK;
}

static enum ap_status claims_collect(const struct tables *t, struct audit *a) {
    for (uint32_t i = 1; i <= t->claims_count; i++) {
        const struct claim_row *row = &t->claims[i];
        struct statement s = {.series = row->series, .kind = STATES_LEVEL, .value = row->value,
                              .sources = row->common.origin, .row = row->common.source, .low = (double)NAN,
                              .high = (double)NAN};
        if (!period_parse_claim(row->year, row->period, &s.period)) continue;
        if (strstr(row->claim, "average")) s.kind = STATES_AVERAGE;
        else if (strstr(row->claim, "growth")) s.kind = STATES_GROWTH;
        else if (strstr(row->claim, "above")) s.kind = STATES_ABOVE;
        s.derived = !published(&row->common);
        TRY(statement_add(a, s));
    }
    return AP_OK;
}

// A reported level that a claim calls "above" is that bound, not a level of its own.
static bool is_bound(const struct audit *a, const struct statement *s) {
    struct statement bound = *s;
    bound.kind = STATES_ABOVE;
    for (uint32_t i = 0; i < a->statement_count; i++)
        if (same_statement(&a->statements[i], &bound)) return true;
    return false;
}

static enum ap_status reported_collect(const struct tables *t, struct audit *a) {
    for (uint32_t i = 1; i <= t->reported_count; i++) {
        const struct reported_row *row = &t->reported[i];
        struct statement s = {.series = row->indicator, .kind = STATES_LEVEL, .value = row->value,
                              .sources = row->common.origin, .row = row->common.source, .low = row->common.low,
                              .high = row->common.high, .note = row->common.note};
        if (!period_parse(row->period, &s.period)) continue;
        if (suffix_split(&a->arena, row->indicator, "_growth", &s.series)) s.kind = STATES_GROWTH;
        else if (suffix_split(&a->arena, row->indicator, "_cagr", &s.series)) s.kind = STATES_AVERAGE;
        if (!s.series) return AP_NO_MEMORY;
        if (s.kind == STATES_LEVEL && is_bound(a, &s)) s.kind = STATES_ABOVE;
        s.derived = row->role == 1 || !published(&row->common);
        // The range of an estimate is a judgement about one count, not a second count.
        if (row->common.confidence != CITED && row->common.confidence != RECALLED) s.low = s.high = (double)NAN;
        TRY(statement_add(a, s));
    }
    return AP_OK;
}

static enum ap_status piles_collect(const struct tables *t, struct audit *a) {
    for (uint32_t i = 1; i <= t->piles_count; i++) {
        const struct pile_row *row = &t->piles[i];
        struct date d = date_from_day(row->date);
        if (row->district || row->kind != 0 || d.month != 12 || d.day != 31) continue;
        struct statement s = {.series = "piles", .period = period_year(d.year), .kind = STATES_LEVEL,
                              .value = (double)row->piles, .sources = row->common.origin,
                              .row = row->common.source, .derived = !published(&row->common),
                              .low = (double)NAN, .high = (double)NAN};
        TRY(statement_add(a, s));
    }
    return AP_OK;
}

// whole = part + rest, for the series that claims know by the rest alone. Levels only, of published figures only.
static enum ap_status rest_derive(struct audit *a, const char *whole, const char *part, const char *rest) {
    uint32_t count = a->statement_count;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < count; k++) {
            const struct statement *w = &a->statements[i], *p = &a->statements[k];
            if (w->kind != STATES_LEVEL || p->kind != STATES_LEVEL || strcmp(w->series, whole) != 0 ||
                strcmp(p->series, part) != 0 || !period_same(w->period, p->period))
                continue;
            char words[200];
            int length = snprintf(words, sizeof words, "%s (%.60s) less %s (%.60s)", whole, w->sources, part,
                                  p->sources);
            struct statement s = {.series = rest, .period = w->period, .kind = STATES_LEVEL,
                                  .value = w->value - p->value, .derived = true, .row = w->row,
                                  .half = w->half + p->half, .low = (double)NAN, .high = (double)NAN};
            s.sources = text_copy(&a->arena, words, (size_t)smaller_of(length, (int)sizeof words - 1));
            if (!s.sources) return AP_NO_MEMORY;
            a->statements[a->statement_count++] = s;
        }
    }
    return AP_OK;
}

static uint32_t count_of(const struct audit *a, const char *series) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < a->statement_count; i++)
        count += strcmp(a->statements[i].series, series) == 0;
    return count;
}

enum ap_status statements_collect(const struct tables *t, struct audit *a) {
    size_t rows = (size_t)t->claims_count + t->reported_count + t->piles_count;
    a->statements = TAKE(&a->arena, rows + 1, struct statement);
    if (!a->statements) return AP_NO_MEMORY;
    TRY(claims_collect(t, a));
    TRY(reported_collect(t, a));
    TRY(piles_collect(t, a));
    if (count_of(a, "ice_output") == 0) return AP_OK;
    size_t pairs = (size_t)count_of(a, "vehicle_output") * count_of(a, "nev_output");
    struct statement *more = TAKE(&a->arena, a->statement_count + pairs + 1, struct statement);
    if (!more) return AP_NO_MEMORY;
    memcpy(more, a->statements, a->statement_count * sizeof *more);
    a->statements = more;
    return rest_derive(a, "vehicle_output", "nev_output", "ice_output");
}
