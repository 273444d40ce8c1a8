// The story of a shock: what happened to whom on which day, and why. Only rows on a chain behind the lines that lost
// most are told; the tables after it and the CSV have the others.
#include "write/explain_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_TOLD = 5, LANES_TOLD = 3, STEPS_TOLD = 6, COLUMNS = 110, INDENT = 21 };

// What is told, from the events; buyers are told by channel.
struct story {
    const struct explanation *e;
    enum language language;
    struct words *out;
    bool *stocks, *links, *lines, *makers, *lanes;
    struct explain_event *told;
    uint32_t count;
    uint32_t shocks;               // steps told
};

static bool is_zh(enum language language) {
    return language == LANGUAGE_ZH;
}

// ---- the story ----------------------------------------------------------------------------------------------------

// Marks the rows of the chain from here back, and the makers of what is made on it.
static void chain_mark(struct story *s, struct path_row from) {
    struct path_row chain[CHAIN_MOST];
    uint32_t steps = explain_chain(s->e, from, chain);
    for (uint32_t i = 0; i < steps; i++) {
        uint32_t row = chain[i].row;
        if (chain[i].kind == PATH_LINE) s->lines[row] = true;
        if (chain[i].kind == PATH_LINK) s->links[row] = true;
        if (chain[i].kind == PATH_LANE) s->lanes[row] = true;
        if (chain[i].kind == PATH_STOCK) {
            s->stocks[row] = true;
            s->makers[s->e->m->stocks[row].maker] = true;
        }
    }
}

static bool line_counts(const struct explanation *e, uint32_t line) {
    return e->lines[line].slow.days && e->lines[line].slow.first <= explain_last_day(e) && e->lines[line].gap_most > 0;
}

static void lines_choose(struct story *s) {
    const struct explanation *e = s->e;
    for (int n = 0; n < LINES_TOLD; n++) {
        uint32_t best = 0;
        for (uint32_t l = 1; l < e->m->n.line; l++)
            if (!s->lines[l] && line_counts(e, l) && (!best || e->lines[l].gap_most > e->lines[best].gap_most))
                best = l;
        if (best) chain_mark(s, (struct path_row){PATH_LINE, best});
        if (best) chain_mark(s, e->lines[best].cause);     // what came first, if it was not what cost most
    }
    for (int n = 0; n < LANES_TOLD; n++) {
        uint32_t best = 0;
        for (uint32_t l = 1; l < e->m->n.lane; l++)
            if (!s->lanes[l] && e->lanes[l].most > 0 && (!best || e->lanes[l].most > e->lanes[best].most)) best = l;
        if (best) s->lanes[best] = true;
    }
    struct explain_cause worst;
    explain_cause(e, &worst);
    if (worst.steps) chain_mark(s, worst.chain[0]);
}

static bool is_told(struct story *s, const struct explain_event *event) {
    if (event->day > explain_last_day(s->e) && event->row.kind != PATH_NONE) return false;
    switch (event->row.kind) {
    case PATH_SHOCK: return s->shocks++ < STEPS_TOLD;
    case PATH_STOCK: return s->stocks[event->row.row];
    case PATH_LINK: return s->links[event->row.row];
    case PATH_LINE: return s->lines[event->row.row];
    case PATH_MAKER: return event->row.row && s->makers[event->row.row];
    case PATH_LANE: return s->lanes[event->row.row];
    case PATH_OFFER: return false;
    default: return true;
    }
}

// One event for all offers of a channel: it begins with the first, and its cause is the first's.
static void channel_tell(struct story *s, uint32_t channel) {
    struct explain_event sum = {0};
    for (uint32_t i = 0; i < s->e->event_count; i++) {
        const struct explain_event *one = &s->e->events[i];
        if (one->kind != EXPLAIN_buyers_leave || one->day > explain_last_day(s->e) ||
            s->e->m->offers[one->row.row].channel != channel)
            continue;
        double quantity = sum.quantity + one->quantity;
        int32_t last = sum.last > one->last ? sum.last : one->last;
        if (sum.row.kind == PATH_NONE) sum = *one;
        sum.quantity = quantity;
        sum.last = last;
    }
    if (sum.row.kind != PATH_NONE && sum.quantity > 0) s->told[s->count++] = sum;
}

static int by_day(const void *left, const void *right) {
    const struct explain_event *a = left, *b = right;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    return a->kind < b->kind ? -1 : a->kind > b->kind;
}

static void event_tell(const struct story *s, const struct explain_event *event) {
    struct words sentence = {0}, wrapped = {0};
    char label[24];
    explain_event_say(s->e, event, s->language, &sentence);
    words_add_wrapped(&wrapped, words_text(&sentence), COLUMNS - INDENT);
    s->out->refused |= words_status(&wrapped) != AP_OK || words_status(&sentence) != AP_OK;
    path_date_say(s->e, event->day, s->out);
    snprintf(label, sizeof label, is_zh(s->language) ? " 第%d天" : " day %d", event->day - s->e->span.first);
    words_add_left(s->out, label, INDENT - 10);
    for (const char *at = words_text(&wrapped); *at; at++) {
        words_add_bytes(s->out, at, 1);
        if (*at == '\n') words_add(s->out, "%*s", INDENT, "");
    }
    words_add_text(s->out, "\n");
    words_free(&sentence);
    words_free(&wrapped);
}

static enum ap_status story_tell(struct story *s) {
    struct arena arena = {0};
    const struct explanation *e = s->e;
    const struct counts *n = &e->m->n;
    s->stocks = TAKE(&arena, n->stock, bool);
    s->links = TAKE(&arena, n->link, bool);
    s->lines = TAKE(&arena, n->line, bool);
    s->makers = TAKE(&arena, n->maker, bool);
    s->lanes = TAKE(&arena, n->lane, bool);
    s->told = TAKE(&arena, e->event_count + CHANNEL_COUNT, struct explain_event);
    bool good = s->stocks && s->links && s->lines && s->makers && s->lanes && s->told;
    if (good) {
        lines_choose(s);
        for (uint32_t i = 0; i < e->event_count; i++)
            if (is_told(s, &e->events[i])) s->told[s->count++] = e->events[i];
        for (uint32_t c = 0; c < CHANNEL_COUNT; c++) channel_tell(s, c);
        qsort(s->told, s->count, sizeof *s->told, by_day);
        for (uint32_t i = 0; i < s->count; i++) event_tell(s, &s->told[i]);
    }
    arena_free(&arena);
    return good ? AP_OK : AP_NO_MEMORY;
}

// ---- the whole ----------------------------------------------------------------------------------------------------

static void head_say(const struct explanation *e, enum language language, struct words *out) {
    bool zh = is_zh(language);
    const char *before = NULL;
    const struct settings *set = &e->m->tables->settings;
    words_add_text(out, zh ? "冲击的经过：" : "The path of ");
    for (uint32_t i = 0; i < e->m->shock_count; i++) {
        const char *id = e->m->tables->shocks[e->m->shocks[i].table_row].shock;
        if (!e->hit[i] || (before && id && strcmp(before, id) == 0)) continue;
        words_add_text(out, before ? zh ? "、" : ", " : "");
        path_row_say(e->m, (struct path_row){PATH_SHOCK, i + 1}, language, out);
        before = id ? id : "";
    }
    words_add(out, zh ? "（%s）\n\n" : " through %s\n\n", zh && *set->region_zh ? set->region_zh : set->region);
}

static void output_say(const struct explanation *e, enum language language, struct words *out) {
    const struct path_totals *end = &e->totals[e->days - 1], *most = &e->most;
    bool zh = is_zh(language);
    if (e->m->n.line < 2) return;
    if (most->made <= 0) {
        words_add_text(out, zh ? "没有一辆车因此晚产。" : "No vehicle came late for it. ");
        return;
    }
    words_add_text(out, zh ? "最多比未受冲击时少产" : "At worst the lines were ");
    count_say((double)most->made, out);
    words_add_text(out, zh ? "辆（" : " vehicles behind the same days without it (");
    path_date_say(e, e->most_day, out);
    words_add_text(out, zh ? "），其中新能源汽车最多" : "), and at worst ");
    count_say((double)most->made_nev, out);
    words_add_text(out, zh ? "辆。" : " NEVs. ");
    if (e->rebuilt_day >= 0) {
        words_add_text(out, zh ? "到" : "By ");
        path_date_say(e, e->rebuilt_day, out);
        words_add(out,
                  zh ? "（第%d天）其中95%%已补上或不再需要。"
                     : " (day %d) 95 %% of that was made up for or no longer wanted. ",
                  e->rebuilt_day - e->span.first);
    }
    words_add_text(out, zh ? "到" : "By ");
    path_date_say(e, e->span.first + e->days - 1, out);
    words_add_text(out, !zh ? ", in all, " : end->made < 0 ? "累计多产" : "累计少产");
    count_say((double)(end->made < 0 ? -end->made : end->made), out);
    words_add_text(out, zh ? "辆。" : end->made < 0 ? " vehicles more were made. " : " vehicles fewer were made. ");
}

static void sales_say(const struct explanation *e, enum language language, struct words *out) {
    const struct path_totals *end = &e->totals[e->days - 1], *most = &e->most;
    bool zh = is_zh(language);
    char value[QUANTITY_ROOM];
    if (most->export_left > 0) {
        quantity_in_words((double)most->export_value / 100, "yuan", language, value);
        words_add_text(out, zh ? "出口最多少" : "Exports were at most ");
        count_say((double)most->export_left, out);
        words_add(out, zh ? "辆，值%s；最后" : " vehicles and %s behind, in the end ", value);
        words_add_text(out, !zh ? "" : end->export_left < 0 ? "多" : "少");
        count_say((double)(end->export_left < 0 ? -end->export_left : end->export_left), out);
        words_add_text(out, zh ? "辆。" : end->export_left < 0 ? " ahead. " : ". ");
    }
    if (most->demand_missed > 0) {
        words_add_text(out, zh ? "外部需求最多少供" : "Outside demand missed at most ");
        count_say((double)most->demand_missed, out);
        words_add_text(out, zh ? "件，最后少供" : " units more, in the end ");
        count_say((double)end->demand_missed, out);
        words_add_text(out, zh ? "件。" : ". ");
    }
    if (end->buyers_lost > 0) {
        count_say((double)end->buyers_lost, out);
        words_add_text(out, zh ? "位买主离开。" : " buyers left. ");
    }
    if (end->turnover > 0) {
        quantity_in_words((double)end->turnover / 100, "yuan", language, value);
        words_add(out, zh ? "本地区企业少收入%s。" : "Enterprises of the region shipped %s less. ", value);
    }
}

static void settled_say(const struct explanation *e, enum language language, struct words *out) {
    bool zh = is_zh(language);
    if (e->settled >= 0) {
        words_add(out, zh ? "开始后%d天（" : "Settled %d days after it began (", e->settled - e->span.first);
        path_date_say(e, e->settled, out);
        words_add_text(out, zh ? "）一切如同未受冲击。" : "): every state is what it would have been.");
    } else {
        words_add_text(out, zh ? "到" : "Not settled by ");
        path_date_say(e, e->span.first + e->days - 1, out);
        words_add(out, zh ? "仍有不同（%s）。" : ": %s still differs.", e->differs_column);
    }
}

enum ap_status explain_to_text(const struct explanation *e, enum language language, struct words *out) {
    bool zh = is_zh(language);
    head_say(e, language, out);
    if (e->days == 0) {
        words_add_text(out, zh ? "与未受冲击时没有不同。\n"
                               : "It changes nothing: it is as large as nothing, or lies outside the run.\n");
        return words_status(out);
    }
    struct words lead = {0};
    output_say(e, language, &lead);
    sales_say(e, language, &lead);
    settled_say(e, language, &lead);
    words_add_wrapped(out, words_text(&lead), COLUMNS);
    out->refused |= lead.refused;
    words_free(&lead);
    words_add_text(out, zh ? "\n\n经过\n" : "\n\nHow it went\n");
    struct story story = {.e = e, .language = language, .out = out};
    TRY(story_tell(&story));
    if (story.shocks > STEPS_TOLD)
        words_add(out, zh ? "（冲击另有%u步）\n" : "(the shock has %u more steps)\n", story.shocks - STEPS_TOLD);
    explain_tables(e, language, out);
    return words_status(out);
}
