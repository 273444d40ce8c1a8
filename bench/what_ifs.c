// What-ifs on a scenario: every n-th enterprise of the region, and every fourth plant, out for some days from a day of
// the run, as forks of one baseline.
// Usage: what_ifs SCENARIO FROM UNTIL SHOCK_DAY DAYS EVERY [full]
// `full`: each is run in full too, and every tally, the figures and the final state have to be equal.
#include <stdlib.h>
#include <string.h>

#include "opening.h"
#include "study/fork.h"

struct outage {
    struct model   model;          // shallow: its shocks and targets are its own
    struct shock  *shocks;
    struct target *targets;
};

static uint32_t targets_count(const struct model *m) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < m->shock_count; i++)
        if (m->shocks[i].first_target + m->shocks[i].targets > count)
            count = m->shocks[i].first_target + m->shocks[i].targets;
    return count;
}

static bool outage_make(const struct model *m, uint32_t enterprise, int32_t from, int32_t days, struct outage *out) {
    uint32_t at = targets_count(m), first = at;
    *out = (struct outage){ .model = *m };
    out->shocks = malloc((m->shock_count + 1) * sizeof *out->shocks);
    out->targets = malloc((at + m->n.maker + m->n.line) * sizeof *out->targets);
    if (!out->shocks || !out->targets) return false;
    if (at) memcpy(out->targets, m->targets, at * sizeof *out->targets);
    if (m->shock_count) memcpy(out->shocks, m->shocks, m->shock_count * sizeof *out->shocks);
    for (uint32_t i = 1; i < m->n.maker; i++)
        if (m->makers[i].enterprise == enterprise) out->targets[at++] = (struct target){ TARGET_MAKER, i };
    for (uint32_t i = 1; i < m->n.line; i++)
        if (m->lines[i].enterprise == enterprise) out->targets[at++] = (struct target){ TARGET_LINE, i };
    out->shocks[m->shock_count] = (struct shock){ .active = true, .from = from, .until = from + days - 1,
                                                  .scope = SCOPE_ENTERPRISE, .basis = BASIS_CAPACITY,
                                                  .first_target = first, .targets = at - first };
    out->model.shocks = out->shocks;
    out->model.shock_count = m->shock_count + 1;
    out->model.targets = out->targets;
    return true;
}

static void outage_free(struct outage *o) {
    free(o->shocks);
    free(o->targets);
}

static bool whatif_equals(const struct baseline *b, const struct model *m, const struct whatif *w) {
    struct run full = { 0 };
    bool same = run_make(m, b->luck, &full) == AP_OK;
    for (int32_t day = 0; day < m->days && same; day++) same = run_day(&full, day) == AP_OK;
    same = same && memcmp(full.tally.block, w->tally.block, full.tally.cells * sizeof *full.tally.block) == 0 &&
           memcmp(full.days, w->figures, (size_t)b->days * sizeof *w->figures) == 0 &&
           state_hash(&full.state) == w->last_hash;
    run_free(&full);
    return same;
}

struct score {
    int    count, merged, same, differing;
    double seconds, full_seconds;
    int64_t days, cluster_days;
};

struct trial {
    const struct baseline *b;
    struct desk *desk;
    int32_t from, days;
    bool    full;
};

static bool enterprise_try(const struct trial *t, uint32_t e, struct score *s) {
    const struct baseline *b = t->b;
    struct outage o;
    struct whatif w = { 0 };
    bool good = outage_make(b->m, e, t->from, t->days, &o);
    double start = processor_seconds();
    good = good && whatif_run(b, &o.model, t->desk, &w) == AP_OK;
    double took = processor_seconds() - start;
    if (good) {
        s->count++;
        s->seconds += took;
        s->merged += w.merged_day >= 0;
        s->days += w.days_run;
        s->cluster_days += w.cluster_days;
        int32_t lost = 0;
        for (int32_t d = 0; d < b->days; d++) lost += b->figures[d].made - w.figures[d].made;
        start = processor_seconds();
        bool same = !t->full || whatif_equals(b, &o.model, &w);
        s->full_seconds += processor_seconds() - start;
        s->same += same;
        printf("%-14s %7.1f ms %4d days %7.1f clusters a day, merged %4d, lost %6d %s%s%s\n", enterprise_name(b->m, e),
               took * 1e3, w.days_run, (double)w.cluster_days / (w.days_run ? w.days_run : 1), w.merged_day, lost,
               same ? "" : "DIFFERS ", w.merged_day < 0 && w.differs_column ? w.differs_column : "",
               w.merged_day < 0 ? " differs at the end" : "");
    } else fprintf(stderr, "%s: %s\n", enterprise_name(b->m, e), w.ledger_message);
    whatif_free(&w);
    outage_free(&o);
    return good;
}

static bool is_plant(const struct model *m, uint32_t enterprise) {
    for (uint32_t l = 1; l < m->n.line; l++)
        if (m->lines[l].enterprise == enterprise) return true;
    return false;
}

int main(int count, char **words) {
    if (count < 7) {
        fprintf(stderr, "usage: what_ifs SCENARIO FROM UNTIL SHOCK_DAY DAYS EVERY [full]\n");
        return 2;
    }
    struct setting_override dates[] = { { "from", words[2] }, { "until", words[3] } };
    struct opening o;
    if (!opening_make(words[1], dates, 2, &o)) return 1;
    struct baseline b = { 0 };
    struct trial t = { .b = &b, .from = atoi(words[4]), .days = atoi(words[5]), .full = count > 7 };
    uint32_t every = (uint32_t)atoi(words[6]);
    double start = processor_seconds();
    enum ap_status status = baseline_run(&o.model, luck_of((uint64_t)o.model.set.seed, 0), t.from, &b);
    double took = processor_seconds() - start;
    if (status == AP_OK) status = desk_make(&b, &t.desk);
    struct score s = { 0 };
    uint32_t seen = 0, plants = 0;
    for (uint32_t e = 1; e < o.model.n.enterprise && status == AP_OK; e++) {
        bool plant = is_plant(&o.model, e) && plants++ % 4 == 0;
        if (!o.model.enterprises[e].in_region || (seen++ % every && !plant)) continue;
        if (!enterprise_try(&t, e, &s)) status = AP_LEDGER;
    }
    printf("baseline: %.3f s, %d days, %u clusters\n", took, b.days, b.journal.clusters.count);
    printf("what-ifs: %d, %.1f ms each, %.1f days, %.1f clusters a day, %d merged\n", s.count,
           s.seconds * 1e3 / s.count, (double)s.days / s.count, (double)s.cluster_days / (double)(s.days + 1),
           s.merged);
    if (t.full) printf("full reruns: %.1f ms each, ratio %.1f, %d of %d equal\n", s.full_seconds * 1e3 / s.count,
                       s.full_seconds / s.seconds, s.same, s.count);
    desk_free(t.desk);
    baseline_free(&b);
    opening_free(&o);
    return status != AP_OK || s.same != s.count;
}
