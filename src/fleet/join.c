// The opening fleet, and who joins and leaves on a day (M-12.1): what the chain delivered, what was to be bought from
// elsewhere anyway, and of the buyers whom the region's makers lost those who bought elsewhere instead.
// writes: vehicle_* of new rows; vehicle_class of those that leave
#include "fleet/town.h"

enum origin { FROM_OPENING, FROM_HERE, FROM_ELSEWHERE, FROM_INSTEAD };
enum { OPENING_AGE_YEARS = 3, DAYS_A_YEAR = 365 };

// Cumulative shares: the first row whose share is above u.
static uint32_t row_of(const double *cumulative, uint32_t count, double u) {
    uint32_t row = 0;
    while (row + 1 < count && cumulative[row] <= u) row++;
    return row;
}

static double unit_of(uint32_t word) {
    return (word + 0.5) / 4294967296.0;
}

// A type of the class: BEV or plug-in as asked for, where the class has one.
static uint8_t type_of(const struct charging *c, const struct ev_class *class, bool bev, double u) {
    uint32_t first = bev ? 0 : class->bevs, end = bev ? class->bevs : class->types;
    if (first == end) first = 0, end = class->types;
    const struct class_type *rows = c->class_types + class->first_type;
    while (first + 1 < end && rows[first].weight <= u) first++;
    return (uint8_t)rows[first].type;
}

static int32_t until_of(const struct town *t, uint32_t serial, enum origin origin) {
    struct philox luck = draw_block(t->luck, vehicle_who(serial), DRAW_JOIN, 0, 1);
    double mean = t->m->set.fleet_life_years;
    double years = normal_from(unit_of(luck.word[0]), mean, mean / 5);
    if (years < 1) years = 1;
    if (origin == FROM_OPENING) {
        double age = unit_of(luck.word[1]) * OPENING_AGE_YEARS;
        years = years > age ? years - age : 0;
    }
    double day = t->day + years * DAYS_A_YEAR;
    return day < UINT16_MAX ? (int32_t)day : UINT16_MAX;
}

static uint32_t class_of(const struct town *t, enum origin origin, double u) {
    const struct charging *c = t->c;
    const double *shares = origin == FROM_OPENING ? c->opening_class_share
                                                  : c->class_share + (size_t)t->year * c->n.class;
    return row_of(shares, c->n.class, u);
}

static void person_draw(struct town *t, uint32_t v, struct philox luck) {
    const struct charging *c = t->c;
    const struct ev_class *class = &c->classes[t->s.vehicle_class[v]];
    const struct ev_class_row *row = &t->m->tables->ev_classes[class->table_row];
    const struct ev_type *type = &c->types[t->s.vehicle_type[v]];
    double km = class->km_mean;
    if (class->km_sigma > 0) km *= exp_own(class->km_sigma * normal_from(unit_of(luck.word[3]), 0, 1));
    double mwh = km * 1000 * type->mwh_per_m;
    t->s.vehicle_use[v] = mwh < type->battery_mwh * 100.0 ? (int32_t)(mwh + 0.5) : type->battery_mwh * 100;
    double plug = row->plug_below + ((draw_bits(luck.word[2], 16, 8) + 0.5) / 128 - 1) * row->plug_below_spread;
    t->s.vehicle_plug_at[v] = (uint16_t)((plug < 0 ? 0 : plug > 1 ? 1 : plug) * 10000 + 0.5);
    if ((draw_bits(luck.word[2], 24, 8) + 0.5) / 256 < row->cheap_share) t->s.vehicle_home[v] |= HOME_CHEAP;
}

// What follows from the columns of its row.
static void habit_set(struct town *t, uint32_t v) {
    const struct charging *c = t->c;
    uint32_t class = t->s.vehicle_class[v];
    const struct ev_class_row *row = &t->m->tables->ev_classes[c->classes[class].table_row];
    int32_t battery = c->types[t->s.vehicle_type[v]].battery_mwh;
    bool nowhere = (t->s.vehicle_home[v] & HOME_KIND) == HOME_NONE;
    int64_t plug = (int64_t)battery * t->s.vehicle_plug_at[v] / 10000 + (row->plug_rule != 0);
    t->habits[v] = (struct habit){ nowhere ? battery : (int32_t)plug, battery / 20,
                                   t->s.vehicle_district[v] * c->n.class + class, (uint8_t)class, nowhere };
}

static void vehicle_join(struct town *t, enum origin origin, bool bev, int64_t number) {
    const struct charging *c = t->c;
    ASSERT(t->vehicles < t->room);
    uint32_t v = t->vehicles++;
    // who it is depends on when and from where it came, not on how many came before
    uint64_t when = (uint64_t)(t->m->first_day + t->day) * 8 + origin * 2u + bev;
    uint32_t serial = (uint32_t)hash_pair(when, (uint64_t)number);
    struct philox luck = draw_block(t->luck, vehicle_who(serial), DRAW_JOIN, 0, 0);
    uint32_t district = row_of(c->district_share, c->n.district, unit_of(luck.word[0]));
    uint32_t class = class_of(t, origin, (draw_bits(luck.word[1], 0, 16) + 0.5) / 65536);
    const double *homes = origin == FROM_OPENING ? c->opening_home_share + (size_t)class * HOMES
                                                 : c->home_share + ((size_t)t->year * c->n.class + class) * HOMES;
    t->s.vehicle_serial[v] = serial;
    t->s.vehicle_district[v] = (uint16_t)district;
    t->s.vehicle_class[v] = (uint8_t)class;
    t->s.vehicle_type[v] = type_of(c, &c->classes[class], bev, (draw_bits(luck.word[2], 0, 16) + 0.5) / 65536);
    t->s.vehicle_home[v] = (uint8_t)row_of(homes, HOMES, (draw_bits(luck.word[1], 16, 16) + 0.5) / 65536);
    t->s.vehicle_until[v] = (uint16_t)until_of(t, serial, origin);
    person_draw(t, v, luck);
    habit_set(t, v);
    t->s.vehicle_charge[v] = c->types[t->s.vehicle_type[v]].battery_mwh;
    t->joined_mwh += t->s.vehicle_charge[v];
    if ((t->s.vehicle_home[v] & HOME_KIND) == HOME_OWN) t->private_piles[district]++;
    if (t->last_plug) t->last_plug[v] = -1;
    if (origin == FROM_OPENING) return;
    sums_of(&t->hand[0], district, class)[FLEET_joined_here + (int)origin - FROM_HERE]++;
}

static int64_t elsewhere_on(const struct charging *c, int32_t day) {
    return c->elsewhere_micro[day + 1] / 1000000 - c->elsewhere_micro[day] / 1000000;
}

// Buyers lost until a day's end, of whom a share buys from elsewhere: floors of the sum, nothing is carried.
static int64_t instead_on(const struct town *t, int32_t day, int feed, int64_t lost_before) {
    double share = t->m->set.substitution;
    int64_t lost = lost_before + t->feed.missed[day][feed];
    return (int64_t)((double)lost * share) - (int64_t)((double)lost_before * share);
}

uint64_t joins_most(const struct model *m, const struct fleet_feed *feed) {
    uint64_t most = (uint64_t)m->charging.opening + (uint64_t)(m->charging.elsewhere_micro[m->days] / 1000000) + 2;
    for (int32_t day = 0; feed && day < m->days; day++)
        for (int i = 0; i < FEEDS; i++) most += (uint64_t)feed->sold[day][i] + (uint64_t)feed->missed[day][i] + 1;
    return most;
}

// BEVs first: the share of them among `count` by rounding.
static void several_join(struct town *t, enum origin origin, int64_t count, double bev_share) {
    int64_t bevs = (int64_t)((double)count * bev_share + 0.5);
    for (int64_t i = 0; i < count; i++) vehicle_join(t, origin, i < bevs, i);
}

void fleet_open(struct town *t) {
    const struct charging *c = t->c;
    t->vehicles = 1;
    if (c->opening > 0) several_join(t, FROM_OPENING, c->opening, c->opening_bev_share);
}

static void vehicle_leave(struct town *t, uint32_t v) {
    if (!t->s.vehicle_class[v]) return;
    if (t->s.vehicle_asks[v]) {
        t->s.vehicle_until[v]++;               // it is at a pile: a day later
        return;
    }
    sums_of(&t->hand[0], t->s.vehicle_district[v], t->s.vehicle_class[v])[FLEET_scrapped]++;
    t->scrapped_mwh += t->s.vehicle_charge[v];
    t->s.vehicle_charge[v] = 0;
    t->s.vehicle_class[v] = 0;
    t->habits[v].class = 0;
}

// Whether one of `count` vehicles leaves is asked of all at once.
static void fleet_leave(struct town *t) {
    const uint16_t *until = t->s.vehicle_until, today = (uint16_t)t->day;
    if (t->day >= UINT16_MAX) return;
    for (uint32_t first = 1, end; first < t->vehicles; first = end) {
        uint16_t any = 0;
        end = t->vehicles - first < BLOCKS_MOST ? t->vehicles : first + BLOCKS_MOST;
        for (uint32_t v = first; v < end; v++) any |= until[v] == today;
        for (uint32_t v = first; any && v < end; v++)
            if (until[v] == today) vehicle_leave(t, v);
    }
}

void fleet_join(struct town *t) {
    const struct charging *c = t->c;
    int32_t day = t->day;
    fleet_leave(t);
    if (c->n.class > 1 && t->feed.sold) {
        for (int feed = 0; feed < FEEDS; feed++) {
            int64_t instead = instead_on(t, day, feed, t->lost[feed]);
            t->lost[feed] += t->feed.missed[day][feed];
            several_join(t, FROM_HERE, t->feed.sold[day][feed], feed == FEED_BEV);
            several_join(t, FROM_INSTEAD, instead, feed == FEED_BEV);
        }
    }
    if (c->n.class > 1) several_join(t, FROM_ELSEWHERE, elsewhere_on(c, day), c->bev_share[t->year]);
}
