// Limits: input that is well formed, but that a tick could not hold, or would lose without a word. Looked for last, on
// the finished model, so that every figure is the one that the tick would use.
#include "model/builder.h"

#include <string.h>

enum {
    UNITS_MOST = 500000000,        // of a stock's planned use over its cover: columns count in 32 bits
    COVER_DAYS_MOST = 400,         // targets look no further ahead
    DEMAND_MOST = 1000000,         // units in one tick
    SERVERS_MOST = 1000000,
};

// Vehicles wanted of a line in its quietest year with any; 0: nothing is wanted of it.
static double least_wanted(const struct builder *b, uint32_t line) {
    const struct model *m = b->m;
    double least = 0;
    for (int32_t y = 0; y < b->volume_years; y++) {
        double sum = 0;
        for (uint32_t k = 0; k < m->lines[line].builds; k++)
            sum += b->year_wanted[(size_t)(m->lines[line].first_build + k) * (size_t)b->volume_years + (size_t)y];
        if (sum > 0 && (least <= 0 || sum < least)) least = sum;
    }
    return least;
}

// A line may be too small for what is wanted: that is a finding. One that could not make the least year's orders if it
// never stopped is a slip of units.
static void pace_limit(struct builder *b, uint32_t line) {
    const struct model *m = b->m;
    uint32_t slowest = m->lines[line].first_shop;
    for (uint32_t i = 1; i < m->lines[line].shops; i++)
        if (m->shops[m->lines[line].first_shop + i].cycle_ms > m->shops[slowest].cycle_ms)
            slowest = m->lines[line].first_shop + i;
    double wanted = least_wanted(b, line), most = (double)m->lines[line].units_per_hour_milli / 1000 * 8760;
    if (wanted <= most) return;
    complain(b->c, b->t->shops[m->shops[slowest].table_row].common.source, 0, NULL, "LINE_TOO_SLOW",
             "is cycle_seconds in seconds, and the volume in vehicles a year?",
             "line \"%s\" could make %.0f vehicles a year if it never stopped, and no year wants fewer than \"%.0f\"",
             b->t->lines[m->lines[line].table_row].line, most, wanted);
}

static void lines_limit(struct builder *b) {
    const struct model *m = b->m;
    for (uint32_t l = 1; l < m->n.line; l++) {
        if (m->lines[l].builds && b->volume_years > 0) pace_limit(b, l);
        const struct line_row *row = &b->t->lines[m->lines[l].table_row];
        if (m->lines[l].shops > MOST_SHOPS)
            complain(b->c, row->common.source, 0, NULL, "TOO_MANY_SHOPS", "merge shops, or make two lines of it",
                     "line \"%s\" has %u shops, %d are possible", row->line, m->lines[l].shops, MOST_SHOPS);
    }
}

// Units a day of a stock in the busiest year of volumes.csv.
static double busiest_use(const struct builder *b, uint32_t stock) {
    const struct model *m = b->m;
    double most = 0;
    for (int32_t y = 0; y < b->volume_years; y++) {
        double sum = 0;
        for (uint32_t k = m->first_planned[stock]; k < m->first_planned[stock + 1]; k++)
            sum += b->year_wanted[(size_t)m->planned[k].build * (size_t)b->volume_years + (size_t)y] *
                   m->planned[k].use_per_1024 / 1024 / 365;
        most = sum > most ? sum : most;
    }
    return most;
}

static void sources_limit(struct builder *b, uint32_t s, struct source at) {
    const struct model *m = b->m;
    const struct stock *stock = &m->stocks[s];
    const char *product = m->products[stock->product].id, *buyer = enterprise_name(m, stock->enterprise);
    bool approved = stock->sources == 0 || stock->policy == POLICY_NONE;
    for (uint32_t k = 0; k < stock->sources; k++)
        approved |= m->links[m->source_links[stock->first_source + k]].approved;
    if (!approved)
        complain(b->c, at, 0, NULL, "NO_APPROVED_LINK", "set approved to yes in one of its rows of links.csv",
                 "no supplier of \"%s\" is approved at \"%s\"", product, buyer);
    if (stock->sources > MOST_SOURCES)
        complain(b->c, at, 0, NULL, "TOO_MANY_LINKS", "merge small suppliers",
                 "\"%s\" has %u suppliers of \"%s\", %d are possible", buyer, stock->sources, product, MOST_SOURCES);
}

// What a bought stock orders up to.
static double level_of(const struct builder *b, uint32_t s) {
    const struct stock *stock = &b->m->stocks[s];
    if (stock->policy == POLICY_ORDER_UP_TO || stock->policy == POLICY_S_S) return stock->order_up_to;
    if (stock->policy == POLICY_R_Q) return (double)stock->reorder_at + stock->lot;
    return stock->policy == POLICY_NONE ? 0 : busiest_use(b, s) * b->m->stock_plans[s].horizon_days_milli / 1000;
}

// The orders of all buyers of a stock, or of all unlimited sources together, meet in one figure.
static void buyers_limit(struct builder *b) {
    const struct model *m = b->m;
    for (uint32_t s = 0; s < m->n.stock; s++) {
        double sum = 0;
        for (uint32_t i = 0; i < m->stocks[s].outs; i++) sum += level_of(b, m->links[m->stocks[s].first_out + i].buyer);
        if (sum <= UNITS_MOST) continue;
        uint32_t supplier = m->links[m->stocks[s].first_out].supplier_enterprise;
        complain(b->c, b->t->enterprises[m->enterprises[supplier].table_row].common.source, 0, NULL, "STOCK_TOO_LARGE",
                 "count in a larger unit (kits, kilogrammes, tonnes)",
                 "the buyers of \"%s\" order up to %.3g units, %d are possible", enterprise_name(m, supplier), sum,
                 UNITS_MOST);
    }
}

static void stocks_limit(struct builder *b) {
    const struct model *m = b->m;
    for (uint32_t s = 1; s < m->n.stock; s++) {
        const struct stock *stock = &m->stocks[s];
        const char *product = m->products[stock->product].id, *owner = enterprise_name(m, stock->enterprise);
        struct source at = b->t->enterprises[m->enterprises[stock->enterprise].table_row].common.source;
        sources_limit(b, s, at);
        if (stock->policy != POLICY_PLAN || stock->kind == STOCK_BUILT) continue;
        double days = m->stock_plans[s].horizon_days_milli / 1000.0;
        if (days > COVER_DAYS_MOST)
            complain(b->c, at, 0, NULL, "COVER_TOO_LONG", "lower cover_days, review_hours, transit or flow_hours",
                     "\"%s\" of \"%s\" covers %.0f days, %d are possible", product, owner, days, COVER_DAYS_MOST);
        else if (busiest_use(b, s) * (days + 1) > UNITS_MOST)
            complain(b->c, at, 0, NULL, "STOCK_TOO_LARGE", "count it in a larger unit (kits, kilogrammes, tonnes)",
                     "\"%s\" of \"%s\" would hold %.3g units", product, owner, busiest_use(b, s) * days);
    }
}

static bool channel_sold(const struct model *m, int32_t channel) {
    for (uint32_t i = 1; i < m->n.market; i++)
        if (m->markets[i].channel == (uint32_t)channel) return true;
    return false;
}

static bool platform_built(const struct builder *b, uint32_t platform) {
    for (uint32_t i = 1; i <= b->t->builds_count; i++)
        if (b->t->builds[i].platform == platform) return true;
    return false;
}

// What is wanted must be built by somebody and be sold somewhere.
static void volumes_limit(struct builder *b) {
    static const char *const channels[CHANNEL_COUNT] = { "local", "domestic", "export" };
    for (uint32_t i = 1; i <= b->t->volumes_count; i++) {
        const struct volume_row *row = &b->t->volumes[i];
        if (row->units == 0) continue;
        if (!channel_sold(b->m, row->channel))
            complain(b->c, row->common.source, 0, NULL, "VOLUME_WITHOUT_MARKET",
                     "add a market of this channel to markets.csv", "no market takes what is wanted here: \"%s\"",
                     channels[row->channel]);
        if (!platform_built(b, row->platform))
            complain(b->c, row->common.source, 0, NULL, "VOLUME_NOT_BUILT", "add the platform to builds.csv",
                     "no line builds \"%s\"", b->t->platforms[row->platform].platform);
    }
}

// Exports are drawn by market: several need shares.
static void shares_limit(struct builder *b) {
    const struct model *m = b->m;
    uint32_t exports = 0, first = 0;
    for (uint32_t i = 1; i < m->n.market; i++) {
        if (m->markets[i].channel != CHANNEL_EXPORT) continue;
        exports++;
        first = first ? first : m->markets[i].table_row;
    }
    bool wanted = false;
    for (uint32_t i = 1; i <= b->t->volumes_count; i++)
        wanted |= b->t->volumes[i].channel == CHANNEL_EXPORT && b->t->volumes[i].units > 0;
    uint32_t last = m->n.market - 1;
    for (int32_t y = 0; y < m->years && exports > 1 && wanted; y++) {
        if (m->market_share[(size_t)y * m->n.market + last] > 0) continue;
        complain(b->c, b->t->markets[first].common.source, 0, NULL, "EXPORT_WITHOUT_SHARES",
                 "add the export markets to shares.csv", "no export market has a share in %d",
                 (int)(m->first_year + y));
        return;
    }
}

// Transit of a row in any world.
static double hours_most(const struct leg_row *leg) {
    bool ranged = leg->common.law != LAW_NONE && leg->common.high > leg->transit_hours;
    return ranged ? leg->common.high : leg->transit_hours;
}

// Days a lane can take, shocks of the same days and the wait for later departures included.
static double lane_days(const struct builder *b, uint32_t row) {
    const struct tables *t = b->t;
    double hours = 24, worst = 0;        // one day for rounding up to the date
    for (uint32_t i = 1; i <= t->legs_count; i++) {
        if (t->legs[i].lane != row) continue;
        hours += hours_most(&t->legs[i]) + t->legs[i].spread_hours;
        if (t->legs[i].leg > 1) hours += 24 / t->legs[i].departures;
    }
    for (uint32_t i = 1; i <= t->shocks_count; i++) {
        double extra = 0;
        for (uint32_t k = 1; k <= t->shocks_count; k++) {
            const struct shock_row *shock = &t->shocks[k];
            bool same_day = shock->from <= t->shocks[i].from && t->shocks[i].from <= shock->until;
            bool hits = shock->scope == SCOPE_LANE && strcmp(shock->target, t->lanes[row].lane) == 0;
            if (same_day && hits) extra += shock->extra_hours;
        }
        worst = extra > worst ? extra : worst;
    }
    return (hours + worst) / 24;
}

static void lanes_limit(struct builder *b) {
    const struct model *m = b->m;
    for (uint32_t i = 1; i < m->n.market; i++) {
        const struct market *market = &m->markets[i];
        int most = market->channel == CHANNEL_EXPORT ? MARKET_RING_DAYS - 1 : DEALER_RING_DAYS - 1;
        const struct lane_row *lane = &b->t->lanes[m->lanes[market->lane].table_row];
        double days = lane_days(b, m->lanes[market->lane].table_row);
        if (days <= most) continue;
        complain(b->c, lane->common.source, 0, NULL, "LANE_TOO_LONG",
                 "shorten transit_hours or spread_hours of its legs, or extra_hours of the shocks that hit it",
                 "lane \"%s\" to \"%s\" can take %.0f days, %d are possible", lane->lane,
                 b->t->markets[market->table_row].market, days, most);
    }
}

static void demands_limit(struct builder *b) {
    for (uint32_t i = 1; i <= b->t->demands_count; i++) {
        const struct demand_row *row = &b->t->demands[i];
        double high = row->common.law != LAW_NONE ? row->common.high : row->mean;
        double low = row->common.law != LAW_NONE ? row->common.low : row->mean;
        bool possible = low >= 0 && high <= DEMAND_MOST && row->deviation >= 0 && row->deviation <= DEMAND_MOST;
        if (!possible)
            complain(b->c, row->common.source, 0, NULL, "DEMAND_SIZE", NULL,
                     "mean and deviation of one period lie between 0 and %d: \"%g\", \"%g\"", DEMAND_MOST, row->mean,
                     row->deviation);
    }
}

// Servers finish whole units at once: a flow time or a yield beside them would be lost without a word.
static void servers_limit(struct builder *b) {
    const struct model *m = b->m;
    for (uint32_t i = 0; i < m->serving_count; i++) {
        const struct maker *maker = &m->makers[m->serving[i]];
        const struct maker_row *row = &b->t->makers[maker->table_row];
        uint32_t demands = 0;
        for (uint32_t d = 1; d < m->n.demand; d++)
            demands += m->demands[d].served && m->stocks[m->demands[d].stock].maker == m->serving[i];
        if (row->servers < 0 || row->servers > SERVERS_MOST)
            complain(b->c, row->common.source, 0, NULL, "SERVERS", NULL, "a maker has 0 to %d servers, not %lld",
                     SERVERS_MOST, (long long)row->servers);
        if (row->flow_hours > 0 || row->yield < 1)
            complain(b->c, row->common.source, 0, NULL, "SERVERS", "leave flow_hours and yield empty, or servers",
                     "a maker with servers has no flow time beside theirs and no yield");
        if (demands > MOST_SERVED)
            complain(b->c, row->common.source, 0, NULL, "SERVERS", "add their means up",
                     "the servers meet %u demands, %d are possible", demands, MOST_SERVED);
    }
}

// A unit that needs a place before it begins needs one to exist.
static void shops_limit(struct builder *b) {
    const struct model *m = b->m;
    for (uint32_t i = 1; i < m->n.shop; i++) {
        const struct shop_row *row = &b->t->shops[m->shops[i].table_row];
        if (m->shops[i].blocking != BLOCKING_AFTER && m->shops[i].next && m->shops[i].buffer == 0)
            complain(b->c, row->common.source, 0, NULL, "NO_PLACE", "give it a buffer, or blocking after",
                     "shop \"%s\" begins only with a place behind it, and has none", row->shop);
    }
}

void limits_check(struct builder *b) {
    servers_limit(b);
    shops_limit(b);
    lines_limit(b);
    stocks_limit(b);
    buyers_limit(b);
    volumes_limit(b);
    shares_limit(b);
    lanes_limit(b);
    demands_limit(b);
}
