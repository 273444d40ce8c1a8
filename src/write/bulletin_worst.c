// Where and when charging is worst: ten districts by who gave up, then by the wait; ten hours of the week by all that
// is waited in them, then by the load.
#include <stdio.h>
#include <stdlib.h>

#include "write/bulletin.h"
#include "write/town_hours.h"

enum { WORST = 10, PLACE_NAME = 30, PLACE_VALUE = 13 };

static const char *say(const struct bulletin *b, const char *english, const char *chinese) {
    return bulletin_say(b, english, chinese);
}

// --- districts

static double mean_of(const struct town_figure *f, enum town_measure measure) {
    double mean = f->is[measure].mean;
    return mean == mean ? mean : -1;   // nobody came: behind all others
}

static int district_order(const void *a, const void *b) {
    const struct town_figure *x = *(const struct town_figure *const *)a, *y = *(const struct town_figure *const *)b;
    double gave_up = mean_of(y, TOWN_gave_up_share) - mean_of(x, TOWN_gave_up_share);
    double wait = mean_of(y, TOWN_wait_mean) - mean_of(x, TOWN_wait_mean);
    if (gave_up != 0) return gave_up > 0 ? 1 : -1;
    if (wait != 0) return wait > 0 ? 1 : -1;
    return x->scope.district < y->scope.district ? -1 : 1;
}

uint32_t worst_districts(const struct study *s, const struct town_figure **out) {
    const struct town_figures *town = &s->town;
    uint32_t count = 0;
    for (uint32_t i = town->classes; i < town->count; i++)
        if (mean_of(&town->rows[i], TOWN_requests) > 0) out[count++] = &town->rows[i];
    qsort(out, count, sizeof(struct town_figure *), district_order);
    return count;
}

struct place_column {
    enum town_measure measure;
    const char *english, *chinese;
};
static const struct place_column place_columns[] = {
    {TOWN_gave_up_share, "gave up", "放弃"}, {TOWN_wait_mean, "wait", "等候"},
    {TOWN_requests, "requests", "请求"},     {TOWN_fleet, "NEVs", "车辆"},
    {TOWN_nevs_per_public_pile, "per pile", "每公共桩"}, {TOWN_peak_load, "peak load", "最大负荷"},
};
enum { PLACE_COLUMNS = sizeof place_columns / sizeof *place_columns };

static void place_heading(const struct bulletin *b, struct scale scales[PLACE_COLUMNS],
                          const struct town_figure **rows, uint32_t count) {
    words_add_left(b->out, "", PLACE_NAME);
    for (int k = 0; k < PLACE_COLUMNS; k++) {
        enum town_measure measure = place_columns[k].measure;
        double most = 0;
        for (uint32_t i = 0; i < count; i++) most = mean_of(rows[i], measure) > most ? mean_of(rows[i], measure) : most;
        scales[k] = scale_of(town_measure_of(measure)->unit, most, b->style.language);
        words_add_right(b->out, say(b, place_columns[k].english, place_columns[k].chinese), PLACE_VALUE);
    }
    words_add_text(b->out, "\n");
    words_add_left(b->out, "", PLACE_NAME);
    for (int k = 0; k < PLACE_COLUMNS; k++) words_add_right(b->out, scales[k].unit, PLACE_VALUE);
    words_add_text(b->out, "\n");
}

static const char *district_name(const struct bulletin *b, uint32_t district) {
    const struct district_row *row = town_district(&b->study->model, district);
    const char *name = say(b, row->name, row->name_zh);
    return *name ? name : row->district;
}

static void districts_say(const struct bulletin *b) {
    const struct town_figures *town = &b->study->town;
    const struct town_figure **rows = calloc(town->count + 1, sizeof *rows);
    if (!rows) {
        b->out->refused = true;
        return;
    }
    uint32_t count = worst_districts(b->study, rows);
    if (count > 1) {
        struct scale scales[PLACE_COLUMNS];
        bulletin_heading(b, count > WORST ? "The ten districts where charging is worst" : "Districts, the worst first",
                         count > WORST ? "充电最难的十个区县" : "各区县，最难者在前");
        place_heading(b, scales, rows, count > WORST ? WORST : count);
        for (uint32_t i = 0; i < count && i < WORST; i++) {
            words_add_text(b->out, "  ");
            words_add_left(b->out, district_name(b, (uint32_t)rows[i]->scope.district), PLACE_NAME - 2);
            for (int k = 0; k < PLACE_COLUMNS; k++)
                bulletin_cell(b, rows[i]->is[place_columns[k].measure].mean, scales[k], PLACE_VALUE);
            words_add_text(b->out, "\n");
        }
        words_add_text(b->out, "\n");
    }
    free(rows);
}

// --- hours of the week

static int hour_order(const void *one, const void *other) {
    const struct town_hour *x = one, *y = other;
    double a = x->wait_minutes * x->requests, b = y->wait_minutes * y->requests;
    if (a != b) return a < b ? 1 : -1;
    if (x->load_kw != y->load_kw) return x->load_kw < y->load_kw ? 1 : -1;
    return x->hour - y->hour;
}

void worst_hours(const struct study *s, struct town_hour out[WEEK_HOURS]) {
    town_hours(s, out);
    qsort(out, WEEK_HOURS, sizeof *out, hour_order);
}

static void hour_row(const struct bulletin *b, const struct town_hour *h, struct scale load) {
    static const char *const english[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    static const char *const chinese[] = {"周一", "周二", "周三", "周四", "周五", "周六", "周日"};
    char label[60];
    int day = h->hour / 24, hour = h->hour % 24;
    snprintf(label, sizeof label, say(b, "  %s, %d to %d h", "  %s %d-%d时"), say(b, english[day], chinese[day]), hour,
             hour + 1);
    words_add_left(b->out, label, PLACE_NAME);
    bulletin_cell(b, h->wait_minutes * h->requests / 60, (struct scale){1, 1, "", NULL, false}, PLACE_VALUE);
    bulletin_cell(b, h->wait_minutes, scale_of("minute", 0, b->style.language), PLACE_VALUE);
    bulletin_cell(b, h->left_share, scale_of("share", 0, b->style.language), PLACE_VALUE);
    bulletin_cell(b, h->requests, (struct scale){1, 0, "", NULL, false}, PLACE_VALUE);
    bulletin_cell(b, h->load_kw, load, PLACE_VALUE + 2);
    words_add_text(b->out, "\n");
}

static void hours_say(const struct bulletin *b) {
    struct town_hour hours[WEEK_HOURS];
    worst_hours(b->study, hours);
    if (!(hours[0].requests > 0)) return;
    struct scale load = scale_of("kW", hours[0].load_kw, b->style.language);
    char label[60];
    bulletin_heading(b, "The ten hours of the week when charging is worst (first replication, all days that count)",
                     "一周中充电最难的十个小时（第一次重复，全部计入日）");
    words_add_left(b->out, "", PLACE_NAME);
    words_add_right(b->out, say(b, "waited, h", "共等候，时"), PLACE_VALUE);
    words_add_right(b->out, say(b, "wait, min", "等候，分"), PLACE_VALUE);
    words_add_right(b->out, say(b, "left a site", "离开站点"), PLACE_VALUE);
    words_add_right(b->out, say(b, "came", "到站"), PLACE_VALUE);
    snprintf(label, sizeof label, say(b, "load, %s", "负荷，%s"), load.unit);
    words_add_right(b->out, label, PLACE_VALUE + 2);
    words_add_text(b->out, "\n");
    for (int i = 0; i < WORST; i++) hour_row(b, &hours[i], load);
    words_add_text(b->out, say(b, "waited: by all who came in such an hour together; left: without a charge, failed "
                                  "starts included;\nload: mean of home and public\n\n",
                               "共等候：该小时到站者合计；离开站点：未充电离开，含启动失败；"
                               "负荷为居住地与公共之和的均值\n\n"));
}

void bulletin_worst(const struct bulletin *b) {
    if (!b->study->town.count || !b->study->fleet.week) return;
    districts_say(b);
    hours_say(b);
}
