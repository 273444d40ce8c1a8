// Recorded sessions in the bulletin: what they were, and how many cars were plugged in by hour of the day.
#include <inttypes.h>

#include "write/bulletin.h"
#include "write/town_hours.h"

enum { REPLAY_NAME = 37, REPLAY_VALUE = 15 };

static const char *say(const struct bulletin *b, const char *english, const char *chinese) {
    return bulletin_say(b, english, chinese);
}

static void value_row(const struct bulletin *b, const char *label, double value, int decimals) {
    words_add_text(b->out, "  ");
    words_add_left(b->out, label, REPLAY_NAME - 2);
    bulletin_cell(b, value, (struct scale){1, decimals, "", NULL, false}, REPLAY_VALUE);
    words_add_text(b->out, "\n");
}

static void hours_say(const struct bulletin *b, const struct replay *r) {
    bulletin_heading(b, "By hour of the day: cars plugged in, and load", "分时：在充车辆与负荷");
    words_add_left(b->out, "", 10);
    words_add_right(b->out, say(b, "Monday to Friday", "周一至周五"), 2 * REPLAY_VALUE);
    words_add_right(b->out, say(b, "Saturday, Sunday", "周六、周日"), 2 * REPLAY_VALUE);
    words_add_text(b->out, "\n");
    words_add_left(b->out, say(b, "  hour", "  小时"), 10);
    for (int kind = 0; kind < 2; kind++) {
        words_add_right(b->out, say(b, "cars", "车辆"), REPLAY_VALUE);
        words_add_right(b->out, say(b, "kW", "千瓦"), REPLAY_VALUE);
    }
    words_add_text(b->out, "\n");
    for (int hour = 0; hour < 24; hour++) {
        words_add(b->out, "  %2d      ", hour);
        for (int kind = 0; kind < 2; kind++) {
            bulletin_cell(b, r->hours[kind][hour].plugged, (struct scale){1, 3, "", NULL, false}, REPLAY_VALUE);
            bulletin_cell(b, r->hours[kind][hour].load_kw, (struct scale){1, 3, "", NULL, false}, REPLAY_VALUE);
        }
        words_add_text(b->out, "\n");
    }
    words_add_text(b->out, say(b, "means over the days that count; cars without those of sessions without an end\n\n",
                               "为计入日的均值；未记录结束时间的充电不计入车辆数\n\n"));
}

void replay_lead(const struct bulletin *b) {
    struct replay r = replay_of(b->study);
    char sessions[QUANTITY_ROOM], energy[QUANTITY_ROOM], from[11], until[11];
    const struct settings *set = &b->tables->settings;
    bool zh = b->style.language == LANGUAGE_ZH;
    date_format(b->study->model.from, from);
    date_format(b->study->model.until, until);
    quantity_format((double)r.sessions, (struct scale){1, 0, "", NULL, false}, sessions);
    quantity_format((double)r.uwh / 1e9, (struct scale){1, 2, "", NULL, false}, energy);
    words_add_text(b->out, b->style.color ? "\033[1m" : "");
    if (zh)
        words_add(b->out, "%s至%s，%s记录的%s次充电共%s千瓦时（重放结果）", from, until,
                  *set->region_zh ? set->region_zh : set->region, sessions, energy);
    else
        words_add(b->out, "%s recorded sessions delivered %s kWh in %s from %s to %s, a replay says", sessions, energy,
                  set->region, from, until);
    words_add(b->out, "%s\n\n", b->style.color ? "\033[0m" : "");
}

void bulletin_replay(const struct bulletin *b) {
    struct replay r = replay_of(b->study);
    bulletin_heading(b, "Recorded sessions, replayed as they were", "按记录重放的充电");
    value_row(b, say(b, "sessions", "充电次数"), (double)r.sessions, 0);
    value_row(b, say(b, "energy (kWh)", "充电量（千瓦时）"), (double)r.uwh / 1e9, 2);
    value_row(b, say(b, "sessions without an end", "未记录结束时间"), (double)r.without_end, 0);
    if (r.outside) value_row(b, say(b, "sessions outside the days of the run", "不在运行日期内"), (double)r.outside, 0);
    value_row(b, say(b, "peak load (kW, highest hour)", "最大负荷（千瓦，小时）"), r.peak_kw, 2);
    words_add_text(b->out, "\n");
    hours_say(b, &r);
}
