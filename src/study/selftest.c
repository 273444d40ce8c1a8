// A case is run in rounds: a first one that estimates the variance, then as many replications as the target needs, at
// most those of the case's settings. Replications land by index, so threads change nothing.
#include "study/selftest.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "read/read.h"
#include "tick/tick.h"

enum { FIRST_ROUND = 12, THREADS_MOST = 64 };

// In the order of the choices of `measure` in the schema.
#define MEASURES(X)                                                                                                    \
    X(ON_HAND, "on_hand")                                                                                              \
    X(BACKLOG, "backlog")                                                                                              \
    X(POSITIVE, "positive")                                                                                            \
    X(COVERED, "covered")                                                                                              \
    X(FILL, "fill")                                                                                                    \
    X(ORDERS, "orders")                                                                                                \
    X(ON_HAND_SUM, "on_hand_sum")                                                                                      \
    X(ON_HAND_END, "on_hand_end")                                                                                      \
    X(ORDERS_SUM, "orders_sum")                                                                                        \
    X(RECEIVED, "received")                                                                                            \
    X(LOST, "lost")                                                                                                    \
    X(THROUGHPUT, "throughput")                                                                                        \
    X(LEVEL, "level")                                                                                                  \
    X(BLOCKED, "blocked")                                                                                              \
    X(MADE, "made")

enum measure {
#define MEASURE_ID(name, text) MEASURE_##name,
    MEASURES(MEASURE_ID)
#undef MEASURE_ID
};

static const char *const measure_names[] = {
#define MEASURE_NAME(name, text) text,
    MEASURES(MEASURE_NAME)
#undef MEASURE_NAME
};

// An error is small enough at half a percent of what is expected, and at 0.002 where that is small.
static const double ERROR_SHARE = 0.005, ERROR_LEAST = 0.002, ERRORS_ALLOWED = 4;

// What a row of `expected` is measured on.
struct aim {
    enum measure measure;
    uint32_t row;            // stock, line or shop
    double   factor;
};

struct bench {
    const struct model *m;
    const struct aim *aims;
    uint32_t count;
    double  *values;         // [replication][aim]
    uint32_t from, until;    // replications of this round
    uint32_t step;           // threads
};

struct worker {
    pthread_t thread;
    const struct bench *bench;
    uint32_t first;
    enum ap_status status;
    char ledger_message[200];
};

const char *verdict_name(enum verdict v) {
    static const char *const names[VERDICT_COUNT] = { "agrees", "differs", "vague", "shown" };
    ASSERT(v < VERDICT_COUNT);
    return names[v];
}

// As it stood on the evening before m->from: what is measured begins there.
struct evening {
    struct state state;
    struct tally tally;
};

static int64_t line_level(const struct model *m, const struct run *r, const struct tally *before, uint32_t line) {
    int64_t sum = 0;
    for (uint32_t i = 0; i < m->lines[line].shops; i++) {
        uint32_t shop = m->lines[line].first_shop + i;
        sum += r->tally.shop_level_ms[shop] - before->shop_level_ms[shop];
    }
    return sum;
}

static uint32_t last_shop(const struct model *m, uint32_t line) {
    return m->lines[line].first_shop + m->lines[line].shops - 1;
}

static double ratio(int64_t part, int64_t whole) {
    return whole == 0 ? 0 : (double)part / (double)whole;
}

static double line_value(const struct model *m, const struct run *r, const struct tally *before, struct aim at) {
    const struct tally *now = &r->tally;
    uint32_t shop = at.measure == MEASURE_BLOCKED ? at.row : last_shop(m, at.row);
    int64_t open = now->shop_open_ms[shop] - before->shop_open_ms[shop];
    switch (at.measure) {
    case MEASURE_THROUGHPUT: return ratio(now->shop_done[shop] - before->shop_done[shop], open);
    case MEASURE_LEVEL: return ratio(line_level(m, r, before, at.row), open);
    case MEASURE_BLOCKED: return ratio(now->shop_blocked_ms[shop] - before->shop_blocked_ms[shop], open);
    default: return (double)(now->line_made[at.row] - before->line_made[at.row]);
    }
}

// Sums of a demand tally over the demands at a stock.
static int64_t demand_sum(const struct model *m, const int64_t *now, const int64_t *before, uint32_t stock) {
    int64_t sum = 0;
    for (uint32_t i = 1; i < m->n.demand; i++)
        if (m->demands[i].stock == stock) sum += now[i] - before[i];
    return sum;
}

// What came in: what there is more than at the beginning, and what was handed out.
static double stock_received(const struct model *m, const struct run *r, const struct evening *at, uint32_t i) {
    int64_t wanted = demand_sum(m, r->tally.demand_wanted, at->tally.demand_wanted, i);
    int64_t lost = demand_sum(m, r->tally.demand_lost, at->tally.demand_lost, i);
    int64_t more = (int64_t)r->state.stock_on_hand[i] - at->state.stock_on_hand[i];
    int64_t owed = (int64_t)r->state.stock_backlog[i] - at->state.stock_backlog[i];
    return (double)(more + wanted - lost - owed);
}

static double stock_value(const struct model *m, const struct run *r, const struct evening *evening, struct aim at) {
    const struct tally *now = &r->tally, *before = &evening->tally;
    int64_t readings = now->readings[0] - before->readings[0];
    uint32_t i = at.row;
    switch (at.measure) {
    case MEASURE_ON_HAND: return ratio(now->stock_read_on_hand[i] - before->stock_read_on_hand[i], readings);
    case MEASURE_BACKLOG: return ratio(now->stock_read_backlog[i] - before->stock_read_backlog[i], readings);
    case MEASURE_POSITIVE: return ratio(now->stock_read_positive[i] - before->stock_read_positive[i], readings);
    case MEASURE_COVERED: return ratio(now->stock_read_covered[i] - before->stock_read_covered[i], readings);
    case MEASURE_ORDERS: return ratio(now->stock_ordered[i] - before->stock_ordered[i], readings);
    case MEASURE_FILL:
        return ratio(demand_sum(m, now->demand_served_at_once, before->demand_served_at_once, i),
                     demand_sum(m, now->demand_wanted, before->demand_wanted, i));
    case MEASURE_LOST: return (double)demand_sum(m, now->demand_lost, before->demand_lost, i);
    case MEASURE_ON_HAND_SUM: return (double)(now->stock_read_on_hand[i] - before->stock_read_on_hand[i]);
    case MEASURE_ORDERS_SUM: return (double)(now->stock_ordered[i] - before->stock_ordered[i]);
    case MEASURE_ON_HAND_END: return (double)r->state.stock_on_hand[i];
    default: return stock_received(m, r, evening, i);
    }
}

static bool of_line(enum measure measure) {
    return measure == MEASURE_THROUGHPUT || measure == MEASURE_LEVEL || measure == MEASURE_BLOCKED ||
           measure == MEASURE_MADE;
}

static enum ap_status days_run(const struct model *m, struct run *r, struct evening *out) {
    int32_t warm_up = m->from - m->first_day;
    TRY(state_make(m, &out->state));
    TRY(tally_make(m, &out->tally));
    for (int32_t day = 0; day < m->days; day++) {
        if (day == warm_up) {
            state_copy(&out->state, &r->state);
            memcpy(out->tally.block, r->tally.block, r->tally.cells * sizeof *r->tally.block);
        }
        TRY(run_day(r, day));
    }
    return AP_OK;
}

static enum ap_status replication_run(const struct bench *b, uint32_t replication, char ledger_message[200]) {
    struct run r = { 0 };
    struct evening evening = { 0 };
    enum ap_status status = run_make(b->m, luck_of((uint64_t)b->m->set.seed, replication), &r);
    if (status == AP_OK) status = days_run(b->m, &r, &evening);
    for (uint32_t i = 0; i < b->count && status == AP_OK; i++) {
        struct aim at = b->aims[i];
        double value = of_line(at.measure) ? line_value(b->m, &r, &evening.tally, at)
                                           : stock_value(b->m, &r, &evening, at);
        b->values[(size_t)replication * b->count + i] = value * at.factor;
    }
    if (status != AP_OK) memcpy(ledger_message, r.ledger.message, sizeof r.ledger.message);
    state_free(&evening.state);
    tally_free(&evening.tally);
    run_free(&r);
    return status;
}

static void *worker_run(void *self) {
    struct worker *w = self;
    const struct bench *b = w->bench;
    for (uint32_t i = b->from + w->first; i < b->until && w->status == AP_OK; i += b->step)
        w->status = replication_run(b, i, w->ledger_message);
    return NULL;
}

// The replications from..until of the bench, on its threads.
static enum ap_status round_run(const struct bench *b, char ledger_message[200]) {
    struct worker workers[THREADS_MOST];
    uint32_t started = 0;
    enum ap_status status = AP_OK;
    for (uint32_t i = 0; i < b->step; i++) {
        workers[i] = (struct worker){ .bench = b, .first = i };
        if (pthread_create(&workers[i].thread, NULL, worker_run, &workers[i]) != 0) break;
        started++;
    }
    for (uint32_t i = 0; i < started; i++) {
        pthread_join(workers[i].thread, NULL);
        if (workers[i].status == AP_OK || status != AP_OK) continue;
        status = workers[i].status;
        memcpy(ledger_message, workers[i].ledger_message, sizeof workers[i].ledger_message);
    }
    return started < b->step && status == AP_OK ? AP_REFUSED : status;
}

static void finding_fill(struct finding *f, const struct bench *b, uint32_t column, uint32_t replications) {
    double sum = 0, squares = 0;
    for (uint32_t i = 0; i < replications; i++) sum += b->values[(size_t)i * b->count + column];
    f->found = sum / replications;
    for (uint32_t i = 0; i < replications; i++) {
        double off = b->values[(size_t)i * b->count + column] - f->found;
        squares += off * off;
    }
    f->error = replications < 2 ? 0 : sqrt_own(squares / (replications - 1.0) / replications);
    double level = f->expected == REAL_NONE ? f->found : f->expected;
    f->error_most = level * ERROR_SHARE > ERROR_LEAST ? level * ERROR_SHARE : ERROR_LEAST;
}

static enum verdict verdict_of(const struct finding *f) {
    if (f->expected == REAL_NONE) return VERDICT_SHOWN;
    if (f->error > f->error_most) return VERDICT_VAGUE;
    double off = f->found > f->expected ? f->found - f->expected : f->expected - f->found;
    double rounding = 1e-9 * (f->expected > 1 ? f->expected : 1);
    return off <= ERRORS_ALLOWED * f->error + rounding ? VERDICT_AGREES : VERDICT_DIFFERS;
}

// How many replications the worst finding needs in all, judged by the errors of those that were run.
static uint32_t replications_needed(const struct selftest *s, uint32_t most) {
    double worst = 1;
    for (uint32_t i = 0; i < s->count; i++) {
        double share = s->findings[i].error / s->findings[i].error_most;
        worst = share > worst ? share : worst;
    }
    double needed = s->replications * worst * worst * 1.1;   // a little more, the variance is an estimate
    return worst <= 1 ? s->replications : needed < most ? (uint32_t)needed + 1 : most;
}

static enum ap_status rounds_run(struct bench *b, uint32_t most, struct selftest *out) {
    uint32_t target = most < FIRST_ROUND ? most : FIRST_ROUND;
    while (out->replications < target) {
        b->from = out->replications;
        b->until = target;
        TRY(round_run(b, out->ledger_message));
        out->replications = target;
        for (uint32_t i = 0; i < out->count; i++) finding_fill(&out->findings[i], b, i, target);
        target = replications_needed(out, most);
    }
    for (uint32_t i = 0; i < out->count; i++) {
        out->findings[i].verdict = verdict_of(&out->findings[i]);
        out->failed += out->findings[i].verdict == VERDICT_DIFFERS || out->findings[i].verdict == VERDICT_VAGUE;
    }
    return AP_OK;
}

// True when `words` is the two names with a slash between them.
static bool named(const char *words, const char *first, const char *second) {
    size_t length = strlen(first);
    return strncmp(words, first, length) == 0 && words[length] == '/' && strcmp(words + length + 1, second) == 0;
}

// The stock, line or shop of a row of `expected`; 0: nothing has that name.
static uint32_t row_find(const struct model *m, enum measure measure, const char *name) {
    const struct tables *t = m->tables;
    if (measure == MEASURE_BLOCKED) {
        for (uint32_t i = 1; i < m->n.shop; i++)
            if (named(name, t->lines[m->lines[m->shops[i].line].table_row].line, t->shops[m->shops[i].table_row].shop))
                return i;
    } else if (of_line(measure)) {
        for (uint32_t i = 1; i < m->n.line; i++)
            if (strcmp(name, t->lines[m->lines[i].table_row].line) == 0) return i;
    } else {
        for (uint32_t i = 1; i < m->n.stock; i++)
            if (named(name, enterprise_name(m, m->stocks[i].enterprise), m->products[m->stocks[i].product].id))
                return i;
    }
    return 0;
}

static enum ap_status aims_find(const struct model *m, struct complaints *c, struct selftest *out,
                                   struct aim **aims) {
    const struct tables *t = m->tables;
    *aims = TAKE(&out->arena, t->expected_count + 1, struct aim);
    out->findings = TAKE(&out->arena, t->expected_count + 1, struct finding);
    if (!*aims || !out->findings) return AP_NO_MEMORY;
    for (uint32_t i = 1; i <= t->expected_count; i++) {
        const struct expected_row *row = &t->expected[i];
        enum measure measure = (enum measure)row->measure;
        uint32_t found = row_find(m, measure, row->row);
        if (!found)
            complain(c, row->common.source, 0, NULL, "UNKNOWN_ROW", "enterprise/product, line, or line/shop",
                     "the case has no row \"%s\"", row->row);
        (*aims)[i - 1] = (struct aim){ measure, found, row->factor };
        const char *copy = text_copy(&out->arena, row->row, strlen(row->row));
        if (!copy) return AP_NO_MEMORY;
        out->findings[i - 1] = (struct finding){ .measure = measure_names[measure], .row = copy,
                                                 .expected = row->value };
    }
    out->count = t->expected_count;
    return c->count ? AP_BAD_INPUT : AP_OK;
}

static enum ap_status model_test(const struct model *m, uint32_t threads, struct complaints *c, struct selftest *out) {
    struct aim *aims;
    TRY(aims_find(m, c, out, &aims));
    out->name = text_copy(&out->arena, m->tables->name, strlen(m->tables->name));
    uint32_t most = (uint32_t)m->set.replications;
    struct bench bench = { .m = m, .aims = aims, .count = out->count };
    bench.step = threads < 1 ? 1 : threads > THREADS_MOST ? THREADS_MOST : threads;
    bench.values = TAKE(&out->arena, (size_t)most * (out->count + 1), double);
    if (!out->name || !bench.values) return AP_NO_MEMORY;
    return rounds_run(&bench, most, out);
}

enum ap_status selftest_run(const char *folder, uint32_t threads, struct complaints *c, struct selftest *out) {
    struct read_options options = { 0 };
    struct tables tables = { 0 };
    struct inputs inputs = { 0 };
    struct model model = { 0 };
    *out = (struct selftest){ 0 };
    enum ap_status status = scenario_read(folder, &options, c, &tables, &inputs);
    if (status == AP_OK) {
        status = model_build(&tables, (uint64_t)tables.settings.seed, 0, c, &model);
        if (status == AP_OK) status = model_test(&model, threads, c, out);
        model_free(&model);
    }
    tables_free(&tables);
    return status;
}

void selftest_free(struct selftest *s) {
    arena_free(&s->arena);
    *s = (struct selftest){ 0 };
}
