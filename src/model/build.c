// model_build: tables to model, step by step; the steps stand in builder.h in their order. Also calendars and
// enterprises, the simplest of them.
#include "model/builder.h"

#include <stdlib.h>
#include <string.h>

#define DRAW_SETTING_ID(name)
#define DRAW_SETTING_TEXT(name)
#define DRAW_SETTING_DATE(name)
#define DRAW_SETTING_YESNO(name)
#define DRAW_SETTING_CHOICE(name)
#define DRAW_SETTING_REAL(name) set->name = drawn(b, hash_text(#name), &common[SETTING_##name], set->name);
#define DRAW_SETTING_INT(name)                                                                                         \
    set->name = (int64_t)(drawn(b, hash_text(#name), &common[SETTING_##name], (double)set->name) + 0.5);
#define DRAW_SETTING_YUAN(name) set->name = drawn_fen(b, hash_text(#name), &common[SETTING_##name], set->name);
#define DRAW_SETTING(kind, name, dflt, low, high, unit, meaning) DRAW_SETTING_##kind(name)

// M-8: settings with a range are drawn in worlds.
static void settings_draw(struct builder *b) {
    struct settings *set = &b->m->set;
    const struct row_common *common = b->t->setting_common;
    *set = b->t->settings;
    if (b->world == 0) return;
    SETTINGS(DRAW_SETTING)
}

static void time_set(struct builder *b) {
    struct model *m = b->m;
    const struct settings *set = &m->set;
    m->tick_seconds = (int32_t)set->tick_seconds;
    m->ticks_per_day = 86400 / m->tick_seconds;
    m->from = set->from;
    m->until = set->until;
    m->first_day = set->from - (day_number)set->warm_up_days;
    m->days = m->until - m->first_day + 1;
    m->first_year = date_from_day(m->first_day).year;
    m->years = date_from_day(m->until).year - m->first_year + 1;
}

static bool holiday_covers(const struct builder *b, uint32_t calendar, day_number day) {
    for (uint32_t i = 1; i <= b->t->holidays_count; i++) {
        const struct holiday_row *h = &b->t->holidays[i];
        if (day >= h->from && day <= h->until && (h->calendar == 0 || h->calendar == calendar)) return true;
    }
    return false;
}

static void shift_apply(const struct shift_row *shift, uint8_t hours[24]) {
    for (int hour = 0; hour < 24; hour++) {
        bool inside = hour >= (int)shift->from_hour && hour < (int)(shift->until_hour + 0.999);
        uint8_t level = (uint8_t)(LEVEL_NORMAL + shift->level);
        if (inside && (hours[hour] == LEVEL_CLOSED || level < hours[hour])) hours[hour] = level;
    }
}

// Normal hours of a mean day over the years that holidays.csv covers, so that a rate sized by it does not depend on the
// days of the run; without holidays over an ordinary week.
static double open_hours_mean(const struct builder *b, uint32_t calendar, uint8_t week[7][24]) {
    day_number first = INT32_MAX, last = INT32_MIN;
    for (uint32_t i = 1; i <= b->t->holidays_count; i++) {
        const struct holiday_row *h = &b->t->holidays[i];
        if (h->from < first) first = day_from_date(date_from_day(h->from).year, 1, 1);
        if (h->until > last) last = day_from_date(date_from_day(h->until).year, 12, 31);
    }
    if (last < first) first = 0, last = 6;
    int64_t open = 0;
    for (day_number day = first; day <= last; day++)
        for (int hour = 0, closed = holiday_covers(b, calendar, day); !closed && hour < 24; hour++)
            open += week[weekday_of(day)][hour] == LEVEL_NORMAL;
    return (double)open / (last - first + 1);
}

// A tick is open or closed as a whole, and calendars know whole hours: a shift that begins or ends inside one would be
// worked longer or not at all.
static void shifts_check(struct builder *b) {
    for (uint32_t i = 1; i <= b->t->shifts_count; i++) {
        const struct shift_row *shift = &b->t->shifts[i];
        double ends[2] = { shift->from_hour, shift->until_hour };
        for (int k = 0; k < 2; k++) {
            int64_t seconds = (int64_t)(ends[k] * 3600 + 0.5);
            if (seconds % 3600 == 0 && seconds % b->m->tick_seconds == 0) continue;
            complain(b->c, shift->common.source, 0, NULL, "SHIFT_INSIDE_TICK",
                     "shifts begin and end at full hours, and where a tick does; shorten tick_seconds",
                     "hour \"%g\" lies inside an hour or inside a tick of %d seconds", ends[k],
                     (int)b->m->tick_seconds);
        }
    }
}

static void calendar_fill(struct builder *b, uint32_t calendar) {
    const struct model *m = b->m;
    uint8_t week[7][24] = { { 0 } };
    bool always = b->t->calendars[calendar].always, open = always;
    for (uint32_t i = 1; i <= b->t->shifts_count; i++) {
        const struct shift_row *shift = &b->t->shifts[i];
        for (int d = 0; shift->calendar == calendar && d < 7 && shift->days[d]; d++)
            if (shift->days[d] == '1') shift_apply(shift, week[d]);
    }
    b->open_hours[calendar] = always ? 24 : open_hours_mean(b, calendar, week);
    for (int32_t day = 0; day < m->days; day++) {
        uint8_t *hours = m->level_of_hour + ((size_t)calendar * (size_t)m->days + (size_t)day) * 24;
        bool holiday = !always && holiday_covers(b, calendar, m->first_day + day);
        if (always) memset(hours, LEVEL_NORMAL, 24);
        else if (!holiday) memcpy(hours, week[weekday_of(m->first_day + day)], 24);
        for (int hour = 0; hour < 24; hour++) open |= hours[hour] == LEVEL_NORMAL;
    }
    if (!open)
        complain(b->c, b->t->calendars[calendar].common.source, 0, NULL, "CALENDAR_NEVER_OPEN",
                 "add a row to shifts.csv with level normal, or set always to yes",
                 "calendar \"%s\" is open in no hour of the run", b->t->calendars[calendar].calendar);
}

void calendars_build(struct builder *b) {
    struct model *m = b->m;
    size_t hours = ((size_t)b->t->calendars_count + 1) * (size_t)m->days * 24;
    m->level_of_hour = model_take(b, hours, 1);
    b->open_hours = scratch_take(b, (size_t)b->t->calendars_count + 1, sizeof *b->open_hours);
    if (b->refused) return;
    shifts_check(b);
    b->open_hours[0] = 24;
    memset(m->level_of_hour, LEVEL_NORMAL, (size_t)m->days * 24);   // row 0: always open
    for (uint32_t i = 1; i <= b->t->calendars_count; i++) calendar_fill(b, i);
}

// Failures by a law of their own: a Markov chain with a step every so many ticks.
static void outage_fill(struct builder *b, const struct enterprise_row *row, uint32_t enterprise) {
    struct enterprise *e = &b->m->enterprises[enterprise];
    double every = row->failures_every_hours;
    e->outage_ticks = ticks_of(b, every);
    bool possible = e->outage_ticks >= 1 && row->up_hours >= every && row->down_hours >= every;
    e->fails = possible ? every / row->up_hours : 0;
    e->recovers = possible ? every / row->down_hours : 0;
    b->m->failing[b->m->failing_count++] = enterprise;
    if (!possible)
        complain(b->c, row->common.source, 0, NULL, "OUTAGE_HOURS",
                 "shorten failures_every_hours, to a tick at the least",
                 "enterprise \"%s\" is up %g hours and down %g hours in the mean, but changes only every %g hours",
                 row->enterprise, row->up_hours, row->down_hours, every);
}

void enterprises_build(struct builder *b) {
    const struct tables *t = b->t;
    struct model *m = b->m;
    uint32_t count = t->enterprises_count;
    struct sorted *order = scratch_take(b, count, sizeof *order);
    b->enterprise_of = scratch_take(b, count + 1, sizeof *b->enterprise_of);
    m->enterprises = model_take(b, count + 1, sizeof *m->enterprises);
    m->failing = model_take(b, count, sizeof *m->failing);
    if (b->refused) return;
    for (uint32_t i = 0; i < count; i++)
        order[i] = (struct sorted){ t->enterprises[i + 1].enterprise, i + 1 };
    sorted_order(order, count);
    m->n.enterprise = count + 1;
    for (uint32_t i = 0; i < count; i++) {
        const struct enterprise_row *row = &t->enterprises[order[i].row];
        b->enterprise_of[order[i].row] = i + 1;
        m->enterprises[i + 1] = (struct enterprise){
            .who = hash_text(row->enterprise),
            .table_row = order[i].row,
            .calendar = row->calendar,
            .in_region = t->districts[row->district].in_region,
            .unlimited = row->kind == KIND_UNLIMITED,
        };
        if (row->up_hours != 0) outage_fill(b, row, i + 1);
    }
}

static void makers_index(struct builder *b) {
    const struct tables *t = b->t;
    b->next_maker = scratch_take(b, t->makers_count + 1, sizeof *b->next_maker);
    b->first_maker = scratch_take(b, t->products_count + 1, sizeof *b->first_maker);
    b->sourcing_of = scratch_take(b, t->products_count + 1, sizeof *b->sourcing_of);
    b->next_link = scratch_take(b, t->links_count + 1, sizeof *b->next_link);
    if (b->refused) return;
    for (uint32_t i = t->makers_count; i >= 1; i--) {
        const struct maker_row *row = &t->makers[i];
        index_put(b, &b->maker_index, pair_key(row->enterprise, row->product), i);
        b->next_maker[i] = b->first_maker[row->product];
        b->first_maker[row->product] = i;
    }
    for (uint32_t i = 1; i <= t->sourcing_count; i++) b->sourcing_of[t->sourcing[i].product] = i;
    for (uint32_t i = t->links_count; i >= 1; i--) {
        uint64_t key = pair_key(t->links[i].buyer, t->links[i].component);
        b->next_link[i] = index_get(&b->link_index, key);
        index_put(b, &b->link_index, key, i);
    }
    for (uint32_t i = 1; i <= t->stocks_count; i++) {
        const struct stock_row *row = &t->stocks[i];
        uint64_t key = hash_pair(pair_key(row->enterprise, row->product), row->platform) | 1;
        index_put(b, &b->stock_row_index, key, i);
    }
}

static void bom_index(struct builder *b) {
    const struct tables *t = b->t;
    b->bom = scratch_take(b, t->bom_count, sizeof *b->bom);
    if (b->refused) return;
    for (uint32_t i = 0; i < t->bom_count; i++) b->bom[i] = (struct sorted){ t->bom[i + 1].bill, i + 1 };
    sorted_order(b->bom, t->bom_count);
}

static void builder_free(struct builder *b) {
    list_free(&b->products);
    list_free(&b->stocks);
    list_free(&b->links);
    list_free(&b->needs);
    index_free(&b->product_index);
    index_free(&b->stock_index);
    index_free(&b->maker_index);
    index_free(&b->link_index);
    index_free(&b->stock_row_index);
    arena_free(&b->scratch);
}

typedef void (*build_step)(struct builder *b);

// The order matters: each step uses what the ones before it placed.
static const build_step steps[] = {
    calendars_build, enterprises_build, makers_index,   bom_index,    variants_build,
    lines_build_rows, network_expand,   network_place,  builds_place, markets_build,
    wanted_build,     plans_build,      makers_build,   shift_plan_build, shocks_build,
    rings_build,      charging_build,   limits_check,
};

enum ap_status model_build(const struct tables *t, uint64_t seed, uint32_t world, struct complaints *c,
                           struct model *out) {
    ASSERT(t && c && out);
    uint64_t before = c->count;
    *out = (struct model){ .tables = t };
    struct builder b = { .t = t, .m = out, .c = c, .luck = luck_of(seed, 0), .world = world };
    settings_draw(&b);
    time_set(&b);
    out->n.one = 1;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !b.refused && c->count == before; i++) steps[i](&b);
    enum ap_status status = b.refused ? AP_NO_MEMORY : c->count > before ? AP_BAD_INPUT : AP_OK;
    builder_free(&b);
    if (status != AP_OK) model_free(out);
    return status;
}

void model_free(struct model *m) {
    arena_free(&m->arena);
    *m = (struct model){ 0 };
}
