// Where the next piles do most: the plan's rows, and what the three runs say of it.
#include "write/database.h"

static const struct output_table plan_table = {"pile_plan", "groups of piles that get more", 2,
    {KEY("site", "id"), KEY("pile_group", "group of piles alike"), KEY("district", "where"),
     MEASURED("lat", "degree", "latitude; NULL: not given"), MEASURED("lon", "degree", "longitude"),
     COUNTED("piles", "pile", "there now"), MEASURED("kw", "kW", "rated power of one"),
     COUNTED("added", "pile", "by gain"), COUNTED("proportional", "pile", "it would get in proportion"),
     MEASURED("wait_hours_saved", "hour", "by those added, as foreseen; over the runs"),
     COUNTED("left_fewer", "", "who would leave without a charge, fewer, as foreseen")}};
static const struct output_table outcomes_table = {"pile_outcomes", "simulated, over the runs", 1,
    {KEY("run", "baseline, proposal, or proportional: as many piles in proportion"),
     COUNTED("tries", "1", "at the public stations in question"), MEASURED("wait_hours", "hour", "waited by all"),
     COUNTED("gone", "1", "left without a charge"), COUNTED("sessions", "session", "plugged in"),
     COUNTED("ended", "request", "of those who live there"),
     COUNTED("given_up", "request", "of these, without a charge"),
     COUNTED("overload_hours", "hour", "of all feeders")}};
static const struct output_table *const tables[] = {&plan_table, &outcomes_table};

static enum ap_status candidate_put(struct database *d, const struct pile_plan *p, const struct pile_candidate *x) {
    const struct charging *c = &p->model.charging;
    const struct station *station = &c->stations[x->station];
    const struct site *site = &c->sites[station->site];
    const struct site_row *row = &p->tables->sites[site->table_row];
    bool placed = row->lat != 0 || row->lon != 0;
    text_bind(d, 1, row->site);
    text_bind(d, 2, p->tables->site_piles[station->table_row].group);
    text_bind(d, 3, p->tables->districts[c->district_row[site->district]].district);
    value_bind(d, 4, placed ? row->lat : NO_VALUE);
    value_bind(d, 5, placed ? row->lon : NO_VALUE);
    count_bind(d, 6, x->piles);
    value_bind(d, 7, (double)x->watts / 1000);
    count_bind(d, 8, x->added);
    count_bind(d, 9, x->proportional);
    value_bind(d, 10, (double)(x->before.wait_us - x->after.wait_us) / 3.6e9);
    count_bind(d, 11, x->before.left - x->after.left);
    return row_end(d);
}

static enum ap_status outcome_put(struct database *d, const char *run, const struct pile_outcome *x) {
    text_bind(d, 1, run);
    count_bind(d, 2, x->tries);
    value_bind(d, 3, (double)x->wait_us / 3.6e9);
    count_bind(d, 4, x->left);
    count_bind(d, 5, x->sessions);
    count_bind(d, 6, x->ended);
    count_bind(d, 7, x->given_up);
    count_bind(d, 8, x->overload_hours);
    return row_end(d);
}

static enum ap_status piles_fill(struct database *d, const struct output_table *t, const void *self) {
    const struct pile_plan *p = self;
    if (t == &outcomes_table) {
        TRY(outcome_put(d, "baseline", &p->baseline));
        TRY(outcome_put(d, "proposal", &p->proposal));
        return outcome_put(d, "proportional", &p->proportional);
    }
    ASSERT(t == &plan_table);
    for (uint32_t i = 0; i < p->count; i++)
        if (p->rows[i].added || p->rows[i].proportional) TRY(candidate_put(d, p, &p->rows[i]));
    return AP_OK;
}

struct result_part piles_part(const struct pile_plan *p) {
    return (struct result_part){tables, sizeof tables / sizeof *tables, piles_fill, p};
}
