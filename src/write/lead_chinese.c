// The sentences of the Chinese release. A sentence without its figure is not said.
#include <stdio.h>

#include "write/bulletin.h"

static const char *region_of(const struct bulletin *b) {
    const struct settings *set = &b->tables->settings;
    return set->region_zh && *set->region_zh ? set->region_zh : set->region;
}

// "2023年", or the days.
static void period_say(const struct bulletin *b) {
    words_add(b->out, b->period.kind == PERIOD_YEAR ? "%s年" : "%s", b->period.name);
}

static void growth_say(const struct bulletin *b, enum indicator_id id) {
    char growth[QUANTITY_ROOM];
    bool fell;
    if (bulletin_growth(b, id, growth, &fell)) words_add(b->out, "，同比%s%s", fell ? "下降" : "增长", growth);
}

static void reported_say(const struct bulletin *b, enum indicator_id id) {
    const struct figure *f = bulletin_figure(b, id, b->period);
    if (!f || f->reported != f->reported) return;
    char value[QUANTITY_ROOM];
    quantity_in_words(f->reported, indicator_of(id)->unit, LANGUAGE_ZH, value);
    words_add(b->out, "（公布数：%s%s）", f->at_least ? "超过" : "", value);
}

static void title_say(const struct bulletin *b) {
    char value[QUANTITY_ROOM];
    const struct figure *nev = bulletin_figure(b, INDICATOR_nev_output, b->period);
    words_add_text(b->out, b->style.color ? "\033[1m" : "");
    period_say(b);
    words_add_text(b->out, region_of(b));
    if (bulletin_value(b, INDICATOR_vehicle_output, value)) words_add(b->out, "汽车产量%s", value);
    else if (bulletin_value(b, INDICATOR_turnover, value)) words_add(b->out, "企业营业收入%s", value);
    else if (bulletin_value(b, INDICATOR_charging_energy, value)) words_add(b->out, "充电量%s", value);
    if (nev && nev->simulated > 0 && bulletin_value(b, INDICATOR_nev_output, value))
        words_add(b->out, "，其中新能源汽车%s", value);
    words_add(b->out, "（模拟结果）%s\n\n", b->style.color ? "\033[0m" : "");
}

static void output_say(const struct bulletin *b) {
    char value[QUANTITY_ROOM];
    if (!bulletin_value(b, INDICATOR_vehicle_output, value)) return;
    period_say(b);
    words_add(b->out, "，%s生产汽车%s", region_of(b), value);
    reported_say(b, INDICATOR_vehicle_output);
    growth_say(b, INDICATOR_vehicle_output);
    const struct figure *nev = bulletin_figure(b, INDICATOR_nev_output, b->period);
    bool some = nev && nev->simulated > 0;
    if (some && bulletin_value(b, INDICATOR_nev_output, value)) {
        words_add(b->out, "；其中新能源汽车%s", value);
        reported_say(b, INDICATOR_nev_output);
        growth_say(b, INDICATOR_nev_output);
    }
    if (some && bulletin_value(b, INDICATOR_nev_share, value)) words_add(b->out, "，占汽车产量的%s", value);
    words_add_text(b->out, "。");
    for (uint32_t i = 0; i < b->figures->count; i++) {
        const struct figure *f = &b->figures->rows[i];
        if (f->indicator != INDICATOR_nev_output_cagr || f->simulated != f->simulated) continue;
        quantity_in_words(f->simulated, "share", LANGUAGE_ZH, value);
        words_add(b->out, "%s年新能源汽车产量年均增长%s。", f->period.name, value);
    }
    const struct figure *smart = bulletin_figure(b, INDICATOR_smart_share, b->period);
    if (smart && smart->simulated > 0 && bulletin_value(b, INDICATOR_smart_share, value))
        words_add(b->out, "L%d级及以上辅助驾驶车型占%s。", (int)b->tables->settings.smart_level, value);
    words_add_text(b->out, "\n\n");
}

static void exports_say(const struct bulletin *b) {
    char value[QUANTITY_ROOM];
    const struct figure *f = bulletin_figure(b, INDICATOR_export_units, b->period);
    if (!f || f->simulated <= 0 || !bulletin_value(b, INDICATOR_export_units, value)) return;
    words_add(b->out, "出口汽车%s", value);
    reported_say(b, INDICATOR_export_units);
    growth_say(b, INDICATOR_export_units);
    if (bulletin_value(b, INDICATOR_export_value, value)) {
        words_add(b->out, "；出口额%s", value);
        reported_say(b, INDICATOR_export_value);
        growth_say(b, INDICATOR_export_value);
    }
    if (bulletin_value(b, INDICATOR_export_markets, value)) words_add(b->out, "，销往%s国家和地区", value);
    words_add_text(b->out, "。\n\n");
}

static void industry_say(const struct bulletin *b) {
    char value[QUANTITY_ROOM], other[QUANTITY_ROOM];
    bool said = false;
    if (bulletin_value(b, INDICATOR_vehicle_capacity, value)) {
        said = true;
        words_add(b->out, "满负荷运转时，整车生产线年产能%s", value);
        if (bulletin_value(b, INDICATOR_vehicle_capacity_chain, other))
            words_add(b->out, "，计入全产业链为%s", other);
        if (bulletin_value(b, INDICATOR_capacity_use, other)) words_add(b->out, "，产能利用率%s", other);
        words_add_text(b->out, "。");
    }
    if (bulletin_value(b, INDICATOR_enterprises_above_threshold, value)) {
        said = true;
        quantity_in_words((double)b->tables->settings.turnover_threshold / 100, "yuan", LANGUAGE_ZH, other);
        words_add(b->out, "营业收入%s以上的企业%s", other, value);
        reported_say(b, INDICATOR_enterprises_above_threshold);
        if (bulletin_value(b, INDICATOR_enterprises, value)) words_add(b->out, "，有产出的企业共%s", value);
        if (bulletin_value(b, INDICATOR_turnover, value)) words_add(b->out, "，合计营业收入%s", value);
        words_add_text(b->out, "。");
    }
    if (bulletin_value(b, INDICATOR_local_content, value)) {
        said = true;
        words_add(b->out, "按价值计，整车厂零部件本地配套率%s。", value);
    }
    if (said) words_add_text(b->out, "\n\n");
}

static void shocks_say(const struct bulletin *b) {
    char value[QUANTITY_ROOM];
    const struct figure *f = bulletin_figure(b, INDICATOR_output_lost, b->period);
    if (!f || b->study->model.shock_count == 0) return;
    quantity_in_words(f->simulated < 0 ? -f->simulated : f->simulated, "vehicle", LANGUAGE_ZH, value);
    words_add(b->out, f->simulated < 0 ? "此前冲击造成的损失补回%s" : "各类冲击造成产量损失%s", value);
    if (bulletin_value(b, INDICATOR_output_delayed, value)) words_add(b->out, "，另有%s延后生产并在期内补回", value);
    const struct figure *missed = bulletin_figure(b, INDICATOR_sales_lost, b->period);
    if (missed && missed->simulated > 0 && bulletin_value(b, INDICATOR_sales_lost, value))
        words_add(b->out, "，销售损失%s", value);
    words_add_text(b->out, "。\n\n");
}

static void piles_say(const struct bulletin *b) {
    char value[QUANTITY_ROOM];
    const struct figure *local = bulletin_figure(b, INDICATOR_local_nev_sales, b->period);
    bool sold = local && local->simulated > 0 && bulletin_value(b, INDICATOR_local_nev_sales, value);
    if (sold) words_add(b->out, "本地产新能源汽车在本地销售%s。", value);
    bool stand = bulletin_value(b, INDICATOR_piles, value);
    if (stand) {
        words_add(b->out, "%s年末充电桩%s", b->period.name, value);
        reported_say(b, INDICATOR_piles);
        if (bulletin_value(b, INDICATOR_piles_added, value)) words_add(b->out, "，当年新增%s", value);
        words_add_text(b->out, b->study->model.charging.there ? "。" : "（取自数据表，本情景不含充电）。");
    }
    if (sold || stand) words_add_text(b->out, "\n\n");
}

static void charging_say(const struct bulletin *b) {
    char value[QUANTITY_ROOM];
    if (!bulletin_value(b, INDICATOR_charging_energy, value)) return;
    words_add(b->out, b->period.kind == PERIOD_YEAR ? "全年充电量%s" : "充电量%s", value);
    if (bulletin_value(b, INDICATOR_sessions, value)) words_add(b->out, "，充电%s", value);
    if (bulletin_value(b, INDICATOR_fleet, value)) words_add(b->out, "，期末新能源汽车保有量%s", value);
    if (bulletin_value(b, INDICATOR_energy_per_nev_day, value)) words_add(b->out, "，车均日充电%s", value);
    reported_say(b, INDICATOR_energy_per_nev_day);
    if (bulletin_value(b, INDICATOR_public_share, value)) words_add(b->out, "，公共充电占%s", value);
    words_add_text(b->out, "。");
    if (bulletin_value(b, INDICATOR_wait_mean, value)) words_add(b->out, "到站平均等候%s", value);
    if (bulletin_value(b, INDICATOR_wait_p95, value)) words_add(b->out, "，95%%在%s以内", value);
    if (bulletin_value(b, INDICATOR_gave_up_share, value)) words_add(b->out, "，放弃充电占%s。", value);
    if (bulletin_value(b, INDICATOR_peak_load, value)) words_add(b->out, "最大充电负荷%s。", value);
    words_add_text(b->out, "\n\n");
}

void lead_chinese(const struct bulletin *b) {
    title_say(b);
    output_say(b);
    exports_say(b);
    industry_say(b);
    shocks_say(b);
    piles_say(b);
    charging_say(b);
}
