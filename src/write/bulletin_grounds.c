// What the figures stand on: what drove the run, what is invented, and where the published figures disagree.
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "write/audit_text.h"
#include "write/bulletin.h"

enum { SHOCKS_SHOWN = 24, CONFLICTS_SHOWN = 3 };

static bool is_zh(const struct bulletin *b) {
    return b->style.language == LANGUAGE_ZH;
}

// --- what drove it

static void volumes_say(const struct bulletin *b) {
    const struct tables *t = b->tables;
    if (t->volumes_count == 0) return;
    int64_t first = t->volumes[1].year, last = first, lost = 0;
    for (uint32_t i = 1; i <= t->volumes_count; i++) {
        first = smaller_of(first, t->volumes[i].year);
        last = larger_of(last, t->volumes[i].year);
    }
    for (uint32_t i = 1; i <= t->losses_count; i++) lost += t->losses[i].units;
    char vehicles[QUANTITY_ROOM];
    quantity_in_words((double)lost, "vehicle", b->style.language, vehicles);
    if (is_zh(b)) {
        words_add(b->out, "  订单取自%" PRId64 "-%" PRId64 "年的年度总量（volumes.csv %u行）"
                          "和月度分布（shapes.csv %u行）", first, last, (unsigned)t->volumes_count, (unsigned)t->shapes_count);
        if (lost) words_add(b->out, "，并加上已公布的损失%s（losses.csv）", vehicles);
        words_add_text(b->out, "。\n");
        return;
    }
    words_add(b->out, "  Orders follow the yearly totals of %" PRId64 "-%" PRId64 " (volumes.csv, %u rows) in the "
                      "shape of the\n  months (shapes.csv, %u rows)", first, last, (unsigned)t->volumes_count,
              (unsigned)t->shapes_count);
    if (lost) words_add(b->out, "; published losses of %s were added to them (losses.csv)", vehicles);
    words_add_text(b->out, ".\n");
}

struct event_span {
    const char *id, *name;
    day_number from, until;
};

// The steps of one event as one span; 0 when an earlier step already spoke for it.
static bool event_of(const struct model *m, uint32_t shock, struct event_span *out) {
    const struct shock_row *row = &m->tables->shocks[m->shocks[shock].table_row];
    *out = (struct event_span){row->shock, row->name, m->shocks[shock].from, m->shocks[shock].until};
    if (!m->shocks[shock].active) return false;
    for (uint32_t i = 0; i < m->shock_count; i++) {
        const struct shock_row *other = &m->tables->shocks[m->shocks[i].table_row];
        if (!m->shocks[i].active || strcmp(other->shock, row->shock) != 0) continue;
        if (i < shock) return false;
        if (m->shocks[i].from < out->from) out->from = m->shocks[i].from;
        if (m->shocks[i].until > out->until) out->until = m->shocks[i].until;
    }
    out->from += m->first_day;
    out->until += m->first_day;
    return out->until >= m->from && out->from <= m->until;
}

static void shocks_say(const struct bulletin *b) {
    const struct model *m = &b->study->model;
    uint32_t shown = 0;
    for (uint32_t i = 0; i < m->shock_count && shown < SHOCKS_SHOWN; i++) {
        struct event_span event;
        if (!event_of(m, i, &event)) continue;
        char from[11], until[11];
        date_format(event.from, from);
        date_format(event.until, until);
        if (shown++ == 0)
            words_add_text(b->out, is_zh(b) ? "  作用于本次运行的冲击：\n" : "  Shocks that acted on the run:\n");
        words_add(b->out, is_zh(b) ? "    %s至%s  %s%s%s\n" : "    %s to %s  %s%s%s\n", from, until, event.id,
                  *event.name ? ": " : "", event.name);
    }
    if (!shown) words_add_text(b->out, is_zh(b) ? "  无冲击。\n" : "  No shocks acted on the run.\n");
}

static void drivers_say(const struct bulletin *b) {
    bulletin_heading(b, "What drove it", "驱动因素");
    volumes_say(b);
    shocks_say(b);
    words_add_text(b->out, is_zh(b) ? "  标为“驱动”的数字重复输入，标为“推算”的数字由其他数字换算，"
                                      "均不作为证据；只有“检验”的数字才是。\n\n"
                                    : "  Figures marked driven repeat what went in, derived ones were worked out of a "
                                      "claim:\n  neither is evidence. Only scored ones are.\n\n");
}

// --- what is synthetic

struct provenance {
    uint32_t rows, by_confidence[ASSUMED + 1];
};

static struct provenance provenance_of(const struct tables *t) {
    struct provenance p = {0};
#define COUNT_ROWS(table, row, COLUMNS, keys, main, required, meaning)                             \
    for (uint32_t i = 1; i <= t->table##_count; i++) {                                             \
        p.rows++;                                                                                  \
        p.by_confidence[t->table[i].common.confidence]++;                                          \
    }
    TABLES(COUNT_ROWS)
#undef COUNT_ROWS
    return p;
}

static void confidences_say(const struct bulletin *b) {
    static const char *const english[] = {"unmarked", "cited", "derived", "recalled", "estimated", "synthetic",
                                          "assumed"};
    static const char *const chinese[] = {"未标注", "有出处", "换算", "凭记忆", "估计", "虚构", "假设"};
    struct provenance p = provenance_of(b->tables);
    words_add(b->out, is_zh(b) ? "  输入共%u行：" : "  Of %u input rows, ", (unsigned)p.rows);
    bool said = false;
    for (int i = CITED; i <= ASSUMED + 1; i++) {
        int c = i > ASSUMED ? CONFIDENCE_NONE : i;
        if (!p.by_confidence[c]) continue;
        const char *comma = said ? (is_zh(b) ? "，" : ", ") : "";
        if (is_zh(b)) words_add(b->out, "%s%s%u行", comma, chinese[c], (unsigned)p.by_confidence[c]);
        else words_add(b->out, "%s%u %s", comma, (unsigned)p.by_confidence[c], english[c]);
        said = true;
    }
    words_add_text(b->out, is_zh(b) ? "。\n\n" : ".\n\n");
}

static void synthetic_say(const struct bulletin *b) {
    const struct tables *t = b->tables;
    uint32_t region = 0, named = 0, outside = 0;
    for (uint32_t i = 1; i <= t->enterprises_count; i++) {
        bool here = t->districts[t->enterprises[i].district].in_region;
        region += here;
        outside += !here;
        named += here && t->enterprises[i].identity == 0;
    }
    bulletin_heading(b, "What is synthetic", "虚构部分");
    if (t->enterprises_count == 0) {
        confidences_say(b);
        return;
    }
    if (is_zh(b))
        words_add(b->out, "  区内%u家企业中有%u家由来源点名，其余按既定规律虚构；另有区外供应商%u家。\n"
                          "  虚构企业的结果不代表任何真实企业。\n",
                  (unsigned)region, (unsigned)named, (unsigned)outside);
    else
        words_add(b->out, "  Of %u enterprises in the region a source names %u; the others are invented by stated\n"
                          "  laws, and so are most of %u suppliers outside. What happens to an invented firm is a\n"
                          "  finding about none.\n",
                  (unsigned)region, (unsigned)named, (unsigned)outside);
    confidences_say(b);
}

// --- where the published figures disagree

// Whether an earlier conflict doubts the same claim by the same rule.
static bool said_before(const struct audit *a, uint32_t conflict) {
    const struct conflict *c = &a->conflicts[conflict];
    for (uint32_t i = 0; i < conflict; i++) {
        const struct conflict *other = &a->conflicts[i];
        if (other->rule == c->rule && strcmp(other->claim.series, c->claim.series) == 0 &&
            period_same(other->claim.period, c->claim.period))
            return true;
    }
    return false;
}

// Conflicts of the bulletin's own period first: they touch what stands above.
static void conflicts_say(const struct bulletin *b, bool own, uint32_t *shown) {
    for (uint32_t i = 0; i < b->audit->conflict_count && *shown < CONFLICTS_SHOWN; i++) {
        const struct conflict *c = &b->audit->conflicts[i];
        bool range = c->rule == RULE_level_range;    // known to whoever wrote the row
        if (range || period_same(c->claim.period, b->period) != own || said_before(b->audit, i)) continue;
        words_add_text(b->out, "    ");
        conflict_in_words(c, b->style.language, b->out);
        words_add_text(b->out, "\n");
        ++*shown;
    }
}

static void audit_say(const struct bulletin *b) {
    if (!b->audit || b->audit->conflict_count == 0) return;
    uint32_t shown = 0;
    bulletin_heading(b, "Where the published figures disagree", "公布数之间的矛盾");
    words_add(b->out, is_zh(b) ? "  `autopolis audit` 自行找出%u处，例如：\n"
                               : "  `autopolis audit` finds %u conflicts by itself, among them:\n",
              (unsigned)b->audit->conflict_count);
    conflicts_say(b, true, &shown);
    conflicts_say(b, false, &shown);
    words_add_text(b->out, "\n");
}

void bulletin_grounds(const struct bulletin *b) {
    if (chain_there(&b->study->model)) drivers_say(b);
    synthetic_say(b);
    audit_say(b);
}
