// The firm plan and what follows from it: targets of stocks (M-4.1, M-4.2) and what the lines start today (M-4.5).
// reads: offer_wanted, offer_waiting, stock_on_hand, places    writes: build_plan, build_today, build_released
#include "tick/stage.h"

#include <string.h>

// Vehicles of a build on shops and in buffers.
int32_t build_in_process(const struct model *m, const struct state *s, uint32_t build) {
    const struct line *line = &m->lines[m->builds[build].line];
    uint32_t column = build - line->first_build;
    int32_t count = 0;
    for (uint32_t i = line->first_shop; i < line->first_shop + line->shops; i++) {
        if (m->shops[i].side) continue;
        count += s->shop_unit[i] == (int32_t)build;
        count += s->place_waiting[m->shops[i].first_place + column];
    }
    return count;
}

// Orders of a variant that wait, of all channels.
static int64_t variant_bank(const struct tick *k, const struct variant *v) {
    int64_t bank = 0;
    for (uint32_t o = v->first_offer; o < v->first_offer + CHANNEL_COUNT; o++)
        bank += k->m->offers[o].dealer ? k->s->offer_wanted[o] : k->s->offer_waiting[o];
    return bank;
}

static int64_t build_ready(const struct tick *k, uint32_t row) {
    return k->s->stock_on_hand[k->m->builds[row].stock] + build_in_process(k->m, k->s, row);
}

// Vehicles that orders call for beyond what the yard and the line hold; negative: more than enough.
int64_t build_need(const struct tick *k, uint32_t row) {
    const struct build *build = &k->m->builds[row];
    int64_t bank = variant_bank(k, &k->m->variants[build->variant]);
    return ceil_div(bank * build->share_ppm, 1000000) - build_ready(k, row);
}

// Wanted of a build until the end of a day, 1e-6 vehicles; after the run's last day the last four weeks go on.
int64_t wanted_until(const struct model *m, uint32_t build, int32_t day) {
    const int64_t *sum = m->wanted_sum + (size_t)build * ((size_t)m->days + 1);
    if (day < m->days) return sum[day + 1];
    int32_t weeks = m->days < 28 ? m->days : 28;
    return sum[m->days] + (sum[m->days] - sum[m->days - weeks]) * (day + 1 - m->days) / weeks;
}

// What is wanted of a build in the days of the order book that end with a day, 1e-6 vehicles.
static int64_t book_at(const struct tick *k, uint32_t row, int32_t day) {
    int32_t before = day - (int32_t)k->m->set.order_book_days;
    return wanted_until(k->m, row, day < -1 ? -1 : day) - wanted_until(k->m, row, before < -1 ? -1 : before);
}

// What orders call for beyond the order book that is kept; negative: the book is not full.
int64_t build_late(const struct tick *k, uint32_t row) {
    return build_need(k, row) - book_at(k, row, k->day - 1) / 1000000;
}

// Vehicles that the slowest shop lets through in so many open ticks.
int64_t line_capacity(const struct model *m, uint32_t line, int32_t ticks) {
    return m->lines[line].units_per_hour_milli * m->tick_seconds / 3600 * ticks / 1000;
}

// Whether the line is planned to work on a day.
static bool line_runs(const struct model *m, uint32_t line, int32_t day) {
    const int32_t *sum = m->work_sum + (size_t)line * ((size_t)m->days + 1);
    return sum[day + 1] > sum[day];
}

// M-4.1: what a month wants is spread over its planned hours of work: until the end of a day, 1e-6 vehicles.
static int64_t levelled_until(const struct model *m, uint32_t build, int32_t day) {
    if (day < 0) return 0;
    if (day >= m->days) return wanted_until(m, build, day);
    const int64_t *wanted = m->wanted_sum + (size_t)build * ((size_t)m->days + 1);
    const int32_t *work = m->work_sum + (size_t)m->builds[build].line * ((size_t)m->days + 1);
    int32_t first = m->month_first[day], last = m->month_last[day];
    int64_t hours = work[last + 1] - work[first], until = work[day + 1] - work[first];
    return wanted[first] + (hours ? (wanted[last + 1] - wanted[first]) * until / hours : 0);
}

// What the line is to build on a day of the month's spread, since its last day of work; 0 where it does not work.
static int64_t share_of_day(const struct tick *k, uint32_t row, int32_t day) {
    const struct model *m = k->m;
    uint32_t line = m->builds[row].line;
    int32_t shown = day < m->days ? day : day - (day - m->days + 7) / 7 * 7;
    if (shown < 0 || !line_runs(m, line, shown)) return -1;
    int32_t before = day - 1;
    for (int32_t back = shown - 1; back >= 0 && back > shown - 30 && !line_runs(m, line, back); back--) before--;
    return levelled_until(m, row, day) / 1000000 - levelled_until(m, row, before) / 1000000;
}

// The plan of a day that enters the horizon: its part of the month, and what it makes up for.
static int32_t plan_for(const struct tick *k, uint32_t row, int32_t day, int64_t extra) {
    const struct model *m = k->m;
    uint32_t line = m->builds[row].line;
    int64_t share = share_of_day(k, row, day);
    if (share < 0) return 0;
    int32_t hours = k->x->typical_open[m->lines[line].calendar];
    if (m->set.saturate == SATURATE_CHAIN)
        return (int32_t)(line_capacity(m, line, hours) / m->lines[line].builds + 1);
    int64_t most = line_capacity(m, line, hours) * 3 / 2 + 1;
    return (int32_t)smaller_of(larger_of(share + extra, 0), most);
}

static int32_t *plan_cell(const struct tick *k, uint32_t build, int32_t day) {
    return &k->s->build_plan[build * PLAN_DAYS + (uint32_t)(day % PLAN_DAYS)];
}

void plans_open(struct tick *k) {
    const struct model *m = k->m;
    for (uint32_t b = 1; b < m->n.build; b++)
        for (int32_t day = 0; day < (int32_t)m->set.firm_days; day++) *plan_cell(k, b, day) = plan_for(k, b, day, 0);
}

// M-4.1: how the firm days move with today's backlog, within flex_down and flex_up; ppm.
static int64_t flex_of(const struct model *m, int64_t backlog, int64_t planned) {
    int64_t up = (int64_t)(m->set.flex_up * 1e6), down = (int64_t)(m->set.flex_down * 1e6);
    if (planned <= 0) return 1000000;
    int64_t move = backlog * 100 / planned * 10000;    // in whole percent: a vehicle more moves no order of parts
    return 1000000 + (move > up ? up : move < -down ? -down : move);
}

// Vehicles of a variant that neither stand ready nor are planned: what orders call for, and what they will until
// the horizon's last day, less the plan. An inventory position of plans: as what is planned counts, nothing is asked
// for twice however long the horizon is (Sterman 1989; Dejonckheere et al. 2003).
static int64_t variant_unplanned(const struct tick *k, const struct variant *v, int32_t last) {
    int64_t position = variant_bank(k, v);
    for (uint32_t i = v->first_build; i < v->first_build + v->builds; i++) {
        uint32_t row = k->m->build_of_variant[i];
        int64_t asked = k->day > 0 ? wanted_until(k->m, row, k->day - 1) : 0;
        position += (levelled_until(k->m, row, last) - book_at(k, row, last) - asked) / 1000000 - build_ready(k, row);
        position -= k->s->build_carry[row];
        for (int32_t day = k->day; day <= last; day++) position -= *plan_cell(k, row, day);
    }
    return position;
}

// Of so many vehicles too few, those that one day makes up for: one at least.
static int64_t part_of_day(const struct settings *set, int64_t vehicles) {
    return smaller_of(vehicles, larger_of(1, (int64_t)((double)vehicles / set->catch_up_days)));
}

// Spread over the builds whose lines work on that day: whole vehicles by share, the rest by systematic sampling
// (M-4.3).
static void extra_share(struct tick *k, const struct variant *v, int64_t extra, int64_t shares) {
    int64_t carry = (int64_t)(draw_uniform(k->luck, v->who, DRAW_SPLIT, when_day(k, k->day), 0) * (double)shares);
    int64_t size = extra > 0 ? extra : -extra;
    for (uint32_t i = v->first_build; i < v->first_build + v->builds; i++) {
        uint32_t row = k->m->build_of_variant[i];
        if (k->x->plan_extra[row] == 0) continue;
        int64_t part = size * k->m->builds[row].share_ppm, whole = part / shares;
        carry += part % shares;
        if (carry >= shares) carry -= shares, whole++;
        k->x->plan_extra[row] = (int32_t)(extra > 0 ? whole : -whole);
    }
}

// M-4.1: what the day that enters the horizon makes up for, of every build of a variant.
static void variant_make_up(struct tick *k, uint32_t variant) {
    const struct model *m = k->m;
    const struct variant *v = &m->variants[variant];
    int32_t entering = k->day + (int32_t)m->set.firm_days - 1;
    int64_t shares = 0;
    for (uint32_t i = v->first_build; i < v->first_build + v->builds; i++) {
        uint32_t row = m->build_of_variant[i];
        int64_t share = k->tick > 0 ? share_of_day(k, row, entering) : -1;
        k->x->plan_extra[row] = share >= 0 && m->builds[row].share_ppm > 0;     // takes part
        if (!k->x->plan_extra[row]) continue;
        shares += m->builds[row].share_ppm;
    }
    if (shares == 0) return;
    int64_t unplanned = variant_unplanned(k, v, entering - 1);
    extra_share(k, v, unplanned > 0 ? part_of_day(&m->set, unplanned) : -part_of_day(&m->set, -unplanned), shares);
}

static void plans_make_up(struct tick *k) {
    const struct rows *builds = &k->x->part.builds;
    for (uint32_t i = 0; i < builds->count; i++) {
        uint32_t variant = k->m->builds[builds->row[i]].variant;
        if (k->m->build_of_variant[k->m->variants[variant].first_build] == builds->row[i]) variant_make_up(k, variant);
    }
}

// What lines have built less than was planned until yesterday; minus: built ahead. So no stop of a line, and no vehicle
// that comes a day late, changes a plan: lines catch up with it (M-4.1).
void plans_carry(struct tick *k) {
    const struct rows *builds = &k->x->part.builds;
    if (k->day == 0 || k->m->set.saturate != SATURATE_NO) return;
    for (uint32_t i = 0; i < builds->count; i++) {
        uint32_t row = builds->row[i];
        k->s->build_carry[row] += *plan_cell(k, row, k->day - 1) - k->s->build_released[row];
    }
}

// What today may catch up of it: all within the flex of its part of the month, else a part.
static int64_t catch_up(const struct tick *k, uint32_t row, int64_t share) {
    int64_t carry = k->s->build_carry[row], flex = share > 0 ? (int64_t)(k->m->set.flex_up * (double)share) : 0;
    if (carry <= 0) return carry;
    int64_t most = larger_of(flex, part_of_day(&k->m->set, carry));
    return smaller_of(smaller_of(carry, most), larger_of(build_need(k, row), 0));    // nobody waits: none is called off
}

// A new day enters the horizon; then the sums of the firm plan from today on.
static void build_renew(struct tick *k, uint32_t row) {
    const struct model *m = k->m;
    int32_t firm = (int32_t)m->set.firm_days;
    int64_t planned = 0;
    for (int32_t j = 0; j < firm - 1; j++) planned += *plan_cell(k, row, k->day + j);
    int64_t backlog = k->tick > 0 ? build_late(k, row) : 0;
    if (k->day > 0) *plan_cell(k, row, k->day - 1) = 0;
    int32_t entering = k->day + firm - 1;
    *plan_cell(k, row, entering) = plan_for(k, row, entering, k->x->plan_extra[row]);
    planned += *plan_cell(k, row, entering);
    int64_t flex = flex_of(m, backlog, planned), share = share_of_day(k, row, k->day);
    int64_t *sum = k->x->plan_sum + (size_t)row * (PLAN_DAYS + 1);
    k->x->plan_extra[row] = (int32_t)catch_up(k, row, share);
    // Parts are called off for a catching up that takes days, not for vehicles that are a day late.
    bool called = k->s->build_carry[row] > larger_of(share, 0);
    sum[0] = called ? k->x->plan_extra[row] * (int64_t)1000000 : 0;
    if (called) k->x->plan_extra[row] = 0;
    for (int32_t j = 0; j < firm; j++) sum[j + 1] = sum[j] + *plan_cell(k, row, k->day + j) * flex;
}

// A span of days from today: whole ones, and a part of the next.
struct span {
    int32_t whole, part;           // part: 1024ths of a day
};

// Planned vehicles of a build over a span inside the firm days, 1e-6 vehicles. A part of a day uses what the line
// builds in that part of its open hours: parts that come by the hour have to keep up with those, not with the mean.
static inline int64_t planned_firmly(const struct tick *k, uint32_t build, struct span span) {
    const int64_t *sum = k->x->part.plan_rows[build] + span.whole;
    int64_t part = span.part * k->x->build_pace[build] >> 10;
    return sum[0] + ((sum[1] - sum[0]) * (part < 1024 ? part : 1024) >> 10);
}

// And over a longer span: the firm plan, then what is wanted.
static int64_t planned_beyond(const struct tick *k, uint32_t build, struct span span) {
    int32_t firm = (int32_t)k->m->set.firm_days;
    const int64_t *sum = k->x->part.plan_rows[build];
    int64_t last = wanted_until(k->m, build, k->day + firm - 1);
    int64_t at = wanted_until(k->m, build, k->day + span.whole - 1);
    int64_t next = wanted_until(k->m, build, k->day + span.whole);
    return sum[firm] + at - last + ((next - at) * span.part >> 10);
}

// Closed days of a calendar among the days that begin within so many thousandths of a day.
static int32_t closed_milli(const struct tick *k, uint32_t calendar, int32_t milli) {
    if (calendar == 0) return 0;
    const int32_t *closed = k->x->closed_days + (size_t)calendar * ((size_t)k->m->days + 1);
    int32_t end = k->day + (milli + 999) / 1000;
    if (end > k->m->days) end = k->m->days;
    return (closed[end] - closed[k->day]) * 1000;
}

// M-4.2: cover counts the source's working days, so that it reaches over closed days to the next possible receipt.
static struct span span_of(const struct tick *k, const struct horizon *h) {
    int32_t milli = h->days_milli;
    for (int round = 0; round < 3 && h->calendar; round++) milli = h->days_milli + closed_milli(k, h->calendar, milli);
    if (milli > 400000) milli = 400000;
    return (struct span){ milli / 1000, milli % 1000 * 1024 / 1000 };
}

// What a build plans over the span of a horizon, 1e-6/1024 vehicles.
static int64_t planned_over(const struct tick *k, uint32_t build, struct span span) {
    bool firm = span.whole < (int32_t)k->m->set.firm_days;
    return (firm ? planned_firmly(k, build, span) : planned_beyond(k, build, span)) >> 10;
}

static int32_t target_from(int64_t sum) {
    return (int32_t)smaller_of(ceil_div(sum, 1000000), 1000000000);
}

// The targets of all stocks that look equally far ahead: what a build plans over that span is the same for all of them.
static void targets_renew(struct tick *k, const struct horizon *h) {
    const struct model *m = k->m;
    if (h->stocks.now == 0) return;
    struct span span = span_of(k, h);
    struct planned_span *spans = k->x->planned_spans;
    int32_t stamp = ++k->x->spans_stamp;
    for (uint32_t i = h->stocks.first; i < h->stocks.first + h->stocks.now; i++) {
        uint32_t row = k->x->horizon_now[i];
        int64_t sum = 0;
        const struct planned_use *use = m->planned + m->first_planned[row];
        const struct planned_use *end = m->planned + m->first_planned[row + 1];
        for (; use < end; use++) {
            struct planned_span *planned = &spans[use->build];
            if (planned->stamp != stamp) {
                planned->stamp = stamp;
                planned->units = planned_over(k, use->build, span);
            }
            sum += planned->units * use->use_per_1024;
        }
        int32_t target = target_from(sum);
        if (target == k->x->stock_target[row]) continue;
        k->x->stock_target[row] = target;
        k->x->due[row] = true;
    }
}

int32_t stock_target_now(const struct tick *k, uint32_t stock) {
    const struct model *m = k->m;
    struct span span = span_of(k, &k->x->horizons[k->x->horizon_of[stock] - 1]);
    int64_t sum = 0;
    for (uint32_t i = m->first_planned[stock]; i < m->first_planned[stock + 1]; i++)
        sum += planned_over(k, m->planned[i].build, span) * m->planned[i].use_per_1024;
    return target_from(sum);
}

// Planned use a day where a shock limits to a part of it: four weeks of what is wanted, whatever the backlog.
void planned_uses_renew(struct tick *k) {
    const struct model *m = k->m;
    for (uint32_t s = 1; s < m->n.stock; s++) {
        uint32_t maker = m->stocks[s].maker;
        if (k->x->stock_allocation[s] < 0 && (maker == 0 || k->x->maker_flow[maker] < 0)) continue;
        int32_t from = k->day < 14 ? 0 : k->day - 14;
        int64_t sum = 0;
        for (uint32_t i = m->first_planned[s]; i < m->first_planned[s + 1]; i++) {
            uint32_t build = m->planned[i].build;
            int64_t wanted = wanted_until(m, build, from + 27) - (from ? wanted_until(m, build, from - 1) : 0);
            sum += (wanted / 28 * m->planned[i].use_per_1024) >> 10;
        }
        k->x->stock_daily_milli[s] = (int32_t)smaller_of(sum / 1000, 1000000000);
    }
}

void plans_renew(struct tick *k) {
    const struct model *m = k->m;
    if (m->set.saturate == SATURATE_LINES) return;
    plans_make_up(k);
    for (uint32_t i = 0; i < k->x->part.builds.count; i++) build_renew(k, k->x->part.builds.row[i]);
    if (k->exchange && k->exchange->plan_sums) plans_borrow(k);
    for (uint32_t i = 0; i < k->x->horizon_count; i++) targets_renew(k, &k->x->horizons[i]);
    if (k->exchange && k->exchange->targets) targets_compare(k);
}

// Today's starts of a line: what is needed, or the capacity of the day in proportion (floor, then largest remainder).
static void starts_share(struct tick *k, const struct line *line, int64_t need, int64_t capacity) {
    ASSERT(need > 0);
    int64_t given = 0;
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++) {
        k->s->build_today[b] = (int32_t)(k->x->need[b] * capacity / need);
        given += k->s->build_today[b];
    }
    for (; given < capacity; given++) {
        uint32_t best = 0;
        int64_t most = -1;
        for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++) {
            int64_t rest = k->x->need[b] * capacity - k->s->build_today[b] * need;
            if (rest > most) most = rest, best = b;
        }
        k->s->build_today[best]++;
    }
}

static int64_t line_limit(const struct tick *k, uint32_t row, int64_t capacity) {
    const struct line *line = &k->m->lines[row];
    if (k->x->line_flow[row] < 0) return capacity;
    int64_t planned = 0;
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++)
        planned += *plan_cell(k, b, k->day);
    return smaller_of(capacity, scaled_ppm(planned, k->x->line_flow[row]));
}

// What is needed, but no more than the firm plan of today with its flex and what was left of yesterday's: parts are
// ordered for that (M-4.1).
static int64_t planned_need(const struct tick *k, uint32_t build) {
    int64_t need = build_need(k, build), planned = k->x->part.plan_rows[build][1];
    return smaller_of(need, ceil_div(planned, 1000000) + k->x->plan_extra[build]);
}

static void line_plan(struct tick *k, uint32_t row) {
    const struct model *m = k->m;
    const struct line *line = &m->lines[row];
    int64_t total = 0;
    bool runs = k->day >= line->first_day && k->day <= line->last_day;
    int32_t ticks = k->x->open_ticks[line->calendar * 4 + (uint32_t)k->x->line_level[row]];
    int64_t capacity = line_limit(k, row, line_capacity(m, row, ticks));
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++) {
        int64_t need = !runs ? 0 : m->set.saturate != SATURATE_NO ? capacity * 2 + 2 : planned_need(k, b);
        k->x->need[b] = need > 0 ? need : 0;
        k->s->build_today[b] = (int32_t)k->x->need[b];
        total += k->x->need[b];
    }
    if (m->set.saturate == SATURATE_NO && total > capacity) starts_share(k, line, total, capacity);
    k->x->line_ticks[row] = ticks;
    k->x->line_passed[row] = 0;
    k->x->line_weight[row] = 0;
    for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++) {
        k->x->build_weight[b] = k->s->build_today[b] + build_in_process(m, k->s, b);
        k->x->line_weight[row] += k->x->build_weight[b];
    }
}

void lines_plan(struct tick *k) {
    for (uint32_t i = 0; i < k->x->part.lines.count; i++) line_plan(k, k->x->part.lines.row[i]);
}
