// One year of a fleet and its piles: seconds, peak memory, sessions. Usage: charging_year SCENARIO YEAR THREADS [DAYS]
// DAYS: only so many from its first of January on. The chain is left out and nobody joins, so that the fleet stays as
// large as it is when the year begins.
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "opening.h"
#include "fleet/fleet.h"

static double wall_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int64_t sum_of(const struct fleet_record *r, enum fleet_sum which) {
    const struct charging_counts *n = &r->m->charging.n;
    int64_t sum = 0;
    for (uint32_t i = 0; i < r->month_count; i++)
        for (size_t k = 0; k < (size_t)n->district * n->class; k++)
            sum += r->months[i].sums[k * FLEET_SUM_COUNT + which];
    return sum;
}

static uint64_t fold(uint64_t hash, const void *bytes, size_t count) {
    return hash_pair(hash, hash_block(bytes, count));
}

// Of everything that the run tells: the same on any number of threads.
static uint64_t record_hash(const struct fleet_record *r) {
    const struct charging_counts *n = &r->m->charging.n;
    uint64_t hash = r->state_hash;
    size_t cells = (size_t)n->district * n->class;
    for (uint32_t i = 0; i < r->month_count; i++) {
        const struct fleet_month *x = &r->months[i];
        hash = fold(hash, x->sums, cells * FLEET_SUM_COUNT * sizeof *x->sums);
        hash = fold(hash, x->vehicles, cells * sizeof *x->vehicles);
        hash = fold(hash, x->peak_watts, n->district * sizeof *x->peak_watts);
        hash = fold(hash, x->overload_hours, n->feeder * sizeof *x->overload_hours);
        hash = fold(hash, x->feeder_peak_watts, n->feeder * sizeof *x->feeder_peak_watts);
        hash = fold(hash, x->wait_bins, n->class * WAIT_BINS * sizeof *x->wait_bins);
        hash = fold(hash, x->use_mean, sizeof x->use_mean);
        hash = fold(hash, x->use_spread, sizeof x->use_spread);
        hash = fold(hash, x->charging_share, sizeof x->charging_share);
    }
    hash = fold(hash, r->stations, n->station * sizeof *r->stations);
    hash = fold(hash, r->week, (size_t)n->district * WEEK_HOURS * sizeof *r->week);
    return fold(hash, r->hours, (size_t)(r->m->until - r->m->from + 1) * 24 * LOADS * sizeof *r->hours);
}

static void figures_print(const struct fleet_record *r, double processor, double wall) {
    const struct charging_counts *n = &r->m->charging.n;
    const struct fleet_month *last = &r->months[r->month_count - 1];
    int64_t vehicles = 0, piles = 0;
    for (size_t k = 0; k < (size_t)n->district * n->class; k++) vehicles += last->vehicles[k];
    for (uint32_t d = 1; d < n->district; d++)
        piles += last->private_piles[d] + last->public_piles[d * CURRENTS] + last->public_piles[d * CURRENTS + 1];
    int64_t sessions = sum_of(r, FLEET_home_sessions) + sum_of(r, FLEET_residents_sessions) +
                       sum_of(r, FLEET_ac_sessions) + sum_of(r, FLEET_dc_sessions);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("charging year: %.2f s of the processor, %.2f s elapsed\n", processor, wall);
    printf("elapsed: %.3f s\n", wall);
    printf("vehicles at the end: %lld\n", (long long)vehicles);
    printf("piles at the end: %lld\n", (long long)piles);
    printf("sessions: %.1f million, of them asked for a pile %.1f million\n", (double)sessions / 1e6,
           (double)sum_of(r, FLEET_asked) / 1e6);
    printf("nanoseconds a session: %.1f\n", processor * 1e9 / (double)(sessions ? sessions : 1));
    printf("mean wait in hours: %.6f\n",
           (double)sum_of(r, FLEET_wait_us) / 3.6e9 / (double)larger_of(sum_of(r, FLEET_tries), 1));
    printf("peak memory: %.0f MB\n", (double)usage.ru_maxrss / 1024);
    printf("state: %016llx\n", (unsigned long long)r->state_hash);
    printf("figures: %016llx\n", (unsigned long long)record_hash(r));
}

static int year_run(const struct model *m, uint32_t threads) {
    struct fleet_options options = { .threads = threads };
    struct fleet_record record;
    double processor = processor_seconds(), wall = wall_seconds();
    enum ap_status status = fleet_run(m, luck_of(1, 0), NULL, &options, &record);
    processor = processor_seconds() - processor;
    wall = wall_seconds() - wall;
    if (status == AP_OK) figures_print(&record, processor, wall);
    else fprintf(stderr, "%s\n", record.trouble);
    fleet_record_free(&record);
    return status != AP_OK;
}

int main(int count, char **words) {
    if (count != 4 && count != 5) {
        fprintf(stderr, "usage: charging_year SCENARIO YEAR THREADS [DAYS]\n");
        return 2;
    }
    char from[16], until[16];
    int year = atoi(words[2]);
    day_number last = day_from_date(year, 12, 31);
    if (count == 5) last = day_from_date(year, 1, 1) + atoi(words[4]) - 1;
    snprintf(from, sizeof from, "%04d-01-01", year);
    date_format(last, until);
    // made_here_share 1: nobody buys from elsewhere, and the chain that would deliver is left out
    const struct setting_override overrides[] = { { "from", from }, { "until", until }, { "warm_up_days", "0" },
                                                  { "charging_from", from }, { "charging_until", until },
                                                  { "made_here_share", "1" } };
    struct opening o;
    if (!opening_make(words[1], overrides, sizeof overrides / sizeof *overrides, &o)) return 1;
    printf("read: %.2f s, build: %.2f s\n", o.read_seconds, o.build_seconds);
    int failed = year_run(&o.model, (uint32_t)atoi(words[3]));
    opening_free(&o);
    return failed;
}
