// The edge of what is computed (M-7): what the plans of builds that are not computed are, and which stocks that are not
// computed would have another target because of a plan that is.
#include "tick/stage.h"

#include <string.h>

void plans_borrow(struct tick *k) {
    const struct part *p = &k->x->part;
    for (uint32_t b = 1; b < k->m->n.build; b++)
        if (!enterprise_on(p, k->m->lines[k->m->builds[b].line].enterprise))
            k->x->part.plan_rows[b] = k->exchange->plan_sums + (size_t)b * (PLAN_DAYS + 1);
}

static void users_compare(struct tick *k, uint32_t build) {
    const struct clusters *c = k->x->part.clusters;
    for (uint32_t i = c->first_user[build]; i < c->first_user[build + 1]; i++) {
        uint32_t stock = c->users[i];
        if (enterprise_on(&k->x->part, k->m->stocks[stock].enterprise) || !k->x->horizon_of[stock]) continue;
        int32_t target = stock_target_now(k, stock);
        if (target != k->exchange->targets[stock]) note_tell(k, NOTE_TARGET, stock, target);
    }
}

void targets_compare(struct tick *k) {
    const struct part *p = &k->x->part;
    for (uint32_t i = 0; i < p->builds.count; i++) {
        size_t first = (size_t)p->builds.row[i] * (PLAN_DAYS + 1);
        size_t bytes = ((size_t)k->m->set.firm_days + 1) * sizeof *k->x->plan_sum;
        if (memcmp(k->x->plan_sum + first, k->exchange->plan_sums + first, bytes) != 0)
            users_compare(k, p->builds.row[i]);
    }
}
