// autopolis check: reads a scenario and builds its model; prints every complaint, or what there is.
#include <stdio.h>

#include "cli/commands.h"
#include "cli/scenario.h"
#include "cli/terminal.h"
#include "read/complaints_text.h"

static void model_words(const struct model *m, struct words *out) {
    char from[11], until[11];
    date_format(m->from, from);
    date_format(m->until, until);
    words_add(out, "ok: %u enterprises, %u products, %u stocks, %u links, %u makers, %u lines, %u variants, ",
              m->n.enterprise - 1, m->n.product - 1, m->n.stock - 1, m->n.link - 1, m->n.maker - 1, m->n.line - 1,
              m->n.variant - 1);
    words_add(out, "%u markets, %u lanes, %u shock steps, ", m->n.market - 1, m->n.lane - 1, (unsigned)m->shock_count);
    const struct charging_counts *n = &m->charging.n;
    if (m->charging.there) words_add(out, "%u sites, %u piles, ", n->site - 1, n->pile - 1);
    if (m->charging.there) words_add(out, "%u streams, %u sessions, ", n->stream - 1, n->session - 1);
    words_add(out, "%s to %s\n", from, until);
}

static void model_json(const struct model *m, struct words *out) {
    words_add(out, "{\"ok\": true, \"enterprises\": %u, \"products\": %u, \"stocks\": %u, \"links\": %u, ",
              m->n.enterprise - 1, m->n.product - 1, m->n.stock - 1, m->n.link - 1);
    words_add(out, "\"makers\": %u, \"lines\": %u, \"variants\": %u, \"markets\": %u, \"lanes\": %u, "
                   "\"shock_steps\": %u", m->n.maker - 1, m->n.line - 1, m->n.variant - 1, m->n.market - 1,
              m->n.lane - 1, (unsigned)m->shock_count);
    const struct charging_counts *n = &m->charging.n;
    if (m->charging.there) {
        words_add(out, ", \"sites\": %u, \"piles\": %u, \"streams\": %u, \"sessions\": %u", n->site - 1, n->pile - 1,
                  n->stream - 1, n->session - 1);
    }
    words_add_text(out, "}\n");
}

static int result_print(struct words *words, enum ap_status status) {
    enum ap_status said = terminal_print_words(words);
    return exit_of(said == AP_OK ? status : said);
}

static int complaints_print(const struct scenario *s, enum ap_status status, bool json) {
    struct words words = {0};
    if (!s->complaints.count) return scenario_trouble(s, status);
    if (json) complaints_write_json(&words, &s->complaints);
    else complaints_write(&words, &s->complaints);
    return result_print(&words, status);
}

int command_check(int argc, char **argv) {
    struct options options;
    struct scenario scenario;
    enum ap_status status = options_parse(argc, argv, FOR_CHECK, &options);
    if (status != AP_OK) return exit_of(status);
    status = scenario_open(&options, &scenario);
    struct model model = {0};
    if (status == AP_OK)
        status = model_build(&scenario.tables, (uint64_t)scenario.tables.settings.seed, 0, &scenario.complaints,
                             &model);
    int exit_status;
    if (status == AP_OK) {
        struct words words = {0};
        if (options.json) model_json(&model, &words);
        else model_words(&model, &words);
        exit_status = result_print(&words, AP_OK);
        model_free(&model);
    } else {
        exit_status = complaints_print(&scenario, status, options.json);
    }
    scenario_close(&scenario);
    options_free(&options);
    return exit_status;
}
