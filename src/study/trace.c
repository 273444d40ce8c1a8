// Vehicles stand in one array in the order of their start. Each waits in one queue, a list through the array: its line,
// then the yard, then the head of its lane, then the way. Rows are written in the order of start as soon as the oldest
// vehicle has arrived, so memory holds what is in the chain, not the whole run.
#include "study/trace.h"

#include <stdlib.h>
#include <string.h>

enum { NOT_YET = -1 };

struct vehicle {
    int64_t  started, finished, left, arrives;          // seconds since the first day; NOT_YET
    uint64_t next;                                      // in its queue: number + 1; 0: the last
    uint32_t build, way;
    int64_t  number;                                    // running number of its line and year
};

struct queue {
    uint64_t first, last;                               // number + 1; 0: empty
};

struct trace {
    const struct model *m;
    FILE    *file;
    struct vehicle *vehicles;                           // [room], number `base` first
    uint64_t base, count, room;
    struct queue *lines, *yards, *heads, *ways;         // [build], [stock], [way], [way]
    int64_t *line_numbers;                              // [line] started in the year
    int32_t *line_years;
    int64_t  rows;
    bool     refused;                                   // memory or disk: nothing more is kept
};

static const char vin_letters[] = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";   // no I, O, Q

char vin_check_digit(const char *vin) {
    static const int weights[VIN_LENGTH] = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    static const char values[] = "12345678012345070923456789";           // of A to Z; 0: not allowed
    int sum = 0;
    for (int i = 0; i < VIN_LENGTH; i++) {
        char c = vin[i];
        bool digit = c >= '0' && c <= '9';
        if (!digit && (c < 'A' || c > 'Z' || values[c - 'A'] == '0')) return 0;
        sum += weights[i] * (digit ? c - '0' : values[c - 'A'] - '0');
    }
    return "0123456789X"[sum % 11];
}

static void base33_write(uint32_t value, int digits, char *out) {
    for (int i = digits - 1; i >= 0; i--) {
        out[i] = vin_letters[value % 33];
        value /= 33;
    }
}

void vin_format(uint32_t variant, uint32_t line, int year, int64_t number, char out[VIN_LENGTH + 1]) {
    static const char years[] = "ABCDEFGHJKLMNPRSTVWXY123456789";        // 30 years from 1980 on, then again
    ASSERT(year >= 1980);
    memcpy(out, "L00", 3);                                               // nobody's code
    base33_write(variant, 3, out + 3);
    base33_write(line, 2, out + 6);
    out[8] = '0';
    out[9] = years[(year - 1980) % 30];
    out[10] = vin_letters[line % 33];
    // Five digits and a leading character that goes on with letters: 3.3 million a line and year.
    base33_write((uint32_t)(number / 100000 % 33), 1, out + 11);
    int64_t rest = number % 100000;
    for (int i = 16; i >= 12; i--, rest /= 10) out[i] = vin_letters[rest % 10];
    out[VIN_LENGTH] = 0;
    out[8] = vin_check_digit(out);
    ASSERT(out[8] != 0);
}

static struct vehicle *vehicle_at(struct trace *t, uint64_t link) {
    ASSERT(link > t->base && link <= t->base + t->count);
    return &t->vehicles[link - 1 - t->base];
}

static void queue_add(struct trace *t, struct queue *q, uint64_t link) {
    vehicle_at(t, link)->next = 0;
    if (q->last) vehicle_at(t, q->last)->next = link;
    else q->first = link;
    q->last = link;
}

// The oldest of a queue, 0 when it is empty: what was there before the observer looked has no number.
static uint64_t queue_take(struct trace *t, struct queue *q) {
    uint64_t link = q->first;
    if (!link) return 0;
    q->first = vehicle_at(t, link)->next;
    if (!q->first) q->last = 0;
    return link;
}

// A cell: names may hold what CSV must quote.
static void name_write(const struct trace *t, const char *name) {
    fputc(',', t->file);
    bool quote = strpbrk(name, ",\"\r\n") != NULL;
    if (quote) fputc('"', t->file);
    for (const char *at = name; *at; at++) {
        if (*at == '"') fputc('"', t->file);
        fputc(*at, t->file);
    }
    if (quote) fputc('"', t->file);
}

static void time_write(const struct trace *t, int64_t second) {
    if (second == NOT_YET) {
        fputc(',', t->file);
        return;
    }
    char day[11];
    date_format(t->m->first_day + (day_number)floor_div(second, 86400), day);
    int64_t rest = second - 86400 * floor_div(second, 86400);
    fprintf(t->file, ",%sT%02d:%02d:%02d", day, (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

static int64_t last_second(const struct model *m) {
    return (int64_t)m->days * 86400;
}

// A vehicle that had arrived before the first day that counts belongs to the warm-up alone. An arrival after the last
// day has not happened.
static void vehicle_write(struct trace *t, struct vehicle *v) {
    const struct model *m = t->m;
    const struct build *build = &m->builds[v->build];
    const struct line *line = &m->lines[build->line];
    int64_t first = (int64_t)(m->from - m->first_day) * 86400;
    if (v->arrives != NOT_YET && v->arrives < first) return;
    if (v->arrives >= last_second(m)) v->arrives = NOT_YET;
    char vin[VIN_LENGTH + 1];
    struct date d = date_from_day(m->first_day + (day_number)floor_div(v->started, 86400));
    vin_format(build->variant, build->line, d.year, v->number, vin);
    fputs(vin, t->file);
    name_write(t, m->tables->variants[m->variants[build->variant].table_row].variant);
    name_write(t, enterprise_name(m, line->enterprise));
    name_write(t, m->tables->lines[line->table_row].line);
    time_write(t, v->started);
    time_write(t, v->finished);
    uint32_t market = v->way ? m->ways[v->way].market : 0;
    uint32_t lane = v->way ? m->ways[v->way].lane : 0;
    name_write(t, market ? m->tables->markets[m->markets[market].table_row].market : "");
    name_write(t, lane ? m->tables->lanes[m->lanes[lane].table_row].lane : "");
    time_write(t, v->left);
    time_write(t, v->arrives);
    fputc('\n', t->file);
    t->rows++;
}

// Writes the oldest vehicles as long as they have arrived, and forgets them.
static void oldest_write(struct trace *t) {
    uint64_t done = 0;
    while (done < t->count && t->vehicles[done].arrives != NOT_YET) vehicle_write(t, &t->vehicles[done++]);
    if (!done) return;
    t->base += done;
    t->count -= done;
    memmove(t->vehicles, t->vehicles + done, t->count * sizeof *t->vehicles);
}

static bool vehicle_room(struct trace *t) {
    if (t->count < t->room) return true;
    oldest_write(t);
    if (t->count < t->room / 2) return true;
    ASSERT(t->room > 0);
    uint64_t room = t->room * 2;
    struct vehicle *more = realloc(t->vehicles, room * sizeof *more);
    if (!more) {
        t->refused = true;
        return false;
    }
    t->vehicles = more;
    t->room = room;
    return true;
}

static void vehicle_start(struct trace *t, const struct event *e) {
    if (!vehicle_room(t)) return;
    uint32_t line = t->m->builds[e->build].line;
    int year = date_from_day(t->m->first_day + (day_number)floor_div(e->second, 86400)).year;
    if (t->line_years[line] != year) t->line_numbers[line] = 0;
    t->line_years[line] = year;
    t->vehicles[t->count++] = (struct vehicle){
        .started = e->second, .finished = NOT_YET, .left = NOT_YET, .arrives = NOT_YET,
        .build = e->build, .number = ++t->line_numbers[line]};
    queue_add(t, &t->lines[e->build], t->base + t->count);
}

static void vehicle_finish(struct trace *t, const struct event *e) {
    uint64_t link = queue_take(t, &t->lines[e->build]);
    if (!link) return;
    vehicle_at(t, link)->finished = e->second;
    queue_add(t, &t->yards[t->m->builds[e->build].stock], link);
}

static void vehicle_to_lane(struct trace *t, const struct event *e) {
    uint64_t link = queue_take(t, &t->yards[e->stock]);
    if (!link) return;
    vehicle_at(t, link)->way = e->way;
    queue_add(t, &t->heads[e->way], link);
}

static void vehicle_leave(struct trace *t, const struct event *e) {
    uint64_t link = queue_take(t, &t->heads[e->way]);
    if (!link) return;
    vehicle_at(t, link)->left = e->second;
    queue_add(t, &t->ways[e->way], link);
}

static void vehicle_arrive(struct trace *t, const struct event *e) {
    uint64_t link = queue_take(t, &t->ways[e->way]);
    if (link) vehicle_at(t, link)->arrives = e->second;
}

static void trace_see(void *self, const struct event *e) {
    struct trace *t = self;
    for (int32_t i = 0; i < e->count && !t->refused; i++) {
        switch (e->kind) {
        case VEHICLE_STARTED: vehicle_start(t, e); break;
        case VEHICLE_FINISHED: vehicle_finish(t, e); break;
        case VEHICLE_TO_LANE: vehicle_to_lane(t, e); break;
        case VEHICLE_LEFT: vehicle_leave(t, e); break;
        case VEHICLE_ARRIVES: vehicle_arrive(t, e); break;
        }
    }
}

static void trace_free(struct trace *t) {
    free(t->vehicles);
    free(t->lines);
    free(t->yards);
    free(t->heads);
    free(t->ways);
    free(t->line_numbers);
    free(t->line_years);
    free(t);
}

struct trace *trace_open(const struct model *m, FILE *file) {
    struct trace *t = calloc(1, sizeof *t);
    if (!t) return NULL;
    t->m = m;
    t->file = file;
    t->room = 1 << 16;
    t->vehicles = calloc(t->room, sizeof *t->vehicles);
    t->lines = calloc(m->n.build + 1, sizeof *t->lines);
    t->yards = calloc(m->n.stock + 1, sizeof *t->yards);
    t->heads = calloc(m->n.way + 1, sizeof *t->heads);
    t->ways = calloc(m->n.way + 1, sizeof *t->ways);
    t->line_numbers = calloc(m->n.line + 1, sizeof *t->line_numbers);
    t->line_years = calloc(m->n.line + 1, sizeof *t->line_years);
    if (!t->vehicles || !t->lines || !t->yards || !t->heads || !t->ways || !t->line_numbers || !t->line_years) {
        trace_free(t);
        return NULL;
    }
    fputs("vin,variant,plant,line,start,off_line,market,lane,left,arrived\n", file);
    return t;
}

struct observer trace_observer(struct trace *t) {
    return (struct observer){trace_see, t};
}

enum ap_status trace_close(struct trace *t, int64_t *rows) {
    for (uint64_t i = 0; i < t->count; i++) vehicle_write(t, &t->vehicles[i]);
    if (rows) *rows = t->rows;
    enum ap_status status = t->refused ? AP_NO_MEMORY : ferror(t->file) ? AP_REFUSED : AP_OK;
    trace_free(t);
    return status;
}
