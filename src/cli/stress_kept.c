#include "cli/stress_kept.h"

#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"
#include "cli/version.h"

enum { KEPT_NUMBERS = STRESS_FIGURE_COUNT + 4 };

static void text_hash(struct sha256 *h, const char *text) {
    sha256_add(h, text, strlen(text) + 1);
}

static void scenario_hash(const struct inputs *inputs, char hex[65]) {
    struct sha256 h;
    sha256_start(&h);
    for (uint32_t i = 0; i < inputs->count; i++) {
        text_hash(&h, inputs->files[i].path);
        text_hash(&h, inputs->files[i].sha256);
    }
    sha256_hex(&h, hex);
}

// All that changes a row; threads, --top and the like do not.
static void options_hash(const struct options *o, const struct stress_options *s, char hex[65]) {
    struct sha256 h;
    sha256_start(&h);
    for (uint32_t i = 0; i < o->override_count; i++) {
        text_hash(&h, o->overrides[i].name);
        text_hash(&h, o->overrides[i].value);
    }
    for (uint32_t i = 0; i < o->shock_count; i++) text_hash(&h, o->shocks[i]);
    text_hash(&h, s->only ? s->only : "");
    int64_t numbers[] = {(int64_t)s->seed, s->replications,       s->worlds,      s->what,
                         s->every,         (int64_t)s->day_count, s->start_count, s->horizon};
    sha256_add(&h, numbers, sizeof numbers);
    sha256_add(&h, s->days, s->day_count * sizeof *s->days);
    sha256_add(&h, s->starts, s->start_count * sizeof *s->starts);
    sha256_hex(&h, hex);
}

static void job_take(void *self, uint32_t job, const int64_t *numbers) {
    struct stress *s = self;
    memcpy(&s->values[job], numbers, sizeof s->values[job]);
    const int64_t *effort = &numbers[STRESS_FIGURE_COUNT];
    s->efforts[job] =
        (struct stress_effort){(int32_t)effort[0], (int32_t)effort[1], (int32_t)effort[2], (uint32_t)effort[3]};
    s->done_count += !s->done[job];
    s->done[job] = true;
}

enum ap_status stress_kept_open(const struct options *o, const struct scenario *scenario, struct stress *s,
                                struct kept *out) {
    char path[KEPT_ROOM];
    struct kept_head head = {.version = AUTOPOLIS_VERSION, .jobs = s->jobs, .numbers = KEPT_NUMBERS};
    snprintf(path, sizeof path, "%.*s.resume", (int)sizeof path - 8, o->stress.csv);
    scenario_hash(&scenario->inputs, head.scenario);
    options_hash(o, &s->options, head.options);
    enum kept_wish wish = o->stress.resume ? KEPT_RESUME : KEPT_NEW;
    enum ap_status status = kept_open(path, &head, wish, (struct kept_taker){job_take, s}, out);
    if (status != AP_OK) terminal_trouble("%s", out->trouble);
    return status;
}

enum ap_status stress_kept_add(struct kept *k, const struct stress *s, uint32_t job) {
    int64_t numbers[KEPT_NUMBERS];
    memcpy(numbers, &s->values[job], sizeof s->values[job]);
    const struct stress_effort *effort = &s->efforts[job];
    int64_t *more = &numbers[STRESS_FIGURE_COUNT];
    more[0] = effort->days_run;
    more[1] = effort->days_all;
    more[2] = effort->column;
    more[3] = effort->row;
    return kept_add(k, job, numbers);
}
