// A shock visits only whom it reaches: customers of those who make less, suppliers of those who sell less. Levels only
// fall, so the sweeps end at the greatest fixed point, whatever the order of the rows. Upstream that is a linear
// system: where trade goes round in circles sweeps can take for ever, and it is solved by elimination instead.
#include "study/systemic.h"

#include <stdlib.h>

#include "study/systemic_flows.h"

enum { SWEEPS_MOST = 100000 };            // downstream, in a circle that hands on nearly all of a loss
enum { SWEEPS_UP = 100 };                 // without circles there are as many as tiers
enum { ELIMINATED_MOST = 3000 };          // enterprises: 72 MB
static const double SETTLED = 1e-13;      // a sweep that changes no level by more is the last

// One way the shock goes, with whom it has reached.
struct cascade {
    double   *level, *next;    // [enterprise]: 1 undisturbed, 0 stopped
    uint32_t *hit;             // enterprises below 1; then those that this sweep looks at
    uint32_t  hits;
    uint32_t *sweep;           // [enterprise]: the last sweep that looked at it
};

struct systemic {
    struct arena  arena;
    struct flow_list list;
    uint32_t      enterprises;               // row 0 counted
    uint32_t     *sold;                      // flows by supplier
    uint32_t     *first_bought, *first_sold; // [enterprise + 2]
    double       *sales, *purchases;         // [enterprise]
    double       *inputs;                    // [flow]: yuan of all flows of the same input and kind to the same buyer
    double       *sector_sales, *sector_now; // [sector]
    double        all_sales;
    bool         *failed;                    // [enterprise]
    double       *matrix;                    // [enterprises][enterprises + 2] where trade has circles; else NULL
    uint32_t     *place;                     // [enterprise]: its row of the matrix
    uint32_t      sweeps;                    // of all cascades so far: stamps
    struct cascade down, up;
};

// ---- making ---------------------------------------------------------------------------------------------------------

// Takes away who sells to nobody that is left, again and again; true when somebody stays.
static bool circles_there(const struct systemic *s, uint32_t *customers, uint32_t *queue) {
    uint32_t done = 0, count = 0;
    for (uint32_t e = 1; e < s->enterprises; e++) {
        customers[e] = s->first_sold[e + 1] - s->first_sold[e];
        if (customers[e] == 0) queue[count++] = e;
    }
    for (; done < count; done++)
        for (uint32_t i = s->first_bought[queue[done]]; i < s->first_bought[queue[done] + 1]; i++)
            if (--customers[s->list.flows[i].supplier] == 0) queue[count++] = s->list.flows[i].supplier;
    return count < s->enterprises - 1;
}

static enum ap_status matrix_take(struct systemic *s) {
    uint32_t *customers = TAKE(&s->arena, s->enterprises + 1, uint32_t);
    uint32_t *queue = TAKE(&s->arena, s->enterprises + 1, uint32_t);
    if (!customers || !queue) return AP_NO_MEMORY;
    if (s->enterprises > ELIMINATED_MOST || !circles_there(s, customers, queue)) return AP_OK;
    s->matrix = TAKE(&s->arena, (size_t)s->enterprises * (s->enterprises + 2), double);
    s->place = TAKE(&s->arena, s->enterprises, uint32_t);
    return s->matrix && s->place ? AP_OK : AP_NO_MEMORY;
}

static enum ap_status cascade_take(struct systemic *s, struct cascade *c) {
    c->level = TAKE(&s->arena, s->enterprises + 1, double);
    c->next = TAKE(&s->arena, s->enterprises + 1, double);
    c->hit = TAKE(&s->arena, 2 * s->enterprises + 2, uint32_t);
    c->sweep = TAKE(&s->arena, s->enterprises + 1, uint32_t);
    if (!c->level || !c->next || !c->hit || !c->sweep) return AP_NO_MEMORY;
    for (uint32_t e = 0; e <= s->enterprises; e++) c->level[e] = 1;
    return AP_OK;
}

static enum ap_status systemic_take(struct systemic *s) {
    uint32_t rows = s->enterprises + 2;
    s->sold = TAKE(&s->arena, s->list.count + 1, uint32_t);
    s->inputs = TAKE(&s->arena, s->list.count + 1, double);
    s->first_bought = TAKE(&s->arena, rows, uint32_t);
    s->first_sold = TAKE(&s->arena, rows, uint32_t);
    s->sales = TAKE(&s->arena, rows, double);
    s->purchases = TAKE(&s->arena, rows, double);
    s->sector_sales = TAKE(&s->arena, s->list.sectors + 1, double);
    s->sector_now = TAKE(&s->arena, s->list.sectors + 1, double);
    s->failed = TAKE(&s->arena, rows, bool);
    if (!s->sold || !s->inputs || !s->first_bought || !s->first_sold || !s->sales || !s->purchases ||
        !s->sector_sales || !s->sector_now || !s->failed)
        return AP_NO_MEMORY;
    TRY(cascade_take(s, &s->down));
    return cascade_take(s, &s->up);
}

static bool same_input(const struct flow *a, const struct flow *b) {
    return a->buyer == b->buyer && a->kind == b->kind && a->input == b->input;
}

static void flows_index(struct systemic *s) {
    const struct flow *flows = s->list.flows;
    for (uint32_t i = 0; i < s->list.count; i++) {
        s->first_bought[flows[i].buyer + 1]++;
        s->first_sold[flows[i].supplier + 1]++;
        s->sales[flows[i].supplier] += flows[i].yuan;
        s->purchases[flows[i].buyer] += flows[i].yuan;
    }
    for (uint32_t e = 1; e <= s->enterprises; e++) {
        s->first_bought[e] += s->first_bought[e - 1];
        s->first_sold[e] += s->first_sold[e - 1];
    }
    for (uint32_t i = s->list.count; i-- > 0;) s->sold[--s->first_sold[flows[i].supplier + 1]] = i;
    for (uint32_t e = 0; e < s->enterprises; e++) s->first_sold[e] = s->first_sold[e + 1];
    s->first_sold[s->enterprises] = s->list.count;
    for (uint32_t first = 0, end; first < s->list.count; first = end) {
        double sum = 0;
        for (end = first; end < s->list.count && same_input(&flows[first], &flows[end]); end++) sum += flows[end].yuan;
        for (uint32_t i = first; i < end; i++) s->inputs[i] = sum;
    }
    for (uint32_t e = 1; e < s->enterprises; e++) {
        s->sector_sales[s->list.sector[e]] += s->sales[e];
        s->all_sales += s->sales[e];
    }
}

enum ap_status systemic_make(const struct model *m, struct systemic **out) {
    struct systemic *s = *out = calloc(1, sizeof *s);
    if (!s) return AP_NO_MEMORY;
    s->enterprises = m->n.enterprise;
    TRY(flows_collect(m, &s->arena, &s->list));
    TRY(systemic_take(s));
    flows_index(s);
    return matrix_take(s);
}

void systemic_free(struct systemic *s) {
    if (!s) return;
    arena_free(&s->arena);
    free(s);
}

const struct flow *systemic_flows(const struct systemic *s, uint32_t *count) {
    *count = s->list.count;
    return s->list.flows;
}

// ---- levels ---------------------------------------------------------------------------------------------------------

// What a supplier's loss is worth to its sector: all of it where nobody else sells the like.
static double market_share(const struct systemic *s, uint32_t e) {
    double now = s->sector_now[s->list.sector[e]];
    return now <= s->sales[e] ? 1 : s->sales[e] / now;
}

// Downstream: the worst of the essential inputs, or all the non-essential ones together.
static double level_down(const struct systemic *s, uint32_t buyer) {
    const struct flow *flows = s->list.flows;
    double worst = 0, others = 0, input = 0;
    for (uint32_t i = s->first_bought[buyer]; i < s->first_bought[buyer + 1]; i++) {
        const struct flow *flow = &flows[i];
        double lost = 1 - s->down.level[flow->supplier];
        if (i == s->first_bought[buyer] || !same_input(flow, flow - 1)) input = 0;
        if (lost == 0 || flow->kind == FLOW_IRRELEVANT) continue;
        lost *= market_share(s, flow->supplier) * flow->yuan;
        if (flow->kind == FLOW_NON_ESSENTIAL) others += lost / s->purchases[buyer];
        else input += lost / s->inputs[i];
        if (input > worst) worst = input;
    }
    return 1 - (others > worst ? others : worst);
}

// Upstream: what its customers still take.
static double level_up(const struct systemic *s, uint32_t supplier) {
    double lost = 0;
    for (uint32_t i = s->first_sold[supplier]; i < s->first_sold[supplier + 1]; i++) {
        const struct flow *flow = &s->list.flows[s->sold[i]];
        lost += (1 - s->up.level[flow->buyer]) * flow->yuan;
    }
    return 1 - lost / s->sales[supplier];
}

// ---- cascades -------------------------------------------------------------------------------------------------------

static void cascade_begin(struct cascade *c, const uint32_t *enterprises, uint32_t count) {
    c->hits = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (c->level[enterprises[i]] == 0) continue;   // named twice
        c->level[enterprises[i]] = 0;
        c->hit[c->hits++] = enterprises[i];
    }
}

static void cascade_end(struct cascade *c) {
    for (uint32_t i = 0; i < c->hits; i++) c->level[c->hit[i]] = 1;
}

// Sales of the sectors as they are now, exactly as a new sum would give them.
static void sectors_renew(struct systemic *s) {
    const struct cascade *c = &s->down;
    for (uint32_t i = 0; i < c->hits; i++) {
        uint32_t sector = s->list.sector[c->hit[i]];
        s->sector_now[sector] = s->sector_sales[sector];
    }
    for (uint32_t i = 0; i < c->hits; i++)
        s->sector_now[s->list.sector[c->hit[i]]] -= s->sales[c->hit[i]] * (1 - c->level[c->hit[i]]);
}

// Puts an enterprise behind those hit, once a sweep; those that failed stay as they are.
static void cascade_look(struct systemic *s, struct cascade *c, uint32_t e, uint32_t *looked) {
    if (s->failed[e] || c->sweep[e] == s->sweeps) return;
    c->sweep[e] = s->sweeps;
    c->hit[c->hits + (*looked)++] = e;
}

// Keeps whom the sweep found below 1; those hit before are found again, because what hit them is still there.
static double cascade_move(struct systemic *s, struct cascade *c, uint32_t looked) {
    double most = 0;
    uint32_t first = c->hits, kept = 0;
    for (uint32_t i = 0; i < c->hits; i++)
        if (s->failed[c->hit[i]]) c->hit[kept++] = c->hit[i];
    for (uint32_t i = first; i < first + looked; i++) {
        uint32_t e = c->hit[i];
        double fall = c->level[e] - c->next[e];
        if (fall > most) most = fall;
        if (fall > 0) c->level[e] = c->next[e] > 0 ? c->next[e] : 0;
        if (c->level[e] < 1) c->hit[kept++] = e;
    }
    c->hits = kept;
    return most;
}

static double sweep_down(struct systemic *s) {
    struct cascade *c = &s->down;
    uint32_t looked = 0;
    s->sweeps++;
    sectors_renew(s);
    for (uint32_t i = 0; i < c->hits; i++)
        for (uint32_t k = s->first_sold[c->hit[i]]; k < s->first_sold[c->hit[i] + 1]; k++)
            cascade_look(s, c, s->list.flows[s->sold[k]].buyer, &looked);
    for (uint32_t i = c->hits; i < c->hits + looked; i++) c->next[c->hit[i]] = level_down(s, c->hit[i]);
    return cascade_move(s, c, looked);
}

static double sweep_up(struct systemic *s) {
    struct cascade *c = &s->up;
    uint32_t looked = 0;
    s->sweeps++;
    for (uint32_t i = 0; i < c->hits; i++)
        for (uint32_t k = s->first_bought[c->hit[i]]; k < s->first_bought[c->hit[i] + 1]; k++)
            cascade_look(s, c, s->list.flows[k].supplier, &looked);
    for (uint32_t i = c->hits; i < c->hits + looked; i++) c->next[c->hit[i]] = level_up(s, c->hit[i]);
    return cascade_move(s, c, looked);
}

// ---- elimination ----------------------------------------------------------------------------------------------------

// Everybody who sells by any way to those who failed, however little: they come behind those who failed.
static uint32_t hits_complete(struct systemic *s) {
    struct cascade *c = &s->up;
    uint32_t failed = 0;
    s->sweeps++;
    for (uint32_t i = 0; i < c->hits; i++) {
        c->sweep[c->hit[i]] = s->sweeps;
        failed += s->failed[c->hit[i]];
    }
    for (uint32_t i = 0; i < c->hits; i++)
        for (uint32_t k = s->first_bought[c->hit[i]]; k < s->first_bought[c->hit[i] + 1]; k++) {
            uint32_t e = s->list.flows[k].supplier;
            if (c->sweep[e] == s->sweeps) continue;
            c->sweep[e] = s->sweeps;
            c->hit[c->hits++] = e;
        }
    for (uint32_t i = failed; i < c->hits; i++) s->place[c->hit[i]] = i - failed;
    return failed;
}

// A row for each who was hit and did not fail: what it sells to the others of them; [count] to those who failed;
// [count + 1] to everybody else.
static void matrix_fill(struct systemic *s, uint32_t failed) {
    const struct cascade *c = &s->up;
    uint32_t count = c->hits - failed, width = count + 2;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t e = c->hit[failed + i];
        double *row = s->matrix + (size_t)i * width;
        for (uint32_t k = 0; k < width; k++) row[k] = 0;
        for (uint32_t k = s->first_sold[e]; k < s->first_sold[e + 1]; k++) {
            const struct flow *flow = &s->list.flows[s->sold[k]];
            bool hit = c->sweep[flow->buyer] == s->sweeps;
            uint32_t at = s->failed[flow->buyer] ? count : hit ? s->place[flow->buyer] : count + 1;
            row[at] += flow->yuan / s->sales[e];
        }
    }
}

// What goes on from i: the sum of its row without itself. Nothing is ever subtracted, so that tight circles keep all
// their digits (Grassmann, Taksar and Heyman 1985).
static double row_onward(const double *row, uint32_t i, uint32_t width) {
    double sum = 0;
    for (uint32_t k = i + 1; k < width; k++) sum += row[k];
    return sum;
}

// Goes around i: what k sells to it goes where i sells.
static void row_pass(double *row, const double *by, uint32_t i, uint32_t width) {
    double times = row[i];
    if (times == 0) return;
    for (uint32_t k = i + 1; k < width; k++) row[k] += times * by[k];
}

static void losses_eliminate(struct systemic *s) {
    struct cascade *c = &s->up;
    uint32_t failed = hits_complete(s), count = c->hits - failed, width = count + 2;
    matrix_fill(s, failed);
    for (uint32_t i = 0; i < count; i++) {
        double *by = s->matrix + (size_t)i * width, onward = row_onward(by, i, width);
        for (uint32_t k = i + 1; k < width; k++) by[k] /= onward;
        for (uint32_t k = i + 1; k < count; k++) {
            double *row = s->matrix + (size_t)k * width;
            row_pass(row, by, i, width);
            row[k] = 0;   // what came back to itself goes on with the rest
        }
    }
    for (uint32_t i = count; i-- > 0;) {
        double *row = s->matrix + (size_t)i * width, lost = row[count];
        for (uint32_t k = i + 1; k < count; k++) lost += row[k] * (1 - c->level[c->hit[failed + k]]);
        c->level[c->hit[failed + i]] = lost < 1 ? 1 - lost : 0;
    }
}

static void cascade_up(struct systemic *s) {
    for (int i = 0; i < SWEEPS_UP || (!s->matrix && i < SWEEPS_MOST); i++)
        if (sweep_up(s) <= SETTLED) return;
    if (s->matrix) losses_eliminate(s);
}

double systemic_risk(struct systemic *s, const uint32_t *enterprises, uint32_t count) {
    if (s->all_sales <= 0) return 0;
    for (uint32_t i = 0; i < count; i++) s->failed[enterprises[i]] = true;
    cascade_begin(&s->down, enterprises, count);
    cascade_begin(&s->up, enterprises, count);
    for (int i = 0; i < SWEEPS_MOST && sweep_down(s) > SETTLED; i++) continue;
    cascade_up(s);
    double lost = 0;
    for (uint32_t e = 1; e < s->enterprises; e++) {
        double down = s->down.level[e], up = s->up.level[e];
        lost += s->sales[e] * (1 - (down < up ? down : up));
    }
    cascade_end(&s->down);
    cascade_end(&s->up);
    for (uint32_t i = 0; i < count; i++) s->failed[enterprises[i]] = false;
    return lost / s->all_sales;
}
