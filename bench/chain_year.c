// One simulated year of a scenario on one core: seconds, peak memory, vehicles through shops and link-ticks a second,
// and where the time goes. Usage: chain_year SCENARIO YEAR
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "opening.h"
#include "tick/tick.h"

enum { STAGES_MOST = 16 };

struct profile {
    double   seconds[STAGES_MOST], since;
    uint32_t stage;
};

static double seconds_by(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void stage_seen(void *self, uint32_t stage) {
    struct profile *p = self;
    double now = processor_seconds();
    if (p->since > 0 && p->stage < STAGES_MOST) p->seconds[p->stage] += now - p->since;
    p->since = now;
    p->stage = stage;
}

static int64_t shops_sum(const struct model *m, const struct tally *t) {
    int64_t sum = 0;
    for (uint32_t i = 1; i < m->n.shop; i++) sum += t->shop_done[i];
    return sum;
}

static double megabytes_peak(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

// Runs the days from..until; false when a ledger does not balance.
static bool days_run(struct run *r, int32_t from, int32_t until) {
    for (int32_t day = from; day < until; day++)
        if (run_day(r, day) != AP_OK) {
            fprintf(stderr, "ledger: %s\n", r->ledger.message);
            return false;
        }
    return true;
}

static void figures_print(const struct run *r, double seconds, int64_t completions, int32_t days) {
    const struct model *m = r->m;
    double link_ticks = (double)(m->n.link - 1) * days * m->ticks_per_day;
    printf("year: %.3f s\n", seconds);
    printf("peak memory: %.0f MB\n", megabytes_peak());
    printf("state: %.2f MB, tallies: %.2f MB\n", (double)r->state.cells * 4e-6, (double)r->tally.cells * 8e-6);
    printf("rows: %u enterprises, %u stocks, %u links, %u lines, %u builds\n", m->n.enterprise - 1, m->n.stock - 1,
           m->n.link - 1, m->n.line - 1, m->n.build - 1);
    printf("vehicle-shop completions: %lld, %.2f million a second\n", (long long)completions,
           (double)completions / seconds * 1e-6);
    printf("link-ticks: %.0f million, %.0f million a second\n", link_ticks * 1e-6, link_ticks / seconds * 1e-6);
}

static int year_bench(const struct model *m) {
    struct run r = { 0 };
    struct profile profile = { 0 };
    int32_t warm_up = m->from - m->first_day;
    if (run_make(m, luck_of((uint64_t)m->set.seed, 0), &r) != AP_OK || !days_run(&r, 0, warm_up)) return 1;
    int64_t before = shops_sum(m, &r.tally);
    double start = processor_seconds(), wall = seconds_by(CLOCK_MONOTONIC);
    if (!days_run(&r, warm_up, m->days)) return 1;
    wall = seconds_by(CLOCK_MONOTONIC) - wall;
    figures_print(&r, processor_seconds() - start, shops_sum(m, &r.tally) - before, m->days - warm_up);
    printf("year by the wall clock: %.3f s\n", wall);

    struct run again = { 0 };   // the clock costs time of its own, so the profile is taken apart
    if (run_make(m, luck_of((uint64_t)m->set.seed, 0), &again) != AP_OK) return 1;
    again.clock = stage_seen;
    again.clock_self = &profile;
    if (!days_run(&again, 0, m->days)) return 1;
    double whole = 0;
    for (uint32_t i = 0; i < stage_count(); i++) whole += profile.seconds[i];
    for (uint32_t i = 0; i < stage_count(); i++)
        printf("stage %s: %.3f s, %.0f %%\n", stage_name(i), profile.seconds[i], 100 * profile.seconds[i] / whole);
    printf("state hash: %016llx\n", (unsigned long long)state_hash(&r.state));
    bool same = state_equal(&r.state, &again.state);
    run_free(&r);
    run_free(&again);
    return same ? 0 : 1;
}

int main(int count, char **words) {
    if (count != 3) {
        fprintf(stderr, "usage: chain_year SCENARIO YEAR\n");
        return 2;
    }
    char from[16], until[16];
    snprintf(from, sizeof from, "%.4s-01-01", words[2]);
    snprintf(until, sizeof until, "%.4s-12-31", words[2]);
    const struct setting_override overrides[] = { { "from", from }, { "until", until } };
    struct opening o;
    if (!opening_make(words[1], overrides, 2, &o)) return 1;
    printf("read: %.3f s\nbuild: %.3f s\n", o.read_seconds, o.build_seconds);
    int failed = year_bench(&o.model);
    opening_free(&o);
    return failed;
}
