#include "study/pile_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/charging_values.h"
#include "study/record.h"

enum { DAYS_APART = 3650 };        // nobody holds a pile so long

// What the steps of a plan share and the plan does not keep.
struct planning {
    struct pile_plan     *plan;
    struct complaints    *complaints;
    struct record        *chains;      // [replication]: what they deliver is the same in all runs
    int64_t               run_us;      // the tries of a replication follow those of the one before, so far apart
    uint32_t              replication;
    struct station_tries *tries;       // [station]
    int64_t              *peak_watts;  // [feeder]: highest hour of the baseline
};

static struct luck luck_now(const struct planning *w) {
    return luck_of((uint64_t)w->plan->tables->settings.seed, w->replication);
}

static void try_see(void *self, const struct fleet_try *x) {
    const struct planning *w = self;
    struct fleet_try one = *x;
    one.at_us += w->run_us * w->replication;
    station_tries_add(&w->tries[x->station], &one);
}

static bool in_question(const struct pile_plan *p, const struct model *m, uint32_t station) {
    const struct site *site = &m->charging.sites[m->charging.stations[station].site];
    if (site->access != ACCESS_PUBLIC) return false;
    return !p->options.district || m->charging.district_row[site->district] == p->options.district;
}

static void outcome_add(const struct pile_plan *p, const struct fleet_record *r, struct pile_outcome *out) {
    const struct model *m = r->m;
    struct pile_outcome x = *out;
    for (uint32_t i = 1; i < m->charging.n.station; i++) {
        const struct station_sums *sums = &r->stations[i];
        if (!in_question(p, m, i)) continue;
        x.tries += sums->arrived;
        x.wait_us += sums->wait_us;
        x.left += sums->left;
        x.sessions += sums->started;
    }
    struct town_scope scope = {ALL, ALL};
    if (p->options.district) scope.district = (int32_t)m->charging.district_of[p->options.district];
    struct town_ends ends = fleet_ends(r, period_days(m->from, m->until), scope);
    x.ended += ends.ended;
    x.given_up += ends.given_up;
    for (uint32_t i = 0; i < r->month_count; i++) x.overload_hours += r->months[i].overload_hours[0];
    *out = x;
}

static enum ap_status town_run(struct planning *w, const struct model *m, bool watched, struct fleet_record *out) {
    struct fleet_options o = {.threads = w->plan->options.threads, .see = watched ? try_see : NULL, .seer = w};
    const struct fleet_feed *feed = chain_there(m) ? &w->chains[w->replication].feed : NULL;
    enum ap_status status = fleet_run(m, luck_now(w), feed, &o, out);
    if (status == AP_LEDGER) snprintf(w->plan->trouble, sizeof w->plan->trouble, "fleet: %s", out->trouble);
    return status;
}

// --- the baseline

static enum ap_status chain_run(struct planning *w) {
    struct record_options o = {NULL, NULL, NULL, false};
    struct record *chain = &w->chains[w->replication];
    enum ap_status status = record_run(&w->plan->model, luck_now(w), &o, chain);
    if (status == AP_LEDGER) snprintf(w->plan->trouble, sizeof w->plan->trouble, "%s", chain->ledger_message);
    return status;
}

static void peaks_read(struct planning *w, const struct fleet_record *r) {
    for (uint32_t i = 0; i < r->month_count; i++)
        for (uint32_t f = 1; f < r->m->charging.n.feeder; f++)
            w->peak_watts[f] = larger_of(w->peak_watts[f], r->months[i].feeder_peak_watts[f]);
}

static void tries_close(const struct planning *w, uint32_t station) {
    const struct model *m = &w->plan->model;
    struct station_tries *x = &w->tries[station];
    int64_t held = 0, stays = 0;
    x->run_us = w->run_us;
    x->places = m->charging.sites[m->charging.stations[station].site].places;
    x->from_us = (int64_t)(m->from - m->first_day) * INT64_C(86400000000);
    for (uint32_t i = 0; i < x->count; i++) {
        bool stay = !x->rows[i].left && !x->rows[i].repair;
        held += stay ? x->rows[i].hold_us : 0;
        stays += stay;
    }
    if (stays) x->stranger_us = held / stays;
}

static enum ap_status baseline_run(struct planning *w) {
    struct fleet_record record;
    memset(&record, 0, sizeof record);
    TRY(chain_run(w));
    enum ap_status status = town_run(w, &w->plan->model, true, &record);
    if (status == AP_OK) {
        peaks_read(w, &record);
        outcome_add(w->plan, &record, &w->plan->baseline);
    }
    fleet_record_free(&record);
    return status;
}

static enum ap_status baselines_run(struct planning *w) {
    struct arena *arena = &w->plan->arena;
    const struct charging_counts *n = &w->plan->model.charging.n;
    const uint32_t replications = w->plan->options.replications;
    w->tries = TAKE(arena, n->station, struct station_tries);
    w->peak_watts = TAKE(arena, n->feeder, int64_t);
    w->chains = TAKE(arena, replications, struct record);
    if (!w->tries || !w->peak_watts || !w->chains) return AP_NO_MEMORY;
    w->run_us = INT64_C(86400000000) * (w->plan->model.days + DAYS_APART);
    for (w->replication = 0; w->replication < replications; w->replication++) TRY(baseline_run(w));
    for (uint32_t i = 1; i < n->station; i++) {
        tries_close(w, i);
        if (w->tries[i].refused) return AP_NO_MEMORY;
    }
    return AP_OK;
}

// --- the choice

static bool candidate_is(const struct pile_plan *p, uint32_t station) {
    const struct charging *c = &p->model.charging;
    const struct station *x = &c->stations[station];
    return in_question(p, &p->model, station) && x->piles && x->opened < p->model.days &&
           x->until >= p->model.days - 1 && !c->sites[x->site].by_events;
}

static enum ap_status candidates_collect(struct planning *w) {
    struct pile_plan *p = w->plan;
    const struct charging *c = &p->model.charging;
    p->rows = TAKE(&p->arena, c->n.station, struct pile_candidate);
    if (!p->rows) return AP_NO_MEMORY;
    for (uint32_t i = 1; i < c->n.station; i++) {
        const struct station *x = &c->stations[i];
        const struct site *site = &c->sites[x->site];
        p->by_events += in_question(p, &p->model, i) && site->by_events;
        if (!candidate_is(p, i)) continue;
        uint32_t feeder = site->feeder;
        p->full += feeder && c->feeders[feeder].watts - w->peak_watts[feeder] < x->watts;
        p->rows[p->count++] = (struct pile_candidate){
            .station = i, .feeder = feeder, .piles = x->piles, .watts = x->watts, .tries = &w->tries[i]};
    }
    if (p->count) return AP_OK;
    complain(w->complaints, (struct source){p->tables->folder, 0}, 0, NULL, "NO_PUBLIC_PILES", NULL,
             "no public site of the scenario has piles that are open to the end and serve first come, first served");
    return AP_BAD_INPUT;
}

static enum ap_status budget_make(struct planning *w, struct pile_budget *out) {
    const struct charging *c = &w->plan->model.charging;
    *out = (struct pile_budget){.piles = w->plan->options.add, .goal = w->plan->options.goal};
    out->room_watts = TAKE(&w->plan->arena, c->n.feeder, int64_t);
    if (!out->room_watts) return AP_NO_MEMORY;
    for (uint32_t f = 1; f < c->n.feeder; f++) out->room_watts[f] = c->feeders[f].watts - w->peak_watts[f];
    return AP_OK;
}

static int gain_compare(const void *a, const void *b) {
    const struct pile_candidate *x = a, *y = b;
    int64_t more = (y->before.wait_us - y->after.wait_us) - (x->before.wait_us - x->after.wait_us);
    if (!more) more = (y->before.left - y->after.left) - (x->before.left - x->after.left);
    if (!more) more = (int64_t)x->station - y->station;
    return (more > 0) - (more < 0);
}

static enum ap_status choice_make(struct planning *w) {
    struct pile_plan *p = w->plan;
    struct pile_budget gains, parts;
    TRY(budget_make(w, &gains));
    TRY(budget_make(w, &parts));
    TRY(piles_choose(p->rows, p->count, &gains));
    TRY(piles_spread(p->rows, p->count, &parts));
    p->placed = p->options.add - gains.piles;
    p->spread = p->options.add - parts.piles;
    for (uint32_t i = 0; i < p->count; i++) {
        const struct pile_candidate *x = &p->rows[i];
        p->before.tries += x->before.tries;
        p->before.wait_us += x->before.wait_us;
        p->before.left += x->before.left;
        p->after.tries += x->after.tries;
        p->after.wait_us += x->after.wait_us;
        p->after.left += x->after.left;
    }
    qsort(p->rows, p->count, sizeof *p->rows, gain_compare);
    return AP_OK;
}

// --- the same run with more piles

static enum ap_status more_run(struct planning *w, const struct model *m, struct pile_outcome *out) {
    struct fleet_record record;
    memset(&record, 0, sizeof record);
    enum ap_status status = town_run(w, m, false, &record);
    if (status == AP_OK) outcome_add(w->plan, &record, out);
    fleet_record_free(&record);
    return status;
}

static enum ap_status more_runs(struct planning *w, bool proportional, struct pile_outcome *out) {
    struct pile_plan *p = w->plan;
    const uint32_t rows = p->tables->site_piles_count + 1;
    struct tables tables = *p->tables;      // shallow: only the piles are its own
    struct model model;
    tables.site_piles = TAKE(&p->arena, rows, struct site_pile_row);
    if (!tables.site_piles) return AP_NO_MEMORY;
    memcpy(tables.site_piles, p->tables->site_piles, rows * sizeof *tables.site_piles);
    for (uint32_t i = 0; i < p->count; i++) {
        const struct station *x = &p->model.charging.stations[p->rows[i].station];
        tables.site_piles[x->table_row].piles += proportional ? p->rows[i].proportional : p->rows[i].added;
    }
    TRY(model_build(&tables, (uint64_t)tables.settings.seed, 0, w->complaints, &model));
    enum ap_status status = AP_OK;
    for (w->replication = 0; w->replication < p->options.replications && status == AP_OK; w->replication++)
        status = more_run(w, &model, out);
    model_free(&model);
    return status;
}

static enum ap_status plan_steps(struct planning *w) {
    TRY(baselines_run(w));
    TRY(candidates_collect(w));
    TRY(choice_make(w));
    TRY(more_runs(w, false, &w->plan->proposal));
    return more_runs(w, true, &w->plan->proportional);
}

enum ap_status pile_plan_make(const struct tables *t, const struct pile_plan_options *o, struct complaints *c,
                              struct pile_plan *out) {
    ASSERT(o->add > 0);
    ASSERT(o->threads > 0);
    ASSERT(o->replications > 0);
    *out = (struct pile_plan){.tables = t, .options = *o};
    struct planning w = {.plan = out, .complaints = c};
    TRY(model_build(t, (uint64_t)t->settings.seed, 0, c, &out->model));
    enum ap_status status = AP_OK;
    if (!out->model.charging.there) {
        complain(c, (struct source){t->folder, 0}, 0, NULL, "NO_PUBLIC_PILES", NULL,
                 "the scenario has no charging sites");
        status = AP_BAD_INPUT;
    }
    if (status == AP_OK) status = plan_steps(&w);
    for (uint32_t i = 0; w.tries && i < out->model.charging.n.station; i++) free(w.tries[i].rows);
    for (uint32_t i = 0; i < out->count; i++) out->rows[i].tries = NULL;
    for (uint32_t i = 0; w.chains && i < o->replications; i++) record_free(&w.chains[i]);
    return status;
}

void pile_plan_free(struct pile_plan *p) {
    model_free(&p->model);
    arena_free(&p->arena);
    *p = (struct pile_plan){0};
}
