// The run goes day by day. Its undisturbed twin is computed only while it can differ: it forks from the run on the
// first day of a shock and is dropped once both states are equal again (M-7), so that most days are simulated once.
#include "study/record.h"

#include <stdlib.h>
#include <string.h>

enum { STEP_DAYS = 10 };           // how often progress is told: some milliseconds of work

// NEVs handed to buyers of the region, and buyers of them who left, since the first day.
struct handed {
    int64_t sold[FEEDS], missed[FEEDS];
};

struct twin {
    struct run run;
    bool made, ahead;              // made: run is allocated; ahead: it may differ from the disturbed run now
    struct gap at_fork;
    struct handed handed;          // by it, on the evening before
};

bool chain_there(const struct model *m) {
    return m->n.enterprise > 1;
}

static struct totals totals_of(const struct model *m, const struct tally *t) {
    struct totals sum = {0};
    for (uint32_t i = 1; i < m->n.variant; i++) {
        sum.made += t->variant_made[i];
        if (m->variants[i].nev) sum.made_nev += t->variant_made[i];
        if (m->variants[i].smart) sum.made_smart += t->variant_made[i];
    }
    for (uint32_t i = 1; i < m->n.market; i++) {
        if (m->markets[i].channel != CHANNEL_EXPORT) continue;
        sum.export_left += t->market_left[i];
        sum.export_value += t->market_value[i];
    }
    for (uint32_t i = 1; i < m->n.offer; i++) {
        const struct offer *offer = &m->offers[i];
        sum.sold += t->offer_sold[i];
        sum.sales_missed += t->offer_lost[i] + t->offer_cancelled[i];
        if (offer->channel == CHANNEL_LOCAL && m->variants[offer->variant].nev)
            sum.local_nev_sold += t->offer_sold[i];
    }
    for (uint32_t i = 1; i < m->n.enterprise; i++)
        if (m->enterprises[i].in_region) sum.turnover += t->enterprise_turnover[i];
    return sum;
}

static struct totals totals_less(struct totals a, struct totals b) {
#define TOTAL_LESS(name, unit, meaning) a.name -= b.name;
    TOTALS(TOTAL_LESS)
#undef TOTAL_LESS
    return a;
}

static struct handed handed_of(const struct model *m, const struct tally *t) {
    struct handed sum = {0};
    for (uint32_t i = 1; i < m->n.offer; i++) {
        const struct variant *variant = &m->variants[m->offers[i].variant];
        if (m->offers[i].channel != CHANNEL_LOCAL || !variant->nev) continue;
        bool plug_in = variant->powertrain == PHEV || variant->powertrain == EREV;
        sum.sold[plug_in ? FEED_PLUG_IN : FEED_BEV] += t->offer_sold[i];
        sum.missed[plug_in ? FEED_PLUG_IN : FEED_BEV] += t->offer_lost[i] + t->offer_cancelled[i];
    }
    return sum;
}

// Days on which the twin may part from the run. The buyers of a thinned market are told apart by number, which the
// count of those who wait does not show (M-4.7): until its last cohort is gone, equal states do not mean equal futures.
static bool shock_on(const struct model *m, int32_t day) {
    for (uint32_t i = 0; i < m->shock_count; i++) {
        const struct shock *shock = &m->shocks[i];
        int32_t lag = shock->scope == SCOPE_MARKET ? COHORT_DAYS : 0;
        if (shock->active && shock->from <= day && day <= shock->until + lag) return true;
    }
    return false;
}

static bool is_mark(const struct model *m, day_number day) {
    struct date d = date_from_day(day);
    return day == m->from - 1 || day == m->until || (d.month == 12 && d.day == 31);
}

static enum ap_status feed_make(const struct model *m, struct fleet_feed *out) {
    out->sold = calloc((size_t)m->days, sizeof *out->sold);
    out->missed = calloc((size_t)m->days, sizeof *out->missed);
    return out->sold && out->missed ? AP_OK : AP_NO_MEMORY;
}

static enum ap_status record_make(const struct model *m, struct record *out) {
    memset(out, 0, sizeof *out);
    out->m = m;
    if (m->charging.there) {
        TRY(feed_make(m, &out->feed));
        TRY(feed_make(m, &out->twin_feed));
    }
    out->days = m->until - m->from + 1;
    out->totals = calloc((size_t)out->days + 1, sizeof *out->totals);
    out->gaps = calloc((size_t)out->days + 1, sizeof *out->gaps);
    uint32_t marks = 0;
    for (day_number day = m->from - 1; day <= m->until; day++) marks += is_mark(m, day);
    ASSERT(marks > 0);             // the last day is one
    out->marks = calloc(marks, sizeof *out->marks);
    return out->totals && out->gaps && out->marks ? AP_OK : AP_NO_MEMORY;
}

static enum ap_status mark_add(struct record *out, day_number day, const struct tally *t) {
    struct mark *mark = &out->marks[out->mark_count];
    TRY(tally_make(out->m, &mark->tally));
    mark->day = day;
    memcpy(mark->tally.block, t->block, t->cells * sizeof *t->block);
    out->mark_count++;
    return AP_OK;
}

static struct gap gap_now(const struct twin *twin, const struct run *run) {
    struct gap gap = twin->at_fork;
    if (!twin->ahead) return gap;
    struct totals undisturbed = totals_of(run->m, &twin->run.tally);
    struct totals disturbed = totals_of(run->m, &run->tally);
    gap.made += undisturbed.made - disturbed.made;
    gap.sales_missed += disturbed.sales_missed - undisturbed.sales_missed;
    return gap;
}

static enum ap_status twin_fork(struct twin *twin, const struct run *run) {
    if (!twin->made) {
        TRY(run_make(run->m, run->luck, &twin->run));
        twin->made = true;
        twin->run.no_shocks = true;
    }
    state_copy(&twin->run.state, &run->state);
    memcpy(twin->run.tally.block, run->tally.block, run->tally.cells * sizeof *run->tally.block);
    run_resume(&twin->run);
    twin->handed = handed_of(run->m, &run->tally);
    twin->ahead = true;
    return AP_OK;
}

// One day of the twin, before the run's own day: it forks from the state of the evening before.
static enum ap_status twin_day(struct twin *twin, const struct run *run, int32_t day, bool shock) {
    if (shock && !twin->ahead) TRY(twin_fork(twin, run));
    return twin->ahead ? run_day(&twin->run, day) : AP_OK;
}

// After both had their day: equal states stay equal until the next shock.
static void twin_merge(struct twin *twin, const struct run *run, bool shock) {
    if (!twin->ahead || shock || !state_equal(&twin->run.state, &run->state)) return;
    twin->at_fork = gap_now(twin, run);
    twin->ahead = false;
}

static void feed_put(const struct fleet_feed *feed, int32_t day, const struct handed *before,
                     const struct handed *now) {
    for (int k = 0; k < FEEDS; k++) {
        feed->sold[day][k] = (int32_t)(now->sold[k] - before->sold[k]);
        feed->missed[day][k] = (int32_t)(now->missed[k] - before->missed[k]);
    }
}

// `before`: what the run had handed over on the evening before.
static void feeds_record(struct record *out, const struct run *run, struct twin *twin, int32_t day,
                         struct handed *before) {
    if (!out->feed.sold) return;
    struct handed now = handed_of(out->m, &run->tally);
    feed_put(&out->feed, day, before, &now);
    if (twin->ahead) {
        struct handed undisturbed = handed_of(out->m, &twin->run.tally);
        feed_put(&out->twin_feed, day, &twin->handed, &undisturbed);
        twin->handed = undisturbed;
    } else {
        feed_put(&out->twin_feed, day, before, &now);
    }
    *before = now;
}

static enum ap_status day_record(struct record *out, const struct run *run, const struct twin *twin,
                                 day_number day) {
    if (day >= out->m->from && out->yards.rows) yards_day(&out->yards, run, day);
    if (day >= out->m->from - 1) {
        int32_t i = day - out->m->from + 1;
        out->totals[i] = totals_of(out->m, &run->tally);
        out->gaps[i] = gap_now(twin, run);
        if (is_mark(out->m, day)) return mark_add(out, day, &run->tally);
    }
    return AP_OK;
}

static enum ap_status days_run(struct run *run, struct twin *twin, const struct record_options *o,
                               struct record *out) {
    const struct model *m = run->m;
    struct handed handed = {0};
    if (m->from == m->first_day) TRY(day_record(out, run, twin, m->from - 1));
    for (int32_t day = 0; day < m->days; day++) {
        bool shock = shock_on(m, day);
        TRY(twin_day(twin, run, day, shock));
        TRY(run_day(run, day));
        feeds_record(out, run, twin, day, &handed);
        TRY(day_record(out, run, twin, m->first_day + day));
        twin_merge(twin, run, shock);
        bool tell = (day + 1) % STEP_DAYS == 0 || day + 1 == m->days;
        int32_t since = (day + 1) % STEP_DAYS == 0 ? STEP_DAYS : (day + 1) % STEP_DAYS;
        if (tell && o->step && !o->step(o->self, since)) return AP_INTERRUPTED;
    }
    out->state_hash = state_hash(&run->state);
    return AP_OK;
}

enum ap_status record_run(const struct model *m, struct luck l, const struct record_options *o,
                          struct record *out) {
    ASSERT(m->days == m->until - m->first_day + 1);
    ASSERT(m->from >= m->first_day);
    TRY(record_make(m, out));
    if (!chain_there(m)) return AP_OK;
    if (o->yards) TRY(yards_make(m, &out->yards));
    struct run run;
    TRY(run_make(m, l, &run));
    run.observer = o->observer;
    struct twin twin = {0};
    enum ap_status status = days_run(&run, &twin, o, out);
    if (status == AP_LEDGER) {
        const char *words = run.ledger.message[0] ? run.ledger.message : twin.run.ledger.message;
        memcpy(out->ledger_message, words, sizeof out->ledger_message);
    }
    if (twin.made) run_free(&twin.run);
    run_free(&run);
    return status;
}

void record_free(struct record *r) {
    for (uint32_t i = 0; i < r->mark_count; i++) tally_free(&r->marks[i].tally);
    free(r->marks);
    free(r->totals);
    free(r->gaps);
    free(r->feed.sold);
    free(r->feed.missed);
    free(r->twin_feed.sold);
    free(r->twin_feed.missed);
    yards_free(&r->yards);
    memset(r, 0, sizeof *r);
}

struct totals record_between(const struct record *r, day_number from, day_number until) {
    ASSERT(from >= r->m->from);
    ASSERT(until <= r->m->until);
    return totals_less(r->totals[until - r->m->from + 1], r->totals[from - r->m->from]);
}

const struct tally *record_at(const struct record *r, day_number day) {
    for (uint32_t i = 0; i < r->mark_count; i++)
        if (r->marks[i].day == day) return &r->marks[i].tally;
    return NULL;
}
