// Energies are integers until the very end; what is in place between the ends of months is a straight line.
#include "study/charging_values.h"

static const struct town_scope everywhere = {ALL, ALL};

double part_of(double part, double whole) {
    return whole > 0 ? part / whole : NO_VALUE;
}

const struct district_row *town_district(const struct model *m, uint32_t district) {
    ASSERT(district < m->charging.n.district);
    return &m->tables->districts[m->charging.district_row[district]];
}

const char *town_class(const struct model *m, uint32_t class) {
    ASSERT(class < m->charging.n.class);
    return class ? m->tables->ev_classes[m->charging.classes[class].table_row].class : "visitors";
}

bool fleet_covers(const struct model *m, struct period p) {
    struct date from = date_from_day(p.from), until = date_from_day(p.until);
    if (p.from < m->from || p.until > m->until) return false;
    return (p.from == m->from || from.day == 1) &&
           (p.until == m->until || until.day == days_in_month(until.year, until.month));
}

static bool month_within(const struct fleet_month *month, struct period p) {
    return month->from >= p.from && month->until <= p.until;
}

static int64_t month_sum(const struct fleet_record *r, const struct fleet_month *month, struct town_scope s,
                         enum fleet_sum id) {
    const struct charging_counts *n = &r->m->charging.n;
    uint32_t d = s.district == ALL ? 0 : (uint32_t)s.district, d_end = s.district == ALL ? n->district : d + 1;
    int64_t sum = 0;
    for (; d < d_end; d++) {
        uint32_t k = s.class == ALL ? 0 : (uint32_t)s.class, k_end = s.class == ALL ? n->class : k + 1;
        for (; k < k_end; k++) sum += month->sums[((size_t)d * n->class + k) * FLEET_SUM_COUNT + id];
    }
    return sum;
}

int64_t fleet_sum(const struct fleet_record *r, struct period p, struct town_scope s, enum fleet_sum id) {
    ASSERT(id < FLEET_SUM_COUNT);
    int64_t sum = 0;
    for (uint32_t i = 0; i < r->month_count; i++)
        if (month_within(&r->months[i], p)) sum += month_sum(r, &r->months[i], s, id);
    return sum;
}

struct town_ends fleet_ends(const struct fleet_record *r, struct period p, struct town_scope s) {
    static const enum fleet_sum without[] = {FLEET_ended_patience, FLEET_ended_full, FLEET_ended_no_site,
                                             FLEET_ended_late};
    struct town_ends ends = {0, 0};
    for (size_t i = 0; i < sizeof without / sizeof *without; i++) ends.given_up += fleet_sum(r, p, s, without[i]);
    ends.ended = ends.given_up + fleet_sum(r, p, s, FLEET_ended_served) + fleet_sum(r, p, s, FLEET_ended_fuel);
    return ends;
}

static void bins_add(const struct fleet_record *r, struct period p, int32_t class, int64_t bins[WAIT_BINS]) {
    uint32_t first = class == ALL ? 0 : (uint32_t)class;
    uint32_t last = class == ALL ? r->m->charging.n.class : first + 1;
    for (uint32_t i = 0; i < r->month_count; i++) {
        if (!month_within(&r->months[i], p)) continue;
        for (uint32_t k = first; k < last; k++)
            for (uint32_t bin = 0; bin < WAIT_BINS; bin++)
                bins[bin] += r->months[i].wait_bins[(size_t)k * WAIT_BINS + bin];
    }
}

double fleet_wait_quantile(const struct fleet_record *r, struct period p, int32_t class, double share) {
    int64_t bins[WAIT_BINS] = {0}, all = 0, before = 0;
    bins_add(r, p, class, bins);
    for (uint32_t bin = 0; bin < WAIT_BINS; bin++) all += bins[bin];
    if (all == 0) return NO_VALUE;
    double wanted = share * (double)all;
    uint32_t bin = 0;
    while (bin + 1 < WAIT_BINS && (double)(before + bins[bin]) < wanted) before += bins[bin++];
    if (bin == 0) return 0;            // it holds those who did not wait
    double low = (double)wait_bin_edge(bin), high = bin + 1 < WAIT_BINS ? (double)wait_bin_edge(bin + 1) : low;
    return (low + (high - low) * (wanted - (double)before) / (double)bins[bin]) / 60e6;
}

// --- what is in place

static int64_t vehicles_of(const struct fleet_record *r, const int64_t *vehicles, struct town_scope s) {
    const struct charging_counts *n = &r->m->charging.n;
    int64_t sum = 0;
    for (uint32_t d = 1; d < n->district; d++)
        for (uint32_t k = 1; k < n->class; k++)
            if ((s.district == ALL || (uint32_t)s.district == d) && (s.class == ALL || (uint32_t)s.class == k))
                sum += vehicles[(size_t)d * n->class + k];
    return sum;
}

static struct town_stand month_stand(const struct fleet_record *r, const struct fleet_month *month,
                                     struct town_scope s) {
    struct town_stand stand = {.known = true, .vehicles = vehicles_of(r, month->vehicles, s)};
    for (uint32_t d = 1; d < r->m->charging.n.district; d++) {
        if (s.district != ALL && (uint32_t)s.district != d) continue;
        stand.private_piles += month->private_piles[d];
        for (int k = 0; k < CURRENTS; k++) stand.public_piles[k] += month->public_piles[d * CURRENTS + (uint32_t)k];
    }
    return stand;
}

struct town_stand fleet_stand(const struct fleet_record *r, day_number day, struct town_scope s) {
    for (uint32_t i = 0; i < r->month_count; i++)
        if (r->months[i].until == day) return month_stand(r, &r->months[i], s);
    if (day == r->m->from - 1 && r->opening.vehicles) return month_stand(r, &r->opening, s);
    return (struct town_stand){0};
}

// A first month whose evening before is unknown counts as it ended.
double fleet_vehicle_days(const struct fleet_record *r, struct period p, struct town_scope s) {
    double days = 0;
    for (uint32_t i = 0; i < r->month_count; i++) {
        const struct fleet_month *month = &r->months[i];
        if (!month_within(month, p)) continue;
        struct town_stand end = month_stand(r, month, s), begin = fleet_stand(r, month->from - 1, s);
        double mean = begin.known ? (double)(begin.vehicles + end.vehicles) / 2 : (double)end.vehicles;
        days += mean * (month->until - month->from + 1);
    }
    return days;
}

static double pile_days(const struct fleet_record *r, struct period p) {
    double days = 0;
    for (uint32_t i = 0; i < r->month_count; i++) {
        const struct fleet_month *month = &r->months[i];
        if (!month_within(month, p)) continue;
        struct town_stand end = month_stand(r, month, everywhere), begin = fleet_stand(r, month->from - 1, everywhere);
        double last = (double)(end.public_piles[AC] + end.public_piles[DC]);
        double first = begin.known ? (double)(begin.public_piles[AC] + begin.public_piles[DC]) : last;
        days += (first + last) / 2 * (month->until - month->from + 1);
    }
    return days;
}

static double piles_of(enum indicator_id id, const struct town_stand *stand) {
    double open = (double)(stand->public_piles[AC] + stand->public_piles[DC]), homes = (double)stand->private_piles;
    return id == INDICATOR_piles_public ? open : id == INDICATOR_piles_private ? homes : open + homes;
}

static double value_of_piles(enum indicator_id id, const struct fleet_record *r, struct period p) {
    struct town_stand now = fleet_stand(r, p.until, everywhere), before = fleet_stand(r, p.from - 1, everywhere);
    if (!now.known || (id == INDICATOR_piles_added && !before.known)) return NO_VALUE;
    return piles_of(id, &now) - (id == INDICATOR_piles_added ? piles_of(id, &before) : 0);
}

// --- loads and use

static double peak_kw(const struct fleet_record *r, struct period p) {
    int64_t peak = 0;
    for (uint32_t i = 0; i < r->month_count; i++)
        if (month_within(&r->months[i], p)) peak = larger_of(peak, r->months[i].peak_watts[0]);
    return (double)peak / 1000;
}

static double night_over_day(const struct fleet_record *r, struct period p) {
    int64_t night = 0, day = 0;
    for (day_number date = p.from; date <= p.until; date++) {
        for (int hour = 0; hour < 24; hour++) {
            const int64_t *load = r->hours + ((size_t)(date - r->m->from) * 24 + (size_t)hour) * LOADS;
            bool light = hour >= 8 && hour < 20;
            *(light ? &day : &night) += load[LOAD_AC] + load[LOAD_DC];
        }
    }
    return part_of((double)night, (double)day);
}

static double use_in(const struct fleet_month *month, enum indicator_id id) {
    switch (id) {
    case INDICATOR_pile_use_ac: return month->use_mean[AC];
    case INDICATOR_pile_use_dc: return month->use_mean[DC];
    case INDICATOR_pile_use_ac_spread: return month->use_spread[AC];
    case INDICATOR_pile_use_dc_spread: return month->use_spread[DC];
    case INDICATOR_pile_charging_ac: return month->charging_share[AC];
    case INDICATOR_pile_charging_dc: return month->charging_share[DC];
    default: return NO_VALUE;
    }
}

static bool open_piles(const struct fleet_record *r, const struct fleet_month *month, enum indicator_id id) {
    bool dc = id == INDICATOR_pile_use_dc || id == INDICATOR_pile_use_dc_spread || id == INDICATOR_pile_charging_dc;
    return month_stand(r, month, everywhere).public_piles[dc ? DC : AC] > 0;
}

// Mean over the months by their days; a month without open piles of the kind has none.
static double use_of(enum indicator_id id, const struct fleet_record *r, struct period p) {
    double sum = 0;
    int32_t days = 0;
    for (uint32_t i = 0; i < r->month_count; i++) {
        const struct fleet_month *month = &r->months[i];
        if (!month_within(month, p) || !open_piles(r, month, id)) continue;
        sum += use_in(month, id) * (month->until - month->from + 1);
        days += month->until - month->from + 1;
    }
    return part_of(sum, days);
}

static double overload_hours(const struct fleet_record *r, struct period p) {
    int64_t hours = 0;
    for (uint32_t i = 0; i < r->month_count; i++)
        if (month_within(&r->months[i], p)) hours += r->months[i].overload_hours[0];
    return (double)hours;
}

// --- values

static double kwh(int64_t uwh) {
    return (double)uwh / 1e9;
}

static double home_uwh(const struct fleet_record *r, struct period p) {
    return (double)(fleet_sum(r, p, everywhere, FLEET_home_uwh) + fleet_sum(r, p, everywhere, FLEET_residents_uwh));
}

static int64_t public_uwh(const struct fleet_record *r, struct period p, struct town_scope s) {
    return fleet_sum(r, p, s, FLEET_ac_uwh) + fleet_sum(r, p, s, FLEET_dc_uwh);
}

static int64_t public_sessions(const struct fleet_record *r, struct period p) {
    return fleet_sum(r, p, everywhere, FLEET_ac_sessions) + fleet_sum(r, p, everywhere, FLEET_dc_sessions);
}

static int64_t all_sessions(const struct fleet_record *r, struct period p) {
    return public_sessions(r, p) + fleet_sum(r, p, everywhere, FLEET_home_sessions) +
           fleet_sum(r, p, everywhere, FLEET_residents_sessions);
}

static int64_t shift_uwh(const struct fleet_record *r, struct period p) {
    int64_t sum = 0;
    for (uint32_t k = 1; k < r->m->charging.n.class; k++) {
        bool shift = r->m->charging.classes[k].kind == CLASS_SHIFT;
        if (shift) sum += public_uwh(r, p, (struct town_scope){ALL, (int32_t)k});
    }
    return sum;
}

static double made_here_of(const struct fleet_record *r, struct period p) {
    int64_t here = fleet_sum(r, p, everywhere, FLEET_joined_here);
    int64_t others = fleet_sum(r, p, everywhere, FLEET_joined_elsewhere) +
                     fleet_sum(r, p, everywhere, FLEET_joined_instead);
    return part_of((double)here, (double)(here + others));
}

static double gave_up_of(const struct fleet_record *r, struct period p) {
    struct town_ends ends = fleet_ends(r, p, everywhere);
    return part_of((double)ends.given_up, (double)ends.ended);
}

static double wait_mean_of(const struct fleet_record *r, struct period p) {
    return part_of((double)fleet_sum(r, p, everywhere, FLEET_wait_us) / 60e6,
                   (double)fleet_sum(r, p, everywhere, FLEET_tries));
}

static double value_of_energy(enum indicator_id id, const struct fleet_record *r, struct period p) {
    int64_t open = public_uwh(r, p, everywhere);
    double home = home_uwh(r, p), all = home + (double)open;
    switch (id) {
    case INDICATOR_charging_energy: return all / 1e9;
    case INDICATOR_charging_energy_home: return home / 1e9;
    case INDICATOR_charging_energy_public: return kwh(open);
    case INDICATOR_energy_per_nev_day: return part_of(all / 1e9, fleet_vehicle_days(r, p, everywhere));
    case INDICATOR_public_share: return part_of((double)open, all);
    case INDICATOR_hailing_share: return part_of((double)shift_uwh(r, p), (double)open);
    case INDICATOR_energy_per_pile_day: return part_of(kwh(open), pile_days(r, p));
    case INDICATOR_sessions_per_pile_day: return part_of((double)public_sessions(r, p), pile_days(r, p));
    case INDICATOR_energy_per_session: return part_of(kwh(open), (double)public_sessions(r, p));
    default: return use_of(id, r, p);
    }
}

double value_of_fleet(enum indicator_id id, const struct fleet_record *r, struct period p) {
    switch (id) {
    case INDICATOR_fleet: return (double)fleet_stand(r, p.until, everywhere).vehicles;
    case INDICATOR_fleet_joined_here: return (double)fleet_sum(r, p, everywhere, FLEET_joined_here);
    case INDICATOR_fleet_joined_elsewhere: return (double)fleet_sum(r, p, everywhere, FLEET_joined_elsewhere);
    case INDICATOR_fleet_joined_instead: return (double)fleet_sum(r, p, everywhere, FLEET_joined_instead);
    case INDICATOR_fleet_scrapped: return (double)fleet_sum(r, p, everywhere, FLEET_scrapped);
    case INDICATOR_made_here_share: return made_here_of(r, p);
    case INDICATOR_piles:
    case INDICATOR_piles_added:
    case INDICATOR_piles_public:
    case INDICATOR_piles_private: return value_of_piles(id, r, p);
    case INDICATOR_sessions: return (double)all_sessions(r, p);
    case INDICATOR_peak_load: return peak_kw(r, p);
    case INDICATOR_night_day_ratio: return night_over_day(r, p);
    case INDICATOR_wait_mean: return wait_mean_of(r, p);
    case INDICATOR_wait_p95: return fleet_wait_quantile(r, p, ALL, 0.95);
    case INDICATOR_gave_up_share: return gave_up_of(r, p);
    case INDICATOR_feeder_overload_hours: return overload_hours(r, p);
    default: return value_of_energy(id, r, p);
    }
}

// Buyers whom both lost or whom both served cancel: what is left is what the shocks moved.
double value_of_feed(enum indicator_id id, const struct record *r, struct period p) {
    int64_t fewer = 0, lost = 0;
    for (int32_t day = p.from - r->m->first_day; day <= p.until - r->m->first_day; day++) {
        for (int k = 0; k < FEEDS; k++) {
            fewer += r->twin_feed.sold[day][k] - r->feed.sold[day][k];
            lost += r->feed.missed[day][k] - r->twin_feed.missed[day][k];
        }
    }
    double moved = (double)lost * r->m->set.substitution;
    return id == INDICATOR_fleet_fewer ? (double)fewer : id == INDICATOR_fleet_moved ? moved : (double)lost - moved;
}

// --- what a run can say

static bool has_shift(const struct charging *c) {
    for (uint32_t k = 1; k < c->n.class; k++)
        if (c->classes[k].kind == CLASS_SHIFT) return true;
    return false;
}

// What needs vehicles of the region; the rest needs sites only.
static bool of_fleet(enum indicator_id id) {
    switch (id) {
    case INDICATOR_fleet:
    case INDICATOR_fleet_joined_here:
    case INDICATOR_fleet_joined_elsewhere:
    case INDICATOR_fleet_joined_instead:
    case INDICATOR_fleet_scrapped:
    case INDICATOR_made_here_share:
    case INDICATOR_charging_energy_home:
    case INDICATOR_energy_per_nev_day:
    case INDICATOR_public_share:
    case INDICATOR_hailing_share: return true;
    default: return false;
    }
}

// What a replay has: its sessions are as they were, and hold their piles whatever else there is.
static bool of_replay(enum indicator_id id) {
    return id == INDICATOR_sessions || id == INDICATOR_charging_energy || id == INDICATOR_peak_load ||
           id == INDICATOR_feeder_overload_hours;
}

// What is counted at public sites alone.
static bool of_public(enum indicator_id id) {
    switch (id) {
    case INDICATOR_charging_energy_public:
    case INDICATOR_night_day_ratio:
    case INDICATOR_pile_use_ac:
    case INDICATOR_pile_use_ac_spread:
    case INDICATOR_pile_use_dc:
    case INDICATOR_pile_use_dc_spread:
    case INDICATOR_pile_charging_ac:
    case INDICATOR_pile_charging_dc:
    case INDICATOR_public_share:
    case INDICATOR_hailing_share:
    case INDICATOR_energy_per_pile_day:
    case INDICATOR_sessions_per_pile_day:
    case INDICATOR_energy_per_session: return true;
    default: return false;
    }
}

static bool has_public(const struct charging *c) {
    for (uint32_t i = 1; i < c->n.site; i++)
        if (c->sites[i].access == ACCESS_PUBLIC) return true;
    return false;
}

// What there is only from charging_from to charging_until.
static bool of_driving(enum indicator_id id) {
    return !of_fleet(id) || id == INDICATOR_charging_energy_home || id == INDICATOR_energy_per_nev_day ||
           id == INDICATOR_public_share || id == INDICATOR_hailing_share;
}

bool charging_possible(const struct model *m, enum indicator_id id, struct period p) {
    const struct charging *c = &m->charging;
    uint8_t basis = indicator_of(id)->basis;
    bool fleet = c->n.class > 1 && c->n.session <= 1;
    if (!c->there || !fleet_covers(m, p)) return false;
    if (basis == FROM_FEED) return fleet && chain_there(m) && m->n.variant > 1 && m->shock_count > 0;
    if (basis == FROM_PILES) return p.kind == PERIOD_YEAR && (fleet || c->n.site > 1);
    if (of_fleet(id) && !fleet) return false;
    if (c->n.session > 1 && !of_replay(id)) return false;
    if (of_public(id) && !has_public(c)) return false;
    bool whole = p.from >= m->first_day + c->charging_from && p.until <= m->first_day + c->charging_until;
    if (of_driving(id) && !whole) return false;
    switch (id) {
    case INDICATOR_fleet_joined_here:
    case INDICATOR_fleet_joined_instead:
    case INDICATOR_made_here_share: return chain_there(m) && m->n.variant > 1;
    case INDICATOR_fleet_joined_elsewhere: return m->tables->fleet_inflow_count > 0;
    case INDICATOR_hailing_share: return has_shift(c);
    case INDICATOR_feeder_overload_hours: return c->n.feeder > 1;
    default: return true;
    }
}

// --- piles.csv

enum { COUNT_ALL, COUNT_PUBLIC, COUNT_PRIVATE };

static int count_kind(enum indicator_id id) {
    return id == INDICATOR_piles_public ? COUNT_PUBLIC : id == INDICATOR_piles_private ? COUNT_PRIVATE : COUNT_ALL;
}

static bool count_of(const struct pile_row *row, int kind, int year) {
    return row->kind == kind && date_from_day(row->date).year == year;
}

static bool counted_in(const struct tables *t, int kind, int year) {
    for (uint32_t i = 1; i <= t->piles_count; i++)
        if (count_of(&t->piles[i], kind, year)) return true;
    return false;
}

bool piles_counted(const struct tables *t, enum indicator_id id, int year) {
    int kind = count_kind(id);
    return counted_in(t, kind, year) && (id != INDICATOR_piles_added || counted_in(t, kind, year - 1));
}

static struct pile_count counts_at(const struct tables *t, int kind, int year) {
    const struct pile_row *whole = NULL;
    struct pile_count count = {0, NO_VALUE, NO_VALUE, "piles.csv", DATE_NONE};
    for (uint32_t i = 1; i <= t->piles_count; i++) {
        const struct pile_row *row = &t->piles[i];
        if (!count_of(row, kind, year)) continue;
        if (!row->district && (!whole || row->date > whole->date)) whole = row;
        bool last = row->district != 0;
        for (uint32_t k = 1; last && k <= t->piles_count; k++)
            last = !count_of(&t->piles[k], kind, year) || t->piles[k].district != row->district ||
                   t->piles[k].date <= row->date;
        if (last) count.piles += (double)row->piles;
    }
    if (!whole) return count;
    return (struct pile_count){(double)whole->piles, whole->common.low, whole->common.high, whole->common.origin,
                               whole->date};
}

struct pile_count count_at(const struct tables *t, enum indicator_id id, int year) {
    struct pile_count now = counts_at(t, count_kind(id), year);
    if (id != INDICATOR_piles_added) return now;
    now.piles -= counts_at(t, COUNT_ALL, year - 1).piles;
    now.low = now.high = NO_VALUE;
    return now;
}
