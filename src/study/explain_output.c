// A day of both runs, from the lines on: vehicles missed and what they were missed for, overtime, dealers, lanes.
#include "study/explain_compare.h"

// M-4.4: what a strain calls for.
static int32_t level_of(const struct model *m, int32_t strain) {
    if (strain == 0) return LEVEL_NORMAL;
    return strain > (int32_t)m->set.shift_add_days ? LEVEL_EXTRA : LEVEL_OVERTIME;
}

// ---- lines --------------------------------------------------------------------------------------------------------

struct line_day {
    int64_t fewer, made;           // vehicles fewer than undisturbed; made with the shock
    int64_t ordered_fewer;         // to be started
};

static struct line_day builds_compare(struct sides *x, const struct line *line) {
    const struct model *m = x->e->m;
    const struct state *calm = &x->calm.run.state, *shocked = &x->shocked.run.state;
    uint32_t place = m->shops[line->first_shop + line->shops - 1].first_place;
    struct line_day d = {0};
    for (uint32_t i = 0; i < line->builds; i++) {
        uint32_t b = line->first_build + i;
        x->build_today[b] = (int64_t)calm->place_done[place + i] - shocked->place_done[place + i];
        x->build_gap[b] += x->build_today[b];
        d.fewer += x->build_today[b];
        d.made += shocked->place_done[place + i];
        d.ordered_fewer += (int64_t)calm->build_today[b] - shocked->build_today[b];
    }
    return d;
}

// The part that most of the builds that fell behind today waited for; 0: none.
static uint32_t line_tightest(struct sides *x, const struct line *line, int32_t day) {
    const struct model *m = x->e->m;
    uint32_t best = 0;
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++)
        if (x->build_today[b] > 0)
            best = needs_tightest(x, m->builds[b].first_need, m->builds[b].first_need + m->builds[b].needs, best);
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++) {
        uint32_t first = m->builds[b].first_need, end = first + m->builds[b].needs;
        needs_clear(x, first, end);
        if (x->build_today[b] > 0) needs_held(x, first, end, b, day);
    }
    return best;
}

// The first of the line's needs that is of this stock stands for all.
static uint32_t line_need(const struct model *m, const struct line *line, uint32_t stock) {
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++)
        for (uint32_t i = m->builds[b].first_need; i < m->builds[b].first_need + m->builds[b].needs; i++)
            if (m->needs[i].stock == stock) return i;
    ASSERT(false);
    return 0;
}

// A shock of the demand for what fell behind; 0: none has been.
static uint32_t buyers_shock(const struct sides *x, const struct line *line) {
    const struct model *m = x->e->m;
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++) {
        uint32_t offer = m->variants[m->builds[b].variant].first_offer;
        for (uint32_t o = offer; o < offer + CHANNEL_COUNT && x->build_today[b] > 0; o++)
            if (x->offers.ever[o]) return x->offers.ever[o];
    }
    return 0;
}

static struct path_row line_cause(struct sides *x, uint32_t row, const struct line_day *d, int32_t day) {
    const struct line *line = &x->e->m->lines[row];
    uint32_t best = line_tightest(x, line, day), shock = x->lines.today[row];
    if (shock) {
        x->shock_units[row] += d->fewer;
        return (struct path_row){PATH_SHOCK, shock};
    }
    if (best) {
        stock_cost(x, best, d->fewer);
        if (x->e->lines[row].slow.later == 0) x->need_units[line_need(x->e->m, line, best)] += d->fewer;
        return (struct path_row){PATH_STOCK, best};
    }
    if (d->ordered_fewer <= 0) return (struct path_row){PATH_NONE, 0};
    shock = buyers_shock(x, line);
    return (struct path_row){shock ? PATH_SHOCK : PATH_ORDERS, shock};
}

// Days open longer, and the level that the line's strain called for.
static void line_open(struct sides *x, uint32_t row, int64_t longer, int32_t day) {
    struct line_path *path = &x->e->lines[row];
    int32_t level = level_of(x->e->m, x->shocked.run.state.line_strain[row]);
    if (longer <= 0 || level <= level_of(x->e->m, x->calm.run.state.line_strain[row])) return;
    bool shift = level == LEVEL_EXTRA;
    if (!path_days_mark(shift ? &path->shift : &path->overtime, day)) return;
    *(shift ? &path->shift_ms : &path->overtime_ms) += longer;
}

static void line_compare(struct sides *x, uint32_t row, int32_t day) {
    const struct model *m = x->e->m;
    const struct tally *calm = &x->calm.run.tally, *shocked = &x->shocked.run.tally;
    struct line_path *path = &x->e->lines[row];
    uint32_t shop = line_last_shop(m, row);
    int64_t busy = calm->shop_busy_ms[shop] - shocked->shop_busy_ms[shop];
    int64_t open = calm->shop_open_ms[shop] - shocked->shop_open_ms[shop];
    struct line_day d = builds_compare(x, &m->lines[row]);
    line_open(x, row, x->open_gap[row] - open, day);
    path->gap += d.fewer;
    line_gaps(x->e, row)[day - x->e->span.first] = (int32_t)path->gap;
    struct path_row cause = d.fewer > 0 ? line_cause(x, row, &d, day) : (struct path_row){PATH_NONE, 0};
    if (cause.kind != PATH_NONE) {
        if (path->slow.first < 0) path->cause = cause;
        if (path_days_mark(&path->slow, day)) path->lost_ms += larger_of(busy - x->busy_gap[row], 0);
        if (d.made == 0 && path->idle.first < 0) path->idle_cause = cause;
        if (d.made == 0) path_days_mark(&path->idle, day);
    }
    x->busy_gap[row] = busy;
    x->open_gap[row] = open;
}

void lines_compare(struct sides *x, int32_t day) {
    for (uint32_t l = 1; l < x->e->m->n.line; l++) line_compare(x, l, day);
}

void sides_end(struct sides *x) {
    const struct model *m = x->e->m;
    for (uint32_t l = 1; l < m->n.line; l++) {
        const struct line *line = &m->lines[l];
        struct line_path *path = &x->e->lines[l];
        int64_t most = x->shock_units[l];
        path->main = path->cause;
        if (most) path->main = (struct path_row){PATH_SHOCK, x->lines.ever[l]};
        for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++)
            for (uint32_t i = m->builds[b].first_need; i < m->builds[b].first_need + m->builds[b].needs; i++) {
                if (x->need_units[i] <= most) continue;
                most = x->need_units[i];
                path->main = (struct path_row){PATH_STOCK, m->needs[i].stock};
            }
    }
    for (uint32_t i = 1; i < m->n.market; i++)
        x->e->market_gap[i] = x->calm.run.tally.market_left[i] - x->shocked.run.tally.market_left[i];
    for (uint32_t i = 1; i < m->n.enterprise; i++)
        x->e->turnover_gap[i] = x->calm.run.tally.enterprise_turnover[i] - x->shocked.run.tally.enterprise_turnover[i];
}

// ---- makers' overtime ---------------------------------------------------------------------------------------------

// Whether this level lets the maker do more today than the level below: by its rate or by hours of its calendar.
static bool level_works(const struct model *m, const struct maker *maker, int32_t level, int32_t day) {
    if (maker->overtime_ppm > 0) return true;
    for (int32_t t = 0; t < m->ticks_per_day; t++) {
        int hours = calendar_level(m, maker->calendar, day, t);
        if (hours > LEVEL_NORMAL && hours <= level) return true;
    }
    return false;
}

void makers_compare(struct sides *x, int32_t day) {
    const struct model *m = x->e->m;
    for (uint32_t i = 1; i < m->n.maker; i++) {
        const struct maker *maker = &m->makers[i];
        struct maker_path *path = &x->e->makers[i];
        int32_t level = level_of(m, x->shocked.run.state.maker_strain[i]);
        if (level <= level_of(m, x->calm.run.state.maker_strain[i]) || !level_works(m, maker, level, day)) continue;
        if (x->makers.today[i]) continue;      // what the shock leaves of its hours rebuilds nothing
        bool shift = level == LEVEL_EXTRA, spell = path_days_mark(shift ? &path->shift : &path->overtime, day);
        for (uint32_t o = 0; spell && o < maker->outputs; o++) {
            uint32_t stock = m->outputs[maker->first_output + o];
            *(shift ? &path->shift_units : &path->overtime_units) +=
                (int64_t)x->shocked.started[stock] - x->calm.started[stock];
        }
    }
}

// ---- dealers and lanes --------------------------------------------------------------------------------------------

// The line whose vehicles of this variant are missing most.
static uint32_t variant_line(const struct sides *x, uint32_t variant) {
    const struct model *m = x->e->m;
    uint32_t line = 0;
    int64_t most = 0;
    for (uint32_t i = m->variants[variant].first_build, n = m->variants[variant].builds; n > 0; i++, n--) {
        uint32_t build = m->build_of_variant[i];
        if (x->build_gap[build] <= most) continue;
        most = x->build_gap[build];
        line = m->builds[build].line;
    }
    return line;
}

void offers_compare(struct sides *x, int32_t day) {
    const struct model *m = x->e->m;
    const struct tally *calm = &x->calm.run.tally, *shocked = &x->shocked.run.tally;
    for (uint32_t o = 1; o < m->n.offer; o++) {
        struct offer_path *path = &x->e->offers[o];
        int64_t lost = shocked->offer_lost[o] - calm->offer_lost[o];
        if (lost > path->lost_units && lost > 0) {
            if (path->lost.first < 0) path->line = variant_line(x, m->offers[o].variant);
            path_days_mark(&path->lost, day);
        }
        path->lost_units = lost;
        path->cancelled = shocked->offer_cancelled[o] - calm->offer_cancelled[o];
    }
}

void lanes_compare(struct sides *x, int32_t day) {
    const struct model *m = x->e->m;
    for (uint32_t i = 1; i < m->n.lane; i++) {
        struct lane_path *path = &x->e->lanes[i];
        int64_t more = (int64_t)x->shocked.run.state.lane_waiting[i] - x->calm.run.state.lane_waiting[i];
        path->gap = 0;
        for (uint32_t w = m->lanes[i].first_way; w < m->lanes[i].first_way + m->lanes[i].ways; w++)
            path->gap +=
                x->calm.run.tally.way_left[m->ways_of_lane[w]] - x->shocked.run.tally.way_left[m->ways_of_lane[w]];
        path->gap_most = larger_of(path->gap_most, path->gap);
        // less than one departure takes is no jam
        if (more <= 0 || (!x->lanes.ever[i] && more < m->legs[m->lanes[i].first_leg].capacity)) continue;
        if (path->waiting.first < 0)
            path->cause = (struct path_row){x->lanes.ever[i] ? PATH_SHOCK : PATH_BACKLOG, x->lanes.ever[i]};
        path_days_mark(&path->waiting, day);
        if (more <= path->most) continue;
        path->most = more;
        path->most_day = day;
    }
}
