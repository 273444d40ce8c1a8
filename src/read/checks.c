// Checks of one row's cells against each other, for every table by its columns' names, and sums over rows.
#include "read/checks.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "read/spelling.h"

// A column's number as written in its cell; NAN: empty, or no number.
static double number_of(const struct table_read *t, uint32_t row, uint32_t slot) {
    const void *field = field_of(t, row, slot);
    switch (t->schema->columns[slot].kind) {
    case COLUMN_INT: return (double)*(const int64_t *)field;
    case COLUMN_REAL: return *(const double *)field;
    case COLUMN_YUAN:
        if (*(const int64_t *)field == YUAN_NONE) return (double)NAN;
        return (double)*(const int64_t *)field / 100;
    default: return (double)NAN;
    }
}

static double size_of(double x) {
    return x < 0 ? -x : x;
}

// What is wrong with a range, NULL: nothing. quoted[40] gets the figures.
static const char *range_fault(const struct row_common *c, double value, struct bounds b, char quoted[80]) {
    bool low = c->low == c->low, high = c->high == c->high;
    snprintf(quoted, 80, "%.15g..%.15g", c->low, c->high);
    if (!low && !high) return c->law == LAW_NONE ? NULL : "a law needs low and high";
    if (!low || !high) return "low and high come together";
    if (c->law == LAW_NONE) return "low and high need a law: uniform, triangular or loguniform";
    if (c->low > c->high) return "low lies above high";
    bool possible = c->high <= b.high && (b.above ? c->low > b.low : c->low >= b.low);
    if (!possible) return "no value may lie as far out as this";
    if (c->law == LAW_LOGUNIFORM && c->low <= 0) return "loguniform needs a low above 0";
    double slack = 1e-9 * (size_of(c->low) + size_of(c->high));   // figures written with few digits
    bool outside = value == value && (value < c->low - slack || value > c->high + slack);
    if (outside) snprintf(quoted, 80, "%.15g not in %.15g..%.15g", value, c->low, c->high);
    return outside ? "the value lies outside low and high" : NULL;
}

void setting_range_check(struct reader *r, const struct row_common *common, double value, struct bounds b) {
    char quoted[80];
    const struct spot *spot = &r->setting_spot[common - r->out->setting_common];
    const char *fault = range_fault(common, value, b, quoted);
    if (fault) complain(r->c, spot->at, spot->column, spot->text, "RANGE", NULL, "%s: \"%s\"", fault, quoted);
}

static void row_range_check(struct reader *r, const struct table_read *t, uint32_t row) {
    char quoted[80];
    const struct row_common *common = common_of(t, row);
    double value = t->main >= 0 ? number_of(t, row, (uint32_t)t->main) : (double)NAN;
    bool none = t->main >= 0 && t->schema->columns[t->main].kind == COLUMN_REAL && value == REAL_NONE;
    struct bounds b = t->main >= 0 ? t->bounds[t->main] : (struct bounds){-1e18, 1e18, false};
    const char *fault = range_fault(common, none ? (double)NAN : value, b, quoted);
    if (!fault && t->main < 0 && common->law != LAW_NONE) fault = "this table has no column that a range could be of";
    if (!fault) return;
    struct row_place place = {t, row, slot_common(t->schema, COMMON_LOW), quoted};
    row_complain(r, &place, "RANGE", NULL, fault);
}

// In every table with both: `from` is not after `until`.
static void row_dates_check(struct reader *r, const struct table_read *t, uint32_t row) {
    int from = column_by_name(t->schema, "from", 4), until = column_by_name(t->schema, "until", 5);
    if (from < 0 || until < 0) return;
    day_number first = *(const day_number *)field_of(t, row, (uint32_t)from);
    day_number last = *(const day_number *)field_of(t, row, (uint32_t)until);
    if (first == DATE_NONE || last == DATE_NONE || first <= last) return;
    char date[11];
    date_format(last, date);
    struct row_place place = {t, row, (uint32_t)until, date};
    row_complain(r, &place, "DATES_REVERSED", NULL, "the last day lies before the first");
}

#define SLOT(r, table, column) ((uint32_t)column_by_name((r)->tables[TABLE_##table].schema, #column, strlen(#column)))

static void fault_complain(struct reader *r, struct row_place place, const char *rule, const char *sentence) {
    char value[40] = "";
    if (!place.value) {
        snprintf(value, sizeof value, "%.15g", number_of(place.t, place.row, place.slot));
        place.value = value;
    }
    row_complain(r, &place, rule, NULL, sentence);
}

static void shift_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct shift_row *shift = (const void *)row_of(t, row);
    if (strspn(shift->days, "01") != 7 || strlen(shift->days) != 7) {
        fault_complain(r, (struct row_place){t, row, SLOT(r, shifts, days), shift->days}, "SHIFT_DAYS",
                       "days are seven digits 0 or 1, Monday first: 1111100");
    }
    if (shift->until_hour <= shift->from_hour) {
        fault_complain(r, (struct row_place){t, row, SLOT(r, shifts, until_hour), NULL}, "SHIFT_HOURS",
                       "a shift ends after it begins; split it at midnight");
    }
}

static void enterprise_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct enterprise_row *e = (const void *)row_of(t, row);
    if (e->ttr_low_days <= e->ttr_mode_days && e->ttr_mode_days <= e->ttr_high_days) return;
    fault_complain(r, (struct row_place){t, row, SLOT(r, enterprises, ttr_mode_days), NULL}, "TTR_ORDER",
                   "the most likely time to recover must lie between low and high");
}

static void stock_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct stock_row *stock = (const void *)row_of(t, row);
    if (stock->policy == POLICY_S_S && stock->reorder_at > stock->order_up_to) {
        fault_complain(r, (struct row_place){t, row, SLOT(r, stocks, reorder_at), NULL}, "POLICY",
                       "s_S orders at or below reorder_at up to order_up_to, so reorder_at cannot be the larger");
    }
}

static void shop_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct shop_row *shop = (const void *)row_of(t, row);
    if (shop->failures != FAILURES_NONE && (shop->up_hours <= 0 || shop->down_hours <= 0)) {
        fault_complain(r, (struct row_place){t, row, SLOT(r, shops, up_hours), NULL}, "FAILURES",
                       "a shop with failures needs up_hours and down_hours above 0");
    }
}

static void reported_check(struct reader *r, const struct table_read *t, uint32_t row) {
    const struct reported_row *reported = (const void *)row_of(t, row);
    struct period p;
    if (period_parse(reported->period, &p)) return;
    fault_complain(r, (struct row_place){t, row, SLOT(r, reported, period), reported->period}, "NOT_A_PERIOD",
                   "a period is 2023, 2018-2022, 2023-08 or 2023-01..2023-08");
}

// The audit reads claims by these words.
static void claim_check(struct reader *r, const struct table_read *t, uint32_t row) {
    static const char claims[] = "level|level above|growth|average growth a year|cumulative";
    const struct claim_row *claim = (const void *)row_of(t, row);
    struct period p;
    if (!period_parse_claim(claim->year, claim->period, &p)) {
        fault_complain(r, (struct row_place){t, row, SLOT(r, claims, period), claim->period}, "NOT_A_PERIOD",
                       "a claim's period is year, Jan, Jan-Aug, Q1, Q1-Q3, H1, 2018-2022 or 2023-01..2023-08");
    }
    if (choice_index(claims, claim->claim, strlen(claim->claim)) >= 0) return;
    char better[SPELLING_BYTES];
    struct row_place place = {t, row, SLOT(r, claims, claim), claim->claim};
    row_complain(r, &place, "UNKNOWN_CLAIM", choice_spelling(claims, claim->claim, better) ? better : NULL,
                 "a claim is a level, level above, growth, average growth a year or cumulative");
}

typedef void (*row_check)(struct reader *r, const struct table_read *t, uint32_t row);

static const struct {
    enum table_id table;
    row_check     check;
} row_checks[] = {
    {TABLE_shifts, shift_check}, {TABLE_enterprises, enterprise_check}, {TABLE_stocks, stock_check},
    {TABLE_shops, shop_check},   {TABLE_reported, reported_check},
    {TABLE_claims, claim_check},
};

static void table_check(struct reader *r, const struct table_read *t, row_check own) {
    for (uint32_t row = 1; row <= t->count; row++) {
        if (t->notes[row].faulty) continue;
        row_range_check(r, t, row);
        row_dates_check(r, t, row);
        if (own) own(r, t, row);
    }
}

void rows_check(struct reader *r) {
    for (int id = 0; id < TABLE_COUNT; id++) {
        row_check own = NULL;
        for (size_t i = 0; i < sizeof row_checks / sizeof row_checks[0]; i++) {
            if (row_checks[i].table == (enum table_id)id) own = row_checks[i].check;
        }
        table_check(r, &r->tables[id], own);
    }
}

// Sums need every row: a table with a faulty row would only repeat its complaints.
static bool whole(const struct table_read *t) {
    return !t->unreadable && !t->faulty;
}

static enum ap_status takes_check(struct reader *r) {
    const struct table_read *t = &r->tables[TABLE_variants], *platforms = &r->tables[TABLE_platforms];
    if (t->unreadable || platforms->unreadable) return AP_OK;
    double *sum = TAKE(&r->scratch, platforms->count + 1, double);
    uint32_t *first = TAKE(&r->scratch, platforms->count + 1, uint32_t);
    bool *faulty = TAKE(&r->scratch, platforms->count + 1, bool);
    if (!sum || !first || !faulty) return AP_NO_MEMORY;
    for (uint32_t row = t->count; row >= 1; row--) {
        const struct variant_row *variant = (const void *)row_of(t, row);
        sum[variant->platform] += variant->take;
        first[variant->platform] = row;
        faulty[variant->platform] |= t->notes[row].faulty;
    }
    if (faulty[0]) return AP_OK;                        // of an unknown platform: it is missing somewhere
    for (uint32_t p = 1; p <= platforms->count; p++) {
        if (first[p] == 0 || faulty[p] || size_of(sum[p] - 1) <= 1e-6) continue;
        char sentence[200];
        const char *name = ((const struct platform_row *)(const void *)row_of(platforms, p))->platform;
        snprintf(sentence, sizeof sentence, "the takes of the variants of platform %.80s must sum to 1, and sum to",
                 name);
        char value[40];
        snprintf(value, sizeof value, "%.10g", sum[p]);
        struct row_place place = {t, first[p], SLOT(r, variants, take), value};
        row_complain(r, &place, "TAKE_SUM", NULL, sentence);
    }
    return AP_OK;
}

// Names the group a row belongs to, in the buffer of 120 bytes.
typedef const char *(*group_name)(const struct table_read *t, uint32_t row, char *buffer);

// Rows that are scaled to sum to 1 need a sum above 0: of each group of rows with the same first and second keys.
static enum ap_status scaled_check(struct reader *r, enum table_id id, uint32_t slot, group_name group) {
    const struct table_read *t = &r->tables[id];
    if (!whole(t)) return AP_OK;
    struct text_set positive = {0}, told = {0};
    if (!text_set_make(&positive, t->count, &r->scratch)) return AP_NO_MEMORY;
    if (!text_set_make(&told, t->count, &r->scratch)) return AP_NO_MEMORY;
    char buffer[120];
    for (uint32_t row = 1; row <= t->count; row++) {
        if (number_of(t, row, slot) <= 0) continue;
        const char *name = group(t, row, buffer), *copy = text_copy(&r->scratch, name, strlen(name));
        if (!copy) return AP_NO_MEMORY;
        text_set_add(&positive, copy);
    }
    for (uint32_t row = 1; row <= t->count; row++) {
        const char *name = group(t, row, buffer);
        if (text_set_has(&positive, name)) continue;
        const char *copy = text_copy(&r->scratch, name, strlen(name));
        if (!copy) return AP_NO_MEMORY;
        if (text_set_add(&told, copy)) continue;
        struct row_place place = {t, row, slot, copy};
        row_complain(r, &place, "SHARE_SUM", "give at least one row a value above 0", "these rows sum to 0");
    }
    return AP_OK;
}

static const char *shape_group(const struct table_read *t, uint32_t row, char *buffer) {
    const struct shape_row *shape = (const void *)row_of(t, row);
    snprintf(buffer, 120, "%.80s %lld", shape->shape, (long long)shape->year);
    return buffer;
}

static const char *share_group(const struct table_read *t, uint32_t row, char *buffer) {
    snprintf(buffer, 120, "%lld", (long long)((const struct share_row *)(const void *)row_of(t, row))->year);
    return buffer;
}

static const char *build_group(const struct table_read *t, uint32_t row, char *buffer) {
    snprintf(buffer, 120, "%.100s", t->names[row * t->reference_count + 1]);
    return buffer;
}

// One market stands for the region and one for the rest of the country.
static void channels_check(struct reader *r) {
    const struct table_read *t = &r->tables[TABLE_markets];
    uint32_t first[CHANNEL_COUNT] = {0};
    for (uint32_t row = 1; row <= t->count; row++) {
        const struct market_row *market = (const void *)row_of(t, row);
        if (t->notes[row].faulty || market->channel == CHANNEL_EXPORT) continue;
        if (first[market->channel] != 0) {
            struct row_place place = {t, row, SLOT(r, markets, channel), market->market};
            row_complain(r, &place, "MARKET_CHANNEL", NULL, "only one market may be local and one domestic");
        }
        first[market->channel] = row;
    }
}

// Legs of a lane are numbered 1, 2, ... without a gap.
static enum ap_status legs_check(struct reader *r) {
    const struct table_read *t = &r->tables[TABLE_legs], *lanes = &r->tables[TABLE_lanes];
    if (!whole(t) || lanes->unreadable) return AP_OK;
    uint32_t *legs = TAKE(&r->scratch, lanes->count + 1, uint32_t);
    if (!legs) return AP_NO_MEMORY;
    for (uint32_t row = 1; row <= t->count; row++) legs[((const struct leg_row *)(const void *)row_of(t, row))->lane]++;
    for (uint32_t row = 1; row <= t->count; row++) {
        const struct leg_row *leg = (const void *)row_of(t, row);
        if (leg->leg <= legs[leg->lane]) continue;      // keys are unique: none above the count means 1 to the count
        fault_complain(r, (struct row_place){t, row, SLOT(r, legs, leg), NULL}, "LEG_GAP",
                       "the legs of a lane are numbered 1, 2, ... without a gap");
    }
    return AP_OK;
}

enum ap_status sums_check(struct reader *r) {
    TRY(takes_check(r));
    TRY(scaled_check(r, TABLE_shapes, SLOT(r, shapes, weight), shape_group));
    TRY(scaled_check(r, TABLE_shares, SLOT(r, shares, share), share_group));
    TRY(scaled_check(r, TABLE_builds, SLOT(r, builds, share), build_group));
    channels_check(r);
    return legs_check(r);
}
