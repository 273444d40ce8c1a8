// The golden hash: states and tallies of three replications of a scenario's year, the same on 1, 2 and 3 threads and
// the same as the file says. Usage: same_bytes SCENARIO YEAR FILE [--update]
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "opening.h"
#include "tick/tick.h"

enum { RUNS = 3 };

struct worker {
    pthread_t thread;
    const struct model *m;
    uint32_t first, step;
    uint64_t *hashes;
    bool failed;
};

static bool run_hash(const struct model *m, uint32_t replication, uint64_t *hash) {
    struct run r = { 0 };
    enum ap_status status = run_make(m, luck_of((uint64_t)m->set.seed, replication), &r);
    for (int32_t day = 0; day < m->days && status == AP_OK; day++) status = run_day(&r, day);
    if (status != AP_OK) fprintf(stderr, "replication %u: %s\n", replication, r.ledger.message);
    else *hash = hash_pair(state_hash(&r.state), hash_block(r.tally.block, r.tally.cells * sizeof *r.tally.block));
    run_free(&r);
    return status == AP_OK;
}

static void *worker_run(void *self) {
    struct worker *w = self;
    for (uint32_t i = w->first; i < RUNS; i += w->step) w->failed |= !run_hash(w->m, i, &w->hashes[i]);
    return NULL;
}

static bool hash_on(const struct model *m, uint32_t threads, uint64_t *out) {
    struct worker workers[RUNS];
    uint64_t hashes[RUNS] = { 0 };
    bool failed = false;
    for (uint32_t i = 0; i < threads; i++) {
        workers[i] = (struct worker){ .m = m, .first = i, .step = threads, .hashes = hashes };
        if (pthread_create(&workers[i].thread, NULL, worker_run, &workers[i]) != 0) return false;
    }
    for (uint32_t i = 0; i < threads; i++) {
        pthread_join(workers[i].thread, NULL);
        failed |= workers[i].failed;
    }
    *out = hash_block(hashes, sizeof hashes);
    printf("%u thread%s: %016llx\n", threads, threads == 1 ? "" : "s", (unsigned long long)*out);
    return !failed;
}

static bool golden_read(const char *path, unsigned long long *out) {
    FILE *file = fopen(path, "r");
    if (!file) return false;
    bool good = fscanf(file, "%16llx", out) == 1;
    fclose(file);
    return good;
}

static int hashes_compare(const struct model *m, const char *path, bool update) {
    uint64_t hashes[RUNS];
    unsigned long long golden = 0;
    for (uint32_t threads = 1; threads <= RUNS; threads++)
        if (!hash_on(m, threads, &hashes[threads - 1])) return 1;
    if (hashes[0] != hashes[1] || hashes[0] != hashes[2]) {
        printf("the bytes depend on the number of threads\n");
        return 1;
    }
    if (update) {
        FILE *file = fopen(path, "w");
        if (!file) return 1;
        fprintf(file, "%016llx\n", (unsigned long long)hashes[0]);
        return fclose(file) == 0 ? 0 : 1;
    }
    if (!golden_read(path, &golden) || golden != hashes[0]) {
        printf("golden: %016llx; if the change is meant: --update\n", golden);
        return 1;
    }
    return 0;
}

int main(int count, char **words) {
    if (count < 4) {
        fprintf(stderr, "usage: same_bytes SCENARIO YEAR FILE [--update]\n");
        return 2;
    }
    char from[16], until[16];
    snprintf(from, sizeof from, "%.4s-01-01", words[2]);
    snprintf(until, sizeof until, "%.4s-12-31", words[2]);
    const struct setting_override overrides[] = { { "from", from }, { "until", until } };
    struct opening o;
    if (!opening_make(words[1], overrides, 2, &o)) return 1;
    int failed = hashes_compare(&o.model, words[3], count > 4 && strcmp(words[4], "--update") == 0);
    opening_free(&o);
    return failed;
}
