// One event, one sentence, in English and Chinese; and the chain of a loss in one line.
#include <string.h>

#include "write/explain_text.h"

static bool is_zh(enum language language) {
    return language == LANGUAGE_ZH;
}

// 12,345
void count_say(double value, struct words *out) {
    char text[QUANTITY_ROOM];
    quantity_format(value, (struct scale){1, 0, "", NULL, false}, text);
    words_add_text(out, text);
}

void path_date_say(const struct explanation *e, int32_t day, struct words *out) {
    char text[11];
    date_format(e->m->first_day + day, text);
    words_add_text(out, text);
}

// ---- sentences ----------------------------------------------------------------------------------------------------

static void target_say(const struct model *m, const struct shock_row *shock, enum language language,
                       struct words *out) {
    bool zh = is_zh(language);
    switch ((enum scope)shock->scope) {
    case SCOPE_EVERYTHING: words_add_text(out, zh ? "全部" : "everything"); break;
    case SCOPE_REGION: words_add_text(out, zh ? "本地区" : "the region"); break;
    case SCOPE_OUTSIDE: words_add_text(out, zh ? "区外" : "everything outside"); break;
    case SCOPE_ENTERPRISE:
        for (uint32_t i = 1; i < m->n.enterprise; i++) {
            const struct enterprise_row *row = &m->tables->enterprises[m->enterprises[i].table_row];
            if (strcmp(row->enterprise, shock->target) == 0)
                words_add_text(out, enterprise_say(m, i, language));
        }
        break;
    default: words_add_text(out, shock->target); break;
    }
}

static void shock_event_say(const struct explanation *e, const struct explain_event *event, enum language language,
                            struct words *out) {
    static const char *const english[] = {"of capacity", "of planned use made", "of planned use shipped", "of orders",
                                          ""};
    static const char *const chinese[] = {"产能", "计划用量（生产）", "计划用量（发货）", "订单", ""};
    const struct shock_row *shock = &e->m->tables->shocks[e->m->shocks[event->row.row - 1].table_row];
    bool zh = is_zh(language), made = e->m->shocks[event->row.row - 1].table_row == 0;
    path_row_say(e->m, event->row, language, out);
    if (!made) {
        words_add_text(out, zh ? "：" : ": ");
        target_say(e->m, shock, language, out);
    }
    if (!made && (shock->basis == BASIS_TRANSIT || (shock->scope == SCOPE_LANE && shock->extra_hours > 0)))
        words_add(out, zh ? "，运输延长%g小时" : ", %g h longer under way", shock->extra_hours);
    if (!made && shock->basis != BASIS_TRANSIT)
        words_add(out, zh ? "，为%g%%的%s" : ", %g %% %s", event->quantity * 100,
                  (zh ? chinese : english)[shock->basis]);
    words_add_text(out, zh ? "，至" : ", until ");
    path_date_say(e, event->last, out);
}

// ": too little X", "：缺X".
static void cause_say(const struct explanation *e, struct path_row cause, enum language language, struct words *out) {
    bool zh = is_zh(language);
    if (cause.kind == PATH_NONE) return;
    words_add_text(out, zh ? "，原因：" : ": ");
    switch (cause.kind) {
    case PATH_STOCK:
        words_add_text(out, zh ? "缺" : "too little ");
        product_say(e->m, e->m->stocks[cause.row].product, language, out);
        break;
    case PATH_LINK:
        path_row_say(e->m, cause, language, out);
        words_add_text(out, zh ? "供货落后" : " is behind with its deliveries");
        break;
    case PATH_LINE:
        path_row_say(e->m, cause, language, out);
        words_add_text(out, zh ? "产量落后" : " is behind");
        break;
    case PATH_ORDERS: words_add_text(out, zh ? "订单减少" : "less is ordered"); break;
    case PATH_BACKLOG: words_add_text(out, zh ? "需求超过能力" : "more is asked for than it can do"); break;
    default: path_row_say(e->m, cause, language, out); break;
    }
}

static void until_say(const struct explanation *e, const struct explain_event *event, enum language language,
                      struct words *out) {
    bool zh = is_zh(language);
    if (event->last > event->day) {
        words_add_text(out, zh ? "，至" : ", until ");
        path_date_say(e, event->last, out);
    }
    if (event->later == 0) return;
    words_add_text(out, zh ? "，以后又有" : ", and on ");
    count_say(event->later, out);
    words_add_text(out, zh ? "天" : event->later == 1 ? " later day" : " later days");
}

static void makes_less_say(const struct explanation *e, const struct explain_event *event, enum language language,
                           struct words *out) {
    const struct stock *stock = &e->m->stocks[event->row.row];
    bool zh = is_zh(language);
    words_add(out, zh ? "%s减少投产" : "%s starts fewer of ", enterprise_say(e->m, stock->enterprise, language));
    product_say(e->m, stock->product, language, out);
    cause_say(e, event->cause, language, out);
    words_add_text(out, zh ? "；最多落后" : "; at most ");
    count_say(event->quantity, out);
    words_add_text(out, zh ? "件" : " behind");
}

static void owes_say(const struct explanation *e, const struct explain_event *event, enum language language,
                     struct words *out) {
    const struct link *link = &e->m->links[event->row.row];
    const struct stock *buyer = &e->m->stocks[link->buyer];
    bool zh = is_zh(language);
    words_add(out, zh ? "%s欠%s" : "%s owes %s ", enterprise_say(e->m, link->supplier_enterprise, language),
              enterprise_say(e->m, buyer->enterprise, language));
    product_say(e->m, buyer->product, language, out);
    if (event->cause.kind != PATH_STOCK) cause_say(e, event->cause, language, out);
    words_add_text(out, zh ? "；最多少发" : "; at most ");
    count_say(event->quantity, out);
    words_add_text(out, zh ? "件" : " not shipped");
}

static void short_say(const struct explanation *e, const struct explain_event *event, enum language language,
                      struct words *out) {
    const struct model *m = e->m;
    const struct stock *stock = &m->stocks[event->row.row];
    const struct stock_path *path = &e->stocks[event->row.row];
    bool zh = is_zh(language);
    words_add(out, zh ? "%s缺" : "%s runs out of ", enterprise_say(m, stock->enterprise, language));
    product_say(m, stock->product, language, out);
    if (path->cover_milli >= 0)
        words_add(out, zh ? "（原有和在途可用%.1f天）" : " (what was there and under way covered %.1f days)",
                  path->cover_milli / 1000.0);
    cause_say(e, event->cause, language, out);
    words_add_text(out, zh ? "；共" : "; ");
    count_say(event->quantity, out);
    words_add_text(out, zh ? "小时" : " h in all");
}

static void demand_say(const struct explanation *e, const struct explain_event *event, enum language language,
                       struct words *out) {
    const struct stock *stock = &e->m->stocks[event->row.row];
    bool zh = is_zh(language);
    words_add(out, zh ? "%s不能满足" : "%s cannot serve the demand for ",
              enterprise_say(e->m, stock->enterprise, language));
    product_say(e->m, stock->product, language, out);
    words_add_text(out, zh ? "的需求；最多" : "; at most ");
    count_say(event->quantity, out);
    words_add_text(out, zh ? "件" : " more missed");
}

static void line_event_say(const struct explanation *e, const struct explain_event *event, enum language language,
                           struct words *out) {
    bool zh = is_zh(language), idle = event->kind == EXPLAIN_line_idle;
    path_row_say(e->m, event->row, language, out);
    words_add_text(out, idle ? zh ? "停产" : " stands still all day" : zh ? "减产" : " falls behind");
    cause_say(e, event->cause, language, out);
    words_add_text(out, zh ? "；共" : "; ");
    count_say(event->quantity, out);
    words_add_text(out, idle ? zh ? "天" : event->quantity == 1 ? " such day" : " such days"
                             : zh ? "小时未工作" : " h of work missed");
}

// The market of a channel, or the export markets.
static void channel_say(const struct model *m, uint32_t channel, enum language language, struct words *out) {
    for (uint32_t i = 1; i < m->n.market && channel != CHANNEL_EXPORT; i++) {
        const struct market_row *row = &m->tables->markets[m->markets[i].table_row];
        if (m->markets[i].channel != channel) continue;
        words_add_text(out, is_zh(language) && *row->name_zh ? row->name_zh : *row->name ? row->name : row->market);
        return;
    }
    words_add_text(out, is_zh(language) ? "国外市场" : "markets abroad");
}

static void buyers_say(const struct explanation *e, const struct explain_event *event, enum language language,
                       struct words *out) {
    bool zh = is_zh(language);
    words_add_text(out, zh ? "" : "buyers in ");
    channel_say(e->m, e->m->offers[event->row.row].channel, language, out);
    words_add_text(out, zh ? "的买主无车可买（首先" : " find no vehicle and leave (first of ");
    path_row_say(e->m, event->row, language, out);
    words_add_text(out, zh ? "）" : ")");
    cause_say(e, event->cause, language, out);
    words_add_text(out, zh ? "；共" : "; ");
    count_say(event->quantity, out);
    words_add_text(out, zh ? "位" : " in all");
}

static void work_say(const struct explanation *e, const struct explain_event *event, enum language language,
                     struct words *out) {
    bool zh = is_zh(language), line = event->row.kind == PATH_LINE;
    path_row_say(e->m, event->row, language, out);
    if (event->kind == EXPLAIN_overtime) words_add_text(out, zh ? "加班" : " works overtime");
    else words_add_text(out, zh ? "加开班次" : " works a further shift");
    if (event->quantity <= 0) {
        words_add_text(out, zh ? "，但未能多投产" : " without starting more");
        return;
    }
    words_add_text(out, zh ? "；多" : "; ");
    count_say(event->quantity, out);
    words_add_text(out, line ? zh ? "小时" : " h longer open" : zh ? "件投产" : " units more started");
}

static void total_say(const struct explain_event *event, enum language language, struct words *out) {
    bool zh = is_zh(language);
    switch (event->kind) {
    case EXPLAIN_widest: words_add_text(out, zh ? "差距最大，少" : "the gap is widest: "); break;
    case EXPLAIN_rebuilt:
        words_add_text(out, zh ? "95%已补上或不再需要，已补"
                               : "95 % of it is made up for or no longer wanted; made up for ");
        break;
    case EXPLAIN_backlog_gone:
        words_add_text(out, zh ? "积压订单清完，最多" : "no more orders wait than without it; at most it was ");
        break;
    default:
        words_add_text(out, zh ? "一切如同未受冲击，共" : "settled: everything is as it would have been, after ");
        break;
    }
    count_say(event->quantity, out);
    if (event->kind == EXPLAIN_settled) words_add_text(out, zh ? "天" : " days");
    else words_add_text(out, zh ? "辆" : " vehicles");
}

static void lane_say(const struct explanation *e, const struct explain_event *event, enum language language,
                     struct words *out) {
    bool zh = is_zh(language);
    words_add_text(out, zh ? "车辆积压在" : "vehicles wait for ");
    path_row_say(e->m, event->row, language, out);
    cause_say(e, event->cause, language, out);
    words_add_text(out, zh ? "；最多" : "; at most ");
    count_say(event->quantity, out);
    words_add_text(out, zh ? "辆" : " more");
}

void explain_event_say(const struct explanation *e, const struct explain_event *event, enum language language,
                       struct words *out) {
    switch (event->kind) {
    case EXPLAIN_shock: shock_event_say(e, event, language, out); break;
    case EXPLAIN_makes_less: makes_less_say(e, event, language, out); break;
    case EXPLAIN_owes: owes_say(e, event, language, out); break;
    case EXPLAIN_short: short_say(e, event, language, out); break;
    case EXPLAIN_demand_missed: demand_say(e, event, language, out); break;
    case EXPLAIN_line_slow:
    case EXPLAIN_line_idle: line_event_say(e, event, language, out); break;
    case EXPLAIN_buyers_leave: buyers_say(e, event, language, out); break;
    case EXPLAIN_lane_waits: lane_say(e, event, language, out); break;
    case EXPLAIN_overtime:
    case EXPLAIN_further_shift: work_say(e, event, language, out); break;
    default: total_say(event, language, out); break;
    }
    if (event->kind != EXPLAIN_shock) until_say(e, event, language, out);
    words_add_text(out, is_zh(language) ? "。" : ".");
}

// ---- the chain in one line ----------------------------------------------------------------------------------------

void explain_step_say(const struct model *m, struct path_row row, enum language language, struct words *out) {
    bool zh = is_zh(language);
    switch (row.kind) {
    case PATH_LINK:
        words_add_text(out, enterprise_say(m, m->links[row.row].supplier_enterprise, language));
        break;
    case PATH_ORDERS: words_add_text(out, zh ? "订单减少" : "fewer orders"); break;
    case PATH_BACKLOG: words_add_text(out, zh ? "需求超过能力" : "more asked for than it can do"); break;
    case PATH_STOCK: product_say(m, m->stocks[row.row].product, language, out); break;
    default: path_row_say(m, row, language, out); break;
    }
}

void explain_cause_say(const struct model *m, const struct explain_cause *c, enum language language,
                       struct words *out) {
    bool zh = is_zh(language);
    if (c->steps == 0) {
        words_add_text(out, zh ? "无影响" : "nothing fell short");
        return;
    }
    for (uint32_t i = c->steps; i > 0; i--) {
        bool told = i > 1 && c->chain[i - 2].kind == PATH_LINK && c->chain[i - 1].kind == PATH_STOCK;
        if (told) continue;            // the supplier's name says it
        explain_step_say(m, c->chain[i - 1], language, out);
        if (i > 1) words_add_text(out, " > ");
    }
    words_add(out, zh ? "（第%d天起" : " (from day %d", c->first_day);
    if (c->cover_milli >= 0) words_add(out, zh ? "，可用%.1f天" : ", cover %.1f days", c->cover_milli / 1000.0);
    if (c->lost_ms > 0) words_add(out, zh ? "，少工作%.0f小时" : ", %.0f h missed", (double)c->lost_ms / 3600000);
    words_add_text(out, zh ? "）" : ")");
}
