#include "read/text_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct spot file_spot(const struct text_file *f) {
    return (struct spot){{f->path, 0}, 0, NULL};
}

// Complains at a spot; the format has no further values than one text.
static void spot_complain(struct complaints *c, struct spot spot, const char *rule, const char *suggestion,
                          const char *message) {
    complain(c, spot.at, spot.column, spot.text, rule, suggestion, "%s", message);
}

static enum ap_status file_refused(struct complaints *c, const char *path, int reason) {
    const char *rule = reason == EACCES ? "NO_PERMISSION" : reason == ENOENT ? "NO_SUCH_FILE" : "CANNOT_READ";
    const char *advice = reason == EACCES ? "give yourself permission to read it: chmod u+r" : NULL;
    complain(c, (struct source){path, 0}, 0, NULL, rule, advice, "cannot read this file: %s", strerror(reason));
    return reason == ENOENT ? AP_BAD_INPUT : AP_REFUSED;
}

// Reads what the open stream holds into the arena.
static enum ap_status stream_read(FILE *stream, struct arena *a, struct complaints *c, struct text_file *out) {
    struct stat facts;
    if (fstat(fileno(stream), &facts) != 0) return file_refused(c, out->path, errno);
    if (S_ISDIR(facts.st_mode)) {
        complain(c, (struct source){out->path, 0}, 0, NULL, "IS_A_FOLDER", NULL, "this is a folder, not a file");
        return AP_REFUSED;
    }
    if (facts.st_size > FILE_BYTES_MOST) {
        complain(c, (struct source){out->path, 0}, 0, NULL, "FILE_TOO_LARGE", NULL, "a table may have at most 1 GiB");
        return AP_BAD_INPUT;
    }
    size_t size = (size_t)facts.st_size;
    out->bytes = arena_take(a, size + 1, 1);
    if (!out->bytes) return AP_NO_MEMORY;
    errno = 0;
    size_t got = fread(out->bytes, 1, size, stream);
    if (ferror(stream)) return file_refused(c, out->path, errno ? errno : EIO);
    out->count = (uint32_t)got;
    out->bytes_on_disk = got;
    struct sha256 hash;
    sha256_start(&hash);
    sha256_add(&hash, out->bytes, got);
    sha256_hex(&hash, out->sha256);
    return AP_OK;
}

// Line and column of a byte, counted from the start of the file.
static struct spot spot_of_byte(const struct text_file *f, uint32_t byte) {
    struct record start = {.at = 0, .line = 1};
    return spot_of(f, &start, byte);
}

// True when all bytes above 127 come in pairs or fours as GB18030 writes Chinese.
static bool looks_like_gb18030(const unsigned char *s, size_t count) {
    size_t i = 0;
    while (i < count) {
        if (s[i] < 0x80) {
            i++;
            continue;
        }
        if (s[i] == 0x80 || s[i] == 0xFF || i + 1 >= count) return false;
        bool two = s[i + 1] >= 0x40 && s[i + 1] != 0x7F && s[i + 1] != 0xFF;
        bool four = s[i + 1] >= 0x30 && s[i + 1] <= 0x39;
        if (!two && !four) return false;
        i += two ? 2 : 4;
    }
    return true;
}

static enum ap_status encoding_check(const struct text_file *f, struct complaints *c) {
    const char *zero = memchr(f->bytes, '\0', f->count);
    const unsigned char *s = (const unsigned char *)f->bytes;
    if (f->count >= 2 && ((s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF))) {
        spot_complain(c, file_spot(f), "NOT_UTF8", "save it again as `CSV UTF-8`", "this file is UTF-16, not UTF-8");
        return AP_BAD_INPUT;
    }
    if (zero) {
        spot_complain(c, spot_of_byte(f, (uint32_t)(zero - f->bytes)), "NUL_BYTE",
                      "save the table again as CSV, not as a workbook", "a NUL byte: this is no text");
        return AP_BAD_INPUT;
    }
    uint32_t good = (uint32_t)text_utf8_valid(f->bytes, f->count);
    if (good == f->count) return AP_OK;
    bool chinese = looks_like_gb18030(s, f->count);
    struct spot spot = spot_of_byte(f, good);
    spot.text = NULL;   // a terminal could not show it
    spot_complain(c, spot, "NOT_UTF8", chinese ? "save it again as `CSV UTF-8`, or: iconv -f GB18030 -t UTF-8"
                                               : "save it again as `CSV UTF-8`",
                  chinese ? "this file is not UTF-8; it looks like GB18030" : "this file is not UTF-8");
    return AP_BAD_INPUT;
}

enum ap_status text_file_read(const char *path, const char *name, struct arena *a, struct complaints *c,
                              struct text_file *out) {
    ASSERT(path != NULL && name != NULL);
    *out = (struct text_file){.path = path, .name = name};
    FILE *stream = fopen(path, "rb");
    if (!stream) return file_refused(c, path, errno);
    enum ap_status status = stream_read(stream, a, c, out);
    fclose(stream);
    TRY(status);
    if (out->count >= 3 && memcmp(out->bytes, "\xEF\xBB\xBF", 3) == 0) {   // Excel's byte order mark
        out->bytes += 3;
        out->count -= 3;
    }
    return encoding_check(out, c);
}

struct spot spot_of(const struct text_file *f, const struct record *r, uint32_t byte) {
    ASSERT(byte <= f->count && r->at <= byte);
    struct spot spot = {{f->path, r->line}, 1, f->bytes + r->at};
    uint32_t start = r->at;
    for (uint32_t i = r->at; i < byte; i++) {
        if (f->bytes[i] != '\n') continue;
        spot.at.line++;
        start = i + 1;
    }
    spot.text = f->bytes + start;
    for (uint32_t i = start; i < byte; i++) {
        if (((unsigned char)f->bytes[i] & 0xC0) != 0x80) spot.column++;
    }
    return spot;
}

// What stopped the cell, or a fault in it.
enum cell_end { END_COMMA, END_LINE, END_FAULT };

static enum cell_end fault(const struct text_file *f, const struct record *r, uint32_t byte, struct complaints *c,
                           const char *words[3]) {
    spot_complain(c, spot_of(f, r, byte), words[0], words[1], words[2]);
    return END_FAULT;
}

static bool is_control(char byte) {
    return ((unsigned char)byte < 0x20 && byte != '\t') || byte == 0x7F;
}

// The byte after a cell: a comma, the end of the line or of the file. *at is moved behind it.
static enum cell_end cell_end(const struct text_file *f, uint32_t *at) {
    const char *s = f->bytes + *at;
    if (*s == ',') {
        *at += 1;
        return END_COMMA;
    }
    if (*s == '\r') *at += 1;
    if (f->bytes[*at] == '\n') *at += 1;
    return END_LINE;
}

static bool at_cell_end(const char *s) {
    return *s == ',' || *s == '\n' || *s == '\0' || (*s == '\r' && (s[1] == '\n' || s[1] == '\0'));
}

static enum cell_end quoted_read(const struct text_file *f, struct text_place *p, struct record *r,
                                 struct complaints *c) {
    static const char *open_quote[] = {"OPEN_QUOTE", "close the quote; a quote inside a quoted cell is written twice",
                                       "a quote opens here and does not close as it should"};
    static const char *after_quote[] = {"TEXT_AFTER_QUOTE", "a quote inside a quoted cell is written twice: \"\"",
                                        "only a comma may follow a closing quote"};
    static const char *control[] = {"CONTROL_CHARACTER", "delete it", "a control character stands in this cell"};
    struct cell *cell = &r->cells[r->cell_count++];
    uint32_t opening = p->at, at = opening + 1;
    *cell = (struct cell){.at = at, .quoted = true};
    for (;; at++) {
        char byte = f->bytes[at];
        bool over = byte == '\0' || at - r->at > LINE_BYTES_MOST || (byte == '\n' && p->quotes_off);
        if (over) {
            p->quotes_off = true;
            return fault(f, r, opening, c, open_quote);
        }
        if (byte == '"' && f->bytes[at + 1] == '"') {
            cell->doubled = true;
            at++;
        } else if (byte == '"') {
            break;
        } else if (is_control(byte) && byte != '\n' && byte != '\r') {
            return fault(f, r, at, c, control);
        }
    }
    cell->count = at - cell->at;
    bool ends = at_cell_end(f->bytes + at + 1);
    // a quote that was never closed usually meets the next quoted cell some lines further down
    if (!ends && memchr(f->bytes + cell->at, '\n', cell->count)) return fault(f, r, opening, c, open_quote);
    if (!ends) return fault(f, r, at + 1, c, after_quote);
    p->at = at + 1;
    return cell_end(f, &p->at);
}

static enum cell_end plain_read(const struct text_file *f, struct text_place *p, struct record *r,
                                struct complaints *c) {
    static const char *stray_quote[] = {"QUOTE_IN_CELL", "put the whole cell in quotes and write the quote twice",
                                        "a quote stands inside a cell that is not quoted"};
    static const char *control[] = {"CONTROL_CHARACTER", "delete it", "a control character stands in this cell"};
    static const char *too_long[] = {"LINE_TOO_LONG", "is this a table?", "this line has more than 1 MiB"};
    struct cell *cell = &r->cells[r->cell_count++];
    *cell = (struct cell){.at = p->at};
    for (; !at_cell_end(f->bytes + p->at); p->at++) {
        if (p->at - r->at > LINE_BYTES_MOST) return fault(f, r, r->at, c, too_long);
        if (f->bytes[p->at] == '"') return fault(f, r, p->at, c, stray_quote);
        if (is_control(f->bytes[p->at])) return fault(f, r, p->at, c, control);
    }
    cell->count = p->at - cell->at;
    return cell_end(f, &p->at);
}

// After a fault: on to the line behind it. A quoted cell is at fault where its quote opens, so that the lines which a
// forgotten quote swallowed are read after all.
static void line_skip(const struct text_file *f, struct text_place *p, const struct record *r) {
    p->line = r->line + 1;
    for (uint32_t i = r->at; i < p->at; i++) p->line += f->bytes[i] == '\n';
    const char *end = memchr(f->bytes + p->at, '\n', f->count - p->at);
    p->at = end ? (uint32_t)(end - f->bytes) + 1 : f->count;
}

static bool record_is_blank(const struct record *r) {
    for (uint32_t i = 0; i < r->cell_count; i++) {
        if (r->cells[i].count > 0) return false;
    }
    return true;
}

// One record; false after a fault, with the place on the next line.
static bool record_read(const struct text_file *f, struct text_place *p, struct complaints *c, struct record *r) {
    static const char *too_many[] = {"TOO_MANY_CELLS", NULL, "this line has more than 256 cells"};
    r->at = p->at;
    r->line = p->line;
    r->cell_count = 0;
    enum cell_end end = END_COMMA;
    while (end == END_COMMA) {
        if (r->cell_count == CELLS_MOST) end = fault(f, r, p->at, c, too_many);
        else if (f->bytes[p->at] == '"') end = quoted_read(f, p, r, c);
        else end = plain_read(f, p, r, c);
    }
    if (end == END_FAULT) {
        line_skip(f, p, r);
        return false;
    }
    for (uint32_t i = r->at; i < p->at; i++) p->line += f->bytes[i] == '\n';
    return true;
}

bool record_next(const struct text_file *f, struct text_place *place, struct complaints *c, struct record *out) {
    if (place->line == 0) place->line = 1;
    while (place->at < f->count) {
        if (record_read(f, place, c, out) && !record_is_blank(out)) return true;
    }
    return false;
}

size_t cell_write(const struct text_file *f, const struct cell *cell, char *out) {
    const char *s = f->bytes + cell->at;
    size_t count = cell->count;
    if (!cell->doubled) {
        memcpy(out, s, count);
    } else {
        count = 0;
        for (uint32_t i = 0; i < cell->count; i++) {
            out[count++] = s[i];
            if (s[i] == '"') i++;
        }
    }
    out[count] = '\0';
    return count;
}
