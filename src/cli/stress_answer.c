#include "cli/stress_answer.h"

#include <string.h>

#include "cli/terminal.h"
#include "write/stress_names.h"

enum { TOP_SHOWN = 10, WHY_SHOWN = 3 };

// The published measures, and the rows whose order they see most differently.
static enum ap_status measures_find(const struct stress *s, struct complaints *c, struct stress_answer *a) {
    uint32_t cases[MEASURE_COUNT * MEASURES_WORST], count = 0;
    TRY(measures_make(s, c, &a->measures));
    for (enum measure i = MEASURE_TTR; i < MEASURE_COUNT; i++)
        for (uint32_t k = 0; k < a->measures.pairs[i].worst_count; k++)
            cases[count++] = a->measures.cases[a->measures.pairs[i].worst[k].row];
    return stress_reasons_make(s, cases, count, c, &a->disagreements);
}

// Why the first of each kind cost what they do.
static enum ap_status reasons_find(const struct stress *s, struct complaints *c, struct stress_answer *a) {
    uint32_t cases[WHY_SHOWN * STANDSTILL_KINDS], count = 0, of_kind[STANDSTILL_KINDS] = {0};
    for (uint32_t i = 0; i < a->ranks.line_count; i++) {
        const struct stress_line *line = &a->ranks.lines[i];
        uint32_t kind = a->ranks.subjects[line->subject].kind;
        bool told = line->mode == 0 && stress_line_effect(line) && of_kind[kind] < WHY_SHOWN;
        if (told) cases[count++] = stress_line_case(&a->ranks, line);
        of_kind[kind] += told;
    }
    return stress_reasons_make(s, cases, count, c, &a->reasons);
}

static void trouble_say(const struct stress_answer *a, const struct complaints *c, enum ap_status status) {
    const char *words = a->measures.trouble;
    if (status == AP_NO_MEMORY) terminal_trouble("the machine refused memory");
    else if (status == AP_BAD_USE) terminal_trouble("--measures: nothing is wanted between the start and the horizon");
    else if (status == AP_LEDGER)
        terminal_trouble("a ledger does not balance: %s%s", a->reasons.trouble, a->disagreements.trouble);
    else terminal_trouble("%s", c->count ? c->shown[0].message : words[0] ? words : "the measures were refused");
}

enum ap_status stress_answer_make(const struct stress *s, const struct stress_wishes *w, struct complaints *c,
                                  struct stress_answer *out) {
    memset(out, 0, sizeof *out);
    enum ap_status status = stress_ranks_make(s, &out->ranks);
    if (status == AP_OK && w->why) status = reasons_find(s, c, out);
    if (status == AP_OK && w->measures) status = measures_find(s, c, out);
    out->said = (struct stress_said){.ranks = &out->ranks,
                                     .measures = w->measures ? &out->measures : NULL,
                                     .reasons = w->why ? &out->reasons : NULL,
                                     .disagreements = w->measures ? &out->disagreements : NULL,
                                     .top = w->top ? w->top : TOP_SHOWN};
    if (status != AP_OK) trouble_say(out, c, status);
    return status;
}

void stress_answer_free(struct stress_answer *a) {
    stress_reasons_free(&a->reasons);
    stress_reasons_free(&a->disagreements);
    measures_free(&a->measures);
    stress_ranks_free(&a->ranks);
}
