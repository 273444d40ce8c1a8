// The honest yardstick: a plain event loop in C (a heap of times, xorshift luck, libm's logarithm, no ledgers, no
// replay) of a line with finite buffers, a base-stock stage and an M/M/10 site. Usage: event_loop line|stock|site COUNT
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SHOPS = 5, PLACES = 10, SERVERS = 10, HEAP_MOST = 64 };

struct heap {
    double   time[HEAP_MOST];
    uint32_t what[HEAP_MOST], count;
};

static void heap_push(struct heap *h, double time, uint32_t what) {
    uint32_t i = h->count++;
    for (; i > 0 && h->time[(i - 1) / 2] > time; i = (i - 1) / 2) {
        h->time[i] = h->time[(i - 1) / 2];
        h->what[i] = h->what[(i - 1) / 2];
    }
    h->time[i] = time;
    h->what[i] = what;
}

static uint32_t heap_pop(struct heap *h, double *now) {
    uint32_t what = h->what[0], i = 0, last = --h->count;
    *now = h->time[0];
    for (uint32_t child = 1; child < last; child = 2 * i + 1) {
        if (child + 1 < last && h->time[child + 1] < h->time[child]) child++;
        if (h->time[last] <= h->time[child]) break;
        h->time[i] = h->time[child];
        h->what[i] = h->what[child];
        i = child;
    }
    h->time[i] = h->time[last];
    h->what[i] = h->what[last];
    return what;
}

static double uniform_next(uint64_t *luck) {
    *luck ^= *luck << 13;
    *luck ^= *luck >> 7;
    *luck ^= *luck << 17;
    return ((double)(*luck >> 11) + 0.5) * 0x1p-53;
}

static double exponential_next(uint64_t *luck, double mean) {
    return -mean * log(uniform_next(luck));
}

struct line {
    struct heap heap;
    uint64_t luck;
    int      waiting[SHOPS];       // behind each shop
    enum { IDLE, WORKS, HOLDS } shop[SHOPS];
    long     done[SHOPS];
};

// Moves what can move, from the last shop to the first: one sweep is enough, as places come free upstream.
static void line_settle(struct line *l, double now) {
    for (int i = SHOPS - 1; i >= 0; i--) {
        if (l->shop[i] == HOLDS && (i == SHOPS - 1 || l->waiting[i] < PLACES)) {
            if (i < SHOPS - 1) l->waiting[i]++;
            l->shop[i] = IDLE;
        }
        if (l->shop[i] != IDLE || (i > 0 && l->waiting[i - 1] == 0)) continue;
        if (i > 0) l->waiting[i - 1]--;
        l->shop[i] = WORKS;
        heap_push(&l->heap, now + exponential_next(&l->luck, 60), (uint32_t)i);
    }
}

// Vehicle-shop completions; prints the throughput a mean cycle.
static long line_loop(long count) {
    struct line l = { .luck = 88172645463325252ULL };
    double now = 0;
    long done = 0;
    for (line_settle(&l, 0); done < count; done++) {
        uint32_t shop = heap_pop(&l.heap, &now);
        l.shop[shop] = HOLDS;
        l.done[shop]++;
        line_settle(&l, now);
        if (shop + 1 < SHOPS) line_settle(&l, now);   // the next shop may have waited for this unit
    }
    printf("result: %.4f\n", 60 * (double)l.done[SHOPS - 1] / now);
    return done;
}

static int poisson_next(uint64_t *luck, double mean) {
    double product = uniform_next(luck), least = exp(-mean);
    int n = 0;
    for (; product > least; n++) product *= uniform_next(luck);
    return n;
}

// A base-stock stage, a period of one day, lead time three days, level 20, Poisson demand of 5: prints the mean
// backlog.
static long stock_loop(long days) {
    uint64_t luck = 88172645463325252ULL;
    int on_hand = 20, backlog = 0, coming[3] = { 0, 0, 0 };
    double sum = 0;
    for (long day = 0; day < days; day++) {
        int arrived = coming[day % 3], served = arrived < backlog ? arrived : backlog;
        backlog -= served;
        on_hand += arrived - served;
        int wanted = poisson_next(&luck, 5), sold = wanted < on_hand ? wanted : on_hand;
        on_hand -= sold;
        backlog += wanted - sold;
        coming[day % 3] = wanted;
        sum += backlog;
    }
    printf("result: %.4f\n", sum / (double)days);
    return days;
}

// Ten servers, load 0.8: prints the mean wait in service times.
static long site_loop(long customers) {
    struct heap heap = { .count = 0 };
    uint64_t luck = 88172645463325252ULL;
    long capacity = 4096, first = 0, queued = 0, served = 0;
    double *queue = malloc((size_t)capacity * sizeof *queue), now = 0, waits = 0;
    if (!queue) return 0;
    int busy = 0;
    heap_push(&heap, exponential_next(&luck, 0.125), 0);
    while (served < customers) {
        uint32_t what = heap_pop(&heap, &now);
        if (what == 0) {
            heap_push(&heap, now + exponential_next(&luck, 0.125), 0);
            if (queued < capacity) queue[(first + queued++) % capacity] = now;
        } else {
            busy--;
            served++;
        }
        if (queued == 0 || busy == SERVERS) continue;
        waits += now - queue[first];
        first = (first + 1) % capacity;
        queued--;
        busy++;
        heap_push(&heap, now + exponential_next(&luck, 1), 1);
    }
    printf("result: %.4f\n", waits / (double)served);
    free(queue);
    return served;
}

int main(int count, char **words) {
    if (count != 3) return fprintf(stderr, "usage: event_loop line|stock|site COUNT\n"), 2;
    struct timespec from, until;
    long most = atol(words[2]), done = 0;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    if (strcmp(words[1], "line") == 0) done = line_loop(most);
    if (strcmp(words[1], "stock") == 0) done = stock_loop(most);
    if (strcmp(words[1], "site") == 0) done = site_loop(most);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &until);
    double seconds = (double)(until.tv_sec - from.tv_sec) + 1e-9 * (double)(until.tv_nsec - from.tv_nsec);
    printf("seconds: %.6f\nnanoseconds each: %.2f\n", seconds, done ? 1e9 * seconds / (double)done : 0);
    return done ? 0 : 1;
}
