// Names of the rows of an explanation, for tables and for people.
#include <string.h>

#include "write/explain_text.h"

static const char *chosen(const char *english, const char *chinese, enum language language) {
    return language == LANGUAGE_ZH && chinese && *chinese ? chinese : english;
}

const char *path_kind_name(enum path_kind kind) {
    static const char *const names[PATH_KINDS] = {
        [PATH_NONE] = "",          [PATH_SHOCK] = "shock", [PATH_MAKER] = "maker",
        [PATH_STOCK] = "stock",    [PATH_LINK] = "link",   [PATH_LINE] = "line",
        [PATH_OFFER] = "offer",    [PATH_LANE] = "lane",   [PATH_ORDERS] = "fewer_orders",
        [PATH_BACKLOG] = "backlog"};
    return names[kind];
}

static const char *channel_name(uint32_t channel) {
    static const char *const names[CHANNEL_COUNT] = {"local", "domestic", "export"};
    return names[channel];
}

static void stock_id(const struct model *m, uint32_t row, struct words *out) {
    const struct stock *stock = &m->stocks[row];
    words_add(out, "%s/%s", enterprise_name(m, stock->enterprise), m->products[stock->product].id);
}

static void maker_id(const struct model *m, uint32_t row, struct words *out) {
    const struct tables *t = m->tables;
    const struct maker_row *of = &t->makers[m->makers[row].table_row];
    words_add(out, "%s/%s", t->enterprises[of->enterprise].enterprise, t->products[of->product].product);
}

// 0: a study has made the shock, it stands in no table.
static uint32_t shock_table_row(const struct model *m, struct path_row row) {
    return m->shocks[row.row - 1].table_row;
}

void path_row_id(const struct model *m, struct path_row row, struct words *out) {
    const struct tables *t = m->tables;
    switch (row.kind) {
    case PATH_SHOCK:
        words_add_text(out, shock_table_row(m, row) ? t->shocks[shock_table_row(m, row)].shock : "outage");
        break;
    case PATH_MAKER: maker_id(m, row.row, out); break;
    case PATH_STOCK: stock_id(m, row.row, out); break;
    case PATH_LINK:
        words_add(out, "%s -> ", enterprise_name(m, m->links[row.row].supplier_enterprise));
        stock_id(m, m->links[row.row].buyer, out);
        break;
    case PATH_LINE: words_add_text(out, t->lines[m->lines[row.row].table_row].line); break;
    case PATH_OFFER:
        words_add(out, "%s/%s", t->variants[m->variants[m->offers[row.row].variant].table_row].variant,
                  channel_name(m->offers[row.row].channel));
        break;
    case PATH_LANE: words_add_text(out, t->lanes[m->lanes[row.row].table_row].lane); break;
    default: break;
    }
}

enum { NAME_MOST = 40 };               // columns; a longer name is told by its id

const char *enterprise_say(const struct model *m, uint32_t enterprise, enum language language) {
    const struct enterprise_row *row = &m->tables->enterprises[m->enterprises[enterprise].table_row];
    const char *name = chosen(row->name, row->name_zh, language);
    return *name && text_columns(name) <= NAME_MOST ? name : row->enterprise;
}

void product_say(const struct model *m, uint32_t product, enum language language, struct words *out) {
    const struct tables *t = m->tables;
    const struct product *p = &m->products[product];
    if (p->variant) {
        const struct variant_row *row = &t->variants[m->variants[p->variant].table_row];
        words_add_text(out, *row->name ? row->name : row->variant);
        return;
    }
    const struct product_row *family = &t->products[p->family];
    const char *name = chosen(*family->name ? family->name : family->product, family->name_zh, language);
    const char *platform = p->platform ? t->platforms[p->platform].platform : NULL;
    words_add_text(out, name);
    if (platform) words_add(out, language == LANGUAGE_ZH ? "（%s）" : " (%s)", platform);
}

// A step without a name that stops one enterprise.
static bool is_outage(const struct shock_row *shock) {
    return !*shock->name && shock->scope == SCOPE_ENTERPRISE && shock->basis == BASIS_CAPACITY && shock->factor <= 0;
}

static const char *outage_say(const struct model *m, const struct shock_row *shock, enum language language) {
    for (uint32_t i = 1; i < m->n.enterprise; i++)
        if (strcmp(enterprise_name(m, i), shock->target) == 0) return enterprise_say(m, i, language);
    return shock->target;
}

void path_row_say(const struct model *m, struct path_row row, enum language language, struct words *out) {
    const struct tables *t = m->tables;
    bool zh = language == LANGUAGE_ZH;
    switch (row.kind) {
    case PATH_SHOCK: {
        const struct shock_row *shock = &t->shocks[shock_table_row(m, row)];
        if (!shock_table_row(m, row)) words_add_text(out, zh ? "停工" : "outage");
        else if (is_outage(shock)) words_add(out, zh ? "%s停工" : "outage of %s", outage_say(m, shock, language));
        else words_add_text(out, *shock->name ? shock->name : shock->shock);
        break;
    }
    case PATH_MAKER: words_add_text(out, enterprise_say(m, m->makers[row.row].enterprise, language)); break;
    case PATH_STOCK:
        product_say(m, m->stocks[row.row].product, language, out);
        words_add(out, zh ? "（%s）" : " at %s", enterprise_say(m, m->stocks[row.row].enterprise, language));
        break;
    case PATH_LINK: words_add_text(out, enterprise_say(m, m->links[row.row].supplier_enterprise, language)); break;
    case PATH_LINE: words_add(out, zh ? "生产线%s" : "line %s", t->lines[m->lines[row.row].table_row].line); break;
    case PATH_OFFER: product_say(m, m->variants[m->offers[row.row].variant].product, language, out); break;
    case PATH_LANE: words_add(out, zh ? "通道%s" : "lane %s", t->lanes[m->lanes[row.row].table_row].lane); break;
    default: break;
    }
}
