// Shocks in force today become factors (M-11). Defaults are restored only when a shock was in force before.
#include "tick/stage.h"

static void fill(int32_t *values, uint32_t count, int32_t value) {
    for (uint32_t i = 0; i < count; i++) values[i] = value;
}

static void factors_default(const struct model *m, struct scratch *x) {
    fill(x->maker_factor, m->n.maker, 1000000);
    fill(x->line_factor, m->n.line, 1000000);
    fill(x->offer_factor, m->n.offer, 1000000);
    fill(x->market_factor, m->n.market, 1000000);
    fill(x->lane_factor, m->n.lane, 1000000);
    fill(x->maker_flow, m->n.maker, -1);
    fill(x->line_flow, m->n.line, -1);
    fill(x->stock_allocation, m->n.stock, -1);
    fill(x->link_extra, m->n.link, 0);
    fill(x->lane_extra, m->n.lane, 0);
}

enum { FACTOR_MOST_PPM = 100000000 };  // of all steps of a day together (M-11)

static void multiply(int32_t *factor, int32_t ppm) {
    *factor = (int32_t)smaller_of((int64_t)*factor * ppm / 1000000, FACTOR_MOST_PPM);
}

static void limit(int32_t *flow, int32_t ppm) {
    if (*flow < 0 || ppm < *flow) *flow = ppm;
}

static void target_apply(struct scratch *x, const struct shock *shock, const struct target *target) {
    uint32_t row = target->row;
    switch ((enum target_kind)target->kind) {
    case TARGET_MAKER:
        if (shock->basis == BASIS_PLANNED_FLOW) limit(&x->maker_flow[row], shock->factor_ppm);
        else multiply(&x->maker_factor[row], shock->factor_ppm);
        break;
    case TARGET_LINE:
        if (shock->basis == BASIS_PLANNED_FLOW) limit(&x->line_flow[row], shock->factor_ppm);
        else multiply(&x->line_factor[row], shock->factor_ppm);
        break;
    case TARGET_STOCK: limit(&x->stock_allocation[row], shock->factor_ppm); break;
    case TARGET_OFFER: multiply(&x->offer_factor[row], shock->factor_ppm); break;
    case TARGET_MARKET: multiply(&x->market_factor[row], shock->factor_ppm); break;
    case TARGET_LINK: x->link_extra[row] += shock->extra_ticks; break;
    case TARGET_LANE:
        if (shock->basis != BASIS_TRANSIT) multiply(&x->lane_factor[row], shock->factor_ppm);
        x->lane_extra[row] += shock->extra_ticks;
        break;
    }
}

void shocks_apply(struct tick *k) {
    const struct model *m = k->m;
    struct scratch *x = k->x;
    if (x->shocked) factors_default(m, x);
    x->shocked = false;
    bool limited = false;
    if (k->no_shocks) return;
    for (uint32_t i = 0; i < m->shock_count; i++) {
        const struct shock *shock = &m->shocks[i];
        if (!shock->active || k->day < shock->from || k->day > shock->until) continue;
        x->shocked = true;
        limited |= shock->basis == BASIS_ALLOCATION || shock->basis == BASIS_PLANNED_FLOW;
        for (uint32_t t = 0; t < shock->targets; t++)
            target_apply(x, shock, &m->targets[shock->first_target + t]);
    }
    if (limited) planned_uses_renew(k);
}

// M-4.7: the factor of an export market on the day a cohort ordered, found again when it is delivered.
int32_t market_factor_on(const struct tick *k, uint32_t market, int32_t day) {
    const struct model *m = k->m;
    int32_t factor = 1000000;
    if (k->no_shocks) return factor;
    for (uint32_t i = 0; i < m->shock_count; i++) {
        const struct shock *shock = &m->shocks[i];
        if (!shock->active || shock->basis != BASIS_DEMAND || day < shock->from || day > shock->until) continue;
        for (uint32_t t = 0; t < shock->targets; t++) {
            const struct target *target = &m->targets[shock->first_target + t];
            if (target->kind == TARGET_MARKET && target->row == market) multiply(&factor, shock->factor_ppm);
        }
    }
    return factor;
}
