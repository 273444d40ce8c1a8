// Profiles over the day or the year, the clocks drawn from them, and tariffs.
#include "model/charging_builder.h"

#include <string.h>

static void profile_add(struct charging_work *w, struct profile *p, const struct profile_row *row) {
    uint64_t slot = (uint64_t)row->days * 32 + (uint64_t)row->slot;
    if (row->slot < 0 || row->slot > 23) return;
    p->weight[row->days][row->slot] =
        drawn(w->b, hash_pair(hash_text(row->profile), slot), &row->common, row->weight);
    p->there[row->days] = true;
}

static void profiles_place(struct charging_work *w) {
    uint32_t count = w->t->profiles_count;
    struct sorted *order = scratch_take(w->b, count, sizeof *order);
    w->profiles = scratch_take(w->b, count + 1, sizeof *w->profiles);
    if (w->b->refused) return;
    for (uint32_t i = 0; i < count; i++) order[i] = (struct sorted){ w->t->profiles[i + 1].profile, i + 1 };
    sorted_order(order, count);
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(order[i].key, order[i - 1].key) != 0)
            w->profiles[w->profile_count++].name = order[i].key;
        profile_add(w, &w->profiles[w->profile_count - 1], &w->t->profiles[order[i].row]);
    }
}

static const struct profile *profile_find(const struct charging_work *w, const char *name) {
    uint32_t low = 0, high = w->profile_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (strcmp(w->profiles[middle].name, name) < 0) low = middle + 1;
        else high = middle;
    }
    bool found = low < w->profile_count && strcmp(w->profiles[low].name, name) == 0;
    return found ? &w->profiles[low] : NULL;
}

// The rows of the day's own kind, else those of all days, else those there are.
static const double *profile_weights(const struct charging_work *w, const char *name, int rest) {
    static const int order[2][PROFILE_DAYS] = { { PROFILE_WORKDAY, PROFILE_ALL, PROFILE_RESTDAY },
                                                { PROFILE_RESTDAY, PROFILE_ALL, PROFILE_WORKDAY } };
    const struct profile *p = name[0] ? profile_find(w, name) : NULL;
    for (int i = 0; p && i < PROFILE_DAYS; i++)
        if (p->there[order[rest][i]]) return p->weight[order[rest][i]];
    return NULL;
}

static void weights_scale(const double *weights, uint32_t count, double *out) {
    double sum = 0;
    for (uint32_t i = 0; weights && i < count; i++) sum += weights[i];
    for (uint32_t i = 0; i < count; i++) out[i] = sum > 0 ? weights[i] * count / sum : 1;
}

void profile_scaled(const struct charging_work *w, const char *name, int rest, double out[24]) {
    weights_scale(profile_weights(w, name, rest), 24, out);
}

void season_scaled(const struct charging_work *w, const char *name, double out[13]) {
    const double *weights = profile_weights(w, name, 0);
    out[0] = 1;
    weights_scale(weights ? weights + 1 : NULL, 12, out + 1);
}

// Second at which `target` of the weight has passed; weights are uniform within their hour.
static int32_t profile_second(const double weights[24], double target) {
    double passed = 0;
    int last = 0;
    for (int hour = 0; hour < 24; hour++) {
        if (weights[hour] <= 0) continue;
        if (target <= passed + weights[hour])
            return (int32_t)(hour * 3600 + (target - passed) / weights[hour] * 3600 + 0.5);
        passed += weights[hour];
        last = hour;
    }
    return (last + 1) * 3600;                  // the sum was passed by a rounding
}

void clock_fill(const struct charging_work *w, const char *name, int otherwise, struct clock out[2]) {
    for (int rest = 0; rest < 2; rest++) {
        double weights[24];
        profile_scaled(w, name, rest, weights);
        bool fixed = !name[0] && otherwise >= 0;
        for (int i = 0; i <= CLOCK_STEPS; i++)
            out[rest].second[i] = fixed ? otherwise * 3600 : profile_second(weights, 24.0 * i / CLOCK_STEPS);
    }
}

static void prices_fill(struct charging_work *w, const struct tariff_row *row) {
    uint32_t tariff = tariff_find(w, row->tariff);
    uint64_t who = hash_pair(hash_text(row->tariff), (uint64_t)row->from_hour);
    int64_t price = drawn_fen(w->b, who, &row->common, row->price);
    for (int64_t hour = larger_of(row->from_hour, 0); hour < smaller_of(row->until_hour, 24); hour++)
        w->c->price_fen[tariff * 24 + hour] = (int32_t)price;
}

uint32_t tariff_find(const struct charging_work *w, const char *name) {
    uint32_t low = 0, high = w->tariff_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (strcmp(w->tariffs[middle].key, name) < 0) low = middle + 1;
        else high = middle;
    }
    return low < w->tariff_count && strcmp(w->tariffs[low].key, name) == 0 ? low + 1 : 0;
}

static void tariffs_place(struct charging_work *w) {
    uint32_t count = w->t->tariffs_count;
    w->tariffs = scratch_take(w->b, count, sizeof *w->tariffs);
    if (w->b->refused) return;
    for (uint32_t i = 0; i < count; i++) w->tariffs[i] = (struct sorted){ w->t->tariffs[i + 1].tariff, i + 1 };
    sorted_order(w->tariffs, count);
    for (uint32_t i = 0; i < count; i++) {
        bool again = w->tariff_count && strcmp(w->tariffs[w->tariff_count - 1].key, w->tariffs[i].key) == 0;
        if (!again) w->tariffs[w->tariff_count++] = w->tariffs[i];
    }
    w->c->n.tariff = w->tariff_count + 1;
    w->c->price_fen = model_take(w->b, (size_t)w->c->n.tariff * 24, sizeof *w->c->price_fen);
    w->c->cheap = model_take(w->b, 24, 1);
    if (w->b->refused) return;
    for (uint32_t i = 1; i <= count; i++) prices_fill(w, &w->t->tariffs[i]);
}

// Without a tariff at home every hour is as cheap as any other.
static void cheap_fill(struct charging_work *w) {
    const int32_t *price = w->c->price_fen + tariff_find(w, w->m->set.home_tariff) * 24;
    int32_t lowest = price[0];
    for (int hour = 1; hour < 24; hour++) lowest = price[hour] < lowest ? price[hour] : lowest;
    for (int hour = 0; hour < 24; hour++) w->c->cheap[hour] = price[hour] == lowest;
}

void profiles_build(struct charging_work *w) {
    profiles_place(w);
    if (!w->b->refused) tariffs_place(w);
    if (!w->b->refused) cheap_fill(w);
}
