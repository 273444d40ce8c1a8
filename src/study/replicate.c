// One queue of jobs. A job is one row of values (a replication or a world) and one kind of run: the run itself, or one
// of the two saturated runs of the bulletin's year that give the capacities. A job builds its world's model itself. The
// fleet follows the chain in the same job; when no job is left to begin, it takes the threads that are idle.
#include "study/replicate.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum job_kind { JOB_RUN, JOB_LINES, JOB_CHAIN, JOB_KINDS };

struct work {
    struct study   *study;
    struct tables   tables[JOB_KINDS];      // shallow copies: other dates and settings, same rows
    struct model    models[JOB_KINDS];      // world 0; that of JOB_RUN is the study's
    bool            built[JOB_KINDS];
    uint32_t        kinds;                 // 1 or JOB_KINDS
    uint32_t        first_row, rows;       // of the values, that this batch fills
    uint32_t        jobs;
    pthread_mutex_t lock;                  // guards the rest
    uint32_t        next;
    uint32_t        busy;                  // threads that have a job, and those that fleets took besides
    bool            stop;
    int64_t         days_done, days_all;
    enum ap_status *status;                // [jobs]
    bool           *over;                  // [jobs]
    uint32_t        kept;                  // rows that were handed to the keeper
};

static bool work_step(void *self, int32_t days) {
    struct work *w = self;
    const struct study_options *o = &w->study->options;
    pthread_mutex_lock(&w->lock);
    w->days_done += days;
    int64_t before = w->study->days_done;
    if (!w->stop && o->step && !o->step(o->self, before + w->days_done, before + w->days_all)) w->stop = true;
    bool go_on = !w->stop;
    pthread_mutex_unlock(&w->lock);
    return go_on;
}

static void trouble_set(struct work *w, const char *words, const char *more) {
    pthread_mutex_lock(&w->lock);
    if (!w->study->trouble[0])
        snprintf(w->study->trouble, sizeof w->study->trouble, "%s%s", words, more);
    pthread_mutex_unlock(&w->lock);
}

static enum ap_status world_build(struct work *w, enum job_kind kind, uint32_t world, struct model *out) {
    struct arena arena = {0};
    struct complaints *c = TAKE(&arena, 1, struct complaints);
    if (!c) return AP_NO_MEMORY;
    c->arena = &arena;
    enum ap_status status = model_build(&w->tables[kind], w->study->options.seed, world, c, out);
    if (status == AP_BAD_INPUT) {
        char head[40];
        snprintf(head, sizeof head, "world %u: ", (unsigned)world);
        trouble_set(w, head, c->count ? c->shown[0].message : "no model");
    }
    arena_free(&arena);
    return status;
}

// Threads for a fleet: its own, and when no job is left, those that have none.
static uint32_t threads_take(struct work *w) {
    pthread_mutex_lock(&w->lock);
    uint32_t all = w->study->options.threads, more = 0;
    if (w->next >= w->jobs && w->busy < all) more = all - w->busy;
    w->busy += more;
    pthread_mutex_unlock(&w->lock);
    return 1 + more;
}

static void threads_return(struct work *w, uint32_t threads) {
    pthread_mutex_lock(&w->lock);
    w->busy -= threads - 1;
    pthread_mutex_unlock(&w->lock);
}

// The fleet of one run: what joins it is what the chain delivered.
static enum ap_status fleet_record_make(struct work *w, const struct record *r, struct luck luck,
                                        struct fleet_record *out) {
    uint32_t threads = threads_take(w);
    struct fleet_options o = {.threads = threads, .step = work_step, .self = w};
    enum ap_status status = fleet_run(r->m, luck, chain_there(r->m) ? &r->feed : NULL, &o, out);
    threads_return(w, threads);
    if (status == AP_LEDGER) trouble_set(w, "fleet: ", out->trouble);
    return status;
}

static enum ap_status run_read(struct work *w, const struct record *record, struct luck luck, uint32_t row) {
    struct study *s = w->study;
    double *values = s->figures.values + (size_t)row * s->figures.count;
    if (!record->m->charging.there) {
        figures_read(&s->figures, record, NULL, values);
        return AP_OK;
    }
    struct fleet_record fleet;
    memset(&fleet, 0, sizeof fleet);
    enum ap_status status = fleet_record_make(w, record, luck, &fleet);
    if (status == AP_OK) {
        figures_read(&s->figures, record, &fleet, values);
        town_figures_read(&s->town, &fleet, row);
    }
    if (row == 0) s->fleet = fleet;
    else fleet_record_free(&fleet);
    return status;
}

static enum ap_status model_record(struct work *w, const struct model *m, uint32_t row, enum job_kind kind) {
    struct study *s = w->study;
    bool world = row >= s->figures.runs;
    bool first = row == 0 && kind == JOB_RUN;
    struct luck luck = luck_of(s->options.seed, world ? WORLD_LUCK + row - s->figures.runs + 1 : row);
    struct record_options o = {first ? s->options.observer : NULL, work_step, w, first};
    double *values = s->figures.values + (size_t)row * s->figures.count;
    struct record record;
    enum ap_status status = record_run(m, luck, &o, &record);
    if (status == AP_LEDGER) trouble_set(w, record.ledger_message, "");
    if (status == AP_OK && kind == JOB_RUN) status = run_read(w, &record, luck, row);
    if (status == AP_OK && kind != JOB_RUN)
        figures_capacity(&s->figures, kind == JOB_LINES ? FROM_LINES : FROM_CHAIN,
                         (double)record.totals[record.days].made, values);
    if (first) s->first = record;
    else record_free(&record);
    return status;
}

static enum ap_status job_run(struct work *w, uint32_t job) {
    enum job_kind kind = (enum job_kind)(job / w->rows);
    uint32_t row = w->first_row + job % w->rows;
    if (row < w->study->figures.runs) {
        const struct model *m = kind == JOB_RUN ? &w->study->model : &w->models[kind];
        return model_record(w, m, row, kind);
    }
    struct model m;
    TRY(world_build(w, kind, row - w->study->figures.runs + 1, &m));
    enum ap_status status = model_record(w, &m, row, kind);
    model_free(&m);
    return status;
}

// Hands over every row whose run is over, in their order.
static enum ap_status rows_keep(struct work *w) {
    const struct study_options *o = &w->study->options;
    for (; o->keep && w->kept < w->rows && w->over[w->kept]; w->kept++)
        TRY(o->keep(o->keeper, w->study, w->first_row + w->kept));
    return AP_OK;
}

static void *worker_run(void *self) {
    struct work *w = self;
    for (;;) {
        pthread_mutex_lock(&w->lock);
        uint32_t job = w->next;
        bool stop = w->stop || job >= w->jobs;
        w->next += !stop;
        w->busy += !stop;
        pthread_mutex_unlock(&w->lock);
        if (stop) return NULL;
        enum ap_status status = job_run(w, job);
        pthread_mutex_lock(&w->lock);
        w->over[job] = status == AP_OK;
        if (status == AP_OK && !w->stop) status = rows_keep(w);
        w->status[job] = status;
        w->busy--;
        if (status != AP_OK) w->stop = true;
        pthread_mutex_unlock(&w->lock);
    }
}

// The caller's thread works too. A thread that the machine refuses is done without.
static void workers_run(struct work *w) {
    uint32_t more = w->study->options.threads - 1;
    if (more >= w->jobs) more = w->jobs - 1;
    pthread_t *threads = calloc(more + 1, sizeof *threads);
    uint32_t started = 0;
    while (threads && started < more && pthread_create(&threads[started], NULL, worker_run, w) == 0) started++;
    worker_run(w);
    for (uint32_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
    free(threads);
}

void tables_saturate(const struct tables *t, int year, int saturate, struct tables *out) {
    *out = *t;
    out->settings.saturate = saturate;
    out->settings.from = day_from_date(year, 1, 1);
    out->settings.until = day_from_date(year, 12, 31);
    out->shocks_count = 0;
#define TABLE_EMPTY(table, row, COLUMNS, keys, main, required, meaning) out->table##_count = 0;
    CHARGING_TABLES(TABLE_EMPTY)
#undef TABLE_EMPTY
}

static enum ap_status work_make(struct study *s, uint32_t first, uint32_t rows, struct work *w) {
    memset(w, 0, sizeof *w);
    w->study = s;
    w->first_row = first;
    w->rows = rows;
    w->kinds = s->figures.year && s->model.n.line > 1 ? JOB_KINDS : 1;
    w->jobs = rows * w->kinds;
    w->status = calloc(w->jobs, sizeof *w->status);
    w->over = calloc(w->jobs, sizeof *w->over);
    if (!w->status || !w->over) return AP_NO_MEMORY;
    pthread_mutex_init(&w->lock, NULL);
    w->tables[JOB_RUN] = *s->tables;
    w->days_all = (int64_t)rows * s->model.days * (chain_there(&s->model) + s->model.charging.there);
    if (w->kinds == 1) return AP_OK;
    tables_saturate(s->tables, s->figures.year, SATURATE_LINES, &w->tables[JOB_LINES]);
    tables_saturate(s->tables, s->figures.year, SATURATE_CHAIN, &w->tables[JOB_CHAIN]);
    for (enum job_kind p = JOB_LINES; p < JOB_KINDS; p++) {
        TRY(world_build(w, p, 0, &w->models[p]));
        w->built[p] = true;
        w->days_all += (int64_t)rows * w->models[p].days;
    }
    return AP_OK;
}

static void work_free(struct work *w) {
    for (enum job_kind p = JOB_LINES; p < JOB_KINDS; p++)
        if (w->built[p]) model_free(&w->models[p]);
    if (w->status && w->over) pthread_mutex_destroy(&w->lock);
    free(w->status);
    free(w->over);
}

// The first job that failed of itself speaks for all: the others were stopped because of it.
static enum ap_status work_status(const struct work *w) {
    bool stopped = w->stop;
    for (uint32_t i = 0; i < w->jobs; i++)
        if (w->status[i] != AP_OK && w->status[i] != AP_INTERRUPTED) return w->status[i];
    return stopped ? AP_INTERRUPTED : AP_OK;
}

enum ap_status study_make(const struct tables *t, const struct study_options *o, struct complaints *c,
                          struct study *out) {
    ASSERT(o->replications > 0);
    ASSERT(o->threads > 0);
    memset(out, 0, sizeof *out);
    out->tables = t;
    out->options = *o;
    TRY(model_build(t, o->seed, 0, c, &out->model));
    ASSERT(!(o->half_width > 0) || o->replications_most > 0);
    uint32_t most = o->half_width > 0 ? o->replications_most : o->replications;
    out->precision = (struct precision){o->half_width, NO_VALUE, 0, false};
    TRY(figures_plan(&out->model, most, o->worlds, &out->figures));
    return town_figures_plan(&out->model, &out->figures, &out->town);
}

enum ap_status study_rows_run(struct study *s, uint32_t first, uint32_t count) {
    ASSERT(first + count <= s->figures.runs + s->figures.worlds);
    if (!count) return AP_OK;
    struct work work;
    enum ap_status status = work_make(s, first, count, &work);
    if (status == AP_OK) {
        workers_run(&work);
        status = work_status(&work);
    }
    s->days_done += work.days_done;
    work_free(&work);
    return status;
}

// --- replications until a half-width

bool figure_is_level(const struct study *s, const struct figure *figure) {
    uint8_t basis = indicator_of(figure->indicator)->basis;
    struct period judged =
        s->figures.year ? period_year(s->figures.year) : period_days(s->model.from, s->model.until);
    if (!period_same(figure->period, judged)) return false;
    return basis == FROM_TOTALS || basis == FROM_MARKS || figure->indicator == INDICATOR_charging_energy;
}

uint32_t replications_next(const struct study_options *o, uint32_t done) {
    uint32_t first = (uint32_t)larger_of(o->replications, REPLICATIONS_FIRST);
    return (uint32_t)smaller_of(done ? done + REPLICATIONS_MORE : first, o->replications_most);
}

// The widest level after so many replications. One that is zero in every run is known.
static void precision_judge(struct study *s, uint32_t runs) {
    struct precision *p = &s->precision;
    p->reached = NO_VALUE;
    for (uint32_t i = 0; runs > 1 && i < s->figures.count; i++) {
        struct run_values v = {s->figures.values + i, runs, 0, s->figures.count};
        struct interval x = interval_of(v, NULL);
        if (!figure_is_level(s, &s->figures.rows[i]) || isnan(x.mean) || x.mean == 0) continue;
        double half = (x.high - x.low) / 2 / (x.mean < 0 ? -x.mean : x.mean);
        if (half <= p->reached) continue;
        p->reached = half;
        p->widest = i;
    }
    p->met = p->reached <= p->wanted;
}

void study_settle(struct study *s, uint32_t replications) {
    ASSERT(replications > 0 && replications <= s->figures.runs);
    s->options.replications = replications;
    s->figures.runs = replications;
    s->town.runs = replications;
}

static enum ap_status replicate_until(struct study *s) {
    uint32_t done = 0;
    while (!s->precision.met && done < s->options.replications_most) {
        uint32_t next = replications_next(&s->options, done);
        TRY(study_rows_run(s, done, next - done));
        done = next;
        precision_judge(s, done);
    }
    study_settle(s, done);
    return study_rows_run(s, done, s->figures.worlds);
}

enum ap_status study_close(struct study *s) {
    figures_close(&s->figures);
    return town_figures_close(&s->town);
}

enum ap_status study_run(struct study *s) {
    if (s->options.half_width > 0) TRY(replicate_until(s));
    else TRY(study_rows_run(s, 0, s->figures.runs + s->figures.worlds));
    return study_close(s);
}

uint64_t study_hash(const struct study *s) {
    if (!s->model.charging.there) return s->first.state_hash;
    return hash_pair(s->first.state_hash, s->fleet.state_hash);
}

void study_free(struct study *s) {
    record_free(&s->first);
    fleet_record_free(&s->fleet);
    town_figures_free(&s->town);
    figures_free(&s->figures);
    model_free(&s->model);
    memset(s, 0, sizeof *s);
}
