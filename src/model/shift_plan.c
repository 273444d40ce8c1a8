// The shifts that are planned (M-4.4, M-4.5): what is wanted of a line or a maker over four weeks decides a month ahead
// whether it works its normal hours, overtime or a further shift. A function of the date alone: what happens changes
// nothing in it.
#include "model/builder.h"

enum { PLANNED_DAYS = 28 };

// Ticks of each calendar up to each level until a day.
struct openings {
    int32_t *until;                // [calendar][days + 1][4]
    size_t   days;
};

static int32_t *opening(const struct openings *o, uint32_t calendar, int32_t day) {
    return o->until + ((size_t)calendar * (o->days + 1) + (size_t)day) * 4;
}

static void openings_count(const struct model *m, const struct openings *o) {
    for (uint32_t c = 0; c <= m->tables->calendars_count; c++)
        for (int32_t day = 0; day < m->days; day++) {
            int32_t *now = opening(o, c, day), *next = opening(o, c, day + 1);
            for (int level = 0; level < 4; level++) next[level] = now[level];
            for (int32_t t = 0; t < m->ticks_per_day; t++)
                for (int level = calendar_level(m, c, day, t); level && level < 4; level++) next[level]++;
        }
}

// Four weeks from a day on, within the run.
struct weeks {
    int32_t first, end;
};

static struct weeks weeks_from(const struct model *m, int32_t day) {
    int32_t end = day + PLANNED_DAYS < m->days ? day + PLANNED_DAYS : m->days;
    return (struct weeks){ end - PLANNED_DAYS > 0 ? end - PLANNED_DAYS : 0, end };
}

static double build_wanted(const struct model *m, uint32_t build, struct weeks weeks) {
    const int64_t *sum = m->wanted_sum + (size_t)build * ((size_t)m->days + 1);
    return (double)(sum[weeks.end] - sum[weeks.first]) / 1e6;
}

static double line_wanted(const struct model *m, const struct line *line, struct weeks weeks) {
    double wanted = 0;
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++)
        wanted += build_wanted(m, b, weeks);
    return wanted;
}

// The first level whose hours, worked at `a_tick`, hold what is wanted in four weeks from a day on; a level without
// further hours is passed over.
static uint8_t level_for(const struct openings *o, uint32_t calendar, struct weeks weeks, double a_tick,
                         double wanted) {
    uint8_t best = LEVEL_NORMAL;
    int32_t ticks[4];
    for (int level = 0; level < 4; level++)
        ticks[level] = opening(o, calendar, weeks.end)[level] - opening(o, calendar, weeks.first)[level];
    for (uint8_t level = LEVEL_OVERTIME; level <= LEVEL_EXTRA; level++)
        if (wanted > ticks[best] * a_tick && ticks[level] > ticks[best]) best = level;
    return best;
}

// Planned work of a line, tick by tick.
static void work_count(const struct model *m, uint32_t row) {
    const struct line *line = &m->lines[row];
    int32_t *sum = m->work_sum + (size_t)row * ((size_t)m->days + 1);
    for (int32_t day = 0; day < m->days; day++) {
        int planned = m->shift_plan[(size_t)row * (size_t)m->days + (size_t)day], ticks = 0;
        for (int32_t t = 0; t < m->ticks_per_day; t++) {
            int level = calendar_level(m, line->calendar, day, t);
            ticks += level != LEVEL_CLOSED && level <= planned;
        }
        sum[day + 1] = sum[day] + (day >= line->first_day && day <= line->last_day ? ticks : 0);
    }
}

static void months_find(struct model *m) {
    for (int32_t day = 0; day < m->days; day++) {
        bool first = day == 0 || date_from_day(m->first_day + day).day == 1;
        m->month_first[day] = first ? day : m->month_first[day - 1];
    }
    for (int32_t day = m->days - 1; day >= 0; day--) {
        bool last = day == m->days - 1 || m->month_first[day + 1] != m->month_first[day];
        m->month_last[day] = last ? day : m->month_last[day + 1];
    }
}

// Part of its open hours in which a line flows, were there no buffers: the whole line stands whenever a shop does
// (Buzacott 1968). With buffers it is more: planned hours err on the safe side.
static double line_flows(const struct model *m, const struct line *line) {
    double stops = 0;
    for (uint32_t i = line->first_shop; i < line->first_shop + line->shops; i++)
        if (m->shops[i].failures != FAILURES_NONE)
            stops += (double)m->shops[i].down_ms_mean / (double)m->shops[i].up_ms_mean;
    return 1 / (1 + stops);
}

static void lines_plan_shifts(struct builder *b, const struct openings *o) {
    struct model *m = b->m;
    size_t days = (size_t)m->days;
    m->shift_plan = model_take(b, m->n.line * days, sizeof *m->shift_plan);
    m->work_sum = model_take(b, m->n.line * (days + 1), sizeof *m->work_sum);
    for (uint32_t l = 1; l < m->n.line && !b->refused; l++) {
        const struct line *line = &m->lines[l];
        double a_tick = (double)line->units_per_hour_milli / 1e3 * m->tick_seconds / 3600 * m->set.shift_fill *
                        line_flows(m, line);
        for (int32_t day = 0; day < m->days; day++) {
            struct weeks weeks = weeks_from(m, day);
            double wanted = m->set.saturate == SATURATE_NO ? line_wanted(m, line, weeks) : 0;
            m->shift_plan[l * days + (size_t)day] = level_for(o, line->calendar, weeks, a_tick, wanted);
        }
        work_count(m, l);
    }
}

// What the plans of all builds use of a maker's products, by build.
static void maker_uses(const struct model *m, const struct maker *maker, double *use) {
    for (uint32_t b = 0; b < m->n.build; b++) use[b] = 0;
    for (uint32_t o = 0; o < maker->outputs; o++) {
        uint32_t stock = m->outputs[maker->first_output + o];
        for (uint32_t i = m->first_planned[stock]; i < m->first_planned[stock + 1]; i++)
            use[m->planned[i].build] += m->planned[i].use_per_1024 / 1024.0;
    }
}

static void makers_plan_shifts(struct builder *b, const struct openings *o) {
    struct model *m = b->m;
    m->maker_weeks = m->days / 7 + 1;
    double *use = scratch_take(b, m->n.build, sizeof *use);
    m->maker_plan = model_take(b, m->n.maker * (size_t)m->maker_weeks, sizeof *m->maker_plan);
    for (uint32_t i = 1; i < m->n.maker && !b->refused; i++) {
        const struct maker *maker = &m->makers[i];
        double a_tick = (double)maker->rate_micro / 1e6 * m->set.shift_fill * maker->yield_ppm / 1e6;
        maker_uses(m, maker, use);
        for (int32_t week = 0; week < m->maker_weeks; week++) {
            struct weeks weeks = weeks_from(m, week * 7);
            double wanted = 0;
            for (uint32_t k = 1; k < m->n.build && m->set.saturate == SATURATE_NO; k++)
                if (use[k] > 0) wanted += use[k] * build_wanted(m, k, weeks);
            m->maker_plan[(size_t)i * (size_t)m->maker_weeks + (size_t)week] =
                level_for(o, maker->calendar, weeks, a_tick, wanted);
        }
    }
}

enum { WINDING_UP_DAYS = 120 };        // after the last order that any build with the part gets

// The last day on which any build that uses the stock is wanted, -1: never.
static int32_t last_wanted(const struct model *m, uint32_t stock) {
    int32_t last = -1;
    for (uint32_t i = m->first_planned[stock]; i < m->first_planned[stock + 1]; i++) {
        const int64_t *sum = m->wanted_sum + (size_t)m->planned[i].build * ((size_t)m->days + 1);
        int32_t day = m->days;
        while (day > last + 1 && sum[day] == sum[day - 1]) day--;
        if (day - 1 > last) last = day - 1;
    }
    return last;
}

// Parts of a model that is no longer made are left over: from some time after its last order on they are scrap.
static void endings_find(struct builder *b) {
    struct model *m = b->m;
    m->endings = model_take(b, m->n.stock, sizeof *m->endings);
    for (uint32_t s = 1; s < m->n.stock && !b->refused; s++) {
        bool plan = m->stocks[s].policy == POLICY_PLAN && m->stocks[s].kind != STOCK_BUILT;
        if (!plan || m->first_planned[s + 1] == m->first_planned[s]) continue;
        int32_t day = last_wanted(m, s) + 1 + WINDING_UP_DAYS;
        if (day < m->days) m->endings[m->ending_count++] = (struct leftover){ s, day };
    }
}

void shift_plan_build(struct builder *b) {
    struct model *m = b->m;
    struct openings o = { .days = (size_t)m->days };
    o.until = scratch_take(b, ((size_t)b->t->calendars_count + 1) * (o.days + 1) * 4, sizeof *o.until);
    m->month_first = model_take(b, o.days, sizeof *m->month_first);
    m->month_last = model_take(b, o.days, sizeof *m->month_last);
    if (b->refused) return;
    months_find(m);
    openings_count(m, &o);
    lines_plan_shifts(b, &o);
    makers_plan_shifts(b, &o);
    endings_find(b);
}
