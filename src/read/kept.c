#include "read/kept.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_ROOM = 24 * (KEPT_NUMBERS_MOST + 2) };

static enum ap_status refused(struct kept *k, const char *what) {
    snprintf(k->trouble, sizeof k->trouble, "%s: %s: %s", k->path, what, strerror(errno));
    return AP_REFUSED;
}

static enum ap_status foreign(struct kept *k, const char *words) {
    snprintf(k->trouble, sizeof k->trouble, "%s %s: take it away, or begin anew with another --csv", k->path, words);
    return AP_BAD_INPUT;
}

// --- writing

static uint64_t checksum_of(uint32_t job, const int64_t *numbers, uint32_t count) {
    return hash_pair(job + UINT64_C(1), hash_bytes(numbers, count * sizeof *numbers));
}

static enum ap_status head_write(struct kept *k) {
    const struct kept_head *h = &k->head;
    fprintf(k->file,
            "autopolis kept rows 1\nversion %s\nscenario %s\noptions %s\njobs %" PRIu32 " numbers %" PRIu32 "\n",
            h->version, h->scenario, h->options, h->jobs, h->numbers);
    return fflush(k->file) == 0 ? AP_OK : refused(k, "cannot be written");
}

enum ap_status kept_add(struct kept *k, uint32_t job, const int64_t *numbers) {
    ASSERT(k->file && job < k->head.jobs);
    fprintf(k->file, "%" PRIu32, job);
    for (uint32_t i = 0; i < k->head.numbers; i++) fprintf(k->file, " %" PRId64, numbers[i]);
    fprintf(k->file, " %016" PRIx64 "\n", checksum_of(job, numbers, k->head.numbers));
    return fflush(k->file) == 0 && !ferror(k->file) ? AP_OK : refused(k, "takes no more rows");
}

// --- reading

// A line without its end; false at the end of the file, or where the line is cut off.
static bool line_read(FILE *file, char line[LINE_ROOM]) {
    if (!fgets(line, LINE_ROOM, file)) return false;
    size_t count = strlen(line);
    if (count == 0 || line[count - 1] != '\n') return false;
    line[count - 1] = 0;
    return true;
}

static bool line_is(FILE *file, const char *name, const char *value) {
    char line[LINE_ROOM], wanted[LINE_ROOM];
    snprintf(wanted, sizeof wanted, "%s%s", name, value);
    return line_read(file, line) && strcmp(line, wanted) == 0;
}

static enum ap_status head_read(struct kept *k) {
    const struct kept_head *h = &k->head;
    char counts[80];
    snprintf(counts, sizeof counts, "jobs %" PRIu32 " numbers %" PRIu32, h->jobs, h->numbers);
    if (!line_is(k->file, "autopolis kept rows 1", "")) return foreign(k, "holds no kept rows");
    if (!line_is(k->file, "version ", h->version)) return foreign(k, "is of another version of the program");
    if (!line_is(k->file, "scenario ", h->scenario))
        return foreign(k, "is of another scenario, or its files have changed");
    if (!line_is(k->file, "options ", h->options)) return foreign(k, "is of a test with other options");
    if (!line_is(k->file, counts, "")) return foreign(k, "is of a test with other rows");
    return AP_OK;
}

static bool number_next(char **at, int64_t *out) {
    char *end;
    errno = 0;
    *out = strtoll(*at, &end, 10);
    bool good = end != *at && errno == 0 && *end == ' ';
    *at = end + good;
    return good;
}

static bool row_parse(const struct kept *k, char *line, uint32_t *job, int64_t *numbers) {
    int64_t number;
    char *at = line, sum[24];
    if (!number_next(&at, &number) || number < 0 || number >= k->head.jobs) return false;
    *job = (uint32_t)number;
    for (uint32_t i = 0; i < k->head.numbers; i++)
        if (!number_next(&at, &numbers[i])) return false;
    snprintf(sum, sizeof sum, "%016" PRIx64, checksum_of(*job, numbers, k->head.numbers));
    return strcmp(at, sum) == 0;
}

// Hands over every whole row, and cuts off what follows the last.
static enum ap_status rows_read(struct kept *k, struct kept_taker taker) {
    char line[LINE_ROOM];
    int64_t numbers[KEPT_NUMBERS_MOST];
    uint32_t job;
    long whole = ftell(k->file);
    while (line_read(k->file, line) && row_parse(k, line, &job, numbers)) {
        taker.take(taker.self, job, numbers);
        whole = ftell(k->file);
    }
    bool cut = whole >= 0 && fseek(k->file, whole, SEEK_SET) == 0 && ftruncate(fileno(k->file), whole) == 0;
    return cut ? AP_OK : refused(k, "cannot be cut to its last whole row");
}

static enum ap_status earlier_read(struct kept *k, enum kept_wish wish, struct kept_taker taker) {
    if (wish == KEPT_NEW) {
        snprintf(k->trouble, sizeof k->trouble,
                 "%s keeps rows of an interrupted test: --resume goes on with it, or take it away", k->path);
        return AP_BAD_INPUT;
    }
    TRY(head_read(k));
    return rows_read(k, taker);
}

enum ap_status kept_open(const char *path, const struct kept_head *head, enum kept_wish wish, struct kept_taker taker,
                         struct kept *out) {
    ASSERT(head->numbers <= KEPT_NUMBERS_MOST);
    *out = (struct kept){.head = *head};
    if (strlen(path) >= sizeof out->path) {
        snprintf(out->trouble, sizeof out->trouble, "the path of the file of kept rows is too long");
        return AP_REFUSED;
    }
    memcpy(out->path, path, strlen(path) + 1);
    enum ap_status status = AP_OK;
    out->file = fopen(path, "r+");
    if (out->file) status = earlier_read(out, wish, taker);
    else if (errno != ENOENT || !(out->file = fopen(path, "wx"))) return refused(out, "cannot be opened");
    else status = head_write(out);
    if (status != AP_OK) kept_close(out);
    return status;
}

void kept_close(struct kept *k) {
    if (k->file) fclose(k->file);
    k->file = NULL;
}

void kept_remove(struct kept *k) {
    if (k->file) unlink(k->path);
    kept_close(k);
}
