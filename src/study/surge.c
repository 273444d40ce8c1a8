// Three runs with the same luck for every setting and replication: without the surge, with it, and with it while the
// makers work at a hundred times their rate. A job is one setting, with its own horizon and flex in a shallow copy of
// the model; it goes through the replications in their order.
#include "study/surge.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/crew.h"

enum arm { ARM_BEFORE, ARM_MADE, ARM_UNLIMITED, ARMS };
enum value { VALUE_BEFORE, VALUE_MADE, VALUE_UNLIMITED, VALUE_ASKED, VALUE_LEFT, VALUES };

// Which links ran short, day by day.
struct shortage {
    uint8_t *before;               // [day][link] without the surge
    int32_t *first, *days;         // [link], with it alone; first: -1 not
    int64_t *owed;                 // [link]
};

struct attempt {
    double       *values;          // [replication][VALUES]
    int32_t       first_short;
};

struct work {
    struct surge   *s;
    struct attempt *attempts;      // [setting]
    struct tables   tables;        // shallow: other days, and the surge behind the rows of shocks.csv
    struct shock_row *shocks;
    uint32_t        surge_rows;
    int32_t         first_day;     // of the surge, since the model's first day
    struct surge_short *shorts;    // [link] of the own setting
    struct crew_watch watch;
};

// --- what was asked for

static enum ap_status maker_check(const struct tables *t, const struct surge_options *o, struct complaints *c) {
    const char *nearest = NULL;
    int best = 4;
    bool known = false, nevs = false;
    char words[200];
    for (uint32_t i = 1; i <= t->platforms_count; i++) {
        const char *maker = t->platforms[i].maker;
        int distance = text_distance(o->maker, maker);
        if (distance < best && distance < (int)strlen(maker)) {
            best = distance;
            nearest = maker;
        }
        if (distance != 0) continue;
        known = true;
        nevs |= platform_of_nevs(t, i);
    }
    if (known && nevs) return AP_OK;
    if (nearest) snprintf(words, sizeof words, "did you mean \"%.150s\"?", nearest);
    if (known) complain(c, (struct source){"--maker", 0}, 0, NULL, "NO_NEVS", NULL,
                        "no platform of this maker is one of NEVs: \"%s\"", o->maker);
    else complain(c, (struct source){"--maker", 0}, 0, NULL, "UNKNOWN_MAKER", nearest ? words : NULL,
                  "no platform has this maker: \"%s\"", o->maker);
    return AP_BAD_INPUT;
}

static enum ap_status days_check(const struct tables *t, const struct surge_options *o, struct complaints *c) {
    const struct settings *set = &t->settings;
    day_number last = o->from + (day_number)o->days - 1;
    if (o->from > set->from && last <= set->until) return AP_OK;
    char from[11], until[11], first_day[11], last_day[11], words[120];
    date_format(o->from, from);
    date_format(last, until);
    date_format(set->from + 1, first_day);
    date_format(set->until, last_day);
    snprintf(words, sizeof words, "the scenario allows %s to %s; --days shortens a surge", first_day, last_day);
    complain(c, (struct source){"--from", 0}, 0, NULL, "SURGE_OUTSIDE", words,
             "the surge lies outside the days of the scenario: \"%s to %s\"", from, until);
    return AP_BAD_INPUT;
}

// One row per NEV platform of the maker, behind those of the scenario.
static enum ap_status shocks_make(struct work *w) {
    const struct tables *t = w->s->tables;
    const struct surge_options *o = &w->s->options;
    w->shocks = TAKE(&w->s->arena, (size_t)t->shocks_count + t->platforms_count + 1, struct shock_row);
    if (!w->shocks) return AP_NO_MEMORY;
    memcpy(w->shocks, t->shocks, (t->shocks_count + 1) * sizeof *w->shocks);
    for (uint32_t i = 1; i <= t->platforms_count; i++) {
        if (strcmp(t->platforms[i].maker, o->maker) != 0 || !platform_of_nevs(t, i)) continue;
        w->shocks[t->shocks_count + ++w->surge_rows] = (struct shock_row){
            .common = {.source = {"--maker", 0}, .low = NO_VALUE, .high = NO_VALUE}, .shock = "surge", .from = o->from,
            .until = o->from + (day_number)o->days - 1, .scope = SCOPE_PLATFORM, .target = t->platforms[i].platform,
            .basis = BASIS_DEMAND, .factor = o->times, .active = 1, .name = "surge"};
    }
    return AP_OK;
}

// The scenario's own horizon and flex among shorter, longer and none, more.
static uint32_t values_around(double own, double less, double more, double out[3]) {
    double wanted[3] = {less, own, more};
    uint32_t count = 0;
    for (int i = 0; i < 3; i++) {
        bool twice = i != 1 && wanted[i] == own;
        if (!twice) out[count++] = wanted[i];
    }
    return count;
}

static void settings_list(struct surge *s) {
    const struct settings *set = &s->tables->settings;
    double firm[3], flex[3];
    uint32_t firms = values_around((double)set->firm_days, 7, 56, firm);
    uint32_t flexes = values_around(set->flex_up, 0, 1, flex);
    for (uint32_t i = 0; i < firms; i++)
        for (uint32_t k = 0; k < flexes; k++)
            s->settings[s->setting_count++] = (struct surge_setting){
                .firm_days = (int64_t)firm[i], .flex_up = flex[k], .first_short = -1,
                .own = firm[i] == (double)set->firm_days && flex[k] == set->flex_up};
}

static void tables_make(struct work *w) {
    const struct surge_options *o = &w->s->options;
    struct tables *out = &w->tables;
    *out = *w->s->tables;
    out->shocks = w->shocks;
    out->shocks_count += w->surge_rows;
    out->settings.from = (day_number)larger_of(o->from - SURGE_LEAD_DAYS, w->s->tables->settings.from);
    out->settings.until = o->from + (day_number)o->days - 1;
#define TABLE_EMPTY(table, row, COLUMNS, keys, main, required, meaning) out->table##_count = 0;
    CHARGING_TABLES(TABLE_EMPTY)
#undef TABLE_EMPTY
}

// --- one run

static enum ap_status shortage_make(const struct model *m, struct shortage *out) {
    out->before = calloc((size_t)m->days * m->n.link, 1);
    out->first = calloc(m->n.link, sizeof *out->first);
    out->days = calloc(m->n.link, sizeof *out->days);
    out->owed = calloc(m->n.link, sizeof *out->owed);
    if (!out->before || !out->first || !out->days || !out->owed) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < m->n.link; i++) out->first[i] = -1;
    return AP_OK;
}

static void shortage_free(struct shortage *x) {
    free(x->before);
    free(x->first);
    free(x->days);
    free(x->owed);
}

// What the run of one arm is looked at for.
struct look {
    const struct work *w;
    enum arm arm;
    struct shortage *shortage;
    int64_t asked, left;           // NEV buyers of the maker since the surge began
};

static void links_look(struct look *x, const struct run *run, int32_t day) {
    const struct model *m = run->m;
    for (uint32_t i = 1; i < m->n.link; i++) {
        uint8_t *before = &x->shortage->before[(size_t)day * m->n.link + i];
        bool is_short = run->state.link_short_days[i] > 0 && run->state.link_owed[i] > 0;
        if (x->arm == ARM_BEFORE) *before = is_short;
        if (x->arm != ARM_MADE || day < x->w->first_day || !is_short || *before) continue;
        if (x->shortage->first[i] < 0) x->shortage->first[i] = day - x->w->first_day;
        x->shortage->days[i]++;
        x->shortage->owed[i] = larger_of(x->shortage->owed[i], run->state.link_owed[i]);
    }
}

static void day_look(void *self, const struct run *run, int32_t day) {
    struct look *x = self;
    const struct model *m = run->m;
    const struct tally *t = &run->tally;
    links_look(x, run, day);
    if (day != x->w->first_day - 1 && day != m->days - 1) return;
    struct vehicles v = {.maker = x->w->s->options.maker, .nevs = true};
    int64_t asked = 0, left = 0;
    for (uint32_t i = 1; i < m->n.offer; i++) {
        if (!vehicles_hold(m, &v, m->offers[i].variant)) continue;
        asked += t->offer_ordered[i];
        left += t->offer_lost[i] + t->offer_cancelled[i];
    }
    x->asked = asked - x->asked;           // first the sums before the surge, then what came since
    x->left = left - x->left;
}

// The model of an arm: a shallow copy with rows of its own.
static enum ap_status arm_make(const struct work *w, const struct model *m, enum arm arm, struct model *out) {
    *out = *m;
    out->shocks = malloc((m->shock_count + 1) * sizeof *out->shocks);
    out->makers = malloc(m->n.maker * sizeof *out->makers);
    if (!out->shocks || !out->makers) {
        free(out->shocks);
        free(out->makers);
        return AP_NO_MEMORY;
    }
    memcpy(out->shocks, m->shocks, m->shock_count * sizeof *out->shocks);
    memcpy(out->makers, m->makers, m->n.maker * sizeof *out->makers);
    for (uint32_t i = 0; i < m->shock_count && arm == ARM_BEFORE; i++)
        if (out->shocks[i].table_row > w->s->tables->shocks_count) out->shocks[i].active = false;
    for (uint32_t i = 1; i < m->n.maker && arm == ARM_UNLIMITED; i++) out->makers[i].rate_micro *= SURGE_UNLIMITED;
    return AP_OK;
}

static enum ap_status arm_run(struct work *w, const struct model *m, struct luck luck, struct look *look,
                              struct daily *out) {
    struct model model;
    struct daily_options o = {.step = crew_watch_step, .self = &w->watch, .look = day_look, .looker = look};
    TRY(arm_make(w, m, look->arm, &model));
    enum ap_status status = daily_run(&model, luck, &o, out);
    if (status == AP_LEDGER) crew_watch_trouble(&w->watch, out->ledger_message);
    out->m = m;                            // rows are the same; the copy goes
    free(model.shocks);
    free(model.makers);
    return status;
}

static int64_t made_since(const struct work *w, const struct daily *d, int32_t first, int32_t days) {
    struct vehicles v = {.maker = w->s->options.maker, .nevs = true};
    int64_t sum = 0;
    for (int32_t day = first; day < first + days && day < d->m->days; day++) sum += daily_made(d, &v, day);
    return sum;
}

static void weeks_add(struct work *w, const struct daily *d, enum arm arm) {
    for (uint32_t i = 0; i < w->s->weeks; i++)
        w->s->by_week[arm][i] +=
            (double)made_since(w, d, w->first_day + (int32_t)i * SURGE_SERIES_DAYS, SURGE_SERIES_DAYS) /
            w->s->options.replications;
}

static void shorts_add(struct work *w, const struct model *m, const struct shortage *x) {
    for (uint32_t i = 1; i < m->n.link; i++) {
        if (x->first[i] < 0) continue;
        struct surge_short *s = &w->shorts[i];
        if (!s->runs || x->first[i] < s->first_day) s->first_day = x->first[i];
        s->link = i;
        s->runs++;
        s->days += x->days[i];
        s->owed_most = larger_of(s->owed_most, x->owed[i]);
    }
}

static int32_t first_of(const struct model *m, const struct shortage *x, int32_t so_far) {
    for (uint32_t i = 1; i < m->n.link; i++)
        if (x->first[i] >= 0 && (so_far < 0 || x->first[i] < so_far)) so_far = x->first[i];
    return so_far;
}

static enum ap_status arms_run(struct work *w, uint32_t setting, const struct model *m, uint32_t replication,
                               struct shortage *shortage) {
    struct attempt *x = &w->attempts[setting];
    double *values = x->values + (size_t)replication * VALUES;
    struct look looks[ARMS];
    for (enum arm arm = ARM_BEFORE; arm < ARMS; arm++) {
        struct daily d;
        looks[arm] = (struct look){.w = w, .arm = arm, .shortage = shortage};
        enum ap_status status = arm_run(w, m, luck_of(w->s->options.seed, replication), &looks[arm], &d);
        if (status == AP_OK) values[VALUE_BEFORE + arm] = (double)made_since(w, &d, w->first_day, m->days);
        if (status == AP_OK && w->s->settings[setting].own) weeks_add(w, &d, arm);
        daily_free(&d);
        if (status != AP_OK) return status;
    }
    values[VALUE_ASKED] = (double)(looks[ARM_MADE].asked - looks[ARM_BEFORE].asked);
    values[VALUE_LEFT] = (double)(looks[ARM_MADE].left - looks[ARM_BEFORE].left);
    x->first_short = first_of(m, shortage, x->first_short);
    if (w->s->settings[setting].own) shorts_add(w, m, shortage);
    return AP_OK;
}

static enum ap_status setting_run(struct work *w, uint32_t setting, const struct model *m) {
    enum ap_status status = AP_OK;
    for (uint32_t i = 0; i < w->s->options.replications && status == AP_OK; i++) {
        struct shortage shortage = {0};
        status = shortage_make(m, &shortage);
        if (status == AP_OK) status = arms_run(w, setting, m, i, &shortage);
        shortage_free(&shortage);
    }
    return status;
}

static enum ap_status job_run(void *self, uint32_t hand, uint32_t setting) {
    (void)hand;
    struct work *w = self;
    struct model m = w->s->model;      // horizon and flex are read by the tick alone
    m.set.firm_days = w->s->settings[setting].firm_days;
    m.set.flex_up = w->s->settings[setting].flex_up;
    return setting_run(w, setting, &m);
}

// --- closing

static int short_order(const void *a, const void *b) {
    const struct surge_short *x = a, *y = b;
    if (x->first_day != y->first_day) return x->first_day < y->first_day ? -1 : 1;
    if (x->days != y->days) return x->days > y->days ? -1 : 1;
    return (x->link > y->link) - (x->link < y->link);
}

static void setting_close(struct surge *s, struct surge_setting *setting, const struct attempt *x) {
    struct interval *const into[VALUES] = {&setting->before, &setting->made, &setting->unlimited, &setting->asked,
                                           &setting->left};
    for (int k = 0; k < VALUES; k++)
        *into[k] = interval_of((struct run_values){x->values + k, s->options.replications, 0, VALUES}, NULL);
    double more = setting->made.mean - setting->before.mean;
    setting->share = setting->asked.mean > 0 ? more / setting->asked.mean : NO_VALUE;
    setting->first_short = x->first_short;
}

static void surge_close(struct work *w) {
    struct surge *s = w->s;
    for (uint32_t i = 0; i < s->setting_count; i++) setting_close(s, &s->settings[i], &w->attempts[i]);
    s->shorts = w->shorts;
    for (uint32_t i = 1; i < s->model.n.link; i++)
        if (w->shorts[i].runs) s->shorts[s->short_count++] = w->shorts[i];
    if (s->short_count) qsort(s->shorts, s->short_count, sizeof *s->shorts, short_order);
}

static enum ap_status work_make(struct work *w, struct complaints *c) {
    struct surge *s = w->s;
    const struct surge_options *o = &s->options;
    TRY(shocks_make(w));
    settings_list(s);
    w->attempts = TAKE(&s->arena, s->setting_count, struct attempt);
    if (!w->attempts) return AP_NO_MEMORY;
    for (uint32_t i = 0; i < s->setting_count; i++) {
        struct attempt *x = &w->attempts[i];
        x->values = TAKE(&s->arena, (size_t)o->replications * VALUES, double);
        x->first_short = -1;
        if (!x->values) return AP_NO_MEMORY;
    }
    tables_make(w);
    TRY(model_build(&w->tables, o->seed, 0, c, &s->model));
    w->first_day = o->from - s->model.first_day;
    w->watch.days_all = (int64_t)s->model.days * ARMS * o->replications * s->setting_count;
    s->weeks = o->days / SURGE_SERIES_DAYS;
    w->shorts = TAKE(&s->arena, s->model.n.link + 1, struct surge_short);
    for (enum arm arm = ARM_BEFORE; arm < ARMS; arm++) {
        s->by_week[arm] = TAKE(&s->arena, s->weeks + 1, double);
        if (!s->by_week[arm]) return AP_NO_MEMORY;
    }
    return w->shorts ? AP_OK : AP_NO_MEMORY;
}

enum ap_status surge_run(const struct tables *t, const struct surge_options *o, struct complaints *c,
                         struct surge *out) {
    ASSERT(o->replications > 0 && o->threads > 0);
    ASSERT(o->days > 0);
    *out = (struct surge){.tables = t, .options = *o};
    TRY(maker_check(t, o, c));
    TRY(days_check(t, o, c));
    struct work w = {.s = out,
                     .watch = {.step = o->step, .self = o->self, .trouble = out->trouble,
                               .trouble_room = sizeof out->trouble}};
    TRY(work_make(&w, c));
    pthread_mutex_init(&w.watch.lock, NULL);
    struct crew crew = {.threads = o->threads, .jobs = out->setting_count, .job = job_run, .self = &w};
    enum ap_status status = crew_run(&crew);
    if (status == AP_OK) surge_close(&w);
    out->model.tables = t;                 // those of the run end here
    pthread_mutex_destroy(&w.watch.lock);
    return status;
}

void surge_free(struct surge *s) {
    model_free(&s->model);
    arena_free(&s->arena);
    *s = (struct surge){0};
}
