// What was known at the end of a year: no volume, shape, loss, market share or shock of later years. Lines keep the
// dates of their opening and holidays theirs: both are announced ahead.
#include <string.h>

#include "study/daily.h"
#include "study/forecast.h"

static const char season_name[] = "season of the years before";

// One set of tables in the making.
struct making {
    const struct tables *t;
    struct forecast_wish wish;
    double season[13];
    struct tables *out;
    struct arena  *arena;
};

// Shares of a volume row's months, by its shape or by days.
static void row_months(const struct tables *t, const struct volume_row *v, double share[13]) {
    double sum = 0;
    for (int month = 1; month <= 12; month++) share[month] = v->shape[0] ? 0 : days_in_month((int)v->year, month);
    for (uint32_t i = 1; v->shape[0] && i <= t->shapes_count; i++) {
        const struct shape_row *s = &t->shapes[i];
        if (s->year == v->year && strcmp(s->shape, v->shape) == 0) share[s->month] = s->weight;
    }
    for (int month = 1; month <= 12; month++) sum += share[month];
    for (int month = 1; month <= 12; month++) share[month] = sum > 0 ? share[month] / sum : 1.0 / 12;
}

static bool year_months(const struct tables *t, int year, double share[13]) {
    double sum = 0, months[13], wanted[13] = {0};
    for (uint32_t i = 1; i <= t->volumes_count; i++) {
        const struct volume_row *v = &t->volumes[i];
        if (v->year != year) continue;
        row_months(t, v, months);
        for (int month = 1; month <= 12; month++) wanted[month] += months[month] * (double)v->units;
        sum += (double)v->units;
    }
    for (int month = 1; month <= 12 && sum > 0; month++) share[month] = wanted[month] / sum;
    return sum > 0;
}

bool season_before(const struct tables *t, int year, double share[13]) {
    int first = year, years = 0;
    memset(share, 0, 13 * sizeof *share);
    for (uint32_t i = 1; i <= t->volumes_count; i++) first = (int)smaller_of(first, t->volumes[i].year);
    for (int y = first; y < year; y++) {
        double one[13] = {0};
        if (!year_months(t, y, one)) continue;
        for (int month = 1; month <= 12; month++) share[month] += one[month];
        years++;
    }
    for (int month = 1; month <= 12 && years; month++) share[month] /= years;
    return years > 0;
}

static double wanted_of(const struct tables *t, int64_t year, const struct volume_row *like) {
    double sum = 0;
    bool nev = platform_of_nevs(t, like->platform);
    for (uint32_t i = 1; i <= t->volumes_count; i++) {
        const struct volume_row *v = &t->volumes[i];
        bool alike = v->year == year && v->channel == like->channel;
        if (alike && platform_of_nevs(t, v->platform) == nev) sum += (double)v->units;
    }
    return sum;
}

// What a row of the year before is multiplied by; 0: its vehicles are not wanted any more.
static double factor_of(const struct making *x, const struct volume_row *v, bool *possible) {
    if (x->wish.rule == DEMAND_level) return 1;
    if (x->wish.rule == DEMAND_growth) {
        double before = wanted_of(x->t, v->year - 1, v), now = wanted_of(x->t, v->year, v);
        if (before > 0) return now / before;
        *possible = false;
        return 1;
    }
    double months[13], last = x->season[10] + x->season[11] + x->season[12];
    row_months(x->t, v, months);
    return last > 0 ? (months[10] + months[11] + months[12]) / last : 1;
}

static enum ap_status volumes_make(const struct making *x, bool *possible) {
    const struct tables *t = x->t;
    struct volume_row *rows = TAKE(x->arena, 2 * (size_t)t->volumes_count + 1, struct volume_row);
    if (!rows) return AP_NO_MEMORY;
    uint32_t count = 0;
    for (uint32_t i = 1; i <= t->volumes_count; i++) {
        const struct volume_row *v = &t->volumes[i];
        if (v->year >= x->wish.year) continue;
        rows[++count] = *v;
        if (v->year != x->wish.year - 1) continue;
        double factor = factor_of(x, v, possible);
        struct volume_row *next = &rows[count + 1];
        *next = *v;
        next->year = x->wish.year;
        next->shape = season_name;
        next->units = (int64_t)((double)v->units * factor + 0.5);
        next->common.low *= factor;
        next->common.high *= factor;
        count += next->units > 0;
    }
    x->out->volumes = rows;
    x->out->volumes_count = count;
    return AP_OK;
}

static enum ap_status shapes_make(const struct making *x) {
    struct tables *out = x->out;
    out->shapes = TAKE(x->arena, (size_t)x->t->shapes_count + 13, struct shape_row);
    if (!out->shapes) return AP_NO_MEMORY;
    out->shapes_count = 0;
    for (uint32_t i = 1; i <= x->t->shapes_count; i++)
        if (x->t->shapes[i].year < x->wish.year) out->shapes[++out->shapes_count] = x->t->shapes[i];
    for (int month = 1; month <= 12; month++)
        out->shapes[++out->shapes_count] =
            (struct shape_row){.common = {.low = NO_VALUE, .high = NO_VALUE}, .shape = season_name,
                               .year = x->wish.year, .month = month, .weight = x->season[month]};
    return AP_OK;
}

// Rows that were known: those whose date lies before the year.
static enum ap_status others_make(const struct making *x) {
    const struct tables *t = x->t;
    struct tables *out = x->out;
    day_number begins = day_from_date(x->wish.year, 1, 1);
    out->losses = TAKE(x->arena, (size_t)t->losses_count + 1, struct loss_row);
    out->shares = TAKE(x->arena, (size_t)t->shares_count + 1, struct share_row);
    out->shocks = TAKE(x->arena, (size_t)t->shocks_count + 1, struct shock_row);
    if (!out->losses || !out->shares || !out->shocks) return AP_NO_MEMORY;
    out->losses_count = out->shares_count = out->shocks_count = 0;
    for (uint32_t i = 1; i <= t->losses_count; i++)
        if (t->losses[i].month < begins) out->losses[++out->losses_count] = t->losses[i];
    for (uint32_t i = 1; i <= t->shares_count; i++)
        if (t->shares[i].year < x->wish.year) out->shares[++out->shares_count] = t->shares[i];
    for (uint32_t i = 1; i <= t->shocks_count; i++)
        if (t->shocks[i].from < begins) out->shocks[++out->shocks_count] = t->shocks[i];
    return AP_OK;
}

enum ap_status forecast_tables_make(const struct tables *t, struct forecast_wish wish, struct arena *a,
                                    struct tables *out, bool *possible) {
    struct making x = {.t = t, .wish = wish, .out = out, .arena = a};
    *out = *t;
    *possible = season_before(t, wish.year, x.season);
    if (!*possible) return AP_OK;
    out->settings.from = day_from_date(wish.year, 1, 1);
    out->settings.until = wish.until;
#define TABLE_EMPTY(table, row, COLUMNS, keys, main, required, meaning) out->table##_count = 0;
    CHARGING_TABLES(TABLE_EMPTY)
#undef TABLE_EMPTY
    TRY(volumes_make(&x, possible));
    TRY(shapes_make(&x));
    return others_make(&x);
}
