#include "laws/benches.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void file_write(const char *folder, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// Writes the text, every line of it with the common columns behind.
static void file_write(const char *folder, const char *name, const char *format, ...) {
    char path[120], text[4000];
    va_list words;
    va_start(words, format);
    int length = vsnprintf(text, sizeof text, format, words);
    va_end(words);
    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    FILE *file = fopen(path, "w");
    if (!file || length >= (int)sizeof text) abort();
    const char *behind = ",source,confidence";
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        fprintf(file, "%s%s\n", line, behind);
        behind = ",law,synthetic";
    }
    if (fclose(file) != 0) abort();
}

static bool bench_folder(char folder[64]) {
    const char *place = getenv("TMPDIR");
    snprintf(folder, 64, "%.30s/autopolis-law-XXXXXX", place ? place : "/tmp");
    return mkdtemp(folder);
}

static bool folder_load(const char *folder, struct loaded *out) {
    bool good = loaded_read(folder, NULL, out);
    world_remove(folder);
    return good;
}

bool bench_line_load(const struct bench_line *l, struct loaded *out) {
    char folder[64], shops[2000] = "";
    int scale = l->scale ? l->scale : 1;
    if (!bench_folder(folder)) return false;
    for (int i = 0; i < l->shops; i++) {
        bool fails = strcmp(l->failures, "none") && l->up[i] > 0;
        char next[16] = "";
        if (i + 1 < l->shops) snprintf(next, sizeof next, "S%d", i + 1);
        size_t at = strlen(shops);
        snprintf(shops + at, sizeof shops - at, "L,S%d,%s,%d,%s,%d,%d,%s,%s,%s,%.17g,%.17g\n", i, next,
                 l->cycle[i] * scale, l->law, !strcmp(l->law, "erlang") ? 3 : 1, l->buffer[i],
                 l->blocking ? l->blocking : "after", fails ? l->failures : "none",
                 l->failure_law ? l->failure_law : "exponential", fails ? l->up[i] * scale : 0,
                 fails ? l->down[i] * scale : 0);
    }
    file_write(folder, "shops", "line,shop,next,cycle_seconds,cycle_law,shape,buffer,blocking,failures,failure_law,"
               "up_hours,down_hours\n%s", shops);
    day_number first = 5000 * scale;
    char from[11], until[11];
    date_format(first + scale, from);
    date_format(first + (l->days + 1) * scale - 1, until);
    file_write(folder, "settings", "setting,value\nfrom,%s\nuntil,%s\nwarm_up_days,%d\nsaturate,lines\n"
               "tick_seconds,%d\n", from, until, scale, 3600 * scale);
    file_write(folder, "districts", "district\nHere\n");
    file_write(folder, "enterprises", "enterprise,district,kind\nPLANT,Here,plant\n");
    file_write(folder, "lines", "line,enterprise\nL,PLANT\n");
    file_write(folder, "platforms", "platform,bill\nP,NOTHING\n");
    file_write(folder, "variants", "variant,platform\nV,P\n");
    file_write(folder, "builds", "line,platform\nL,P\n");
    return folder_load(folder, out);
}

bool bench_chain_load(const struct bench_chain *c, struct loaded *out) {
    char folder[64], enterprises[400] = "", stocks[800] = "", links[800] = "";
    int scale = c->scale ? c->scale : 1, hour = scale;
    if (!bench_folder(folder)) return false;
    for (int i = 0; i < c->stages; i++) {
        char supplier[16] = "MAKER";
        if (i + 1 < c->stages) snprintf(supplier, sizeof supplier, "STAGE%d", i + 1);
        snprintf(enterprises + strlen(enterprises), 40, "STAGE%d,Here,supplier\n", i);
        snprintf(stocks + strlen(stocks), 80, "STAGE%d,X,order_up_to,%d,%d\n", i, c->level[i], hour);
        const char *per = c->spread_per ? c->spread_per : "day";
        snprintf(links + strlen(links), 120, "STAGE%d,X,%s,%d,%d,%s,%s\n", i, supplier, c->transit[i] * hour,
                 c->spread_per ? 4 * hour : 0, i % 2 ? "uniform" : "exponential", per);
    }
    day_number first = 5000 * scale;
    char from[11], until[11];
    date_format(first + c->warm_up * scale, from);
    date_format(first + (c->warm_up + c->days) * scale - 1, until);
    file_write(folder, "settings", "setting,value\nfrom,%s\nuntil,%s\nwarm_up_days,%d\ntick_seconds,%d\n"
               "read_hours,%d\nread_offset_hours,%d\n", from, until, c->warm_up * scale, 3600 * hour, 6 * hour,
               5 * hour);
    file_write(folder, "districts", "district\nHere\n");
    file_write(folder, "enterprises", "enterprise,district,kind\nMAKER,Here,supplier\n%s", enterprises);
    file_write(folder, "products", "product,value\nX,1\n");
    file_write(folder, "makers", "enterprise,product,capacity,cover_days,overtime_share\nMAKER,X,%.17g,0,0\n",
               (double)c->rate / hour);
    file_write(folder, "stocks", "enterprise,product,policy,order_up_to,review_hours\nMAKER,X,order_up_to,0,1\n%s",
               stocks);
    file_write(folder, "links", "buyer,component,supplier,transit_hours,spread_hours,spread_law,spread_per\n%s", links);
    file_write(folder, "demands", "demand,enterprise,product,demand_law,mean,every_hours,offset_hours\n"
               "D,STAGE0,X,poisson,%.17g,%d,%d\n", c->mean, 6 * hour, 5 * hour);
    if (c->outage_days) {
        char last[11];
        date_format(first + c->warm_up + 20, from);
        date_format(first + c->warm_up + 19 + c->outage_days, last);
        file_write(folder, "shocks", "shock,from,until,scope,target,basis,factor\n"
                   "DOWN,%s,%s,enterprise,MAKER,capacity,0\n", from, last);
    }
    return folder_load(folder, out);
}

bool bench_run(const struct model *m, uint32_t replication, struct run *out) {
    if (run_make(m, luck_of(7, replication), out) != AP_OK) return false;
    for (int32_t day = 0; day < m->days; day++)
        if (run_day(out, day) != AP_OK) {
            printf("# %s\n", out->ledger.message);
            return false;
        }
    return true;
}

struct bench_mean bench_mean_of(const double *values, int count) {
    struct bench_mean out = { 0, 0 };
    double squares = 0;
    for (int i = 0; i < count; i++) out.mean += values[i] / count;
    for (int i = 0; i < count; i++) squares += (values[i] - out.mean) * (values[i] - out.mean);
    out.error = sqrt_own(squares / (count - 1) / count);
    return out;
}
