// A case is run in rounds: a first one that estimates the variance, then as many replications as the target needs, at
// most those of the case's settings. Replications land by index, so threads change nothing.
#include "study/selftest.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "read/read.h"
#include "study/selftest_measures.h"

enum { FIRST_ROUND = 12, THREADS_MOST = 64 };

// An error is small enough at half a percent of what is expected, and at 0.002 where that is small.
static const double ERROR_SHARE = 0.005, ERROR_LEAST = 0.002, ERRORS_ALLOWED = 4;

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

// `before`: as the tallies stood on the evening before m->from: what is measured begins there.
static enum ap_status days_run(const struct model *m, struct run *r, struct tally *before) {
    int32_t warm_up = m->from - m->first_day;
    TRY(tally_make(m, before));
    for (int32_t day = 0; day < m->days; day++) {
        if (day == warm_up) memcpy(before->block, r->tally.block, r->tally.cells * sizeof *r->tally.block);
        TRY(run_day(r, day));
    }
    return AP_OK;
}

static enum ap_status replication_run(const struct bench *b, uint32_t replication, char ledger_message[200]) {
    struct run r = { 0 };
    struct tally before = { 0 };
    struct fleet_record fleet = { 0 };
    struct luck luck = luck_of((uint64_t)b->m->set.seed, replication);
    struct exposure *exposure = NULL;
    uint32_t of_fleet = 0, of_model = 0;
    enum ap_status status = AP_OK;
    struct fleet_options details = { .threads = 1, .details = true };
    for (uint32_t i = 0; i < b->count; i++) {
        of_fleet += b->aims[i].of_fleet;
        of_model += b->aims[i].of_model;
        details.minutes |= measure_by_minute(b->aims[i].measure);
    }
    bool chain = of_fleet + of_model < b->count;
    if (of_model) status = exposure_make(b->m, &exposure);
    if (chain && status == AP_OK) status = run_make(b->m, luck, &r);
    if (chain && status == AP_OK) status = days_run(b->m, &r, &before);
    if (status != AP_OK) memcpy(ledger_message, r.ledger.message, sizeof r.ledger.message);
    if (of_fleet && status == AP_OK) {
        status = fleet_run(b->m, luck, NULL, &details, &fleet);
        if (status != AP_OK) memcpy(ledger_message, fleet.trouble, sizeof fleet.trouble);
    }
    for (uint32_t i = 0; i < b->count && status == AP_OK; i++) {
        const struct aim *at = &b->aims[i];
        struct measured x = { .m = b->m, .run = &r, .before = &before, .fleet = &fleet, .exposure = exposure };
        b->values[(size_t)replication * b->count + i] = at->measure->value(&x, at) * at->factor;
    }
    exposure_free(exposure);
    fleet_record_free(&fleet);
    tally_free(&before);
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

// The mean over the replications and its standard error; or their standard deviation and its own, by the fourth moment.
static void finding_fill(struct finding *f, const struct bench *b, uint32_t column, uint32_t replications) {
    double sum = 0, squares = 0, fourths = 0, n = replications;
    for (uint32_t i = 0; i < replications; i++) sum += b->values[(size_t)i * b->count + column];
    f->found = sum / n;
    for (uint32_t i = 0; i < replications; i++) {
        double off = b->values[(size_t)i * b->count + column] - f->found;
        squares += off * off;
        fourths += off * off * off * off;
    }
    f->error = replications < 2 ? 0 : sqrt_own(squares / (n - 1) / n);
    if (b->aims[column].measure->deviation && replications > 3) {
        double variance = squares / (n - 1);
        double of_variance = (fourths / n - variance * variance * (n - 3) / (n - 1)) / n;
        f->found = sqrt_own(variance);
        f->error = variance > 0 && of_variance > 0 ? sqrt_own(of_variance) / 2 / f->found : 0;
    }
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

// The measure that the schema's choice number `choice` names, and the set it is of.
static const struct measure *measure_of(int32_t choice, struct measure_set *set) {
    const struct measure_set sets[] = { chain_measures(), charging_measures(), exposure_measures() };
    const char *choices = "";
#define MEASURE_CHOICES(kind, field, of, dflt, unit, meaning)                                                          \
    if (offsetof(struct expected_row, field) == offsetof(struct expected_row, measure)) choices = of;
    EXPECTED_COLUMNS(MEASURE_CHOICES)
#undef MEASURE_CHOICES
    for (; choice > 0; choice--) choices = strchr(choices, '|') + 1;
    size_t length = strcspn(choices, "|");
    for (size_t s = 0; s < sizeof sets / sizeof *sets; s++)
        for (uint32_t i = 0; i < sets[s].count; i++) {
            const struct measure *measure = &sets[s].measures[i];
            if (strlen(measure->name) == length && strncmp(measure->name, choices, length) == 0) {
                *set = sets[s];
                return measure;
            }
        }
    assert_failed("every measure of the schema has a row in a set", __FILE__, __LINE__);
}

static enum ap_status aims_find(const struct model *m, struct complaints *c, struct selftest *out,
                                   struct aim **aims) {
    const struct tables *t = m->tables;
    *aims = TAKE(&out->arena, t->expected_count + 1, struct aim);
    out->findings = TAKE(&out->arena, t->expected_count + 1, struct finding);
    if (!*aims || !out->findings) return AP_NO_MEMORY;
    for (uint32_t i = 1; i <= t->expected_count; i++) {
        const struct expected_row *row = &t->expected[i];
        struct measure_set set = { 0 };
        const struct measure *measure = measure_of(row->measure, &set);
        uint32_t found = measure->find(m, row->row);
        if (!found)
            complain(c, row->common.source, 0, NULL, "UNKNOWN_ROW",
                     "enterprise/product, line, line/shop, or enterprise@days", "the case has no row \"%s\"", row->row);
        const char *copy = text_copy(&out->arena, row->row, strlen(row->row));
        (*aims)[i - 1] = (struct aim){ measure, copy, found, row->factor, set.of_fleet, set.of_model };
        if (!copy) return AP_NO_MEMORY;
        out->findings[i - 1] = (struct finding){ .measure = measure->name, .row = copy,
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
