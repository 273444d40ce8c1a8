// Built in two passes over the same walk: count, then fill. A stock whose only way out is one approved link has no row
// of its own: what it holds and gets counts as its buyer's, which is the same and halves the matrix.
#include "study/programs_matrix.h"

#include <string.h>

// A stock in the walk: where its balance is kept.
struct node {
    uint32_t into;         // stock whose row keeps its balance: itself, or the one stock it can only go to
    uint32_t row;          // row of the matrix, + 1; of `into` alone
    uint32_t uses;         // needs and outside demands of it
    uint32_t outs;         // open links out of it that lead somewhere
    uint32_t out;          // one of them
    uint8_t  live;         // 0 not looked at, 1 leads nowhere, 2 leads to a vehicle or to outside demand
};

struct maker_rows {
    uint32_t row;          // row of the matrix, + 1; 0: its only output bears the bound itself
    uint32_t live;         // outputs in the matrix
};

struct walk {
    const struct model *m;
    const struct programs_options *o;
    struct program_matrix *x;
    struct arena *scratch;
    struct node *nodes;            // [stock]
    struct maker_rows *makers;     // [maker]
    uint32_t *line_rows, *variant_rows, *yard_rows;
    double  *made_a_day;           // [build] planned
    double  *open_a_day;           // [calendar] of makers
    int32_t  first_day, last_day;
    bool     fill;
    uint32_t columns, rows;
    int      elements;
};

// ---- rates ----------------------------------------------------------------------------------------------------------

// Ticks of a day in which a calendar is open, up to a level.
static int32_t open_ticks(const struct model *m, uint32_t calendar, int level, int32_t day) {
    int32_t open = 0;
    for (int32_t t = 0; t < m->ticks_per_day; t++) {
        int here = calendar_level(m, calendar, day, t);
        open += here != LEVEL_CLOSED && here <= level;
    }
    return open;
}

// Ticks that makers work in a mean day of the span, by calendar.
static void hours_read(struct walk *w) {
    int level = w->o->purpose == PROGRAMS_CAPACITY ? LEVEL_EXTRA : LEVEL_OVERTIME;
    for (uint32_t c = 0; c <= w->m->tables->calendars_count; c++) {
        int64_t open = 0;
        for (int32_t day = w->first_day; day <= w->last_day; day++) open += open_ticks(w->m, c, level, day);
        w->open_a_day[c] = (double)open / (w->last_day - w->first_day + 1);
    }
}

static double maker_starts_a_day(const struct walk *w, uint32_t row) {
    const struct maker *maker = &w->m->makers[row];
    return (double)maker->rate_micro * (1e6 + maker->overtime_ppm) / 1e12 * w->open_a_day[maker->calendar];
}

double line_vehicles_a_day(const struct model *m, uint32_t row, enum programs_purpose purpose, int32_t first_day,
                           int32_t last_day) {
    const struct line *line = &m->lines[row];
    int32_t slowest = 1;
    int64_t open = 0;
    for (uint32_t i = line->first_shop; i < line->first_shop + line->shops; i++)
        if (m->shops[i].cycle_ms > slowest) slowest = m->shops[i].cycle_ms;
    for (int32_t day = first_day; day <= last_day; day++) {
        if (day < line->first_day || day > line->last_day) continue;
        int planned = m->shift_plan[(size_t)row * (size_t)m->days + (size_t)day];
        int level = purpose == PROGRAMS_CAPACITY ? LEVEL_NORMAL : planned > LEVEL_OVERTIME ? planned : LEVEL_OVERTIME;
        open += open_ticks(m, line->calendar, level, day);
    }
    return (double)open * m->tick_seconds * 1000 / slowest / (last_day - first_day + 1);
}

static double line_rate(const struct walk *w, uint32_t row) {
    return line_vehicles_a_day(w->m, row, w->o->purpose, w->first_day, w->last_day);
}

// Whether goods may go this way.
static bool link_open(const struct walk *w, uint32_t link) {
    return w->m->links[link].approved || w->o->purpose == PROGRAMS_CAPACITY;
}

static double wanted_a_day(const struct walk *w, uint32_t build) {
    const int64_t *sum = w->m->wanted_sum + (size_t)build * ((size_t)w->m->days + 1);
    return (double)(sum[w->last_day + 1] - sum[w->first_day]) / 1e6 / (w->last_day - w->first_day + 1);
}

// What is wanted of each build, at most what its line can do, in proportion: as the plan does (M-4.1).
static void builds_plan(struct walk *w) {
    const struct model *m = w->m;
    for (uint32_t l = 1; l < m->n.line; l++) {
        const struct line *line = &m->lines[l];
        double wanted = 0, can = line_rate(w, l);
        for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++) wanted += wanted_a_day(w, b);
        double share = wanted > can ? can / wanted : 1;
        for (uint32_t b = line->first_build; b < line->first_build + line->builds; b++)
            w->made_a_day[b] = wanted_a_day(w, b) * share;
    }
}

static double demand_a_day(const struct model *m, uint32_t demand) {
    return m->demands[demand].mean * m->ticks_per_day / m->demands[demand].every_ticks;
}

// What a stock holds when the outage begins.
static double units_of(const struct walk *w, uint32_t row) {
    const struct model *m = w->m;
    const struct stock *stock = &m->stocks[row];
    if (w->o->stock_units) return w->o->stock_units[row];
    if (m->stock_plans[row].opening >= 0) return m->stock_plans[row].opening;
    switch (stock->policy) {
    case POLICY_ORDER_UP_TO:
    case POLICY_S_S: return stock->order_up_to;
    case POLICY_R_Q: return stock->reorder_at + stock->lot;
    case POLICY_PLAN: break;
    default: return 0;
    }
    double use = 0;
    for (uint32_t i = m->first_planned[row]; i < m->first_planned[row + 1]; i++)
        use += w->made_a_day[m->planned[i].build] * m->planned[i].use_per_1024 / 1024;
    return use * m->stock_plans[row].horizon_days_milli / 1000;
}

// ---- which stocks matter --------------------------------------------------------------------------------------------

static void uses_count(struct walk *w) {
    const struct model *m = w->m;
    for (uint32_t b = 1; b < m->n.build; b++)
        for (uint32_t i = 0; i < m->builds[b].needs; i++) w->nodes[m->needs[m->builds[b].first_need + i].stock].uses++;
    for (uint32_t i = 1; i < m->n.demand; i++) w->nodes[m->demands[i].stock].uses++;
}

// True when what it holds can end up in a vehicle or with outside demand. Bills and links have no circles.
static bool node_lives(struct walk *w, uint32_t row, const uint32_t *first_user, const uint32_t *users) {
    struct node *node = &w->nodes[row];
    if (node->live) return node->live == 2;
    const struct stock *stock = &w->m->stocks[row];
    bool live = node->uses > 0;
    for (uint32_t i = first_user[row]; i < first_user[row + 1]; i++) {
        if (!node_lives(w, users[i], first_user, users)) continue;
        node->uses++;
        live = true;
    }
    for (uint32_t i = stock->first_out; i < stock->first_out + stock->outs; i++) {
        if (!link_open(w, i) || !node_lives(w, w->m->links[i].buyer, first_user, users)) continue;
        node->outs++;
        node->out = i;
        live = true;
    }
    node->live = live ? 2 : 1;
    return live;
}

// Made stocks that use a stock of the same enterprise: users[first_user[stock]..].
static enum ap_status users_index(struct walk *w, uint32_t **first_user, uint32_t **users) {
    const struct model *m = w->m;
    uint32_t needs = m->first_need[m->n.stock];
    *first_user = TAKE(w->scratch, m->n.stock + 2, uint32_t);
    *users = TAKE(w->scratch, needs + 1, uint32_t);
    if (!*first_user || !*users) return AP_NO_MEMORY;
    uint32_t *first = *first_user;
    for (uint32_t s = 1; s < m->n.stock; s++)
        for (uint32_t i = m->first_need[s]; i < m->first_need[s + 1]; i++) first[m->needs[i].stock + 2]++;
    for (uint32_t s = 2; s < m->n.stock + 2; s++) first[s] += first[s - 1];
    for (uint32_t s = 1; s < m->n.stock; s++)
        for (uint32_t i = m->first_need[s]; i < m->first_need[s + 1]; i++)
            (*users)[first[m->needs[i].stock + 1]++] = s;
    return AP_OK;
}

static uint32_t node_into(struct walk *w, uint32_t row) {
    struct node *node = &w->nodes[row];
    if (node->into) return node->into;
    bool passes = node->uses == 0 && node->outs == 1;
    return node->into = passes ? node_into(w, w->m->links[node->out].buyer) : row;
}

static enum ap_status nodes_make(struct walk *w) {
    uint32_t *first_user, *users;
    TRY(users_index(w, &first_user, &users));
    uses_count(w);
    for (uint32_t s = 1; s < w->m->n.stock; s++) {
        if (!node_lives(w, s, first_user, users)) continue;
        w->makers[w->m->stocks[s].maker].live++;
    }
    for (uint32_t s = 1; s < w->m->n.stock; s++)
        if (w->nodes[s].live == 2) node_into(w, s);
    return AP_OK;
}

// ---- rows and columns -----------------------------------------------------------------------------------------------

static uint32_t row_add(struct walk *w, enum limit_kind kind, uint32_t row, double rate) {
    if (w->fill) w->x->rows[w->rows] = (struct program_row){ .kind = kind, .row = row, .rate = rate };
    return ++w->rows;
}

static void column_begin(struct walk *w, const struct program_column *column) {
    if (w->fill) {
        w->x->columns[w->columns] = *column;
        w->x->starts[w->columns] = w->elements;
    }
    w->columns++;
}

// row: as row_add returned it; 0: none. A column may meet a row twice (a part used by way of two needs): added up.
static void element_add(struct walk *w, uint32_t row, double value) {
    if (row == 0) return;
    if (!w->fill) {
        w->elements++;
        return;
    }
    for (int i = w->x->starts[w->columns - 1]; i < w->elements; i++)
        if (w->x->indices[i] == (int)row - 1) {
            w->x->values[i] += value;
            return;
        }
    w->x->indices[w->elements] = (int)row - 1;
    w->x->values[w->elements++] = value;
}

static uint32_t row_of_stock(const struct walk *w, uint32_t stock) {
    return w->nodes[w->nodes[stock].into].row;
}

// With a mix a yard gets at most its share of what all lines of its plant can do.
static void yards_make(struct walk *w) {
    const struct model *m = w->m;
    for (uint32_t s = 1; s < m->n.stock && w->o->mix; s++) {
        double can = 0;
        if (m->stocks[s].kind != STOCK_BUILT) continue;
        for (uint32_t l = 1; l < m->n.line; l++)
            if (m->lines[l].enterprise == m->stocks[s].enterprise) can += line_rate(w, l);
        w->yard_rows[s] = row_add(w, LIMIT_YARD, s, can * w->o->mix[s]);
    }
}

static double yuan(int64_t margin_fen, int64_t value_fen) {
    return (double)(margin_fen == YUAN_NONE ? value_fen : margin_fen) / 100;
}

static double variant_margin(const struct model *m, uint32_t variant) {
    return yuan(m->tables->variants[m->variants[variant].table_row].margin, m->variants[variant].price_fen);
}

static void rows_make(struct walk *w) {
    const struct model *m = w->m;
    for (uint32_t s = 1; s < m->n.stock; s++)
        if (w->nodes[s].into == s) w->nodes[s].row = row_add(w, LIMIT_STOCK, s, 0);
    for (uint32_t i = 1; i < m->n.maker; i++)
        if (w->makers[i].live > 1)
            w->makers[i].row = row_add(w, LIMIT_MAKER, i, maker_starts_a_day(w, i));
    for (uint32_t l = 1; l < m->n.line; l++)
        w->line_rows[l] = row_add(w, LIMIT_LINE, l, line_rate(w, l));
    for (uint32_t v = 1; v < m->n.variant && w->o->purpose == PROGRAMS_OUTAGES; v++) {
        double wanted = 0;
        for (uint32_t i = 0; i < m->variants[v].builds; i++)
            wanted += w->made_a_day[m->build_of_variant[m->variants[v].first_build + i]];
        w->variant_rows[v] = row_add(w, LIMIT_VARIANT, v, wanted);
        if (w->fill) w->x->rows[w->rows - 1].margin_yuan = variant_margin(m, v);
    }
    yards_make(w);
    for (uint32_t s = 1; s < m->n.stock && w->fill; s++)
        if (w->nodes[s].into) w->x->rows[row_of_stock(w, s) - 1].fixed += units_of(w, s);
}

// Good units of a made stock: they take the maker's time and components of all that were started.
static void made_column(struct walk *w, uint32_t row) {
    const struct model *m = w->m;
    uint32_t maker = m->stocks[row].maker;
    double yield = (double)m->makers[maker].yield_ppm / 1e6;
    struct program_column column = { .kind = COLUMN_MADE, .row = row, .rate = -1,
                                     .closed_by = m->stocks[row].enterprise };
    if (!w->makers[maker].row) column.rate = yield * maker_starts_a_day(w, maker);
    column_begin(w, &column);
    element_add(w, w->makers[maker].row, 1 / yield);
    element_add(w, row_of_stock(w, row), -1);
    for (uint32_t i = m->first_need[row]; i < m->first_need[row + 1]; i++)
        element_add(w, row_of_stock(w, m->needs[i].stock), m->needs[i].quantity / yield);
}

static void flow_column(struct walk *w, uint32_t row) {
    const struct link *link = &w->m->links[row];
    bool source = link->supplier == 0;
    struct program_column column = { .kind = COLUMN_FLOW, .row = row, .rate = -1 };
    if (source) column.closed_by = link->supplier_enterprise;
    column_begin(w, &column);
    if (!source) element_add(w, row_of_stock(w, link->supplier), 1);
    element_add(w, row_of_stock(w, link->buyer), -1);
}

static void built_column(struct walk *w, uint32_t row) {
    const struct model *m = w->m;
    const struct build *build = &m->builds[row];
    double margin = variant_margin(m, build->variant);
    struct program_column column = { .kind = COLUMN_BUILT, .row = row, .rate = -1,
                                     .closed_by = m->lines[build->line].enterprise, .margin_yuan = margin };
    column.weight = w->o->weight == LOST_MARGIN ? margin : 1;
    column_begin(w, &column);
    element_add(w, w->line_rows[build->line], 1);
    element_add(w, w->variant_rows[build->variant], 1);
    element_add(w, w->yard_rows[build->stock], 1);
    for (uint32_t i = build->first_need; i < build->first_need + build->needs; i++)
        element_add(w, row_of_stock(w, m->needs[i].stock), m->needs[i].quantity);
}

static void served_column(struct walk *w, uint32_t row) {
    const struct model *m = w->m;
    const struct product *product = &m->products[m->stocks[m->demands[row].stock].product];
    int64_t given = product->variant ? YUAN_NONE : m->tables->products[product->family].margin;
    double margin = yuan(given, product->value_fen), a_day = demand_a_day(m, row);
    struct program_column column = { .kind = COLUMN_SERVED, .row = row, .rate = a_day, .margin_yuan = margin };
    column.weight = w->o->weight == LOST_MARGIN ? margin : 1;
    column_begin(w, &column);
    element_add(w, row_of_stock(w, m->demands[row].stock), 1);
}

static void matrix_walk(struct walk *w) {
    const struct model *m = w->m;
    w->columns = w->rows = 0;
    w->elements = 0;
    rows_make(w);
    for (uint32_t s = 1; s < m->n.stock; s++)
        if (w->nodes[s].live == 2 && m->stocks[s].kind == STOCK_MADE && m->stocks[s].maker) made_column(w, s);
    for (uint32_t i = 1; i < m->n.link; i++) {
        const struct link *link = &m->links[i];
        if (!link_open(w, i) || w->nodes[link->buyer].live != 2) continue;
        if (link->supplier && w->nodes[link->supplier].into == w->nodes[link->buyer].into) continue;
        flow_column(w, i);
    }
    for (uint32_t b = 1; b < m->n.build; b++) built_column(w, b);
    for (uint32_t i = 1; i < m->n.demand && w->o->purpose == PROGRAMS_OUTAGES; i++) served_column(w, i);
}

// ---- the door -------------------------------------------------------------------------------------------------------

// The span that means are taken over, within the run.
static void span_set(struct walk *w) {
    const struct model *m = w->m;
    w->first_day = w->o->first_day;
    w->last_day = w->o->last_day;
    if (w->last_day < w->first_day) {
        int year = (int)m->set.bulletin_year;
        w->first_day = day_from_date(year, 1, 1) - m->first_day;
        w->last_day = day_from_date(year, 12, 31) - m->first_day;
        if (w->last_day < m->from - m->first_day || w->first_day >= m->days)
            w->first_day = m->from - m->first_day, w->last_day = m->days - 1;
    }
    if (w->first_day < 0) w->first_day = 0;
    if (w->last_day >= m->days) w->last_day = m->days - 1;
    ASSERT(w->first_day <= w->last_day);
}

static enum ap_status walk_take(struct walk *w) {
    const struct model *m = w->m;
    w->nodes = TAKE(w->scratch, m->n.stock + 1, struct node);
    w->makers = TAKE(w->scratch, m->n.maker + 1, struct maker_rows);
    w->line_rows = TAKE(w->scratch, m->n.line + 1, uint32_t);
    w->variant_rows = TAKE(w->scratch, m->n.variant + 1, uint32_t);
    w->yard_rows = TAKE(w->scratch, m->n.stock + 1, uint32_t);
    w->made_a_day = TAKE(w->scratch, m->n.build + 1, double);
    w->open_a_day = TAKE(w->scratch, m->tables->calendars_count + 1, double);
    bool rows = w->line_rows && w->variant_rows && w->yard_rows;
    return rows && w->open_a_day && w->nodes && w->makers && w->made_a_day ? AP_OK : AP_NO_MEMORY;
}

static enum ap_status matrix_fill(struct walk *w) {
    struct program_matrix *x = w->x;
    hours_read(w);
    builds_plan(w);
    TRY(nodes_make(w));
    matrix_walk(w);
    x->columns = TAKE(&x->arena, w->columns + 1, struct program_column);
    x->rows = TAKE(&x->arena, w->rows + 1, struct program_row);
    x->starts = TAKE(&x->arena, w->columns + 1, int);
    x->indices = TAKE(&x->arena, w->elements + 1, int);
    x->values = TAKE(&x->arena, w->elements + 1, double);
    if (!x->columns || !x->rows || !x->starts || !x->indices || !x->values) return AP_NO_MEMORY;
    w->fill = true;
    matrix_walk(w);
    x->starts[w->columns] = w->elements;
    x->column_count = w->columns;
    x->row_count = w->rows;
    return AP_OK;
}

enum ap_status program_matrix_make(const struct model *m, const struct programs_options *o,
                                   struct program_matrix *out) {
    ASSERT(m->days > 0);
    struct arena scratch = { 0 };
    struct walk walk = { .m = m, .o = o, .x = out, .scratch = &scratch };
    memset(out, 0, sizeof *out);
    span_set(&walk);
    enum ap_status status = walk_take(&walk);
    if (status == AP_OK) status = matrix_fill(&walk);
    arena_free(&scratch);
    return status;
}

void program_matrix_free(struct program_matrix *x) {
    arena_free(&x->arena);
    memset(x, 0, sizeof *x);
}
