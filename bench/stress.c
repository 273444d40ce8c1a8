// The stress test as a whole: every n-th enterprise of the region out for 7, 14 and 28 days from one start, and beside
// it a sample of the same outages as full reruns.
// Usage: stress SCENARIO START HORIZON EVERY SAMPLE THREADS
#include <stdlib.h>
#include <string.h>

#include "opening.h"
#include "study/stress.h"
#include "study/stress_values.h"

static double wall_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

// One outage as a run from the first day to the last; whether it made what the what-if says.
static bool rerun_same(const struct stress *s, const struct model *m, uint32_t which, int64_t made_undisturbed) {
    const struct stress_case *one = &s->cases[which];
    struct standstill still;
    struct run r = {0};
    struct standstill_time time = {.from = m->from - m->first_day, .days = s->options.days[one->mode]};
    bool good = standstill_make(m, &s->rows.rows[one->row], time, &still) == AP_OK &&
                run_make(&still.model, luck_of(s->options.seed, 0), &r) == AP_OK;
    int64_t made = 0;
    for (int32_t day = 0; day < m->days && good; day++) {
        good = run_day(&r, day) == AP_OK;
        made += day >= time.from ? r.days[day].made : 0;
    }
    good = good && made_undisturbed - made == s->values[stress_job(s, 0, 0, which)].lost;
    run_free(&r);
    standstill_free(&still);
    return good;
}

static int64_t undisturbed(const struct stress *s, const struct model *m) {
    struct run r = {0};
    int64_t made = 0;
    bool good = run_make(m, luck_of(s->options.seed, 0), &r) == AP_OK;
    for (int32_t day = 0; day < m->days && good; day++) {
        good = run_day(&r, day) == AP_OK;
        made += day >= m->from - m->first_day ? r.days[day].made : 0;
    }
    run_free(&r);
    return good ? made : -1;
}

// Full reruns of `sample` outages spread over all; their processor seconds each, negative when any differs.
static double reruns_measure(const struct stress *s, const struct tables *t, uint32_t sample) {
    static struct complaints complaints;
    struct tables tables;
    struct model m;
    stress_tables(t, s->options.starts[0], s->options.horizon, &tables);
    if (model_build(&tables, s->options.seed, 0, &complaints, &m) != AP_OK) return -1;
    int64_t made = undisturbed(s, &m);
    double start = processor_seconds();
    uint32_t step = s->case_count / sample ? s->case_count / sample : 1, count = 0;
    bool same = true;
    for (uint32_t i = 0; i < s->case_count && count < sample; i += step, count++) same &= rerun_same(s, &m, i, made);
    double each = (processor_seconds() - start) / count;
    model_free(&m);
    return same ? each : -each;
}

static void unsettled_print(const struct stress *s) {
    int64_t days = 0, unsettled = 0;
    for (uint32_t job = 0; job < s->jobs; job++) {
        days += s->efforts[job].days_run;
        unsettled += s->values[job].settled_days < 0;
    }
    printf("days of a what-if: %.1f\nnot settled: %lld\n", (double)days / s->jobs, (long long)unsettled);
}

static int stress_bench(const struct tables *t, const struct stress_options *o, uint32_t sample) {
    static struct complaints complaints;
    static struct arena words;
    struct stress s;
    complaints.arena = &words;
    if (stress_make(t, o, &complaints, &s) != AP_OK) {
        fprintf(stderr, "%s\n", complaints.count ? complaints.shown[0].message : "refused");
        return 1;
    }
    double wall = wall_seconds(), busy = processor_seconds();
    enum ap_status status = stress_run(&s);
    wall = wall_seconds() - wall;
    busy = processor_seconds() - busy;
    if (status != AP_OK) fprintf(stderr, "%s\n", s.trouble);
    printf("outages: %u\nelapsed: %.1f s on %u threads\nprocessor: %.1f s\n", s.jobs, wall, o->threads, busy);
    printf("an outage: %.1f ms of one processor\n", busy * 1e3 / s.jobs);
    unsettled_print(&s);
    double each = status == AP_OK && sample ? reruns_measure(&s, t, sample) : 0;
    if (each > 0 || each < 0)
        printf("a full rerun: %.0f ms\nratio: %.1f\nequal: %s\n", (each < 0 ? -each : each) * 1e3,
               (each < 0 ? -each : each) * s.jobs / busy, each > 0 ? "yes" : "NO");
    stress_free(&s);
    return status != AP_OK || each < 0;
}

int main(int count, char **words) {
    day_number start;
    if (count != 7 || !date_parse(words[2], &start)) {
        fprintf(stderr, "usage: stress SCENARIO START HORIZON EVERY SAMPLE THREADS\n");
        return 2;
    }
    struct opening o;
    if (!opening_make(words[1], NULL, 0, &o)) return 1;
    struct stress_options options = {.seed = (uint64_t)o.tables.settings.seed, .replications = 1,
                                     .threads = (uint32_t)atoi(words[6]), .what = STANDSTILL_REGIONAL,
                                     .days = {7, 14, 28}, .day_count = 3, .starts = {start}, .start_count = 1,
                                     .horizon = atoi(words[3]), .every = (uint32_t)atoi(words[4])};
    int failed = stress_bench(&o.tables, &options, (uint32_t)atoi(words[5]));
    opening_free(&o);
    return failed;
}
