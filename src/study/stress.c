// Groups of what-ifs share a baseline: one run (replication or world) from one start. As many groups as there are
// threads are worked on at a time, first their baselines side by side, then all their what-ifs, so that memory holds
// no more baselines than threads.
#include "study/stress.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/crew.h"
#include "study/replicate.h"
#include "study/stress_values.h"

const struct stress_column stress_columns[STRESS_FIGURE_COUNT] = {
#define STRESS_COLUMN(name, unit, meaning) {#name, unit, meaning},
    STRESS_FIGURES(STRESS_COLUMN)
#undef STRESS_COLUMN
};

static const char *const state_columns[] = {
#define COLUMN_NAME(column, per, unit, meaning) #column,
    STATE_COLUMNS(COLUMN_NAME)
#undef COLUMN_NAME
};
enum { STATE_COLUMN_COUNT = sizeof state_columns / sizeof *state_columns };

const char *stress_state_column(int32_t column) {
    ASSERT(column >= 0 && column < STATE_COLUMN_COUNT);
    return state_columns[column];
}

static int32_t column_find(const char *name) {
    for (int32_t i = 0; i < STATE_COLUMN_COUNT; i++)
        if (strcmp(state_columns[i], name) == 0) return i;
    return -1;
}

struct group {
    uint32_t run, start;
    uint32_t open;        // what-ifs not done yet
    struct tables tables; // shallow: other dates, no charging
    struct model model;
    bool built;
    struct baseline baseline;
};

// Where a thread works on one what-if after the other, for one group at a time.
struct hand {
    const struct group *group;
    struct desk *desk;
};

struct wave {
    struct stress *stress;
    struct group *groups; // [count]
    uint32_t count;
    struct hand *hands; // [threads]
    uint32_t *jobs;     // those not done, of all groups
    uint32_t job_count;
    pthread_mutex_t lock; // guards the steps, the keeping and the words of trouble
};

static uint32_t world_of(const struct stress *s, uint32_t run) {
    return run < s->options.replications ? 0 : run - s->options.replications + 1;
}

static struct luck luck_of_run(const struct stress *s, uint32_t run) {
    uint32_t world = world_of(s, run);
    return luck_of(s->options.seed, world ? WORLD_LUCK + world : run);
}

static void trouble_set(struct wave *w, const char *where, const char *words) {
    pthread_mutex_lock(&w->lock);
    if (!w->stress->trouble[0]) snprintf(w->stress->trouble, sizeof w->stress->trouble, "%s: %s", where, words);
    pthread_mutex_unlock(&w->lock);
}

static enum ap_status group_build(struct wave *w, struct group *g) {
    const struct stress *s = w->stress;
    struct arena arena = {0};
    struct complaints *c = TAKE(&arena, 1, struct complaints);
    if (!c) return AP_NO_MEMORY;
    c->arena = &arena;
    stress_tables(s->tables, s->options.starts[g->start], s->options.horizon, &g->tables);
    enum ap_status status = model_build(&g->tables, s->options.seed, world_of(s, g->run), c, &g->model);
    g->built = status == AP_OK;
    if (status == AP_BAD_INPUT) {
        char where[40];
        snprintf(where, sizeof where, "world %u", (unsigned)world_of(s, g->run));
        trouble_set(w, where, c->count ? c->shown[0].message : "no model");
    }
    arena_free(&arena);
    return status;
}

static enum ap_status group_begin(void *self, uint32_t hand, uint32_t job) {
    (void)hand;
    struct wave *w = self;
    struct stress *s = w->stress;
    struct group *g = &w->groups[job];
    if (g->open == 0 && g->start > 0) return AP_OK;
    TRY(group_build(w, g));
    if (g->start == 0) stress_places_read(&g->model, &s->places[(size_t)g->run * (s->tables->enterprises_count + 1)]);
    if (g->open == 0) return AP_OK;
    enum ap_status status =
        baseline_run(&g->model, luck_of_run(s, g->run), g->model.from - g->model.first_day, &g->baseline);
    if (status == AP_LEDGER) trouble_set(w, "baseline", g->baseline.ledger_message);
    return status;
}

static enum ap_status whatif_finish(struct wave *w, uint32_t job) {
    struct stress *s = w->stress;
    const struct stress_options *o = &s->options;
    pthread_mutex_lock(&w->lock);
    enum ap_status status = o->keep ? o->keep(o->self, job) : AP_OK;
    if (status == AP_OK) {
        s->done[job] = true;
        s->done_count++;
        if (o->step && !o->step(o->self, s->done_count, s->jobs)) status = AP_INTERRUPTED;
    }
    pthread_mutex_unlock(&w->lock);
    return status;
}

static enum ap_status hand_turn(struct hand *hand, const struct group *g) {
    if (hand->group == g) return AP_OK;
    desk_free(hand->desk);
    *hand = (struct hand){.desk = NULL};
    TRY(desk_make(&g->baseline, &hand->desk));
    hand->group = g;
    return AP_OK;
}

static enum ap_status whatif_values(struct wave *w, struct hand *hand, const struct standstill *o, uint32_t job) {
    struct stress *s = w->stress;
    const struct group *g = hand->group;
    struct whatif whatif = {.merged_day = -1};
    enum ap_status status = whatif_run(&g->baseline, &o->model, hand->desk, &whatif);
    if (status == AP_LEDGER) trouble_set(w, s->rows.rows[s->cases[job % s->case_count].row].id, whatif.ledger_message);
    if (status == AP_OK) {
        stress_values_read(&g->baseline, o, &whatif, &s->values[job]);
        s->efforts[job].days_run = whatif.days_run;
        if (whatif.merged_day < 0) {
            s->efforts[job].column = column_find(whatif.differs_column);
            s->efforts[job].row = whatif.differs_row;
        }
    }
    whatif_free(&whatif);
    return status;
}

static enum ap_status whatif_job(void *self, uint32_t hand, uint32_t number) {
    struct wave *w = self;
    struct stress *s = w->stress;
    uint32_t job = w->jobs[number], place = job / s->case_count;
    const struct stress_case *one = &s->cases[job % s->case_count];
    const struct standstill_row *row = &s->rows.rows[one->row];
    const struct group *g = w->groups;
    while (g->run * s->options.start_count + g->start != place) g++;
    struct standstill_time time = {.from = g->model.from - g->model.first_day,
                                   .days = s->options.days[one->mode],
                                   .seed = s->options.seed,
                                   .world = world_of(s, g->run)};
    struct standstill standstill;
    TRY(hand_turn(&w->hands[hand], g));
    TRY(standstill_make(&g->model, row, time, &standstill));
    s->efforts[job] = (struct stress_effort){.days_all = g->baseline.days, .column = -1};
    s->values[job] = stress_values_nothing();
    enum ap_status status = standstill.hits ? whatif_values(w, &w->hands[hand], &standstill, job) : AP_OK;
    standstill_free(&standstill);
    return status == AP_OK ? whatif_finish(w, job) : status;
}

static void groups_choose(struct wave *w, uint32_t first) {
    const struct stress *s = w->stress;
    w->job_count = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        struct group *g = &w->groups[i];
        uint32_t place = first + i;
        memset(g, 0, sizeof *g);
        g->run = place / s->options.start_count;
        g->start = place % s->options.start_count;
        for (uint32_t k = 0; k < s->case_count; k++) {
            uint32_t job = place * s->case_count + k;
            if (s->done[job]) continue;
            w->jobs[w->job_count++] = job;
            g->open++;
        }
    }
}

static void groups_free(struct wave *w) {
    for (uint32_t i = 0; i < w->stress->options.threads; i++) {
        desk_free(w->hands[i].desk);
        w->hands[i] = (struct hand){.desk = NULL};
    }
    for (uint32_t i = 0; i < w->count; i++) {
        baseline_free(&w->groups[i].baseline);
        if (w->groups[i].built) model_free(&w->groups[i].model);
    }
}

static enum ap_status wave_run(struct wave *w, uint32_t first) {
    const uint32_t threads = w->stress->options.threads;
    groups_choose(w, first);
    struct crew begin = {threads, w->count, group_begin, w}, work = {threads, w->job_count, whatif_job, w};
    enum ap_status status = crew_run(&begin);
    if (status == AP_OK) status = crew_run(&work);
    groups_free(w);
    return status;
}

enum ap_status stress_run(struct stress *s) {
    struct wave w = {.stress = s};
    uint32_t groups = s->runs * s->options.start_count, most = (uint32_t)smaller_of(s->options.threads, groups);
    w.groups = calloc(most, sizeof *w.groups);
    w.jobs = calloc((size_t)most * s->case_count + 1, sizeof *w.jobs);
    w.hands = calloc(s->options.threads, sizeof *w.hands);
    enum ap_status status = w.groups && w.jobs && w.hands ? AP_OK : AP_NO_MEMORY;
    pthread_mutex_init(&w.lock, NULL);
    for (uint32_t first = 0; first < groups && status == AP_OK; first += most) {
        w.count = (uint32_t)smaller_of(most, groups - first);
        status = wave_run(&w, first);
    }
    pthread_mutex_destroy(&w.lock);
    free(w.groups);
    free(w.jobs);
    free(w.hands);
    return status;
}
