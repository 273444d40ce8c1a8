// A day of the vehicles (M-12.2): who drives how far, who plugs in at home, who asks for a pile. One draw of 128 bits
// each; what happens at home is resolved at once, as nobody else is waiting there. Most vehicles drive, come home and
// do nothing else: rows_drive works them side by side, and the others go the way of a struct drive.
// reads: vehicle_*. writes: vehicle_charge, vehicle_asks
#include "fleet/town.h"

enum { SHARES = 256, SHARE_BITS = 20, SHARE_ONE = 1 << SHARE_BITS };

// What a class does today; what every vehicle needs of it comes first.
struct day_class {
    const int32_t *day_q16;        // of the class
    int64_t  use_q16;
    uint32_t active_q16, plug_q16;
    uint32_t habit_q16[2];         // plug_q16 for who has a pile at home; above all bits where everybody does more
    int32_t  at_limit;             // 1: the charge at the limit is low already
    int32_t  low[SHARES + 1];      // by 8 bits: the charge at which it asks, of SHARE_ONE; and SHARE_ONE
    const struct ev_class *class;
    const struct ev_class_row *row;
};
struct day {
    struct hand *h;
    uint32_t when, year;
    int      kind, kind_tomorrow;  // 0: workday, of clocks
    double   plug_factor[TYPES_MOST];   // uWh at the plug for a mWh in the battery
    int32_t  battery[TYPES_MOST];
    struct day_class of[CLASSES_MOST];
};
// Rows of vehicles that are worked side by side, and what each uses today.
struct rows {
    uint32_t first, count;
    struct draw_blocks luck;
    int32_t  use[BLOCKS_MOST], way[BLOCKS_MOST];   // of today's way; 0 where it stays
    uint32_t busy[BLOCKS_MOST], busy_count;    // of the rows: those that do more than drive
};

// A vehicle that does more than drive.
struct drive {
    const struct day *day;
    struct hand *h;
    uint32_t vehicle;
    const struct day_class *class;
    const struct ev_type *type;
    uint32_t luck[4], person[3];   // of the drive; of the request, if there is one
    int64_t *sums;
    int32_t  charge, use;          // mWh: in the battery; of today's way
    bool     active;
};

static int64_t second_us(int64_t day, int32_t second) {
    return day * DAY_US + second * INT64_C(1000000);
}

static struct request request_of(const struct drive *d, int64_t at_us, uint8_t access) {
    const struct town *t = d->h->town;
    const struct ev_class_row *row = d->class->row;
    struct request q = { .at_us = at_us, .vehicle = d->vehicle, .who = t->s.vehicle_serial[d->vehicle],
                         .number = d->day->when, .charge_mwh = d->charge,
                         .district = t->s.vehicle_district[d->vehicle], .type = t->s.vehicle_type[d->vehicle],
                         .class = t->s.vehicle_class[d->vehicle], .access = access, .current = AC };
    if (access == ACCESS_PUBLIC && d->type->dc_watts && d->person[0] / 4294967296.0 >= row->ac_share) q.current = DC;
    q.patience_us = (int64_t)(exponential_of(t, d->person[1], row->patience_minutes) * 60e6);
    bool fuel = d->type->powertrain != TYPE_BEV && d->person[2] / 4294967296.0 < row->fuel_share;
    if (fuel) q.flags = ASK_FUEL;
    return q;
}

static void ask(struct drive *d, const struct request *q) {
    d->sums[FLEET_asked]++;
    d->h->town->s.vehicle_asks[d->vehicle] = 1;
    request_put(d->h, q);
}

// --- at home

struct stay {
    int64_t from_us, until_us;
};

// Waits for the cheapest hours where its owner does and they come before it leaves.
static int64_t start_of(const struct drive *d, struct stay stay) {
    const struct town *t = d->h->town;
    if (!(t->s.vehicle_home[d->vehicle] & HOME_CHEAP)) return stay.from_us;
    for (int64_t at = stay.from_us; at < stay.until_us; at = (at / HOUR_US + 1) * HOUR_US)
        if (t->c->cheap[at / HOUR_US % 24]) return at;
    return stay.from_us;
}

static void home_tally(struct drive *d) {
    struct town *t = d->h->town;
    d->sums[FLEET_home_sessions]++;
    if (!t->last_plug) return;
    double *gaps = d->h->gaps + (size_t)t->s.vehicle_class[d->vehicle] * GAP_SUMS;
    int32_t *last = &t->last_plug[d->vehicle];
    double gap = t->day - *last;
    if (*last >= 0 && t->counts) {
        gaps[GAP_COUNT] += 1;
        gaps[GAP_DAYS] += gap;
        gaps[GAP_SQUARES] += gap * gap;
    }
    *last = t->day;
}

static void home_charge(struct drive *d, struct stay stay) {
    struct town *t = d->h->town;
    uint32_t v = d->vehicle, home = t->s.vehicle_home[v] & HOME_KIND;
    size_t year = (size_t)d->day->year * t->c->n.class + t->s.vehicle_class[v];
    int32_t watts = t->c->home_watts[year * HOMES + home];
    if (watts > d->type->ac_watts) watts = d->type->ac_watts;
    double factor = d->day->plug_factor[t->s.vehicle_type[v]];
    int64_t from = start_of(d, stay), need = d->type->battery_mwh - d->charge;
    int64_t uwh = (int64_t)((double)need * factor + 0.5);
    int64_t us = (int64_t)((double)uwh * 3600 / watts + 0.5);
    if (from + us > stay.until_us) {
        us = stay.until_us - from;
        uwh = (int64_t)((double)us * watts / 3600);
        need = (int64_t)((double)uwh / factor);
    }
    if (us <= 0 || need <= 0) return;
    struct load_piece p = { from, from + us, uwh, t->s.vehicle_district[v], 0, LOAD_HOME };
    load_constant(d->h, &p);
    d->charge += (int32_t)need;
    d->sums[FLEET_charged_mwh] += need;
    d->sums[FLEET_home_uwh] += uwh;
    home_tally(d);
}

// By its charge or by habit (word 2).
static inline bool plugs_in(const struct day_class *class, int32_t charge, int64_t limit, uint32_t word) {
    return charge < limit + class->at_limit || draw_bits(word, 0, 16) < class->plug_q16;
}

static struct stay night_of(const struct drive *d) {
    const struct day *day = d->day;
    int32_t home = clock_second(&d->class->class->home[day->kind], d->luck[1] << 16);
    int32_t leave = clock_second(&d->class->class->leave[day->kind_tomorrow], d->luck[1]);
    int32_t today = d->h->town->day;
    return (struct stay){ second_us(today, home), second_us(today + 1, leave) };
}

static int32_t low_of(const struct day_class *class, int32_t battery_mwh, uint32_t word) {
    return (int32_t)((int64_t)battery_mwh * class->low[draw_bits(word, 16, 8)] / SHARE_ONE);
}

static int64_t plug_limit(const struct town *t, uint32_t vehicle, int32_t battery_mwh) {
    return (int64_t)battery_mwh * t->s.vehicle_plug_at[vehicle] / 10000;
}

// --- kind daily

static void public_ask(struct drive *d, int32_t later_mwh) {
    int32_t second = clock_second(&d->class->class->ask[d->day->kind], d->luck[3]);
    struct request q = request_of(d, second_us(d->h->town->day, second), ACCESS_PUBLIC);
    q.later_mwh = later_mwh;
    if (later_mwh) q.flags = 0;
    ask(d, &q);
}

// What the battery cannot give: plug-ins drive it on fuel, others ask on the way.
static void daily_short(struct drive *d) {
    int32_t reserve = d->type->battery_mwh / 20, give = d->charge > reserve ? d->charge - reserve : 0;
    d->sums[FLEET_driven_mwh] += give;
    d->charge -= give;
    if (d->type->powertrain == TYPE_BEV) public_ask(d, d->use - give);
    else d->sums[FLEET_fuel_mwh] += d->use - give;
}

static void daily_evening(struct drive *d) {
    const struct town *t = d->h->town;
    uint32_t home = t->s.vehicle_home[d->vehicle] & HOME_KIND;
    bool residents = home == HOME_SHARED && t->c->residents[t->s.vehicle_district[d->vehicle]];
    if (home == HOME_NONE || (home == HOME_SHARED && !residents)) {
        if (d->charge < low_of(d->class, d->type->battery_mwh, d->luck[2])) public_ask(d, 0);
        return;
    }
    if (!plugs_in(d->class, d->charge, plug_limit(t, d->vehicle, d->type->battery_mwh), d->luck[2])) return;
    if (!residents) {
        home_charge(d, night_of(d));
        return;
    }
    struct request q = request_of(d, night_of(d).from_us, ACCESS_RESIDENTS);
    ask(d, &q);
}

static void daily_drive(struct drive *d) {
    if (d->active && d->use > 0) {
        d->sums[FLEET_used_days]++;
        if (d->use > d->charge - d->type->battery_mwh / 20) {
            daily_short(d);
            if (d->h->town->s.vehicle_asks[d->vehicle]) return;
        } else {
            d->charge -= d->use;
            d->sums[FLEET_driven_mwh] += d->use;
        }
    }
    daily_evening(d);
}

// --- kind shift

static void shift_day(struct drive *d) {
    struct town *t = d->h->town;
    uint32_t home = t->s.vehicle_home[d->vehicle] & HOME_KIND;
    int64_t begin = (int64_t)t->day * DAY_US, from = begin + (int64_t)(d->class->row->shift_from * (double)HOUR_US);
    bool plug = home == HOME_OWN || home == HOME_SOCKET;
    int64_t limit = plug_limit(t, d->vehicle, d->type->battery_mwh);
    if (plug && plugs_in(d->class, d->charge, limit, d->luck[2])) home_charge(d, (struct stay){ begin, from });
    t->s.vehicle_charge[d->vehicle] = d->charge;
    if (!d->active || d->use <= 0) return;
    d->sums[FLEET_used_days]++;
    struct request q = request_of(d, from, ACCESS_PUBLIC);
    q.later_mwh = d->use;
    q.low_mwh = low_of(d->class, d->type->battery_mwh, d->luck[2]);
    shift_drive(d->h, &q, from, d->charge);
    d->charge = t->s.vehicle_charge[d->vehicle];
}

static void vehicle_drive(struct drive *d) {
    struct town *t = d->h->town;
    uint32_t v = d->vehicle;
    d->sums = sums_of(d->h, t->s.vehicle_district[v], t->s.vehicle_class[v]);
    d->charge = t->s.vehicle_charge[v];
    if (d->class->class->kind == CLASS_SHIFT) shift_day(d);
    else daily_drive(d);
    t->s.vehicle_charge[v] = d->charge;
}

// --- all of them

static void day_fill(struct hand *h, struct day *day) {
    const struct town *t = h->town;
    const struct charging *c = t->c;
    int32_t tomorrow = t->day + 1 < t->m->days ? t->day + 1 : t->day;
    day->h = h;
    day->when = (uint32_t)(t->m->first_day + t->day);
    day->year = (uint32_t)t->year;
    day->kind = c->day_kind[t->day] != DAY_WORK;
    day->kind_tomorrow = c->day_kind[tomorrow] != DAY_WORK;
    for (uint32_t i = 1; i < c->n.type; i++) {
        day->plug_factor[i] = 1000 / c->types[i].efficiency;
        day->battery[i] = c->types[i].battery_mwh;
    }
    day->of[0] = (struct day_class){ .day_q16 = c->classes[0].day_q16 };   // nobody, who is skipped later
    for (uint32_t i = 1; i < c->n.class; i++) {
        struct day_class *class = &day->of[i];
        size_t at = (size_t)i * (size_t)t->m->days + (size_t)t->day;
        class->class = &c->classes[i];
        class->day_q16 = c->classes[i].day_q16;
        class->row = &t->m->tables->ev_classes[c->classes[i].table_row];
        class->active_q16 = (uint32_t)c->active_q16[at];
        class->use_q16 = c->use_q16[at];
        class->plug_q16 = (uint32_t)(class->row->plug_share * 65536 + 0.5);
        class->at_limit = class->row->plug_rule != 0;
        bool shift = c->classes[i].kind == CLASS_SHIFT;
        class->habit_q16[0] = shift ? UINT32_MAX : class->plug_q16;
        class->habit_q16[1] = shift ? UINT32_MAX : 0;
        class->low[SHARES] = SHARE_ONE;
        for (int k = 0; k < SHARES; k++) {
            double share = class->row->public_below + ((k + 0.5) / 128 - 1) * class->row->public_below_spread;
            class->low[k] = (int32_t)((share < 0 ? 0 : share > 1 ? 1 : share) * SHARE_ONE + 0.5);
        }
    }
}

static void rows_draw(const struct day *day, struct rows *rows) {
    const struct town *t = day->h->town;
    uint64_t same = vehicle_who(0);
    const uint32_t *serial = t->s.vehicle_serial + rows->first;
    for (uint32_t i = 0; i < rows->count; i++) {
        rows->luck.words[0][i] = day->when;
        rows->luck.words[1][i] = (uint32_t)DRAW_DRIVE << 16;
        rows->luck.words[2][i] = serial[i];
        rows->luck.words[3][i] = (uint32_t)(same >> 32);
    }
    blocks_draw(t->luck, rows->count, &rows->luck);
}

static void rows_use(const struct day *day, struct rows *rows) {
    const struct town *t = day->h->town;
    const struct habit *habits = t->habits + rows->first;
    const int32_t *mean = t->s.vehicle_use + rows->first;
    for (uint32_t i = 0; i < rows->count; i++) {
        uint32_t word = rows->luck.words[0][i];
        const struct day_class *class = &day->of[habits[i].class];
        int64_t use = (int64_t)mean[i] * class->day_q16[draw_bits(word, 16, 12)] >> 16;
        use = smaller_of(use * class->use_q16 >> 16, INT32_MAX / 4);
        rows->use[i] = (int32_t)use;
        rows->way[i] = draw_bits(word, 0, 16) < class->active_q16 ? (int32_t)use : 0;
    }
}

// Lets those who only drive today drive, and lists the others.
static void rows_drive(const struct day *day, struct rows *rows) {
    const struct town *t = day->h->town;
    const struct habit *habits = t->habits + rows->first;
    const uint8_t *asks = t->s.vehicle_asks + rows->first;
    int32_t *charges = t->s.vehicle_charge + rows->first;
    struct driven *driven = day->h->driven;
    rows->busy_count = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct habit *x = &habits[i];
        const struct day_class *class = &day->of[x->class];
        uint32_t word = rows->luck.words[2][i];
        int32_t way = rows->way[i], left = charges[i] - way;
        if (!x->class || asks[i]) continue;
        int64_t share = class->low[x->nowhere ? draw_bits(word, 16, 8) : SHARES];
        bool more = left < x->reserve_mwh && way > 0;
        more |= left < x->limit_mwh * share >> SHARE_BITS || draw_bits(word, 0, 16) < class->habit_q16[x->nowhere];
        rows->busy[rows->busy_count] = i;
        rows->busy_count += more;
        if (more) continue;
        driven[x->cell].days += way > 0;
        driven[x->cell].mwh += way;
        charges[i] = left;
    }
}

static void busy_drive(const struct day *day, const struct rows *rows) {
    const struct town *t = day->h->town;
    struct drive d = { .day = day, .h = day->h };
    struct draw_blocks person;
    uint64_t who[BLOCKS_MOST];
    for (uint32_t k = 0; k < rows->busy_count; k++)
        who[k] = vehicle_who(t->s.vehicle_serial[rows->first + rows->busy[k]]);
    struct draw_key key = { .purpose = DRAW_PERSON, .when = day->when };
    draw_blocks(t->luck, who, rows->busy_count, key, &person);
    for (uint32_t k = 0; k < rows->busy_count; k++) {
        uint32_t i = rows->busy[k];
        d.vehicle = rows->first + i;
        for (int w = 0; w < 4; w++) d.luck[w] = rows->luck.words[w][i];
        for (int w = 0; w < 3; w++) d.person[w] = person.words[w][k];
        d.class = &day->of[t->s.vehicle_class[d.vehicle]];
        d.type = &t->c->types[t->s.vehicle_type[d.vehicle]];
        d.active = draw_bits(d.luck[0], 0, 16) < d.class->active_q16;
        d.use = rows->use[i];
        vehicle_drive(&d);
    }
}

static void driven_close(struct hand *h) {
    const struct charging_counts *n = &h->town->c->n;
    for (uint32_t i = 0; i < n->district * n->class; i++) {
        h->sums[(size_t)i * FLEET_SUM_COUNT + FLEET_used_days] += h->driven[i].days;
        h->sums[(size_t)i * FLEET_SUM_COUNT + FLEET_driven_mwh] += h->driven[i].mwh;
        h->driven[i] = (struct driven){ 0 };
    }
}

void vehicles_drive(struct hand *h, uint32_t begin, uint32_t end) {
    struct day day;
    struct rows rows;
    day_fill(h, &day);
    for (rows.first = begin; rows.first < end; rows.first += rows.count) {
        rows.count = end - rows.first < BLOCKS_MOST ? end - rows.first : BLOCKS_MOST;
        rows_draw(&day, &rows);
        rows_use(&day, &rows);
        rows_drive(&day, &rows);
        if (rows.busy_count) busy_drive(&day, &rows);
    }
    driven_close(h);
}
