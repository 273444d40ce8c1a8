// The plan of a stress test: which rows, from which dates, how far; and its memory.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/stress_values.h"

enum { DAYS_BEFORE_FESTIVAL = 7, DAYS_CLOSED_LONG = 3 };

static void refuse(const struct tables *t, struct complaints *c, const char *rule, const char *suggestion,
                   const char *words) {
    complain(c, (struct source){t->folder, 0}, 0, NULL, rule, suggestion, "%s", words);
}

// --- dates

static bool holiday_on(const struct tables *t, day_number day) {
    for (uint32_t i = 1; i <= t->holidays_count; i++)
        if (day >= t->holidays[i].from && day <= t->holidays[i].until) return true;
    return false;
}

// The longest closure that begins in January or February is the Spring Festival; false: the year has none.
static bool festival_find(const struct tables *t, int year, day_number *first, day_number *last) {
    int32_t longest = DAYS_CLOSED_LONG - 1;
    for (day_number day = day_from_date(year, 1, 2); day < day_from_date(year, 3, 1); day++) {
        if (!holiday_on(t, day) || holiday_on(t, day - 1)) continue;
        day_number end = day;
        while (holiday_on(t, end + 1)) end++;
        if (end - day + 1 <= longest) continue;
        longest = end - day + 1;
        *first = day;
        *last = end;
    }
    return longest >= DAYS_CLOSED_LONG;
}

// M-13.2: a week before the Spring Festival, the day after it, the first of June and of September; without a festival
// the first days of the quarters. Of the bulletin's year when the scenario covers it, else of its first year.
static void starts_choose(const struct tables *t, struct stress_options *o) {
    const struct settings *set = &t->settings;
    int year = (int)set->bulletin_year;
    day_number first, last;
    if (day_from_date(year, 1, 1) < set->from || day_from_date(year, 12, 31) > set->until)
        year = date_from_day(set->from).year;
    bool festival = festival_find(t, year, &first, &last);
    day_number dates[4] = {festival ? first - DAYS_BEFORE_FESTIVAL : day_from_date(year, 1, 1),
                           festival ? last + 1 : day_from_date(year, 4, 1),
                           festival ? day_from_date(year, 6, 1) : day_from_date(year, 7, 1),
                           festival ? day_from_date(year, 9, 1) : day_from_date(year, 10, 1)};
    for (uint32_t i = 0; i < 4; i++) {
        day_number start = (day_number)larger_of(dates[i], set->from);
        bool fits = start + STRESS_HORIZON_LEAST - 1 <= set->until;
        if (fits && (o->start_count == 0 || start > o->starts[o->start_count - 1])) o->starts[o->start_count++] = start;
    }
}

static void start_check(const struct tables *t, day_number start, int32_t horizon, struct complaints *c) {
    char day[11], from[11], until[11];
    date_format(start, day);
    date_format(t->settings.from, from);
    date_format(t->settings.until, until);
    struct source at = {t->folder, 0};
    if (start < t->settings.from || start > t->settings.until)
        complain(c, at, 0, NULL, "STRESS_START", "give another --start, or set from and until",
                 "the outage starts on \"%s\", the scenario lasts from %s to %s", day, from, until);
    else if (start + horizon - 1 > t->settings.until)
        complain(c, at, 0, NULL, "STRESS_HORIZON", "give a shorter --horizon, an earlier --start or a later --until",
                 "%d days from \"%s\" end after the scenario's last day %s", (int)horizon, day, until);
}

// One horizon for all starts, so that they compare.
static void horizon_choose(const struct tables *t, struct stress_options *o) {
    day_number last = o->starts[0];
    for (uint32_t i = 1; i < o->start_count; i++) last = (day_number)larger_of(last, o->starts[i]);
    o->horizon = (int32_t)smaller_of(STRESS_HORIZON, (int64_t)t->settings.until - last + 1);
    if (o->horizon < 1) o->horizon = 1; // the start lies after the end, which is complained about
}

static enum ap_status dates_plan(const struct tables *t, struct stress_options *o, struct complaints *c) {
    if (o->start_count == 0) starts_choose(t, o);
    if (o->start_count == 0) {
        refuse(t, c, "STRESS_START", "set a later `until`", "the scenario is too short for any start");
        return AP_BAD_INPUT;
    }
    if (o->horizon == 0) horizon_choose(t, o);
    uint64_t before = c->count;
    for (uint32_t i = 0; i < o->start_count; i++) start_check(t, o->starts[i], o->horizon, c);
    return c->count > before ? AP_BAD_INPUT : AP_OK;
}

// --- cases

static bool id_is(const char *id, const char *word, size_t count) {
    return strlen(id) == count && memcmp(id, word, count) == 0;
}

static bool wanted(const char *only, const char *id) {
    for (const char *at = only; *at;) {
        size_t count = strcspn(at, ",");
        if (id_is(id, at, count)) return true;
        at += count + (at[count] == ',');
    }
    return false;
}

static void row_unknown(const struct stress *s, const char *word, struct complaints *c) {
    const char *nearest = NULL;
    int best = 4; // further away than three edits is another word
    for (uint32_t i = 0; i < s->rows.count; i++) {
        int distance = text_distance(word, s->rows.rows[i].id);
        if (distance >= best || distance >= (int)strlen(s->rows.rows[i].id)) continue;
        best = distance;
        nearest = s->rows.rows[i].id;
    }
    char suggestion[400];
    snprintf(suggestion, sizeof suggestion, "did you mean \"%s\"?", nearest ? nearest : "");
    complain(c, (struct source){s->tables->folder, 0}, 0, NULL, "UNKNOWN_ROW",
             nearest ? suggestion : "--what says among which rows it is looked for",
             "no row that could stand still is called \"%s\"", word);
}

// Leaves the rows that --only names.
static enum ap_status rows_narrow(struct stress *s, struct complaints *c) {
    uint64_t before = c->count;
    if (!s->options.only) return AP_OK;
    for (const char *at = s->options.only; *at;) {
        size_t count = strcspn(at, ",");
        bool known = false;
        char word[300];
        snprintf(word, sizeof word, "%.*s", (int)count, at);
        for (uint32_t i = 0; i < s->rows.count; i++) known |= id_is(s->rows.rows[i].id, at, count);
        if (!known) row_unknown(s, word, c);
        at += count + (at[count] == ',');
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < s->rows.count; i++)
        if (wanted(s->options.only, s->rows.rows[i].id)) s->rows.rows[kept++] = s->rows.rows[i];
    s->rows.count = kept;
    return c->count > before ? AP_BAD_INPUT : AP_OK;
}

static enum ap_status cases_plan(struct stress *s) {
    const struct stress_options *o = &s->options;
    s->cases = calloc((size_t)s->rows.count * o->day_count + 1, sizeof *s->cases);
    if (!s->cases) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < s->rows.count; i += o->every)
        for (uint32_t mode = 0; mode < o->day_count; mode++)
            if (mode == 0 || s->rows.rows[i].cause != CAUSE_EVENT)
                s->cases[s->case_count++] = (struct stress_case){i, mode};
    return AP_OK;
}

static enum ap_status memory_take(struct stress *s) {
    s->runs = s->options.replications + s->options.worlds;
    size_t groups = (size_t)s->runs * s->options.start_count;
    if (groups * s->case_count > UINT32_MAX / 2) return AP_NO_MEMORY;
    s->jobs = (uint32_t)(groups * s->case_count);
    s->values = calloc(s->jobs + 1, sizeof *s->values);
    s->done = calloc(s->jobs + 1, sizeof *s->done);
    s->efforts = calloc(s->jobs + 1, sizeof *s->efforts);
    s->places = calloc((size_t)s->runs * (s->tables->enterprises_count + 1), sizeof *s->places);
    bool taken = s->values && s->done && s->efforts && s->places;
    return taken ? AP_OK : AP_NO_MEMORY;
}

static enum ap_status plan_make(struct stress *s, struct complaints *c) {
    if (s->tables->enterprises_count == 0 || s->tables->lines_count == 0) {
        refuse(s->tables, c, "NO_CHAIN", NULL, "the scenario has no enterprises with lines to stand still");
        return AP_BAD_INPUT;
    }
    TRY(dates_plan(s->tables, &s->options, c));
    TRY(standstill_rows_list(s->tables, s->options.what, &s->rows));
    TRY(rows_narrow(s, c));
    TRY(cases_plan(s));
    if (s->case_count == 0) {
        refuse(s->tables, c, "NOTHING_TO_STRESS", "ask for another --what", "the scenario has no such row");
        return AP_BAD_INPUT;
    }
    return memory_take(s);
}

enum ap_status stress_make(const struct tables *t, const struct stress_options *o, struct complaints *c,
                           struct stress *out) {
    ASSERT(o->replications > 0 && o->threads > 0 && o->day_count > 0 && o->every > 0);
    ASSERT(o->day_count <= STRESS_DAYS_MOST && o->start_count <= STRESS_STARTS_MOST);
    *out = (struct stress){.tables = t, .options = *o};
    enum ap_status status = plan_make(out, c);
    if (status != AP_OK) stress_free(out);
    return status;
}

void stress_free(struct stress *s) {
    standstill_rows_free(&s->rows);
    free(s->cases);
    free(s->values);
    free(s->done);
    free(s->efforts);
    free(s->places);
    *s = (struct stress){.jobs = 0};
}
