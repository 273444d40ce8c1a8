#include "write/piles_text.h"

#include <jansson.h>
#include <stdio.h>

#include "write/json_text.h"
#include "write/quantity.h"

enum { ROWS_SHOWN = 25 };

struct row_names {
    const char *district, *site, *group;
};

static struct row_names names_of(const struct pile_plan *p, const struct pile_candidate *x) {
    const struct charging *c = &p->model.charging;
    const struct station *station = &c->stations[x->station];
    const struct site *site = &c->sites[station->site];
    return (struct row_names){p->tables->districts[c->district_row[site->district]].district,
                              p->tables->sites[site->table_row].site, p->tables->site_piles[station->table_row].group};
}

static double minutes_of(int64_t us) {
    return (double)us / 60e6;
}

static double mean_wait(int64_t wait_us, int64_t tries) {
    return tries ? minutes_of(wait_us) / (double)tries : 0;
}

static double share_of(int64_t part, int64_t whole) {
    return whole ? (double)part / (double)whole : 0;
}

// What the run was predicted to come to: the same tries, less what the chosen piles were to gain.
static struct pile_outcome predicted(const struct pile_plan *p) {
    struct pile_outcome x = p->baseline;
    x.wait_us -= p->before.wait_us - p->after.wait_us;
    x.left -= p->before.left - p->after.left;
    return x;
}

// --- text

static void head_write(const struct pile_plan *p, struct words *out) {
    char from[11], until[11];
    const uint32_t district = p->options.district;
    date_format(p->model.from, from);
    date_format(p->model.until, until);
    words_add(out, "Where the next %u public piles do most: %s%s%s, %s to %s\n", p->options.add, p->tables->name,
              district ? ", " : "", district ? p->tables->districts[district].district : "", from, until);
    words_add(out,
              "By marginal analysis of the simulated tries of %u run%s, for %s; %u groups of piles to choose from.\n\n",
              p->options.replications, p->options.replications > 1 ? "s" : "",
              p->options.goal == GOAL_WAIT ? "the least time waited" : "the fewest who leave a site uncharged",
              p->count);
}

static void row_write(const struct pile_plan *p, const struct pile_candidate *x, struct words *out) {
    struct row_names names = names_of(p, x);
    char cell[64];
    words_add_left(out, names.district, 18);
    words_add_text(out, " ");
    words_add_left(out, names.site, 24);
    words_add_text(out, " ");
    words_add_left(out, names.group, 12);
    snprintf(cell, sizeof cell, "%6u %6u %12.1f %8lld %13u\n", x->piles, x->added,
             minutes_of(x->before.wait_us - x->after.wait_us) / 60, (long long)(x->before.left - x->after.left),
             x->proportional);
    words_add_text(out, cell);
}

static void rows_write(const struct pile_plan *p, struct words *out) {
    uint32_t shown = 0, more = 0, more_piles = 0;
    words_add_text(out, "district           site                     group         piles  added  hours saved"
                        "   served  proportional\n");
    for (uint32_t i = 0; i < p->count; i++) {
        const struct pile_candidate *x = &p->rows[i];
        if (!x->added) continue;
        if (shown < ROWS_SHOWN) row_write(p, x, out);
        else more_piles += x->added;
        more += shown >= ROWS_SHOWN;
        shown++;
    }
    if (!shown) words_add_text(out, "none: no pile would have gained anything in this period\n");
    if (more) words_add(out, "and %u more groups with %u piles (--json lists all)\n", more, more_piles);
    words_add_text(out, "hours saved, served: predicted, less time waited and fewer who left.\n\n");
}

static void outcome_write(const char *name, const struct pile_outcome *x, struct words *out) {
    words_add_left(out, name, 26);
    words_add(out, "%10.3f %12.1f %10.3f %% %10lld %10.3f %%\n", mean_wait(x->wait_us, x->tries),
              minutes_of(x->wait_us) / 60, 100 * share_of(x->left, x->tries), (long long)x->sessions,
              100 * share_of(x->given_up, x->ended));
}

static void outcomes_write(const struct pile_plan *p, struct words *out) {
    struct pile_outcome hoped = predicted(p);
    words_add_text(out, "simulated with the same luck   wait min        hours  left tries    sessions    gave up\n");
    outcome_write("as it is", &p->baseline, out);
    outcome_write("with the chosen piles", &p->proposal, out);
    outcome_write("as many in proportion", &p->proportional, out);
    words_add_left(out, "predicted for the chosen", 26);
    words_add(out, "%10.3f %12.1f %10.3f %%\n\n", mean_wait(hoped.wait_us, hoped.tries), minutes_of(hoped.wait_us) / 60,
              100 * share_of(hoped.left, hoped.tries));
    words_add(out,
              "The prediction is off by %+.1f hours of waiting and %+lld who left: drivers choose anew where\n"
              "piles are more, and who is served does not try elsewhere.\n",
              minutes_of(hoped.wait_us - p->proposal.wait_us) / 60, (long long)(hoped.left - p->proposal.left));
}

static void limits_write(const struct pile_plan *p, struct words *out) {
    if (p->placed < p->options.add)
        words_add(out, "%u of the %u piles were not given: nothing more to gain, or no room at the feeders.\n",
                  p->options.add - p->placed, p->options.add);
    if (p->spread < p->options.add)
        words_add(out, "In proportion only %u found room at the feeders.\n", p->spread);
    if (p->full) words_add(out, "%u groups hang on feeders without room for one more pile.\n", p->full);
    if (p->by_events)
        words_add(out, "%u groups share their site's power or serve by priority: they got none.\n", p->by_events);
    words_add_text(out,
                   "Feeders: the rated power of what is added fits into what the highest hour of the baseline leaves.\n"
                   "Who left before is taken to stay as long as the mean of the station. Figures are sums over\n"
                   "the runs (--replications), not intervals.\n");
}

enum ap_status piles_to_text(const struct pile_plan *p, struct words *out) {
    head_write(p, out);
    rows_write(p, out);
    outcomes_write(p, out);
    limits_write(p, out);
    return words_status(out);
}

// --- JSON

static json_t *outcome_json(struct json_made *made, const struct pile_outcome *x, bool simulated) {
    json_t *object = json_object();
    json_put(made, object, "tries", json_integer(x->tries));
    json_put(made, object, "wait_mean_minutes", json_real(mean_wait(x->wait_us, x->tries)));
    json_put(made, object, "wait_hours", json_real(minutes_of(x->wait_us) / 60));
    json_put(made, object, "left", json_integer(x->left));
    if (!simulated) return object;
    json_put(made, object, "sessions", json_integer(x->sessions));
    json_put(made, object, "gave_up_share", json_real(share_of(x->given_up, x->ended)));
    json_put(made, object, "feeder_overload_hours", json_integer(x->overload_hours));
    return object;
}

static json_t *row_json(struct json_made *made, const struct pile_plan *p, const struct pile_candidate *x) {
    struct row_names names = names_of(p, x);
    json_t *object = json_object();
    json_put(made, object, "district", json_string(names.district));
    json_put(made, object, "site", json_string(names.site));
    json_put(made, object, "group", json_string(names.group));
    json_put(made, object, "piles", json_integer(x->piles));
    json_put(made, object, "added", json_integer(x->added));
    json_put(made, object, "proportional", json_integer(x->proportional));
    json_put(made, object, "wait_hours_saved", json_real(minutes_of(x->before.wait_us - x->after.wait_us) / 60));
    json_put(made, object, "left_fewer", json_integer(x->before.left - x->after.left));
    return object;
}

static void counts_put(struct json_made *made, const struct pile_plan *p) {
    char from[11], until[11];
    date_format(p->model.from, from);
    date_format(p->model.until, until);
    json_put(made, made->root, "scenario", json_string(p->tables->name));
    json_put(made, made->root, "from", json_string(from));
    json_put(made, made->root, "until", json_string(until));
    json_put(made, made->root, "goal", json_string(p->options.goal == GOAL_WAIT ? "wait" : "refused"));
    if (p->options.district)
        json_put(made, made->root, "district", json_string(p->tables->districts[p->options.district].district));
    json_put(made, made->root, "replications", json_integer(p->options.replications));
    json_put(made, made->root, "add", json_integer(p->options.add));
    json_put(made, made->root, "placed", json_integer(p->placed));
    json_put(made, made->root, "placed_in_proportion", json_integer(p->spread));
    json_put(made, made->root, "candidates", json_integer(p->count));
    json_put(made, made->root, "without_feeder_room", json_integer(p->full));
    json_put(made, made->root, "not_judged", json_integer(p->by_events));
}

enum ap_status piles_to_json(const struct pile_plan *p, struct words *out) {
    struct json_made made = {.root = json_object()};
    struct pile_outcome hoped = predicted(p);
    counts_put(&made, p);
    json_put(&made, made.root, "baseline", outcome_json(&made, &p->baseline, true));
    json_put(&made, made.root, "proposal", outcome_json(&made, &p->proposal, true));
    json_put(&made, made.root, "proportional", outcome_json(&made, &p->proportional, true));
    json_put(&made, made.root, "predicted", outcome_json(&made, &hoped, false));
    json_t *rows = json_array();
    for (uint32_t i = 0; i < p->count; i++)
        if (p->rows[i].added || p->rows[i].proportional) json_add(&made, rows, row_json(&made, p, &p->rows[i]));
    json_put(&made, made.root, "sites", rows);
    return json_write(out, &made);
}
