// One run holds every dated shock. Before the first day of each its state is kept, and from there a shallow copy of the
// model, in which the steps of that shock rest, runs on until half a year behind it: the network is built once, and a
// world draws the same for both. A job is one replication or world.
#include "study/hindcast.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/crew.h"
#include "study/replicate.h"

enum { SUMMARY_VALUES = 3 };           // share, lost, net: before the values of the effects

struct work {
    struct hindcast *h;
    struct tables    tables;           // shallow: its own days, shocks made active, no charging
    struct model     model;            // world 0
    uint32_t         runs;             // with the worlds
    uint32_t         columns;          // of values
    uint32_t        *first_column;     // [shock]
    double          *values;           // [run][columns]: of each shock, its summary and its effects
    struct crew_watch watch;
};

// --- which shocks, and their effects

static bool shock_wanted(const struct hindcast *h, const struct shock_row *row) {
    return h->options.only ? strcmp(row->shock, h->options.only) == 0 : row->active != 0;
}

static struct hindcast_shock *shock_known(struct hindcast *h, const char *shock) {
    for (uint32_t i = 0; i < h->count; i++)
        if (strcmp(h->shocks[i].shock, shock) == 0) return &h->shocks[i];
    return NULL;
}

static int shock_order(const void *a, const void *b) {
    const struct hindcast_shock *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return strcmp(x->shock, y->shock);
}

static void effect_begin(struct hindcast_shock *s, const struct hindcast_row *row, const struct tables *t) {
    bool ranged = row->common.low == row->common.low;
    s->effects[s->effect_count++] = (struct hindcast_effect){
        .row = row, .low = ranged ? row->common.low : row->value, .high = ranged ? row->common.high : row->value,
        .covered = row->from >= t->settings.from && row->until <= t->settings.until};
    if (row->until > s->watched && row->until <= t->settings.until) s->watched = row->until;
}

static enum ap_status shocks_list(struct hindcast *h) {
    const struct tables *t = h->tables;
    h->shocks = TAKE(&h->arena, t->shocks_count + 1, struct hindcast_shock);
    if (!h->shocks) return AP_NO_MEMORY;
    for (uint32_t i = 1; i <= t->shocks_count; i++) {
        const struct shock_row *row = &t->shocks[i];
        if (!shock_wanted(h, row)) continue;
        struct hindcast_shock *s = shock_known(h, row->shock);
        if (!s) {
            s = &h->shocks[h->count++];
            *s = (struct hindcast_shock){
                .shock = row->shock, .name = row->name, .from = row->from, .until = row->until};
        }
        s->from = (day_number)smaller_of(s->from, row->from);
        s->until = (day_number)larger_of(s->until, row->until);
    }
    if (h->count) qsort(h->shocks, h->count, sizeof *h->shocks, shock_order);
    for (uint32_t i = 0; i < h->count; i++) {
        struct hindcast_shock *s = &h->shocks[i];
        s->outside = s->from < t->settings.from || s->from > t->settings.until;
        s->watched = (day_number)smaller_of(s->until + HINDCAST_AFTER_DAYS, t->settings.until);
        s->effects = TAKE(&h->arena, t->hindcast_count + 1, struct hindcast_effect);
        if (!s->effects) return AP_NO_MEMORY;
        for (uint32_t k = 1; k <= t->hindcast_count; k++)
            if (strcmp(t->hindcast[k].shock, s->shock) == 0) effect_begin(s, &t->hindcast[k], t);
    }
    return AP_OK;
}

static enum ap_status only_unknown(const struct hindcast *h, struct complaints *c) {
    const char *nearest = NULL;
    int best = 4;
    char words[200];
    for (uint32_t i = 1; i <= h->tables->shocks_count; i++) {
        int distance = text_distance(h->options.only, h->tables->shocks[i].shock);
        if (distance < best && distance < (int)strlen(h->tables->shocks[i].shock)) {
            best = distance;
            nearest = h->tables->shocks[i].shock;
        }
    }
    if (nearest) snprintf(words, sizeof words, "did you mean \"%.150s\"?", nearest);
    complain(c, (struct source){"--shock", 0}, 0, NULL, "UNKNOWN_SHOCK", nearest ? words : NULL,
             "no shock has this name: \"%s\"", h->options.only);
    return AP_BAD_INPUT;
}

// --- one run

// From the first of January before the first shock to the last day that any is watched, as the scenario allows.
static struct period days_of(const struct hindcast *h) {
    struct period p = {.from = h->tables->settings.until, .until = h->tables->settings.from};
    for (uint32_t i = 0; i < h->count; i++) {
        const struct hindcast_shock *s = &h->shocks[i];
        if (s->outside) continue;
        p.from = (day_number)smaller_of(p.from, day_from_date(date_from_day(s->from).year, 1, 1));
        p.until = (day_number)larger_of(p.until, s->watched);
        for (uint32_t k = 0; k < s->effect_count; k++)
            if (s->effects[k].covered) p.from = (day_number)smaller_of(p.from, s->effects[k].row->from);
    }
    p.from = (day_number)larger_of(p.from, h->tables->settings.from);
    return p;
}

static enum ap_status tables_make(struct work *w) {
    struct hindcast *h = w->h;
    struct period days = days_of(h);
    uint32_t rows = h->tables->shocks_count + 1;
    w->tables = *h->tables;
    w->tables.shocks = TAKE(&h->arena, rows, struct shock_row);
    w->first_column = TAKE(&h->arena, h->count + 1, uint32_t);
    if (!w->tables.shocks || !w->first_column) return AP_NO_MEMORY;
    memcpy(w->tables.shocks, h->tables->shocks, rows * sizeof *w->tables.shocks);
    for (uint32_t k = 1; k < rows && h->options.only; k++)
        if (strcmp(w->tables.shocks[k].shock, h->options.only) == 0) w->tables.shocks[k].active = 1;
    w->tables.settings.from = days.from;
    w->tables.settings.until = days.until;
#define TABLE_EMPTY(table, row, COLUMNS, keys, main, required, meaning) w->tables.table##_count = 0;
    CHARGING_TABLES(TABLE_EMPTY)
#undef TABLE_EMPTY
    for (uint32_t i = 0; i < h->count; i++) {
        w->first_column[i] = w->columns;
        w->columns += SUMMARY_VALUES + h->shocks[i].effect_count;
    }
    w->values = TAKE(&h->arena, (size_t)w->runs * w->columns + 1, double);
    return w->values ? AP_OK : AP_NO_MEMORY;
}

static bool any_to_run(const struct hindcast *h) {
    for (uint32_t i = 0; i < h->count; i++)
        if (!h->shocks[i].outside) return true;
    return false;
}

static void days_count(struct work *w) {
    int64_t days = w->model.days;
    for (uint32_t i = 0; i < w->h->count; i++)
        if (!w->h->shocks[i].outside) days += w->h->shocks[i].watched - w->h->shocks[i].from + 1;
    w->watch.days_all = days * w->runs;
}

// The same model with the shock's steps at rest.
static enum ap_status without_make(const struct hindcast_shock *s, const struct model *with, struct model *out) {
    *out = *with;
    out->shocks = malloc((with->shock_count + 1) * sizeof *out->shocks);
    if (!out->shocks) return AP_NO_MEMORY;
    memcpy(out->shocks, with->shocks, with->shock_count * sizeof *out->shocks);
    for (uint32_t i = 0; i < with->shock_count; i++)
        if (strcmp(with->tables->shocks[with->shocks[i].table_row].shock, s->shock) == 0) out->shocks[i].active = false;
    return AP_OK;
}

struct pair {
    struct daily with, without;
};

static double sum_of(const struct daily *d, const struct hindcast_row *row, const struct vehicles *v,
                     struct period p) {
    int64_t sum = 0;
    for (day_number day = p.from; day <= p.until; day++) {
        int32_t i = day - d->m->first_day;
        if (row->measure == MEASURE_EXPORTS) sum += d->export_left[i];
        else if (row->measure == MEASURE_TURNOVER) sum += d->turnover_fen[i];
        else if (row->measure == MEASURE_SALES) sum += daily_sold(d, v, i);
        else sum += daily_made(d, v, i);
    }
    return row->measure == MEASURE_TURNOVER ? (double)sum / 100 : (double)sum;
}

static double days_value(const struct pair *p, const struct hindcast_row *row, const struct vehicles *v) {
    int64_t stops = 0;
    for (day_number day = row->from; day <= row->until; day++) {
        int32_t i = day - p->with.m->first_day;
        int64_t with = daily_made(&p->with, v, i), without = daily_made(&p->without, v, i);
        bool stop = with == 0 && without > 0;
        if (row->measure == MEASURE_DAYS_TO_STOP && stop) return day - row->from;
        if (row->measure == MEASURE_DAYS_TO_START && with > 0) return day - row->from;
        stops += stop;
    }
    return row->measure == MEASURE_STOP_DAYS ? (double)stops : NO_VALUE;
}

static double effect_value(const struct pair *p, const struct hindcast_row *row) {
    struct vehicles v;
    bool found = vehicles_find(p->with.m, row->of, &v);
    ASSERT(found);
    v.nevs = row->measure == MEASURE_NEV_OUTPUT;
    if (row->measure >= MEASURE_STOP_DAYS) return days_value(p, row, &v);
    struct period days = {.from = row->from, .until = row->until};
    double with = sum_of(&p->with, row, &v, days);
    if (row->as == AS_GROWTH) {
        struct period before = {.from = row->from - (row->until - row->from + 1), .until = row->from - 1};
        if (before.from < p->with.m->first_day) return NO_VALUE;
        double earlier = sum_of(&p->with, row, &v, before);
        return earlier > 0 ? with / earlier - 1 : NO_VALUE;
    }
    double without = sum_of(&p->without, row, &v, days);
    if (row->as == AS_CHANGE) return with - without;
    return without > 0 ? with / without - 1 : NO_VALUE;
}

static void values_read(const struct hindcast_shock *s, const struct pair *p, double *values) {
    const struct model *m = p->with.m;
    struct vehicles all = {0};
    int64_t would = 0, lost = 0, net = 0;
    for (day_number day = s->from; day <= s->watched; day++) {
        int32_t i = day - m->first_day;
        int64_t without = daily_made(&p->without, &all, i), fewer = without - daily_made(&p->with, &all, i);
        net += fewer;
        if (day > s->until) continue;
        would += without;
        lost += fewer;
    }
    values[0] = would ? (double)lost / (double)would : NO_VALUE;
    values[1] = (double)lost;
    values[2] = (double)net;
    for (uint32_t i = 0; i < s->effect_count; i++)
        values[SUMMARY_VALUES + i] = s->effects[i].covered ? effect_value(p, s->effects[i].row) : NO_VALUE;
}

// One replication or world: the run with every shock, and where it stood before each of them.
struct history {
    const struct work  *w;
    struct daily        with;
    struct daily_start *starts;        // [shock]
    enum ap_status      status;        // of taking them
    struct luck         luck;
};

static void start_look(void *self, const struct run *run, int32_t day) {
    struct history *x = self;
    for (uint32_t i = 0; i < x->w->h->count && x->status == AP_OK; i++) {
        const struct hindcast_shock *s = &x->w->h->shocks[i];
        if (!s->outside && s->from - run->m->first_day == day + 1)
            x->status = daily_start_take(run, day + 1, &x->starts[i]);
    }
}

static enum ap_status without_run(struct work *w, const struct history *x, uint32_t i, double *values) {
    const struct hindcast_shock *s = &w->h->shocks[i];
    const struct model *m = x->with.m;
    struct daily_options o = {.step = crew_watch_step, .self = &w->watch, .last = s->watched - m->first_day};
    struct model without;
    struct pair p = {.with = x->with};
    TRY(without_make(s, m, &without));
    // A shock on the very first day has nothing before it to fork from.
    enum ap_status status = x->starts[i].day ? daily_fork(&x->with, &x->starts[i], &without, &o, &p.without)
                                             : daily_run(&without, x->luck, &o, &p.without);
    if (status == AP_OK) values_read(s, &p, values + w->first_column[i]);
    if (status == AP_LEDGER) crew_watch_trouble(&w->watch, p.without.ledger_message);
    daily_free(&p.without);
    free(without.shocks);
    return status;
}

static enum ap_status history_run(struct work *w, const struct model *m, struct luck luck, double *values) {
    const uint32_t count = w->h->count;
    struct history x = {.w = w, .luck = luck, .starts = calloc(count, sizeof *x.starts)};
    if (!x.starts) return AP_NO_MEMORY;
    struct daily_options o = {.step = crew_watch_step, .self = &w->watch, .look = start_look, .looker = &x};
    enum ap_status status = daily_run(m, luck, &o, &x.with);
    if (status == AP_LEDGER) crew_watch_trouble(&w->watch, x.with.ledger_message);
    if (status == AP_OK) status = x.status;
    for (uint32_t i = 0; i < count && status == AP_OK; i++)
        if (!w->h->shocks[i].outside) status = without_run(w, &x, i, values);
    for (uint32_t i = 0; i < count; i++) daily_start_free(&x.starts[i]);
    free(x.starts);
    daily_free(&x.with);
    return status;
}

static enum ap_status world_run(struct work *w, uint32_t world, double *values) {
    struct arena arena = {0};
    struct model m = {0};
    struct complaints *c = TAKE(&arena, 1, struct complaints);
    if (!c) return AP_NO_MEMORY;
    c->arena = &arena;
    enum ap_status status = model_build(&w->tables, w->h->options.seed, world, c, &m);
    if (status == AP_BAD_INPUT) crew_watch_trouble(&w->watch, c->count ? c->shown[0].message : "a world has no model");
    if (status == AP_OK) status = history_run(w, &m, luck_of(w->h->options.seed, WORLD_LUCK + world), values);
    model_free(&m);
    arena_free(&arena);
    return status;
}

static enum ap_status job_run(void *self, uint32_t hand, uint32_t run) {
    (void)hand;
    struct work *w = self;
    uint32_t replications = w->h->options.replications;
    double *values = w->values + (size_t)run * w->columns;
    if (run >= replications) return world_run(w, run - replications + 1, values);
    return history_run(w, &w->model, luck_of(w->h->options.seed, run), values);
}

// --- closing

static struct interval value_close(const struct work *w, uint32_t i, uint32_t value, double *scratch) {
    const double *first = w->values + w->first_column[i] + value;
    struct run_values v = {first, w->h->options.replications, w->h->options.worlds, w->columns};
    return interval_of(v, scratch);
}

static void effect_close(struct hindcast *h, struct hindcast_effect *e, struct interval simulated) {
    bool by_worlds = simulated.low_inputs == simulated.low_inputs;
    e->simulated = simulated;
    e->own_low = by_worlds ? simulated.low_inputs : simulated.low;
    e->own_high = by_worlds ? simulated.high_inputs : simulated.high;
    e->judged = e->covered && e->own_low == e->own_low;
    e->inside = e->judged && e->low <= e->own_high && e->own_low <= e->high;
    if (!e->judged || e->row->used != USED_NO) return;
    h->unused++;
    h->unused_inside += e->inside;
}

static enum ap_status hindcast_close(struct work *w) {
    struct hindcast *h = w->h;
    double *scratch = TAKE(&h->arena, h->options.worlds + 1, double);
    if (!scratch) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < h->count; i++) {
        struct hindcast_shock *s = &h->shocks[i];
        if (s->outside) continue;
        s->share = value_close(w, i, 0, scratch);
        s->lost = value_close(w, i, 1, scratch);
        s->net = value_close(w, i, 2, scratch);
        for (uint32_t k = 0; k < s->effect_count; k++)
            effect_close(h, &s->effects[k], value_close(w, i, SUMMARY_VALUES + k, scratch));
    }
    return AP_OK;
}

static enum ap_status work_run(struct work *w, struct complaints *c) {
    struct hindcast *h = w->h;
    if (!any_to_run(h)) return AP_OK;
    TRY(tables_make(w));
    TRY(model_build(&w->tables, h->options.seed, 0, c, &w->model));
    days_count(w);
    struct crew crew = {.threads = h->options.threads, .jobs = w->runs, .job = job_run, .self = w};
    enum ap_status status = crew_run(&crew);
    model_free(&w->model);
    return status == AP_OK ? hindcast_close(w) : status;
}

enum ap_status hindcast_run(const struct tables *t, const struct hindcast_options *o, struct complaints *c,
                            struct hindcast *out) {
    ASSERT(o->replications > 0);
    ASSERT(o->threads > 0);
    *out = (struct hindcast){.tables = t, .options = *o};
    TRY(shocks_list(out));
    if (o->only && !out->count) return only_unknown(out, c);
    struct work w = {.h = out, .runs = o->replications + o->worlds,
                     .watch = {.step = o->step, .self = o->self, .trouble = out->trouble,
                               .trouble_room = sizeof out->trouble}};
    pthread_mutex_init(&w.watch.lock, NULL);
    enum ap_status status = work_run(&w, c);
    pthread_mutex_destroy(&w.watch.lock);
    return status;
}

void hindcast_free(struct hindcast *h) {
    arena_free(&h->arena);
    *h = (struct hindcast){0};
}
