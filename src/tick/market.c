// Stage 7: vehicles reach dealers and countries, buyers come, dealers order, yards hand vehicles to lanes (M-4.7); and
// outside demand at stocks.
// reads: wanted    writes: offer_*, market_arriving, way_waiting, lane_waiting, stock_on_hand, stock_backlog
#include "tick/stage.h"

static int32_t *cohort_of(const struct tick *k, uint32_t offer, int32_t day) {
    return &k->s->offer_cohort[offer * COHORT_DAYS + (uint32_t)(day % COHORT_DAYS)];
}

static int32_t oldest_day(const struct tick *k) {
    int32_t day = k->day - (int32_t)k->m->set.patience_days;
    return day < 0 ? 0 : day;
}

// ---- dealers and buyers -------------------------------------------------------------------------------------------

static void cohort_cancel(struct tick *k, uint32_t offer) {
    int32_t day = k->day - (int32_t)k->m->set.patience_days;
    if (day < 0) return;
    int32_t *cohort = cohort_of(k, offer, day);
    k->t->offer_cancelled[offer] += *cohort;
    k->s->offer_waiting[offer] -= *cohort;
    *cohort = 0;
}

// Vehicles that reach the dealers serve who waits, the oldest first; the rest is stock.
static void dealers_receive(struct tick *k, uint32_t offer) {
    struct state *s = k->s;
    int32_t *arriving = &s->offer_arriving[offer * DEALER_RING_DAYS + (uint32_t)(k->day % DEALER_RING_DAYS)];
    s->offer_under_way[offer] -= *arriving;
    s->offer_stock[offer] += *arriving;
    *arriving = 0;
    if (s->offer_waiting[offer] == 0 || s->offer_stock[offer] == 0) return;
    for (int32_t day = oldest_day(k); day <= k->day && s->offer_stock[offer] > 0; day++) {
        int32_t *cohort = cohort_of(k, offer, day);
        int32_t served = (int32_t)smaller_of(*cohort, s->offer_stock[offer]);
        *cohort -= served;
        s->offer_waiting[offer] -= served;
        s->offer_stock[offer] -= served;
        k->t->offer_sold[offer] += served;
    }
}

static const int32_t *dealer_target(const struct tick *k, uint32_t offer) {
    return k->m->dealer_target + (size_t)offer * ((size_t)k->m->days + 1) + (size_t)k->day;
}

// volumes.csv says what is wanted of the plants: buyers are that less the growth of the dealers' target.
static int64_t buyers_draw(const struct tick *k, uint32_t offer, uint32_t purpose, double share) {
    const struct offer *o = &k->m->offers[offer];
    double wanted = k->m->wanted_micro[(size_t)offer * (size_t)k->m->days + (size_t)k->day] / 1e6;
    if (o->dealer) wanted -= dealer_target(k, offer)[1] - dealer_target(k, offer)[0];
    double mean = wanted * share * (k->x->offer_factor[offer] / 1e6);
    return mean > 0 ? draw_poisson(k->luck, o->who, purpose, when_day(k, k->day), mean) : 0;
}

static void dealers_sell(struct tick *k, uint32_t offer) {
    struct state *s = k->s;
    double wait = k->m->set.build_to_order_share;
    int64_t spot = buyers_draw(k, offer, DRAW_BUYERS, 1 - wait);
    int64_t waiting = buyers_draw(k, offer, DRAW_WAITING_BUYERS, wait);
    int64_t sold = smaller_of(spot, s->offer_stock[offer]);
    k->t->offer_ordered[offer] += spot + waiting;
    k->t->offer_sold[offer] += sold;
    k->t->offer_lost[offer] += spot - sold;
    s->offer_stock[offer] -= (int32_t)sold;
    s->offer_waiting[offer] += (int32_t)waiting;
    *cohort_of(k, offer, k->day) += (int32_t)waiting;
    int64_t position = (int64_t)s->offer_stock[offer] + s->offer_under_way[offer] + s->offer_wanted[offer] -
                       s->offer_waiting[offer];
    int64_t target = dealer_target(k, offer)[1];
    // Dealers take back an order only while the plant has not served it: a falling target lowers what they want.
    int64_t wanted = s->offer_wanted[offer] + target - position;
    s->offer_wanted[offer] = (int32_t)(wanted > 0 ? wanted : 0);
}

// Exact Poisson splitting: the market of the n-th unit of a cohort depends on cohort and n alone.
static uint32_t unit_market(const struct tick *k, uint32_t offer, int32_t day, uint32_t number) {
    const struct model *m = k->m;
    uint64_t who = who_of(m->offers[offer].who, number);
    struct philox p = draw_block(k->luck, who, DRAW_MARKET, when_day(k, day), number & 65535);
    int32_t year = date_from_day(m->first_day + day).year - m->first_year;
    const uint32_t *share = m->market_share + (size_t)year * m->n.market;
    uint32_t low = 0, high = k->x->export_market_count - 1;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (p.word[0] <= share[k->x->export_markets[middle]]) high = middle;
        else low = middle + 1;
    }
    return low;
}

// Whether the n-th unit of a cohort was ordered at all: a shock in a market thins only its own.
static bool unit_ordered(const struct tick *k, uint32_t offer, int32_t day, uint32_t number) {
    uint32_t market = k->x->export_markets[unit_market(k, offer, day, number)];
    int32_t factor = market_factor_on(k, market, day);
    if (factor >= 1000000) return true;
    uint64_t who = who_of(k->m->offers[offer].who, number);
    double u = draw_uniform(k->luck, who, DRAW_THIN, when_day(k, day), number & 65535);
    return u * 1e6 < factor;
}

static bool markets_shocked(const struct tick *k) {
    for (uint32_t i = 0; i < k->x->export_market_count; i++)
        if (k->x->market_factor[k->x->export_markets[i]] != 1000000) return true;
    return false;
}

static void exports_order(struct tick *k, uint32_t offer) {
    int64_t ordered = buyers_draw(k, offer, DRAW_BUYERS, 1), kept = ordered;
    if (k->x->export_market_count == 0) return;
    if (ordered && k->x->shocked && markets_shocked(k)) {
        kept = 0;
        for (uint32_t n = 1; n <= ordered; n++) kept += unit_ordered(k, offer, k->day, n);
    }
    k->t->offer_ordered[offer] += kept;
    k->s->offer_waiting[offer] += (int32_t)kept;
    *cohort_of(k, offer, k->day) += (int32_t)kept;
}

// ---- yards --------------------------------------------------------------------------------------------------------

static void lane_receive(struct tick *k, uint32_t stock, uint32_t way, int32_t count) {
    note_tell(k, NOTE_TO_LANE, way, count);
    k->s->way_waiting[way] += count;
    k->s->lane_waiting[k->m->ways[way].lane] += count;
    k->t->enterprise_turnover[k->m->stocks[stock].enterprise] += count * k->m->ways[way].price_fen;
    if (!k->observer || count == 0) return;
    struct event e = { .kind = VEHICLE_TO_LANE, .stock = stock, .way = way, .count = count,
                       .second = (int64_t)(k->tick + 1) * k->m->tick_seconds };
    k->observer->see(k->observer->self, &e);
}

// The number that the next delivered unit of a cohort has: with no shock on its day simply how many wait.
static uint32_t unit_number(const struct tick *k, uint32_t offer, int32_t day, int32_t waiting) {
    bool thinned = false;
    for (uint32_t i = 0; i < k->m->shock_count && !thinned; i++) {
        const struct shock *shock = &k->m->shocks[i];
        thinned = shock->active && !k->no_shocks && shock->scope == SCOPE_MARKET && day >= shock->from &&
                  day <= shock->until;
    }
    if (!thinned) return (uint32_t)waiting;
    uint32_t number = 0;
    for (int32_t kept = 0; kept < waiting;) kept += unit_ordered(k, offer, day, ++number);
    return number;
}

static void exports_deliver(struct tick *k, uint32_t stock, uint32_t offer, int64_t count) {
    const struct offer *o = &k->m->offers[offer];
    for (int32_t day = oldest_day(k); day <= k->day && count > 0; day++) {
        int32_t *cohort = cohort_of(k, offer, day);
        for (; *cohort > 0 && count > 0; count--) {
            uint32_t market = unit_market(k, offer, day, unit_number(k, offer, day, *cohort));
            lane_receive(k, stock, o->first_way + market, 1);
            --*cohort;
            k->s->offer_waiting[offer]--;
            k->t->offer_sold[offer]++;
        }
    }
    ASSERT(count == 0);
}

static void yard_deliver(struct tick *k, uint32_t stock) {
    const struct model *m = k->m;
    uint32_t first = m->variants[m->products[m->stocks[stock].product].variant].first_offer;
    struct claim claims[CHANNEL_COUNT];
    int64_t total = 0;
    for (uint32_t c = 0; c < CHANNEL_COUNT; c++) {
        uint32_t o = first + c;
        int64_t owed = m->offers[o].dealer ? k->s->offer_wanted[o] : k->s->offer_waiting[o];
        claims[c] = (struct claim){ .owed = m->offers[o].ways ? owed : 0, .row = o };
        total += claims[c].owed;
    }
    allocate(claims, CHANNEL_COUNT, k->s->stock_on_hand[stock]);
    for (uint32_t c = 0; c < CHANNEL_COUNT; c++) {
        uint32_t o = claims[c].row;
        int32_t given = (int32_t)claims[c].given;
        if (given == 0) continue;
        k->s->stock_on_hand[stock] -= given;
        k->t->stock_sold[stock] += given;
        if (!m->offers[o].dealer) {
            exports_deliver(k, stock, o, given);
            continue;
        }
        k->s->offer_wanted[o] -= given;
        k->s->offer_under_way[o] += given;
        k->t->offer_taken[o] += given;
        lane_receive(k, stock, m->offers[o].first_way, given);
    }
}

static void yards_deliver(struct tick *k) {
    const struct model *m = k->m;
    for (uint32_t i = 0; i < k->x->part.yards.count; i++) {
        uint32_t stock = k->x->part.yards.row[i];
        int32_t on_hand = k->s->stock_on_hand[stock];
        if (on_hand == 0) continue;
        if (m->set.saturate == SATURATE_NO) {
            yard_deliver(k, stock);
            continue;
        }
        k->s->stock_on_hand[stock] = 0;       // unlimited orders: every vehicle is sold as it comes
        k->t->stock_sold[stock] += on_hand;
    }
}

// ---- outside demand -----------------------------------------------------------------------------------------------

void demand_meet(struct tick *k, uint32_t row, int64_t count) {
    const struct demand *d = &k->m->demands[row];
    struct state *s = k->s;
    int64_t served = smaller_of(count, s->stock_on_hand[d->stock]);
    s->stock_on_hand[d->stock] -= (int32_t)served;
    k->t->stock_sold[d->stock] += served;
    k->t->demand_wanted[row] += count;
    k->t->demand_served_at_once[row] += served;
    k->x->busy[k->m->stocks[d->stock].maker] = true;
    k->x->due[d->stock] = true;
    k->x->plant[k->m->stocks[d->stock].enterprise].stamp++;
    if (d->lost) k->t->demand_lost[row] += count - served;
    else s->stock_backlog[d->stock] += (int32_t)(count - served);
}

static void demand_falls(struct tick *k, uint32_t row) {
    const struct demand *d = &k->m->demands[row];
    int64_t count = (int64_t)(d->mean + 0.5);
    if (d->law == DEMAND_POISSON)
        count = d->poisson ? draw_poisson_from(k->luck, (struct draw_key){ d->who, DRAW_DEMAND, when_tick(k) },
                                               &k->m->poissons[d->poisson]) : 0;
    if (d->law == DEMAND_NORMAL) {
        double u = draw_uniform(k->luck, d->who, DRAW_DEMAND, when_tick(k), 0);
        double value = normal_from(u, d->mean, d->deviation) + 0.5;
        count = value > 0 ? (int64_t)value : 0;
    }
    demand_meet(k, row, count);
}

static void market_day(struct tick *k) {
    const struct part *p = &k->x->part;
    for (uint32_t n = 0; n < p->markets.count; n++) {
        uint32_t i = p->markets.row[n];
        int32_t *arriving = &k->s->market_arriving[i * MARKET_RING_DAYS + (uint32_t)(k->day % MARKET_RING_DAYS)];
        k->t->market_arrived[i] += *arriving;
        *arriving = 0;
    }
    for (uint32_t n = 0; n < p->offers.count; n++) {
        uint32_t o = p->offers.row[n];
        bool dealer = k->m->offers[o].dealer;
        if (dealer) dealers_receive(k, o);
        if (k->s->offer_waiting[o]) cohort_cancel(k, o);
        if (dealer) dealers_sell(k, o);
        else exports_order(k, o);
    }
}

void markets_take(struct tick *k) {
    const struct model *m = k->m;
    bool saturated = m->set.saturate != SATURATE_NO;
    if (k->tick_of_day == 0 && !saturated) market_day(k);
    int32_t every = m->ticks_per_day / 3 > 0 ? m->ticks_per_day / 3 : 1;   // once a shift
    if (k->tick_of_day % every == every - 1) yards_deliver(k);
    for (const struct note *n; (n = note_next(k, NOTE_TO_LANE));) lane_receive(k, 0, n->row, n->count);
    for (uint32_t n = 0; n < k->x->part.demands.count; n++) {
        const struct demand *d = &m->demands[k->x->part.demands.row[n]];
        if (!d->served && k->tick % d->every_ticks == d->offset_ticks) demand_falls(k, k->x->part.demands.row[n]);
    }
}
