#include "write/precision_text.h"

#include "write/charging_json.h"

void precision_write(const struct precision *p, uint32_t runs, const char *widest, struct words *out) {
    if (!(p->wanted > 0)) return;
    if (isnan(p->reached)) {
        words_add(out, "%u replications, the most allowed: there was no level to judge a half-width by.\n", runs);
    } else if (p->met) {
        words_add(out, "Half-width wanted ±%.3g %%: reached after %u replications; widest: %s, ±%.3g %%.\n",
                  100 * p->wanted, runs, widest, 100 * p->reached);
    } else {
        words_add(out,
                  "Half-width wanted ±%.3g %%: NOT reached; stopped at %u replications (--replications-most).\n"
                  "Widest: %s, ±%.3g %%.\n",
                  100 * p->wanted, runs, widest, 100 * p->reached);
    }
}

void precision_write_chinese(const struct precision *p, uint32_t runs, const char *widest, struct words *out) {
    if (!(p->wanted > 0)) return;
    if (isnan(p->reached))
        words_add(out, "重复%u次（上限）：没有可判断半宽的指标。\n", runs);
    else
        words_add(out, p->met ? "要求半宽±%.3g%%：重复%u次后达到；最宽：%s，±%.3g%%。\n"
                              : "要求半宽±%.3g%%：未达到，重复%u次后停止（--replications-most）；最宽：%s，±%.3g%%。\n",
                  100 * p->wanted, runs, widest, 100 * p->reached);
}

json_t *precision_json(struct json_made *made, const struct precision *p, const char *widest) {
    json_t *o = json_object();
    json_put(made, o, "wanted", json_number(p->wanted));
    json_put(made, o, "reached", json_number(p->reached));
    json_put(made, o, "met", json_boolean(p->met));
    json_put(made, o, "widest", json_words(isnan(p->reached) ? NULL : widest));
    return o;
}
