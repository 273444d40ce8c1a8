// What is served is minimised with its sign turned, so duals of rows and columns tell by how much one day more would
// raise what can be served: the slope with which times to survive are found.
#include "study/programs.h"

#include <coin/Clp_C_Interface.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/programs_matrix.h"

// Lengths whose undisturbed basis is kept: a program begins from that of the next longer one. Of the same length a
// handful of steps is enough, else it takes hundreds; so usual times to recover are among them.
static const double base_days[] = { 1,  2,  3,  5,  7,   10,  14,  21,  28,
                                    30, 42, 45, 60, 90, 120, 180, 365, SURVIVES_FOR_EVER };
enum { BASES = sizeof base_days / sizeof *base_days, TANGENTS_MOST = 100 };
// Below this share of what is planned nothing is lost: sums of so many numbers are not exact to the last bit.
static const double NOTHING = 1e-11;
static const double CLOSE = 1e-9, OUT = 1 + 1e-5;   // so near a corner its slope is not trusted; so far out it is
static const double GAIN_LEAST = 1e-9;  // vehicles for a unit more: below it a dual is rounding
static const double TOLERANCE = 1e-9;   // how far Clp lets bounds be missed, in units: it asks for 1e-7 unless told
static const double NO_LIMIT = 1e30;   // Clp's infinity begins at 1e27

struct programs {
    const struct model *m;
    enum lost_weight weight;
    struct program_matrix x;
    Clp_Simplex   *clp;
    double        *zeros, *costs, *row_least, *row_most, *column_most;   // what Clp is loaded with
    bool          *down, *nobody;           // [enterprise]
    bool           keeps_up;                // undisturbed it loses nothing, however long
    unsigned char *bases[BASES];            // of the undisturbed chain, where it was asked for
    double planned_units, planned_yuan;     // a day
    char   trouble[160];
};

// What the best response serves, and by how much that grows with a day more.
struct served {
    double weight, a_day_more;
};

static double planned_weight(const struct programs *p) {
    return p->weight == LOST_MARGIN ? p->planned_yuan : p->planned_units;
}

static bool column_closed(const struct programs *p, const struct program_column *column) {
    return column->closed_by && p->down[column->closed_by];
}

// stocks: 1, or 0 for a chain that must live from hand to mouth.
static void bounds_set(struct programs *p, double days, double stocks) {
    for (uint32_t i = 0; i < p->x.row_count; i++)
        p->row_most[i] = p->x.rows[i].fixed * stocks + p->x.rows[i].rate * days;
    for (uint32_t i = 0; i < p->x.column_count; i++) {
        const struct program_column *column = &p->x.columns[i];
        p->column_most[i] = column_closed(p, column) ? 0 : column->rate < 0 ? NO_LIMIT : column->rate * days;
    }
}

// A new Clp model for every program: an old one remembers weights of its last steps, and with them other last bits.
static enum ap_status solver_run(struct programs *p, const unsigned char *basis) {
    static const char *const reasons[] = { "", "no solution", "no bound", "too many steps", "numerical trouble" };
    const struct program_matrix *x = &p->x;
    if (p->clp) Clp_deleteModel(p->clp);
    p->clp = Clp_newModel();
    if (!p->clp) return AP_NO_MEMORY;
    Clp_setLogLevel(p->clp, 0);
    Clp_setPrimalTolerance(p->clp, TOLERANCE);
    Clp_setDualTolerance(p->clp, TOLERANCE);
    Clp_loadProblem(p->clp, (int)x->column_count, (int)x->row_count, x->starts, x->indices, x->values, p->zeros,
                    p->column_most, p->costs, p->row_least, p->row_most);
    if (basis) Clp_copyinStatus(p->clp, basis);
    int status = Clp_dual(p->clp, 0);
    if (status != 0) status = Clp_primal(p->clp, 0);
    if (status == 0) return AP_OK;
    snprintf(p->trouble, sizeof p->trouble, "a linear program could not be solved: %s",
             reasons[status < 0 || status > 4 ? 4 : status]);
    return AP_REFUSED;
}

static struct served served_read(const struct programs *p) {
    const double *value = Clp_primalColumnSolution(p->clp);
    const double *row_dual = Clp_dualRowSolution(p->clp), *reduced = Clp_dualColumnSolution(p->clp);
    struct served out = { 0 };
    for (uint32_t i = 0; i < p->x.column_count; i++) {
        const struct program_column *column = &p->x.columns[i];
        out.weight += column->weight * value[i];
        if (reduced[i] < 0 && column->rate > 0 && !column_closed(p, column))
            out.a_day_more -= reduced[i] * column->rate;
    }
    for (uint32_t i = 0; i < p->x.row_count; i++) out.a_day_more -= row_dual[i] * p->x.rows[i].rate;
    return out;
}

// The basis of the undisturbed chain for outages of about so many days; solved for when it is first asked for.
static enum ap_status basis_find(struct programs *p, double days, const unsigned char **basis) {
    uint32_t i = 0;
    while (i + 1 < BASES && base_days[i] < days) i++;
    *basis = p->bases[i];
    if (p->bases[i]) return AP_OK;
    size_t cells = (size_t)p->x.column_count + p->x.row_count;
    bool *down = p->down;
    p->down = p->nobody;
    bounds_set(p, base_days[i], 1);
    enum ap_status status = solver_run(p, NULL);
    p->down = down;
    if (status != AP_OK) return status;
    *basis = p->bases[i] = malloc(cells);
    if (!*basis) return AP_NO_MEMORY;
    memcpy(p->bases[i], Clp_statusArray(p->clp), cells);
    return AP_OK;
}

// ---- making ---------------------------------------------------------------------------------------------------------

static void planned_sum(struct programs *p) {
    p->planned_units = p->planned_yuan = 0;
    for (uint32_t i = 0; i < p->x.row_count; i++) {
        const struct program_row *row = &p->x.rows[i];
        if (row->kind != LIMIT_VARIANT) continue;
        p->planned_units += row->rate;
        p->planned_yuan += row->rate * row->margin_yuan;
    }
    for (uint32_t i = 0; i < p->x.column_count; i++) {
        const struct program_column *column = &p->x.columns[i];
        if (column->kind != COLUMN_SERVED) continue;
        p->planned_units += column->rate;
        p->planned_yuan += column->rate * column->margin_yuan;
    }
}

// The undisturbed chain from hand to mouth, without its stocks. Vehicles that it cannot make so are not lost by an
// outage: they leave the plan. Where it serves all that is left it loses nothing over any days.
static enum ap_status plan_settle(struct programs *p) {
    bounds_set(p, 1, 0);
    TRY(solver_run(p, NULL));
    const double *made = Clp_primalRowSolution(p->clp), *served = Clp_primalColumnSolution(p->clp);
    p->keeps_up = true;
    for (uint32_t i = 0; i < p->x.row_count; i++) {
        struct program_row *row = &p->x.rows[i];
        if (row->kind == LIMIT_VARIANT && made[i] < row->rate * (1 - 1e-9)) row->rate = made[i] > 0 ? made[i] : 0;
    }
    for (uint32_t i = 0; i < p->x.column_count; i++) {
        const struct program_column *column = &p->x.columns[i];
        if (column->kind == COLUMN_SERVED && served[i] < column->rate * (1 - NOTHING)) p->keeps_up = false;
    }
    return AP_OK;
}

static enum ap_status solver_take(struct programs *p) {
    uint32_t columns = p->x.column_count, rows = p->x.row_count;
    p->zeros = TAKE(&p->x.arena, columns + 1, double);
    p->costs = TAKE(&p->x.arena, columns + 1, double);
    p->column_most = TAKE(&p->x.arena, columns + 1, double);
    p->row_least = TAKE(&p->x.arena, rows + 1, double);
    p->row_most = TAKE(&p->x.arena, rows + 1, double);
    if (!p->zeros || !p->costs || !p->column_most || !p->row_least || !p->row_most) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < rows; i++) p->row_least[i] = -NO_LIMIT;
    for (uint32_t i = 0; i < columns; i++) p->costs[i] = -p->x.columns[i].weight;
    return AP_OK;
}

enum ap_status programs_make(const struct model *m, const struct programs_options *o, struct programs **out) {
    struct programs *p = *out = calloc(1, sizeof *p);
    if (!p) return AP_NO_MEMORY;
    p->m = m;
    p->weight = o->weight;
    p->down = calloc((size_t)m->n.enterprise + 1, sizeof *p->down);
    p->nobody = calloc((size_t)m->n.enterprise + 1, sizeof *p->nobody);
    if (!p->down || !p->nobody) return AP_NO_MEMORY;
    TRY(program_matrix_make(m, o, &p->x));
    TRY(solver_take(p));
    if (o->purpose == PROGRAMS_CAPACITY) return AP_OK;
    planned_sum(p);
    if (planned_weight(p) <= 0) return AP_BAD_USE;
    TRY(plan_settle(p));
    planned_sum(p);
    return planned_weight(p) > 0 ? AP_OK : AP_BAD_USE;
}

void programs_free(struct programs *p) {
    if (!p) return;
    for (uint32_t i = 0; i < BASES; i++) free(p->bases[i]);
    if (p->clp) Clp_deleteModel(p->clp);
    program_matrix_free(&p->x);
    free(p->down);
    free(p->nobody);
    free(p);
}

const char *programs_trouble(const struct programs *p) {
    return p->trouble;
}

double programs_planned_a_day(const struct programs *p) {
    return planned_weight(p);
}

// ---- asking ---------------------------------------------------------------------------------------------------------

static void down_set(struct programs *p, const struct outage *o, bool down) {
    for (uint32_t i = 0; i < o->count; i++) p->down[o->enterprises[i]] = down;
}

// Whether the chain would not notice the outage: it closes nothing, and without it nothing is lost.
static bool outage_idle(const struct programs *p) {
    for (uint32_t i = 0; i < p->x.column_count; i++)
        if (column_closed(p, &p->x.columns[i])) return false;
    return p->keeps_up;
}

// Solves with the enterprises that are down, from the basis of the chain when none is.
static enum ap_status outage_solve(struct programs *p, double days) {
    const unsigned char *basis;
    TRY(basis_find(p, days, &basis));
    bounds_set(p, days, 1);
    return solver_run(p, basis);
}

// What is served of the plan, in vehicles, units and yuan.
static void loss_read(const struct programs *p, double days, struct outage_loss *out) {
    const double *value = Clp_primalColumnSolution(p->clp);
    out->units = p->planned_units * days;
    out->margin_yuan = p->planned_yuan * days;
    for (uint32_t i = 0; i < p->x.column_count; i++) {
        const struct program_column *column = &p->x.columns[i];
        if (column->kind != COLUMN_BUILT && column->kind != COLUMN_SERVED) continue;
        out->units -= value[i];
        out->margin_yuan -= value[i] * column->margin_yuan;
    }
    if (out->units < NOTHING * p->planned_units * days) out->units = 0;
    if (out->margin_yuan < NOTHING * p->planned_yuan * days) out->margin_yuan = 0;
}

enum ap_status programs_ttr(struct programs *p, const struct outage *o, double days, struct outage_loss *out) {
    ASSERT(days >= 0);
    *out = (struct outage_loss){ 0 };
    if (days == 0) return AP_OK;
    down_set(p, o, true);
    enum ap_status status = AP_OK;
    if (!outage_idle(p)) {
        status = outage_solve(p, days);
        if (status == AP_OK) loss_read(p, days, out);
    }
    down_set(p, o, false);
    return status;
}

// Where the tangent of what is lost meets the axis: at most `days`, and `days` itself where next to nothing is lost.
static enum ap_status tangent_follow(struct programs *p, double days, double *back, bool *close) {
    double planned = planned_weight(p);
    TRY(outage_solve(p, days));
    struct served served = served_read(p);
    double lost = planned * days - served.weight, slope = planned - served.a_day_more;
    *close = lost <= CLOSE * planned * days || slope <= 0;
    *back = slope <= 0 || lost <= 0 ? days : lost < slope * days ? days - lost / slope : 0;
    return AP_OK;
}

// What is lost is convex in the days and nothing at first: tangents from the right meet the axis at or behind its first
// rise, and after as many of them as it has corners exactly there. From far away digits are lost, and at the corner
// itself the solver may give any slope between those of both sides: so it is found again from a little farther out.
static enum ap_status tangents_follow(struct programs *p, double *days) {
    bool close = false, found = false;
    for (int round = 0; round < TANGENTS_MOST && *days > 0; round++) {
        double back;
        TRY(tangent_follow(p, *days, &back, &close));
        if (close && (found || round == 0)) return AP_OK;
        if (close) {
            TRY(tangent_follow(p, *days * OUT, &back, &close));
            if (back >= *days * OUT) return AP_OK;
            found = true;
        }
        *days = back;
    }
    if (*days == 0) return AP_OK;
    snprintf(p->trouble, sizeof p->trouble, "no time to survive after %d tangents", TANGENTS_MOST);
    return AP_REFUSED;
}

enum ap_status programs_tts(struct programs *p, const struct outage *o, double *days) {
    *days = SURVIVES_FOR_EVER;
    down_set(p, o, true);
    enum ap_status status = outage_idle(p) ? AP_OK : tangents_follow(p, days);
    down_set(p, o, false);
    return status;
}

// ---- capacity -------------------------------------------------------------------------------------------------------

static int limit_compare(const void *left, const void *right) {
    const struct capacity_limit *a = left, *b = right;
    double by_a = a->gain * a->units, by_b = b->gain * b->units;
    if (by_a != by_b) return by_a > by_b ? -1 : 1;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    return a->maker < b->maker ? -1 : a->maker > b->maker;
}

static uint32_t plant_of(const struct programs *p, const struct program_row *row) {
    if (row->kind == LIMIT_LINE) return p->m->lines[row->row].enterprise;
    return row->kind == LIMIT_YARD ? p->m->stocks[row->row].enterprise : 0;
}

// What a vehicle more that a plant's lines can do is worth in its yards, which get their shares of it.
static double yards_gain(const struct programs *p, uint32_t plant) {
    const double *row_dual = Clp_dualRowSolution(p->clp);
    double can = 0, gain = 0;
    for (uint32_t i = 0; i < p->x.row_count; i++) {
        const struct program_row *row = &p->x.rows[i];
        if (plant_of(p, row) != plant) continue;
        if (row->kind == LIMIT_LINE) can += row->rate;
        else gain -= row_dual[i] * row->rate;
    }
    return can > 0 ? gain / can : 0;
}

// A maker of one product has no row: its bound is that of the product's column, in good units.
static uint32_t limits_read(const struct programs *p, double days, struct capacity_limit *limits) {
    const double *row_dual = Clp_dualRowSolution(p->clp), *reduced = Clp_dualColumnSolution(p->clp);
    uint32_t count = 0;
    for (uint32_t i = 0; i < p->x.row_count; i++) {
        const struct program_row *row = &p->x.rows[i];
        struct capacity_limit limit = { .units = row->rate * days, .gain = -row_dual[i] };
        if (row->kind == LIMIT_LINE) limit.line = row->row, limit.gain += yards_gain(p, plant_of(p, row));
        else if (row->kind == LIMIT_MAKER) limit.maker = row->row;
        else continue;
        if (limit.gain > GAIN_LEAST && limit.units > 0) limits[count++] = limit;
    }
    for (uint32_t i = 0; i < p->x.column_count; i++) {
        const struct program_column *column = &p->x.columns[i];
        if (column->kind != COLUMN_MADE || column->rate <= 0 || reduced[i] > -GAIN_LEAST) continue;
        uint32_t maker = p->m->stocks[column->row].maker;
        double yield = (double)p->m->makers[maker].yield_ppm / 1e6;
        limits[count++] = (struct capacity_limit){ .maker = maker, .units = column->rate * days / yield,
                                                   .gain = -reduced[i] * yield };
    }
    qsort(limits, count, sizeof *limits, limit_compare);
    return count;
}

enum ap_status programs_most(struct programs *p, double days, double *vehicles, struct capacity_limit *limits,
                             uint32_t *limit_count) {
    bounds_set(p, days, 1);
    TRY(solver_run(p, NULL));
    const double *value = Clp_primalColumnSolution(p->clp);
    *vehicles = 0;
    for (uint32_t i = 0; i < p->x.column_count; i++)
        if (p->x.columns[i].kind == COLUMN_BUILT) *vehicles += value[i];
    *limit_count = limits_read(p, days, limits);
    return AP_OK;
}
