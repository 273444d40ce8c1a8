// One year of a fleet and its piles: seconds, peak memory, sessions. Usage: charging_year SCENARIO YEAR THREADS
// The chain is left out and nobody joins, so that the fleet stays as large as it is when the year begins.
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
    if (count != 4) {
        fprintf(stderr, "usage: charging_year SCENARIO YEAR THREADS\n");
        return 2;
    }
    char from[16], until[16];
    snprintf(from, sizeof from, "%.4s-01-01", words[2]);
    snprintf(until, sizeof until, "%.4s-12-31", words[2]);
    // made_here_share 1: nobody buys from elsewhere, and the chain that would deliver is left out
    const struct setting_override overrides[] = { { "from", from }, { "until", until }, { "warm_up_days", "0" },
                                                  { "charging_from", from }, { "charging_until", until },
                                                  { "made_here_share", "1" } };
    struct opening o;
    if (!opening_make(words[1], overrides, sizeof overrides / sizeof *overrides, &o)) return 1;
    int failed = year_run(&o.model, (uint32_t)atoi(words[3]));
    opening_free(&o);
    return failed;
}
