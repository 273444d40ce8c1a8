// What a day is, how much each class drives on it, and how many of it are on the road.
#include "model/charging_builder.h"

// Holidays of a calendar of its own are that calendar's affair; those of every calendar are everybody's.
static uint8_t kind_of(const struct charging_work *w, day_number day) {
    for (uint32_t i = 1; i <= w->t->holidays_count; i++) {
        const struct holiday_row *h = &w->t->holidays[i];
        if (h->calendar == 0 && day >= h->from && day <= h->until) return DAY_HOLIDAY;
    }
    return weekday_of(day) >= 5 ? DAY_REST : DAY_WORK;
}

enum { USE_MOST = 1000 };          // times the mean: factors are kept in 32 bits

// M-12.13: kind of day x season; shift classes also by the trade's own distance, both linear between the ends of years.
static void class_days(struct charging_work *w, uint32_t number) {
    const struct charging *c = w->c;
    const struct ev_class *class = &c->classes[number];
    const struct ev_class_row *row = &w->t->ev_classes[class->table_row];
    double season[13];
    const double of_kind[DAY_KINDS] = { 1, row->rest_factor, row->holiday_factor };
    season_scaled(w, row->season, season);
    int32_t *use = c->use_q16 + (size_t)number * (size_t)w->m->days;
    int32_t *active = c->active_q16 + (size_t)number * (size_t)w->m->days;
    for (int32_t day = 0; day < w->m->days; day++) {
        double factor = of_kind[c->day_kind[day]] * season[date_from_day(w->m->first_day + day).month];
        double share = row->active_share;
        struct hailing x = hailing_at(w, number, year_position(w->m->first_day + day));
        if (x.there) {
            share = x.active;
            factor *= row->km_per_day > 0 ? x.km / row->km_per_day : 0;
        }
        if (factor > USE_MOST) {
            complain(w->b->c, row->common.source, 0, NULL, "USE_TOO_LARGE", "raise km_per_day, or lower the factors",
                     "class \"%s\" would use %.3g times its mean on a day, %d are possible", row->class, factor,
                     USE_MOST);
            return;
        }
        use[day] = (int32_t)(factor * 65536 + 0.5);
        active[day] = (int32_t)(share * 65536 + 0.5);
    }
}

void days_build(struct charging_work *w) {
    struct charging *c = w->c;
    size_t days = (size_t)w->m->days;
    c->day_kind = model_take(w->b, days, 1);
    c->use_q16 = model_take(w->b, c->n.class * days, sizeof *c->use_q16);
    c->active_q16 = model_take(w->b, c->n.class * days, sizeof *c->active_q16);
    if (w->b->refused) return;
    for (int32_t day = 0; day < w->m->days; day++) c->day_kind[day] = kind_of(w, w->m->first_day + day);
    for (uint32_t i = 1; i < c->n.class; i++) class_days(w, i);
}
