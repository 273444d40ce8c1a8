// How fast any scenario folder runs on one core, its warm-up apart. Usage: run_speed FOLDER [UNTIL [FROM]]
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "opening.h"
#include "tick/tick.h"

// The processor's time of this one thread: a busy machine does not change it.
struct sums {
    int64_t done, demands, made;
};

static struct sums sums_of(const struct model *m, const struct tally *t) {
    struct sums sum = { 0 };
    for (uint32_t i = 1; i < m->n.shop; i++) sum.done += t->shop_done[i];
    for (uint32_t i = 1; i < m->n.demand; i++) sum.demands += t->demand_wanted[i];
    for (uint32_t i = 1; i < m->n.line; i++) sum.made += t->line_made[i];
    return sum;
}

static bool days_run(struct run *r, int32_t from, int32_t until) {
    for (int32_t day = from; day < until; day++)
        if (run_day(r, day) != AP_OK) {
            fprintf(stderr, "%s\n", r->ledger.message);
            return false;
        }
    return true;
}

static int speed_print(const struct model *m) {
    struct run r = { 0 };
    int32_t warm_up = m->from - m->first_day, days = m->days - warm_up;
    double start = processor_seconds();
    if (run_make(m, luck_of((uint64_t)m->set.seed, 0), &r) != AP_OK || !days_run(&r, 0, warm_up)) return 1;
    struct sums before = sums_of(m, &r.tally);
    double begun = processor_seconds();
    if (!days_run(&r, warm_up, m->days)) return 1;
    double seconds = processor_seconds() - begun;
    struct sums after = sums_of(m, &r.tally);
    int64_t done = after.done - before.done;
    double node_days = (double)(m->n.stock - 1) * days;
    printf("warm-up: %.4f s\ndays: %d\nseconds: %.6f\n", begun - start, (int)days, seconds);
    printf("stocks: %u\nlinks: %u\nlines: %u\nbuilds: %u\n", m->n.stock - 1, m->n.link - 1, m->n.line - 1,
           m->n.build - 1);
    printf("completions: %lld\nnanoseconds a completion: %.2f\n", (long long)done,
           done ? 1e9 * seconds / (double)done : 0);
    printf("vehicles: %lld\ndemanded: %lld\n", (long long)(after.made - before.made),
           (long long)(after.demands - before.demands));
    printf("node-days: %.0f\nnode-days a second: %.0f\n", node_days, node_days / seconds);
    int64_t backlog = 0, readings = r.tally.readings[0] * (int64_t)(m->n.stock - 1);
    for (uint32_t i = 1; i < m->n.stock; i++) backlog += r.tally.stock_read_backlog[i];
    if (readings) printf("mean backlog: %.4f\n", (double)backlog / (double)readings);
    if (done) printf("throughput a minute: %.4f\n", (double)(after.made - before.made) / (days * 1440.0));
    printf("state hash: %016llx\n", (unsigned long long)state_hash(&r.state));
    printf("tally hash: %016llx\n", (unsigned long long)hash_block(r.tally.block, r.tally.cells * sizeof(int64_t)));
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory: %.1f MB\n", (double)usage.ru_maxrss / 1024);
    run_free(&r);
    return 0;
}

int main(int count, char **words) {
    if (count < 2 || count > 4) {
        fprintf(stderr, "usage: run_speed FOLDER [UNTIL [FROM]]\n");
        return 2;
    }
    struct setting_override overrides[2];
    uint32_t given = 0;
    if (count > 2) overrides[given++] = (struct setting_override){ "until", words[2] };
    if (count > 3) overrides[given++] = (struct setting_override){ "from", words[3] };
    struct opening o;
    if (!opening_make(words[1], overrides, given, &o)) return 1;
    printf("read: %.4f s\nbuild: %.4f s\n", o.read_seconds, o.build_seconds);
    int failed = speed_print(&o.model);
    opening_free(&o);
    return failed;
}
