// The rules. Each takes the statements that speak about the same thing, lets rounding explain what it can, and keeps
// what is left. Figures that several sources revise are tried in every combination: one that fits is enough.
#include "study/audit.h"

#include <stdlib.h>
#include <string.h>

static const char *const rule_names[] = {
#define RULE_NAME(rule, meaning) #rule,
    AUDIT_RULES(RULE_NAME)
#undef RULE_NAME
};
static const char *const rule_meanings[] = {
#define RULE_MEANING(rule, meaning) meaning,
    AUDIT_RULES(RULE_MEANING)
#undef RULE_MEANING
};

// Shares: part / whole. Both in the same period.
static const struct {
    const char *share, *part, *whole;
} share_rules[] = {
    {"nev_share", "nev_output", "vehicle_output"},
    {"capacity_use", "vehicle_output", "vehicle_capacity"},
};

const char *audit_rule_name(enum audit_rule rule) {
    return rule_names[rule];
}

const char *audit_rule_meaning(enum audit_rule rule) {
    return rule_meanings[rule];
}

static double magnitude(double value) {
    return value < 0 ? -value : value;
}

static bool speaks_of(const struct statement *s, const char *series, struct period p) {
    return strcmp(s->series, series) == 0 && period_same(s->period, p);
}

static bool is_level(const struct statement *s) {
    return s->kind == STATES_LEVEL || s->kind == STATES_ABOVE;
}

// How far rounding moves it, relative: a growth of g stands for the factor 1 + g.
static double slack_of(const struct statement *s) {
    bool growth = s->kind == STATES_GROWTH || s->kind == STATES_AVERAGE;
    return s->half / magnitude(growth ? 1 + s->value : s->value);
}

static enum ap_status conflict_add(struct audit *a, struct conflict c) {
    if (a->conflict_count == a->conflict_room) {
        uint32_t room = a->conflict_room ? a->conflict_room * 2 : 32;
        struct conflict *more = TAKE(&a->arena, room, struct conflict);
        if (!more) return AP_NO_MEMORY;
        if (a->conflict_count) memcpy(more, a->conflicts, a->conflict_count * sizeof *more);
        a->conflicts = more;
        a->conflict_room = room;
    }
    a->conflicts[a->conflict_count++] = c;
    return AP_OK;
}

// --- growths against levels

// The claim joins `before` to `now`, `steps` years later. What it makes of `before`, and whether that fits.
static struct conflict join_try(const struct statement *claim, const struct statement *now,
                                const struct statement *before, int steps) {
    struct conflict c = {.claim = *claim, .against = {*now, *before},
                         .rule = steps == 1 && claim->kind == STATES_GROWTH ? RULE_growth_against_levels
                                                                            : RULE_average_against_levels};
    double factor = power_own(1 + claim->value, steps);
    c.implied = now->value / factor;
    c.computed = power_own(now->value / before->value, 1.0 / steps) - 1;
    c.size = c.implied / before->value - 1;
    c.tolerance = slack_of(now) + slack_of(before) + steps * slack_of(claim);
    c.at_least = now->kind == STATES_ABOVE;
    return c;
}

static bool join_fits(const struct conflict *c) {
    const struct statement *now = &c->against[0], *before = &c->against[1];
    if (now->kind == STATES_ABOVE && before->kind == STATES_ABOVE) return true;
    if (now->kind == STATES_ABOVE) return c->size <= c->tolerance;
    if (before->kind == STATES_ABOVE) return c->size >= -c->tolerance;
    return magnitude(c->size) <= c->tolerance;
}

// Exact levels are better than bounds: with an exact one at hand, bounds are left to the rule of two levels.
static bool has_exact(const struct audit *a, const char *series, struct period p) {
    for (uint32_t i = 0; i < a->statement_count; i++)
        if (speaks_of(&a->statements[i], series, p) && a->statements[i].kind == STATES_LEVEL) return true;
    return false;
}

static bool usable(const struct audit *a, const struct statement *s, const char *series, struct period p) {
    return speaks_of(s, series, p) && is_level(s) && (s->kind == STATES_LEVEL || !has_exact(a, series, p));
}

// The level now that brings the claim nearest to this level before; false when one fits.
static bool join_nearest(const struct audit *a, const struct statement *claim, struct period now,
                         const struct statement *before, struct conflict *out) {
    int steps = claim->kind == STATES_GROWTH
                    ? 1
                    : date_from_day(claim->period.until).year - date_from_day(claim->period.from).year;
    bool found = false;
    for (uint32_t i = 0; i < a->statement_count; i++) {
        const struct statement *s = &a->statements[i];
        if (!usable(a, s, claim->series, now)) continue;
        struct conflict c = join_try(claim, s, before, steps);
        if (join_fits(&c)) return false;
        if (!found || magnitude(c.size) < magnitude(out->size)) *out = c;
        found = true;
    }
    return found;
}

static bool join_periods(const struct statement *claim, struct period *now, struct period *before) {
    if (claim->kind == STATES_GROWTH) {
        *now = claim->period;
        *before = period_year_before(claim->period);
        return period_month_count(claim->period) > 0 && claim->value > -1;
    }
    if (claim->kind != STATES_AVERAGE || claim->period.kind != PERIOD_YEARS) return false;
    *now = period_year(date_from_day(claim->period.until).year);
    *before = period_year(date_from_day(claim->period.from).year);
    return claim->value > -1;
}

static enum ap_status growth_check(struct audit *a, const struct statement *claim) {
    struct period now, before;
    if (!join_periods(claim, &now, &before)) return AP_OK;
    uint32_t first = a->conflict_count, tried = 0;
    for (uint32_t i = 0; i < a->statement_count; i++) {
        const struct statement *s = &a->statements[i];
        struct conflict c;
        if (!usable(a, s, claim->series, before)) continue;
        if (join_nearest(a, claim, now, s, &c)) TRY(conflict_add(a, c));
        tried++;
    }
    // One pair of levels that fits clears the claim; that the levels differ is another conflict.
    if (a->conflict_count - first < tried) a->conflict_count = first;
    return AP_OK;
}

// --- two statements of one thing

static enum ap_status pair_check(struct audit *a, const struct statement *x, const struct statement *y) {
    bool growth = x->kind == STATES_GROWTH || x->kind == STATES_AVERAGE;
    if (x->derived && y->derived) return AP_OK;       // an echo of the figures they were worked out from
    if (growth && y->kind != x->kind) return AP_OK;
    if (!growth && !(is_level(x) && is_level(y))) return AP_OK;
    if (x->kind == STATES_ABOVE && y->kind == STATES_ABOVE) return AP_OK;
    struct conflict c = {.rule = growth ? RULE_two_growths : RULE_two_levels, .claim = *x,
                         .against = {*y}, .computed = y->value, .implied = x->value};
    c.size = growth ? (1 + x->value) / (1 + y->value) - 1 : x->value / y->value - 1;
    c.tolerance = slack_of(x) + slack_of(y);
    if (x->kind == STATES_ABOVE && c.size <= c.tolerance) return AP_OK;
    if (y->kind == STATES_ABOVE && c.size >= -c.tolerance) return AP_OK;
    c.at_least = x->kind == STATES_ABOVE;
    return magnitude(c.size) > c.tolerance ? conflict_add(a, c) : AP_OK;
}

static enum ap_status pairs_check(struct audit *a) {
    for (uint32_t i = 0; i < a->statement_count; i++) {
        for (uint32_t k = i + 1; k < a->statement_count; k++) {
            const struct statement *x = &a->statements[i], *y = &a->statements[k];
            if (strcmp(x->series, y->series) != 0) continue;
            bool same = period_same(x->period, y->period);
            if (same) TRY(pair_check(a, x, y));
        }
    }
    return AP_OK;
}

// --- one statement whose row gives a range

// The end of the range that lies further away, when rounding does not reach it.
static enum ap_status range_check(struct audit *a, const struct statement *s) {
    bool judged = s->kind != STATES_LEVEL || s->low != s->low || s->high != s->high || !s->note || !*s->note;
    if (judged) return AP_OK;
    double far = s->value - s->low > s->high - s->value ? s->low : s->high;
    struct statement other = *s;
    other.value = far;
    other.half = half_unit_of(far, STATES_LEVEL);
    other.sources = s->note;
    struct conflict c = {.rule = RULE_level_range, .claim = *s, .against = {other}, .computed = far,
                         .implied = s->value, .size = s->value / far - 1};
    c.tolerance = slack_of(s) + slack_of(&other);
    return magnitude(c.size) > c.tolerance ? conflict_add(a, c) : AP_OK;
}

// --- parts of a period against the whole

static enum ap_status part_check(struct audit *a, const struct statement *part, const struct statement *whole) {
    if (strcmp(part->series, whole->series) != 0 || !is_level(part) || whole->kind != STATES_LEVEL ||
        period_same(part->period, whole->period) || !period_within(part->period, whole->period) ||
        !series_adds_up(part->series))
        return AP_OK;
    struct conflict c = {.rule = RULE_part_above_whole, .claim = *part, .against = {*whole},
                         .computed = whole->value, .implied = part->value, .at_least = true};
    c.size = part->value / whole->value - 1;
    c.tolerance = slack_of(part) + slack_of(whole);
    return c.size > c.tolerance ? conflict_add(a, c) : AP_OK;
}

// The longest level that begins on this day and lies inside the whole, but for the whole itself.
static const struct statement *piece_from(const struct audit *a, const struct statement *whole, day_number day) {
    const struct statement *best = NULL;
    for (uint32_t i = 0; i < a->statement_count; i++) {
        const struct statement *s = &a->statements[i];
        if (s->kind != STATES_LEVEL || strcmp(s->series, whole->series) != 0 || s->period.from != day ||
            !period_within(s->period, whole->period) || period_same(s->period, whole->period))
            continue;
        if (!best || s->period.until > best->period.until) best = s;
    }
    return best;
}

static day_number next_month(day_number day) {
    struct date d = date_from_day(day);
    return day - d.day + 1 + days_in_month(d.year, d.month);
}

// Disjoint pieces from left to right. Without a hole they must make the whole, with holes not more than it.
static enum ap_status parts_check(struct audit *a, const struct statement *whole) {
    if (whole->kind != STATES_LEVEL || !series_adds_up(whole->series)) return AP_OK;
    struct statement sum = {.series = whole->series, .period = whole->period, .kind = STATES_LEVEL,
                            .row = whole->row, .sources = "sum of the published parts"};
    uint32_t pieces = 0;
    bool hole = false;
    day_number day = whole->period.from;
    while (day <= whole->period.until) {
        const struct statement *piece = piece_from(a, whole, day);
        hole |= !piece;
        day = piece ? piece->period.until + 1 : next_month(day);
        if (!piece) continue;
        sum.value += piece->value;
        sum.half += piece->half;
        sum.derived |= piece->derived;
        pieces++;
    }
    if (pieces < 2) return AP_OK;
    struct conflict c = {.rule = RULE_parts_against_whole, .claim = sum, .against = {*whole},
                         .computed = whole->value, .implied = sum.value, .at_least = hole};
    c.size = sum.value / whole->value - 1;
    c.tolerance = slack_of(&sum) + slack_of(whole);
    bool wrong = c.size > c.tolerance || (!hole && c.size < -c.tolerance);
    return wrong ? conflict_add(a, c) : AP_OK;
}

// --- shares, and stocks with what was added

// A claim about two levels, each of a series and period, and what the claim makes of a pair of them.
struct pair_rule {
    const char   *series[2];
    struct period periods[2];
    struct conflict (*hold)(const struct statement *claim, const struct statement *x, const struct statement *y);
};

static bool is_level_of(const struct statement *s, const char *series, struct period p) {
    return s->kind == STATES_LEVEL && speaks_of(s, series, p);
}

// Tries every second level beside this first one; false when one fits.
static bool seconds_try(const struct audit *a, const struct statement *claim, const struct pair_rule *rule,
                        const struct statement *first, struct conflict *nearest) {
    for (uint32_t i = 0; i < a->statement_count; i++) {
        const struct statement *second = &a->statements[i];
        if (!is_level_of(second, rule->series[1], rule->periods[1])) continue;
        struct conflict c = rule->hold(claim, first, second);
        if (magnitude(c.size) <= c.tolerance) return false;
        if (!nearest->claim.series || magnitude(c.size) < magnitude(nearest->size)) *nearest = c;
    }
    return true;
}

// Held against every pair; the nearest one is kept unless one fits.
static enum ap_status pair_rule_check(struct audit *a, const struct statement *claim, const struct pair_rule *rule) {
    struct conflict nearest = {.size = 0};
    for (uint32_t i = 0; i < a->statement_count; i++) {
        const struct statement *first = &a->statements[i];
        if (!is_level_of(first, rule->series[0], rule->periods[0])) continue;
        if (!seconds_try(a, claim, rule, first, &nearest)) return AP_OK;
    }
    return nearest.claim.series ? conflict_add(a, nearest) : AP_OK;
}

static struct conflict share_hold(const struct statement *share, const struct statement *whole,
                                  const struct statement *part) {
    struct conflict c = {.rule = RULE_share_against_levels, .claim = *share, .against = {*whole, *part},
                         .computed = part->value / whole->value, .implied = share->value * whole->value};
    c.size = c.implied / part->value - 1;
    c.tolerance = slack_of(share) + slack_of(part) + slack_of(whole);
    return c;
}

static enum ap_status shares_check(struct audit *a, const struct statement *s) {
    struct pair_rule rule = {{NULL, NULL}, {s->period, s->period}, share_hold};
    for (size_t i = 0; i < sizeof share_rules / sizeof *share_rules; i++) {
        if (strcmp(s->series, share_rules[i].share) != 0 || s->kind != STATES_LEVEL) continue;
        rule.series[0] = share_rules[i].whole;
        rule.series[1] = share_rules[i].part;
        TRY(pair_rule_check(a, s, &rule));
    }
    return AP_OK;
}

static struct conflict added_hold(const struct statement *added, const struct statement *end,
                                  const struct statement *start) {
    struct conflict c = {.rule = RULE_added_against_stock, .claim = *added, .against = {*end, *start},
                         .computed = end->value - start->value, .implied = end->value - added->value};
    c.size = c.implied / start->value - 1;
    c.tolerance = (added->half + end->half + start->half) / start->value;
    return c;
}

// X_added of a year is X at its end less X at the end of the year before.
static enum ap_status added_check(struct audit *a, const struct statement *added) {
    size_t whole = strlen(added->series), stem = whole - strlen("_added");
    if (added->kind != STATES_LEVEL || whole <= strlen("_added") || strcmp(added->series + stem, "_added") != 0)
        return AP_OK;
    const char *stock = text_copy(&a->arena, added->series, stem);
    if (!stock) return AP_NO_MEMORY;
    struct pair_rule rule = {{stock, stock}, {added->period, period_year_before(added->period)}, added_hold};
    return pair_rule_check(a, added, &rule);
}

// --- all rules

static bool conflict_derived(const struct conflict *c) {
    return c->claim.derived || c->against[0].derived || (c->against[1].series && c->against[1].derived);
}

static int conflict_order(const void *x, const void *y) {
    const struct conflict *a = x, *b = y;
    int by_evidence = conflict_derived(a) - conflict_derived(b);
    if (by_evidence) return by_evidence;
    double left = magnitude(a->size) - a->tolerance, right = magnitude(b->size) - b->tolerance;
    if (left != right) return left < right ? 1 : -1;
    int by_name = strcmp(a->claim.series, b->claim.series);
    if (by_name) return by_name;
    if (a->claim.period.from != b->claim.period.from) return a->claim.period.from < b->claim.period.from ? -1 : 1;
    return (int)a->rule - (int)b->rule;
}

enum ap_status audit_run(const struct tables *t, struct audit *out) {
    memset(out, 0, sizeof *out);
    TRY(statements_collect(t, out));
    TRY(pairs_check(out));
    for (uint32_t i = 0; i < out->statement_count; i++) {
        const struct statement *s = &out->statements[i];
        TRY(growth_check(out, s));
        TRY(range_check(out, s));
        TRY(parts_check(out, s));
        TRY(shares_check(out, s));
        TRY(added_check(out, s));
        for (uint32_t k = 0; k < out->statement_count; k++)
            TRY(part_check(out, &out->statements[k], s));
    }
    if (out->conflict_count)
        qsort(out->conflicts, out->conflict_count, sizeof *out->conflicts, conflict_order);
    return AP_OK;
}

void audit_free(struct audit *a) {
    arena_free(&a->arena);
    memset(a, 0, sizeof *a);
}
