// Who joins the fleet, by year and day, and the fleet on the evening before the first day (M-12.12).
#include "model/charging_builder.h"

#include <stdlib.h>

static void inflow_spread(struct charging_work *w, const struct fleet_inflow_row *row, struct inflow *out) {
    double weights[13], days = day_from_date((int)row->year + 1, 1, 1) - day_from_date((int)row->year, 1, 1);
    bool shaped = row->shape[0] && shape_weights(w->t, row->shape, (int)row->year, weights);
    if (row->shape[0] && !shaped)
        complain(w->b->c, row->common.source, 0, NULL, "UNKNOWN_SHAPE", "add its months to shapes.csv",
                 "shape \"%s\" has no weights for %lld", row->shape, (long long)row->year);
    for (int month = 1; month <= 12; month++)
        out->per_day[month] = shaped ? out->registrations * weights[month] / weights[0] /
                                           days_in_month((int)row->year, month)
                                     : out->registrations / days;
}

static int inflow_compare(const void *left, const void *right) {
    const struct inflow *a = left, *b = right;
    return a->year < b->year ? -1 : a->year > b->year;
}

void inflows_read(struct charging_work *w) {
    w->inflows = scratch_take(w->b, w->t->fleet_inflow_count, sizeof *w->inflows);
    if (w->b->refused) return;
    for (uint32_t i = 1; i <= w->t->fleet_inflow_count; i++) {
        const struct fleet_inflow_row *row = &w->t->fleet_inflow[i];
        struct inflow *x = &w->inflows[w->inflow_count++];
        uint64_t who = hash_pair(hash_text("fleet_inflow"), (uint64_t)row->year);
        *x = (struct inflow){ .year = row->year, .bev_share = row->bev_share,
                              .registrations = drawn(w->b, who, &row->common, (double)row->registrations) };
        inflow_spread(w, row, x);
    }
    if (w->inflow_count) qsort(w->inflows, w->inflow_count, sizeof *w->inflows, inflow_compare);
}

// The year's row; years before the first take the first (a warm-up may begin before the table), others have none.
static const struct inflow *inflow_of(const struct charging_work *w, int64_t year) {
    for (uint32_t i = 0; i < w->inflow_count; i++)
        if (w->inflows[i].year == year || (i == 0 && year < w->inflows[0].year)) return &w->inflows[i];
    return NULL;
}

static double registered_on(const struct charging_work *w, day_number day) {
    struct date date = date_from_day(day);
    const struct inflow *x = inflow_of(w, date.year);
    return x ? x->per_day[date.month] : 0;
}

static double registered_between(const struct charging_work *w, day_number first, day_number last) {
    double sum = 0;
    for (day_number day = first; day <= last; day++) sum += registered_on(w, day);
    return sum;
}

// Whether vehicles of the region's own makers reach buyers here: else all that is bought comes from elsewhere.
static bool sold_here(const struct model *m) {
    for (uint32_t i = 1; i < m->n.offer; i++)
        if (m->offers[i].channel == CHANNEL_LOCAL && m->offers[i].ways && m->variants[m->offers[i].variant].nev)
            return true;
    return false;
}

static void elsewhere_fill(struct charging_work *w) {
    struct model *m = w->m;
    double share = 1 - (sold_here(m) ? m->set.made_here_share : 0), sum = 0;
    w->c->elsewhere_micro = model_take(w->b, (size_t)m->days + 1, sizeof *w->c->elsewhere_micro);
    if (w->b->refused) return;
    for (int32_t day = 0; day < m->days; day++) {
        sum += registered_on(w, m->first_day + day) * share * 1e6;
        w->c->elsewhere_micro[day + 1] = (int64_t)(sum + 0.5);
    }
}

// A count of fleet_stock.csv.
struct count {
    day_number date;
    double     vehicles;
};

static int count_compare(const void *left, const void *right) {
    const struct count *a = left, *b = right;
    return a->date < b->date ? -1 : a->date > b->date;
}

// Vehicles on an evening: linear between counts; outside them what was registered in between is taken off or added.
static double fleet_on(struct charging_work *w, day_number evening) {
    uint32_t count = w->t->fleet_stock_count;
    struct count *counts = scratch_take(w->b, count, sizeof *counts);
    if (w->b->refused || count == 0) return 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct fleet_stock_row *row = &w->t->fleet_stock[i + 1];
        uint64_t who = hash_pair(hash_text("fleet_stock"), (uint64_t)row->date);
        counts[i] = (struct count){ row->date, drawn(w->b, who, &row->common, (double)row->vehicles) };
    }
    qsort(counts, count, sizeof *counts, count_compare);
    const struct count *first = &counts[0], *last = &counts[count - 1];
    if (evening < first->date) {
        double before = first->vehicles - registered_between(w, evening + 1, first->date);
        return before > 0 ? before : 0;
    }
    if (evening >= last->date) return last->vehicles + registered_between(w, last->date + 1, evening);
    uint32_t i = 0;
    while (counts[i + 1].date <= evening) i++;
    double part = (double)(evening - counts[i].date) / (counts[i + 1].date - counts[i].date);
    return counts[i].vehicles + (counts[i + 1].vehicles - counts[i].vehicles) * part;
}

double year_position(day_number evening) {
    struct date date = date_from_day(evening);
    day_number first = day_from_date(date.year, 1, 1);
    return date.year - 1 + (double)(evening - first + 1) / (day_from_date(date.year + 1, 1, 1) - first);
}

static struct hailing hailing_row(const struct charging_work *w, uint32_t row_number) {
    const struct hailing_row *row = &w->t->hailing[row_number];
    uint64_t who = hash_pair(hash_text(w->t->ev_classes[row->class].class), (uint64_t)row->year);
    double share = drawn(w->b, who, &row->common, row->electric_share);
    return (struct hailing){ true, (double)row->vehicles * share, row->active_share, row->km_per_active_day };
}

struct hailing hailing_at(const struct charging_work *w, uint32_t class, double position) {
    uint32_t below = 0, above = 0;             // the nearest rows of the class at or before, and after
    for (uint32_t i = 1; i <= w->t->hailing_count; i++) {
        const struct hailing_row *row = &w->t->hailing[i];
        if (w->class_of[row->class] != class) continue;
        if ((double)row->year <= position) {
            if (!below || row->year > w->t->hailing[below].year) below = i;
        } else if (!above || row->year < w->t->hailing[above].year) {
            above = i;
        }
    }
    if (!below && !above) return (struct hailing){ 0 };
    if (!below || !above) return hailing_row(w, below ? below : above);
    struct hailing a = hailing_row(w, below), b = hailing_row(w, above);
    double from = (double)w->t->hailing[below].year;
    double part = (position - from) / ((double)w->t->hailing[above].year - from);
    return (struct hailing){ true, a.electric + (b.electric - a.electric) * part,
                             a.active + (b.active - a.active) * part, a.km + (b.km - a.km) * part };
}

// Classes of hailing.csv take what they need of `all` vehicles, at most all; the rest is split by `share`. Cumulative.
static void shares_fill(struct charging_work *w, const double *needed, double all, double *out) {
    uint32_t count = w->c->n.class;
    double taken = 0, weights = 0, reached = 0, part[CLASSES_MOST] = { 0 };
    for (uint32_t i = 1; i < count; i++) {
        const struct ev_class_row *row = &w->t->ev_classes[w->c->classes[i].table_row];
        if (needed[i] >= 0) taken += part[i] = all > 0 ? needed[i] / all : 0;
        else weights += drawn(w->b, w->c->classes[i].who, &row->common, row->share);
    }
    double scale = taken > 1 || (weights <= 0 && taken > 0) ? 1 / taken : 1, rest = 1 - taken * scale;
    for (uint32_t i = 1; i < count; i++) {
        const struct ev_class_row *row = &w->t->ev_classes[w->c->classes[i].table_row];
        double share = drawn(w->b, w->c->classes[i].who, &row->common, row->share);
        if (needed[i] >= 0) reached += weights > 0 || taken > 0 ? part[i] * scale : 1.0 / (count - 1);
        else reached += weights > 0 ? rest * share / weights : 1.0 / (count - 1);
        out[i] = i + 1 == count ? 1 : reached;
    }
}

// What the year's vehicles of the trade lack at its end: those there at its beginning, less their yearly wear, stay.
static void class_shares(struct charging_work *w) {
    struct charging *c = w->c;
    double life = w->m->set.fleet_life_years, needed[CLASSES_MOST] = { 0 };
    c->class_share = model_take(w->b, (size_t)w->m->years * c->n.class, sizeof *c->class_share);
    c->opening_class_share = model_take(w->b, c->n.class, sizeof *c->opening_class_share);
    c->bev_share = model_take(w->b, (size_t)w->m->years, sizeof *c->bev_share);
    if (w->b->refused) return;
    double position = year_position(w->m->first_day - 1);
    for (uint32_t i = 1; i < c->n.class; i++) {
        struct hailing x = hailing_at(w, i, position);
        needed[i] = x.there ? x.electric : -1;
    }
    shares_fill(w, needed, (double)c->opening, c->opening_class_share);
    for (int32_t y = 0; y < w->m->years; y++) {
        int32_t year = w->m->first_year + y;
        const struct inflow *inflow = inflow_of(w, year);
        for (uint32_t i = 1; i < c->n.class; i++) {
            struct hailing x = hailing_at(w, i, year), before = hailing_at(w, i, year - 1);
            double lacks = x.electric - before.electric * (1 - 1 / life);
            needed[i] = !x.there ? -1 : lacks > 0 ? lacks : 0;
        }
        shares_fill(w, needed, inflow ? inflow->registrations : 0, c->class_share + (size_t)y * c->n.class);
    }
}

// Of the year, else of the last year before it, else of the first.
static double bev_share_of(const struct charging_work *w, int64_t year) {
    double share = 0.7;                        // as the column's default
    for (uint32_t i = 0; i < w->inflow_count; i++)
        if (i == 0 || w->inflows[i].year <= year) share = w->inflows[i].bev_share;
    return share;
}

void inflow_build(struct charging_work *w) {
    elsewhere_fill(w);
    if (w->b->refused) return;
    w->c->opening = w->c->n.class > 1 ? (int64_t)(fleet_on(w, w->m->first_day - 1) + 0.5) : 0;
    class_shares(w);
    if (w->b->refused) return;
    for (int32_t y = 0; y < w->m->years; y++) w->c->bev_share[y] = bev_share_of(w, w->m->first_year + y);
    w->c->opening_bev_share = bev_share_of(w, date_from_day(w->m->first_day - 1).year);
}
