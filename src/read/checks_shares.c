// The charging side, over many rows: tariffs cover the day, curves reach from empty to full, profiles have slots that
// fit their use, and shares sum to 1.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/checks_charging.h"
#include "read/name_list.h"

// Rows of a table by the text of their first column.
struct row_groups {
    const struct table_read *t;
    struct name_list names;
    uint32_t *group;               // [row]: its number
    uint32_t *first;               // [group]: its first row
    bool     *faulty;              // [group]: a row of it was complained about, more would repeat that
};

static enum ap_status groups_make(struct reader *r, enum table_id table, struct row_groups *out) {
    const struct table_read *t = &r->tables[table];
    *out = (struct row_groups){.t = t, .names = {.arena = &r->scratch}};
    out->group = TAKE(&r->scratch, t->count + 1, uint32_t);
    out->first = TAKE(&r->scratch, t->count + 2, uint32_t);
    out->faulty = TAKE(&r->scratch, t->count + 2, bool);
    if (!out->group || !out->first || !out->faulty) return AP_NO_MEMORY;
    for (uint32_t row = 1; row <= t->count; row++) {
        uint32_t group = name_number(&out->names, *(const char *const *)field_of(t, row, 0));
        if (group == 0) return AP_NO_MEMORY;
        out->group[row] = group;
        if (out->first[group] == 0) out->first[group] = row;
        out->faulty[group] |= t->notes[row].faulty;
    }
    return AP_OK;
}

// What must hold of groups of rows.
typedef enum ap_status (*groups_check)(struct reader *r, const struct row_groups *g);

static enum ap_status group_check(struct reader *r, enum table_id table, groups_check check) {
    struct row_groups g;
    if (r->tables[table].unreadable) return AP_OK;
    enum ap_status status = groups_make(r, table, &g);
    if (status == AP_OK) status = check(r, &g);
    name_list_free(&g.names);
    return status;
}

static void tariff_hole(struct reader *r, const struct row_groups *g, uint32_t group, uint32_t hours) {
    char sentence[160];
    int from = 0, until;
    while (hours >> from & 1) from++;
    for (until = from; until < 24 && !(hours >> until & 1);) until++;
    snprintf(sentence, sizeof sentence, "this tariff has no price from %d to %d o'clock", from, until);
    cell_fault(r, (struct cell_at){g->t, g->first[group], "tariff"}, "TARIFF_HOLE",
               "the rows of a tariff cover 0 to 24", sentence);
}

static enum ap_status tariffs_check(struct reader *r, const struct row_groups *g) {
    enum { WHOLE_DAY = (1 << 24) - 1 };
    uint32_t *hours = TAKE(&r->scratch, g->names.count + 1, uint32_t);
    if (!hours) return AP_NO_MEMORY;
    for (uint32_t row = 1; row <= g->t->count; row++) {
        const struct tariff_row *tariff = CHARGING_ROW(tariff_row, g->t, row);
        uint32_t group = g->group[row], own = 0;
        if (g->faulty[group]) continue;
        for (int64_t hour = tariff->from_hour; hour < tariff->until_hour; hour++) own |= 1U << hour;
        struct cell_at at = {g->t, row, own == 0 ? "until_hour" : "from_hour"};
        if (own == 0) cell_fault(r, at, "TARIFF_HOURS", "split it at midnight", "until_hour must lie above from_hour");
        else if (own & hours[group])
            cell_fault(r, at, "TARIFF_OVERLAP", NULL, "another row of the tariff has this hour too");
        hours[group] |= own == 0 ? WHOLE_DAY : own;    // a row without hours: what is missing was meant by it
    }
    for (uint32_t group = 1; group <= g->names.count; group++) {
        if (hours[group] != WHOLE_DAY && !g->faulty[group]) tariff_hole(r, g, group, hours[group]);
    }
    return AP_OK;
}

// Points may stand in any order: an overlay adds some at the end.
static enum ap_status curves_check(struct reader *r, const struct row_groups *g) {
    bool *empty = TAKE(&r->scratch, g->names.count + 1, bool), *full = TAKE(&r->scratch, g->names.count + 1, bool);
    if (!empty || !full) return AP_NO_MEMORY;
    for (uint32_t row = 1; row <= g->t->count; row++) {
        const struct curve_row *point = CHARGING_ROW(curve_row, g->t, row);
        empty[g->group[row]] |= point->soc == 0;
        full[g->group[row]] |= point->soc == 1;
    }
    for (uint32_t group = 1; group <= g->names.count; group++) {
        if (g->faulty[group] || (empty[group] && full[group])) continue;
        cell_fault(r, (struct cell_at){g->t, g->first[group], "curve"}, "CURVE_ENDS", "add a row with its power there",
                   empty[group] ? "this curve has no point at soc 1" : "this curve has no point at soc 0");
    }
    return AP_OK;
}

enum { DAYS_ALL, DAYS_WORKDAY, DAYS_RESTDAY, DAYS_KINDS, SLOTS_PER_DAY = 24, MONTHS = 12 };

// What the rows of a profile hold, and what it is used for.
struct profile_use {
    bool     daily, yearly;
    bool     there[DAYS_KINDS];
    double   sum[DAYS_KINDS];
    uint32_t months;               // bit per month
};

// Marks the profiles that a column names.
static void uses_mark(struct reader *r, const struct row_groups *g, struct profile_use *uses, enum table_id table,
                      const char *column) {
    const struct table_read *t = &r->tables[table];
    int slot = column_by_name(t->schema, column, strlen(column));
    ASSERT(slot >= 0);
    for (uint32_t row = 1; row <= t->count; row++) {
        const char *name = *(const char *const *)field_of(t, row, (uint32_t)slot);
        struct profile_use *use = &uses[name && name[0] ? name_find(&g->names, name) : 0];
        if (strcmp(column, "season") == 0) use->yearly = true;
        else use->daily = true;
    }
}

static void profile_slot_check(struct reader *r, const struct row_groups *g, uint32_t row,
                               const struct profile_use *use) {
    const struct profile_row *profile = CHARGING_ROW(profile_row, g->t, row);
    if (!use->yearly || use->daily) return;
    if (profile->slot < 1 || profile->slot > MONTHS) {
        cell_fault(r, (struct cell_at){g->t, row, "slot"}, "PROFILE_SLOT", NULL,
                   "a season has months 1 to 12 as its slots");
    } else if (profile->days != DAYS_ALL) {
        cell_fault(r, (struct cell_at){g->t, row, "days"}, "PROFILE_DAYS", "write all", "a season holds for all days");
    }
}

static void profile_check(struct reader *r, const struct row_groups *g, uint32_t group, const struct profile_use *use) {
    static const char *const zero[DAYS_KINDS] = {"all weights of this profile are 0",
                                                 "all weights of this profile's workdays are 0",
                                                 "all weights of this profile's restdays are 0"};
    struct cell_at at = {g->t, g->first[group], "profile"};
    for (int days = 0; days < DAYS_KINDS; days++) {
        if (use->there[days] && use->sum[days] <= 0) {
            cell_fault(r, at, "PROFILE_ZERO", "give at least one slot a weight above 0", zero[days]);
        }
    }
    if (use->daily && use->yearly) {
        cell_fault(r, at, "PROFILE_USE", "make one for each", "this profile is used by the hour and by the month");
    } else if (use->yearly && use->months != (1U << (MONTHS + 1)) - 2) {
        cell_fault(r, at, "PROFILE_MONTHS", "add a row for each month", "this season does not have all twelve months");
    }
    if (!use->there[DAYS_ALL] && use->there[DAYS_WORKDAY] != use->there[DAYS_RESTDAY]) {
        cell_fault(r, at, "PROFILE_DAYS", "add rows for the others, or for all days",
                   use->there[DAYS_WORKDAY] ? "this profile has no rows for restdays"
                                            : "this profile has no rows for workdays");
    }
}

static enum ap_status profiles_check(struct reader *r, const struct row_groups *g) {
    struct profile_use *uses = TAKE(&r->scratch, g->names.count + 1, struct profile_use);
    if (!uses) return AP_NO_MEMORY;
    uses_mark(r, g, uses, TABLE_ev_classes, "season");
    uses_mark(r, g, uses, TABLE_ev_classes, "home_profile");
    uses_mark(r, g, uses, TABLE_ev_classes, "leave_profile");
    uses_mark(r, g, uses, TABLE_ev_classes, "public_profile");
    uses_mark(r, g, uses, TABLE_feeders, "base_shape");
    uses_mark(r, g, uses, TABLE_streams, "profile");
    for (uint32_t row = 1; row <= g->t->count; row++) {
        const struct profile_row *profile = CHARGING_ROW(profile_row, g->t, row);
        struct profile_use *use = &uses[g->group[row]];
        if (g->faulty[g->group[row]]) continue;
        ASSERT(profile->days >= 0 && profile->days < DAYS_KINDS);
        use->there[profile->days] = true;
        use->sum[profile->days] += profile->weight;
        if (profile->slot >= 0 && profile->slot < SLOTS_PER_DAY) use->months |= 1U << profile->slot;
        profile_slot_check(r, g, row, use);
    }
    for (uint32_t group = 1; group <= g->names.count; group++) {
        uses[group].months &= (1U << (MONTHS + 1)) - 2;
        if (!g->faulty[group]) profile_check(r, g, group, &uses[group]);
    }
    return AP_OK;
}

static bool is_one(double sum) {
    return sum > 1 - 1e-6 && sum < 1 + 1e-6;
}

// Of the classes that vehicles join by share: those without rows in hailing.csv.
static enum ap_status class_shares_check(struct reader *r) {
    const struct table_read *t = &r->tables[TABLE_ev_classes], *hailing = &r->tables[TABLE_hailing];
    if (t->unreadable || hailing->unreadable) return AP_OK;
    uint8_t *hails = TAKE(&r->scratch, t->count + 1, uint8_t);
    if (!hails) return AP_NO_MEMORY;
    for (uint32_t row = 1; row <= hailing->count; row++) hails[CHARGING_ROW(hailing_row, hailing, row)->class] = 1;
    double sum = 0;
    uint32_t first = 0;
    for (uint32_t row = t->count; row >= 1; row--) {
        if (t->notes[row].faulty || hails[0]) return AP_OK;
        if (hails[row]) continue;
        sum += CHARGING_ROW(ev_class_row, t, row)->share;
        first = row;
    }
    if (first == 0 || is_one(sum)) return AP_OK;
    char value[40];
    snprintf(value, sizeof value, "%.10g", sum);
    int slot = column_by_name(t->schema, "share", 5);
    struct row_place place = {t, first, (uint32_t)slot, value};
    row_complain(r, &place, "SHARE_SUM", "classes with rows in hailing.csv are not counted",
                 "the shares of the classes must sum to 1, and sum to");
    return AP_OK;
}

// One class and year of homes.csv.
struct homes_key {
    uint32_t class;
    int64_t  year;
};

static struct homes_key homes_key(const struct table_read *t, uint32_t row) {
    const struct home_row *home = CHARGING_ROW(home_row, t, row);
    return (struct homes_key){home->class, home->from_year};
}

// homes.csv has few rows: a class, a year and four kinds.
static void homes_check(struct reader *r) {
    const struct table_read *t = &r->tables[TABLE_homes];
    if (t->unreadable) return;
    int slot = column_by_name(t->schema, "share", 5);
    for (uint32_t row = 1; row <= t->count; row++) {
        struct homes_key key = homes_key(t, row);
        double sum = 0;
        bool first = true, faulty = false;
        for (uint32_t other = 1; other <= t->count; other++) {
            struct homes_key its = homes_key(t, other);
            if (its.class != key.class || its.year != key.year) continue;
            first &= other >= row;
            faulty |= t->notes[other].faulty;
            sum += CHARGING_ROW(home_row, t, other)->share;
        }
        if (!first || faulty || is_one(sum)) continue;
        char sentence[160], value[40];
        snprintf(sentence, sizeof sentence, "the homes of a class and year must sum to 1, and from %lld they sum to",
                 (long long)key.year);
        snprintf(value, sizeof value, "%.10g", sum);
        struct row_place place = {t, row, (uint32_t)slot, value};
        row_complain(r, &place, "SHARE_SUM", NULL, sentence);
    }
}

// Sums a column over the rows that name the same row of another table; a sum that is not allowed is told at its first.
struct sum_rule {
    enum table_id table;
    const char   *by, *column;     // by: a REF; column: a REAL
    double        low, high;
    bool          above;           // the sum must lie above low
    const char   *rule, *suggestion, *sentence;
};

static const struct sum_rule sum_rules[] = {
    {TABLE_class_types, "class", "weight", 0, 1e18, true, "SHARE_SUM", "give at least one row a value above 0",
     "the weights of the types of a class sum to"},
    {TABLE_feeders, "district", "homes_share", 0, 1 + 1e-6, false, "SHARE_SUM", NULL,
     "the homes of a district hang on its feeders at most once, and their shares sum to"},
};

static enum ap_status sum_check(struct reader *r, const struct sum_rule *rule) {
    const struct table_read *t = &r->tables[rule->table];
    int by = column_by_name(t->schema, rule->by, strlen(rule->by));
    int column = column_by_name(t->schema, rule->column, strlen(rule->column));
    ASSERT(by >= 0 && column >= 0);
    if (t->unreadable) return AP_OK;
    const struct table_read *target = &r->tables[t->target[by]];
    double *sum = TAKE(&r->scratch, target->count + 1, double);
    uint32_t *first = TAKE(&r->scratch, target->count + 1, uint32_t);
    bool *faulty = TAKE(&r->scratch, target->count + 1, bool);
    if (!sum || !first || !faulty) return AP_NO_MEMORY;
    for (uint32_t row = t->count; row >= 1; row--) {
        uint32_t named = *(const uint32_t *)field_of(t, row, (uint32_t)by);
        sum[named] += *(const double *)field_of(t, row, (uint32_t)column);
        first[named] = row;
        faulty[named] |= t->notes[row].faulty;
    }
    for (uint32_t named = 1; named <= target->count; named++) {
        bool good = sum[named] <= rule->high && (rule->above ? sum[named] > rule->low : sum[named] >= rule->low);
        if (first[named] == 0 || good || faulty[named]) continue;
        char value[40];
        snprintf(value, sizeof value, "%.10g", sum[named]);
        struct row_place place = {t, first[named], (uint32_t)column, value};
        row_complain(r, &place, rule->rule, rule->suggestion, rule->sentence);
    }
    return AP_OK;
}

enum ap_status shares_check(struct reader *r) {
    TRY(group_check(r, TABLE_tariffs, tariffs_check));
    TRY(group_check(r, TABLE_curves, curves_check));
    TRY(group_check(r, TABLE_profiles, profiles_check));
    TRY(class_shares_check(r));
    homes_check(r);
    for (size_t i = 0; i < sizeof sum_rules / sizeof *sum_rules; i++) TRY(sum_check(r, &sum_rules[i]));
    return AP_OK;
}
