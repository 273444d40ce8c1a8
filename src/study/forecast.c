// A job is one year, one rule and one run of a model built from what was known.
#include "study/forecast.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "study/crew.h"
#include "study/daily.h"
#include "study/replicate.h"

static const enum indicator_id scored[] = {INDICATOR_vehicle_output, INDICATOR_nev_output, INDICATOR_export_units,
                                           INDICATOR_export_value};
enum { SCORED = sizeof scored / sizeof *scored };

const char *demand_rule_name(enum demand_rule rule) {
#define RULE_NAME(rule, meaning) #rule,
    static const char *const names[] = {DEMAND_RULES(RULE_NAME)};
#undef RULE_NAME
    ASSERT(rule < DEMAND_RULE_COUNT);
    return names[rule];
}

const char *demand_rule_meaning(enum demand_rule rule) {
#define RULE_MEANING(rule, meaning) meaning,
    static const char *const meanings[] = {DEMAND_RULES(RULE_MEANING)};
#undef RULE_MEANING
    ASSERT(rule < DEMAND_RULE_COUNT);
    return meanings[rule];
}

// One year by one rule.
struct attempt {
    struct forecast_year *year;
    enum demand_rule rule;
    struct tables tables;
    struct model  model;               // world 0
    bool          built;
    double       *values;              // [run][figure]
};

struct work {
    struct forecasts *f;
    struct attempt   *attempts;        // [years * rules]
    uint32_t          runs, count;
    struct crew_watch watch;
};

// --- what was reported, and naive guesses from what was reported before

static double reported_of(const struct tables *t, enum indicator_id id, struct period p) {
    for (uint32_t i = 1; i <= t->reported_count; i++) {
        struct period q;
        if (strcmp(t->reported[i].indicator, indicator_of(id)->name) == 0 && period_parse(t->reported[i].period, &q) &&
            period_same(p, q))
            return t->reported[i].value;
    }
    return NO_VALUE;
}

static void naive_guess(const struct tables *t, struct forecast_figure *f) {
    int year = date_from_day(f->period.from).year;
    double last = reported_of(t, f->indicator, period_year(year - 1));
    double earlier = reported_of(t, f->indicator, period_year(year - 2));
    f->naive_level = reported_of(t, f->indicator, period_year_before(f->period));
    double season[13];
    if (isnan(f->naive_level) && season_before(t, year, season)) {
        int first = date_from_day(f->period.from).month, end = date_from_day(f->period.until).month;
        double share = 0;
        for (int month = first; month <= end; month++) share += season[month];
        f->naive_level = last * share;
        f->naive_spread = !isnan(last);
    }
    f->naive_growth = f->naive_level * (last / earlier);
}

static int figure_order(const struct forecast_figure *a, const struct forecast_figure *b) {
    if (a->indicator != b->indicator) return a->indicator < b->indicator ? -1 : 1;
    return (a->period.until > b->period.until) - (a->period.until < b->period.until);
}

static enum ap_status figures_list(struct forecasts *f, struct forecast_year *y) {
    const struct tables *t = f->tables;
    y->figures = TAKE(&f->arena, t->reported_count + 1, struct forecast_figure);
    if (!y->figures) return AP_NO_MEMORY;
    for (uint32_t i = 1; i <= t->reported_count; i++) {
        enum indicator_id id = indicator_find(t->reported[i].indicator);
        struct forecast_figure one = {.indicator = id, .reported = t->reported[i].value,
                                      .source = t->reported[i].common.origin};
        bool wanted = false;
        for (int k = 0; k < SCORED; k++) wanted |= scored[k] == id;
        if (!wanted || !period_parse(t->reported[i].period, &one.period) || !(one.reported > 0)) continue;
        if (date_from_day(one.period.from).year != y->year || date_from_day(one.period.until).year != y->year) continue;
        if (one.period.until > t->settings.until || period_month_count(one.period) == 0) continue;
        naive_guess(t, &one);
        uint32_t at = y->count++;
        for (; at > 0 && figure_order(&one, &y->figures[at - 1]) < 0; at--) y->figures[at] = y->figures[at - 1];
        y->figures[at] = one;
    }
    return AP_OK;
}

static bool volumes_known(const struct tables *t, int year) {
    for (uint32_t i = 1; i <= t->volumes_count; i++)
        if (t->volumes[i].year == year) return true;
    return false;
}

static enum ap_status years_list(struct forecasts *f) {
    const struct settings *set = &f->tables->settings;
    int first = (int)larger_of(set->bulletin_year, date_from_day(set->from).year);
    int last = date_from_day(set->until).year;
    f->years = TAKE(&f->arena, (size_t)larger_of(last - first + 2, 1), struct forecast_year);
    if (!f->years) return AP_NO_MEMORY;
    for (int year = first; year <= last; year++) {
        struct forecast_year *y = &f->years[f->count];
        *y = (struct forecast_year){.year = year};
        if (!volumes_known(f->tables, year - 1)) continue;
        TRY(figures_list(f, y));
        for (uint32_t i = 1; i <= f->tables->shocks_count; i++) {
            const struct shock_row *shock = &f->tables->shocks[i];
            y->shocks_left_out += shock->active && date_from_day(shock->from).year == year;
        }
        f->count += y->count > 0;
    }
    return AP_OK;
}

// --- runs

static void wanted_count(const struct tables *t, struct forecast_year *y, enum demand_rule rule) {
    for (uint32_t i = 1; i <= t->volumes_count; i++) {
        const struct volume_row *v = &t->volumes[i];
        if (v->year != y->year) continue;
        y->wanted[rule] += v->units;
        if (platform_of_nevs(t, v->platform)) y->wanted_nevs[rule] += v->units;
    }
}

static enum ap_status attempt_make(struct work *w, struct attempt *x, struct complaints *c) {
    struct forecasts *f = w->f;
    struct forecast_wish wish = {x->year->year, x->rule, day_from_date(x->year->year, 1, 1)};
    for (uint32_t i = 0; i < x->year->count; i++)
        wish.until = (day_number)larger_of(wish.until, x->year->figures[i].period.until);
    bool *possible = &x->year->possible[x->rule];
    TRY(forecast_tables_make(f->tables, wish, &f->arena, &x->tables, possible));
    x->values = TAKE(&f->arena, (size_t)w->runs * x->year->count, double);
    if (!x->values) return AP_NO_MEMORY;
    for (size_t i = 0; i < (size_t)w->runs * x->year->count; i++) x->values[i] = NO_VALUE;
    if (!*possible) return AP_OK;
    wanted_count(&x->tables, x->year, x->rule);
    TRY(model_build(&x->tables, f->options.seed, 0, c, &x->model));
    x->built = true;
    w->watch.days_all += (int64_t)x->model.days * w->runs;
    return AP_OK;
}

static double value_of(enum indicator_id id, struct totals sums) {
    switch (id) {
    case INDICATOR_vehicle_output: return (double)sums.made;
    case INDICATOR_nev_output: return (double)sums.made_nev;
    case INDICATOR_export_units: return (double)sums.export_left;
    default: return (double)sums.export_value / 100;
    }
}

static enum ap_status model_run(struct work *w, struct attempt *x, const struct model *m, struct luck luck,
                                double *values) {
    struct record_options o = {.step = crew_watch_step, .self = &w->watch};
    struct record r;
    enum ap_status status = record_run(m, luck, &o, &r);
    for (uint32_t i = 0; i < x->year->count && status == AP_OK; i++) {
        const struct forecast_figure *figure = &x->year->figures[i];
        values[i] = value_of(figure->indicator, record_between(&r, figure->period.from, figure->period.until));
    }
    if (status == AP_LEDGER) crew_watch_trouble(&w->watch, r.ledger_message);
    record_free(&r);
    return status;
}

static enum ap_status world_run(struct work *w, struct attempt *x, uint32_t world, double *values) {
    struct arena arena = {0};
    struct model m = {0};
    struct complaints *c = TAKE(&arena, 1, struct complaints);
    if (!c) return AP_NO_MEMORY;
    c->arena = &arena;
    enum ap_status status = model_build(&x->tables, w->f->options.seed, world, c, &m);
    if (status == AP_BAD_INPUT) crew_watch_trouble(&w->watch, c->count ? c->shown[0].message : "a world has no model");
    if (status == AP_OK) status = model_run(w, x, &m, luck_of(w->f->options.seed, WORLD_LUCK + world), values);
    model_free(&m);
    arena_free(&arena);
    return status;
}

static enum ap_status job_run(void *self, uint32_t hand, uint32_t job) {
    (void)hand;
    struct work *w = self;
    struct attempt *x = &w->attempts[job / w->runs];
    uint32_t run = job % w->runs, replications = w->f->options.replications;
    if (!x->built) return AP_OK;
    double *values = x->values + (size_t)run * x->year->count;
    if (run >= replications) return world_run(w, x, run - replications + 1, values);
    return model_run(w, x, &x->model, luck_of(w->f->options.seed, run), values);
}

static enum ap_status attempts_close(struct work *w) {
    const struct forecast_options *o = &w->f->options;
    double *scratch = TAKE(&w->f->arena, o->worlds + 1, double);
    if (!scratch) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < w->count; i++) {
        struct attempt *x = &w->attempts[i];
        for (uint32_t k = 0; k < x->year->count; k++) {
            struct forecast_figure *figure = &x->year->figures[k];
            struct run_values v = {x->values + k, o->replications, o->worlds, x->year->count};
            struct interval is = interval_of(v, scratch);
            bool by_worlds = !isnan(is.low_inputs);
            double low = by_worlds ? is.low_inputs : is.low, high = by_worlds ? is.high_inputs : is.high;
            figure->simulated[x->rule] = is;
            figure->inside[x->rule] = low <= figure->reported && figure->reported <= high;
        }
    }
    return AP_OK;
}

static enum ap_status work_run(struct work *w, struct complaints *c) {
    struct forecasts *f = w->f;
    w->count = f->count * DEMAND_RULE_COUNT;
    w->attempts = TAKE(&f->arena, w->count, struct attempt);
    if (!w->attempts) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < w->count; i++) {
        w->attempts[i].year = &f->years[i / DEMAND_RULE_COUNT];
        w->attempts[i].rule = (enum demand_rule)(i % DEMAND_RULE_COUNT);
        TRY(attempt_make(w, &w->attempts[i], c));
    }
    struct crew crew = {.threads = f->options.threads, .jobs = w->count * w->runs, .job = job_run, .self = w};
    TRY(crew_run(&crew));
    return attempts_close(w);
}

enum ap_status forecasts_run(const struct tables *t, const struct forecast_options *o, struct complaints *c,
                             struct forecasts *out) {
    ASSERT(o->replications > 0);
    ASSERT(o->threads > 0);
    *out = (struct forecasts){.tables = t, .options = *o};
    TRY(years_list(out));
    if (!out->count) {
        complain(c, (struct source){t->folder, 0}, 0, NULL, "NOTHING_TO_FORECAST",
                 "volumes.csv needs the year before, and reported.csv figures of the year or of its months",
                 "no year from %lld on can be forecast and scored", (long long)t->settings.bulletin_year);
        return AP_BAD_INPUT;
    }
    struct work w = {.f = out, .runs = o->replications + o->worlds,
                     .watch = {.step = o->step, .self = o->self, .trouble = out->trouble,
                               .trouble_room = sizeof out->trouble}};
    pthread_mutex_init(&w.watch.lock, NULL);
    enum ap_status status = work_run(&w, c);
    pthread_mutex_destroy(&w.watch.lock);
    for (uint32_t i = 0; w.attempts && i < w.count; i++)
        if (w.attempts[i].built) model_free(&w.attempts[i].model);
    return status;
}

void forecasts_free(struct forecasts *f) {
    arena_free(&f->arena);
    *f = (struct forecasts){0};
}

// --- scores

static void error_add(double guess, double reported, double *sum, uint32_t *count) {
    if (isnan(guess)) return;
    double miss = guess / reported - 1;
    *sum += miss < 0 ? -miss : miss;
    (*count)++;
}

double forecast_error(const struct forecast_year *y, enum demand_rule rule) {
    double sum = 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < y->count; i++)
        error_add(y->figures[i].simulated[rule].mean, y->figures[i].reported, &sum, &count);
    return count ? sum / count : NO_VALUE;
}

double naive_error(const struct forecast_year *y, enum naive naive) {
    double sum = 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < y->count; i++) {
        const struct forecast_figure *f = &y->figures[i];
        error_add(naive == NAIVE_LEVEL ? f->naive_level : f->naive_growth, f->reported, &sum, &count);
    }
    return count ? sum / count : NO_VALUE;
}
