// Measures of the chain: stocks, lines and shops. docs/cases.md says what each is.
#include "study/selftest_measures.h"

#include <string.h>

// ---- rows ---------------------------------------------------------------------------------------------------------

// True when the first `length` bytes of `words` are the name, or its beginning with a * behind.
static bool part_means(const char *words, size_t length, const char *name) {
    if (length && words[length - 1] == '*') return strncmp(words, name, length - 1) == 0;
    return strlen(name) == length && strncmp(words, name, length) == 0;
}

// True when `words` are the two names with a slash between them.
static bool words_mean(const char *words, const char *first, const char *second) {
    const char *slash = strchr(words, '/');
    return slash && part_means(words, (size_t)(slash - words), first) &&
           part_means(slash + 1, strlen(slash + 1), second);
}

static bool stock_meant(const struct model *m, uint32_t stock, const char *words) {
    return words_mean(words, enterprise_name(m, m->stocks[stock].enterprise), m->products[m->stocks[stock].product].id);
}

static uint32_t stock_of(const struct model *m, const char *words) {
    for (uint32_t i = 1; i < m->n.stock; i++)
        if (stock_meant(m, i, words)) return i;
    return 0;
}

static const char *line_name(const struct model *m, uint32_t line) {
    return m->tables->lines[m->lines[line].table_row].line;
}

static uint32_t line_of(const struct model *m, const char *words) {
    for (uint32_t i = 1; i < m->n.line; i++)
        if (strcmp(words, line_name(m, i)) == 0) return i;
    return 0;
}

static uint32_t shop_of(const struct model *m, const char *words) {
    for (uint32_t i = 1; i < m->n.shop; i++)
        if (words_mean(words, line_name(m, m->shops[i].line), m->tables->shops[m->shops[i].table_row].shop)) return i;
    return 0;
}

// ---- stocks -------------------------------------------------------------------------------------------------------

static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
}

// What a tally of the run has grown by since the evening.
#define GROWN(x, column, row) ((double)((x)->run->tally.column[row] - (x)->before->column[row]))

static double readings(const struct measured *x) {
    return GROWN(x, readings, 0);
}

#define MEAN_OF_READINGS(name, column)                                                                                 \
    static double name##_value(const struct measured *x, const struct aim *at) {                                       \
        return ratio(GROWN(x, column, at->row), readings(x));                                                          \
    }
MEAN_OF_READINGS(on_hand, stock_read_on_hand)
MEAN_OF_READINGS(backlog, stock_read_backlog)
MEAN_OF_READINGS(positive, stock_read_positive)
MEAN_OF_READINGS(covered, stock_read_covered)
MEAN_OF_READINGS(on_order, stock_read_on_order)
MEAN_OF_READINGS(full, stock_read_full)
MEAN_OF_READINGS(ready, stock_read_ready)
MEAN_OF_READINGS(orders, stock_ordered)

#define SUM_OF(name, column)                                                                                           \
    static double name##_value(const struct measured *x, const struct aim *at) {                                       \
        return GROWN(x, column, at->row);                                                                              \
    }
SUM_OF(on_hand_sum, stock_read_on_hand)
SUM_OF(orders_sum, stock_ordered)
SUM_OF(received, stock_received)

static double on_hand_end_value(const struct measured *x, const struct aim *at) {
    return x->run->state.stock_on_hand[at->row];
}

// What a tally of demands has grown by, over the demands at a stock.
#define GROWN_DEMAND(name, column)                                                                                     \
    static double name(const struct measured *x, uint32_t stock) {                                                     \
        double sum = 0;                                                                                                \
        for (uint32_t i = 1; i < x->m->n.demand; i++)                                                                  \
            if (x->m->demands[i].stock == stock) sum += GROWN(x, column, i);                                           \
        return sum;                                                                                                    \
    }
GROWN_DEMAND(wanted_of, demand_wanted)
GROWN_DEMAND(served_of, demand_served_at_once)
GROWN_DEMAND(lost_of, demand_lost)

static double fill_value(const struct measured *x, const struct aim *at) {
    return ratio(served_of(x, at->row), wanted_of(x, at->row));
}

static double lost_value(const struct measured *x, const struct aim *at) {
    return lost_of(x, at->row);
}

// How far the position is below the level it is ordered up to.
static double shortfall_value(const struct measured *x, const struct aim *at) {
    return x->m->stocks[at->row].order_up_to -
           (on_hand_value(x, at) + on_order_value(x, at) - backlog_value(x, at));
}

// By Little's law, in periods of the readings.
static double wait_value(const struct measured *x, const struct aim *at) {
    return ratio(GROWN(x, stock_read_backlog, at->row), wanted_of(x, at->row));
}

static const struct stock_row *costs_of(const struct model *m, uint32_t stock) {
    const struct tables *t = m->tables;
    const char *enterprise = enterprise_name(m, m->stocks[stock].enterprise);
    for (uint32_t i = 1; i <= t->stocks_count; i++)
        if (t->stocks[i].product == m->products[m->stocks[stock].product].family &&
            strcmp(t->enterprises[t->stocks[i].enterprise].enterprise, enterprise) == 0)
            return &t->stocks[i];
    return &t->stocks[0];
}

// Of all stocks that the words mean, a reading.
static double cost_value(const struct measured *x, const struct aim *at) {
    double sum = 0;
    for (uint32_t i = 1; i < x->m->n.stock; i++) {
        if (!stock_meant(x->m, i, at->name)) continue;
        const struct stock_row *cost = costs_of(x->m, i);
        sum += cost->holding_cost * GROWN(x, stock_read_on_hand, i);
        sum += cost->shortage_cost * (GROWN(x, stock_read_backlog, i) + lost_of(x, i));
        sum += cost->order_cost * GROWN(x, stock_ordered, i) + cost->unit_cost * GROWN(x, stock_received, i);
    }
    return ratio(sum, readings(x));
}

// Days until the first unit is missing, where nothing comes: readings that were covered, and half of the one in which
// it fell.
static double survived_value(const struct measured *x, const struct aim *at) {
    return (GROWN(x, stock_read_covered, at->row) + 0.5) * x->m->set.read_hours / 24;
}

// ---- lines --------------------------------------------------------------------------------------------------------

static double open_ms(const struct measured *x, uint32_t shop) {
    return GROWN(x, shop_open_ms, shop);
}

static double throughput_value(const struct measured *x, const struct aim *at) {
    uint32_t last = x->m->lines[at->row].first_shop + x->m->lines[at->row].shops - 1;
    return ratio(GROWN(x, shop_done, last), open_ms(x, last));
}

static double level_value(const struct measured *x, const struct aim *at) {
    const struct line *line = &x->m->lines[at->row];
    double sum = 0;
    for (uint32_t i = line->first_shop; i < line->first_shop + line->shops; i++) sum += GROWN(x, shop_level_ms, i);
    return ratio(sum, open_ms(x, line->first_shop));
}

static double blocked_value(const struct measured *x, const struct aim *at) {
    return ratio(GROWN(x, shop_blocked_ms, at->row), open_ms(x, at->row));
}

// Share of all time, closed or open, in which the shop worked.
static double working_value(const struct measured *x, const struct aim *at) {
    double days = x->m->until - x->m->from + 1;
    return GROWN(x, shop_busy_ms, at->row) / (days * 86400e3);
}

// Units that the shop has finished and the next has not: held, in the buffer, or on the next shop.
static double between_value(const struct measured *x, const struct aim *at) {
    uint32_t shop = at->row, next = x->m->shops[shop].next;
    double units = GROWN(x, shop_level_ms, shop) + GROWN(x, shop_empty_ms, shop) + GROWN(x, shop_blocked_ms, shop);
    units -= GROWN(x, shop_empty_ms, next) + GROWN(x, shop_blocked_ms, next);
    return next ? ratio(units, open_ms(x, shop)) : 0;
}

static double made_value(const struct measured *x, const struct aim *at) {
    return GROWN(x, line_made, at->row);
}

// ---- the set ------------------------------------------------------------------------------------------------------

struct measure_set chain_measures(void) {
    static const struct measure measures[] = {
        { "on_hand", stock_of, on_hand_value, false },
        { "backlog", stock_of, backlog_value, false },
        { "positive", stock_of, positive_value, false },
        { "covered", stock_of, covered_value, false },
        { "fill", stock_of, fill_value, false },
        { "orders", stock_of, orders_value, false },
        { "on_hand_sum", stock_of, on_hand_sum_value, false },
        { "on_hand_end", stock_of, on_hand_end_value, false },
        { "orders_sum", stock_of, orders_sum_value, false },
        { "received", stock_of, received_value, false },
        { "lost", stock_of, lost_value, false },
        { "on_order", stock_of, on_order_value, false },
        { "shortfall", stock_of, shortfall_value, false },
        { "full", stock_of, full_value, false },
        { "ready", stock_of, ready_value, false },
        { "wait", stock_of, wait_value, false },
        { "cost", stock_of, cost_value, false },
        { "survived", stock_of, survived_value, false },
        { "survived_deviation", stock_of, survived_value, true },
        { "throughput", line_of, throughput_value, false },
        { "level", line_of, level_value, false },
        { "made", line_of, made_value, false },
        { "blocked", shop_of, blocked_value, false },
        { "working", shop_of, working_value, false },
        { "between", shop_of, between_value, false },
    };
    return (struct measure_set){ measures, sizeof measures / sizeof *measures, false, false };
}
