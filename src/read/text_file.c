#include "read/text_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { PIECE_BYTES = 64 * 1024 };

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

// A stream on its way into memory. It is looked at as it comes, so that a line without an end, or a pipe, is refused
// before it has filled the memory.
struct loading {
    FILE    *stream;
    char    *bytes;
    size_t   count, room;
    size_t   line_at;          // where the current line starts
    uint32_t lines;            // before it
};

enum loading_end { LOADING_GOES_ON, LOADING_DONE, LOADING_LONG_LINE, LOADING_TOO_LARGE };

// Room for a piece more and a NUL.
static bool loading_room(struct loading *l, struct arena *a) {
    if (l->room - l->count >= PIECE_BYTES + 1) return true;
    size_t room = l->room * 2 + PIECE_BYTES + 1;
    char *bytes = arena_take(a, room, 1);
    if (!bytes) return false;
    if (l->count > 0) memcpy(bytes, l->bytes, l->count);
    l->bytes = bytes;
    l->room = room;
    return true;
}

// One more piece. After a NUL byte the rest is not wanted: this is no text.
static enum loading_end piece_load(struct loading *l) {
    const char *piece = l->bytes + l->count;
    size_t got = fread(l->bytes + l->count, 1, PIECE_BYTES, l->stream);
    l->count += got;
    if (got == 0 || memchr(piece, '\0', got)) return LOADING_DONE;
    const char *last = piece + got;
    for (const char *end = memchr(piece, '\n', got); end; end = memchr(end + 1, '\n', (size_t)(last - end - 1))) {
        l->line_at = (size_t)(end + 1 - l->bytes);
        l->lines++;
    }
    if (l->count - l->line_at > LINE_BYTES_MOST) return LOADING_LONG_LINE;
    return l->count > FILE_BYTES_MOST ? LOADING_TOO_LARGE : LOADING_GOES_ON;
}

static enum ap_status loading_complain(const struct loading *l, enum loading_end end, struct complaints *c,
                                       const char *path) {
    struct source at = {path, end == LOADING_LONG_LINE ? l->lines + 1 : 0};
    if (end == LOADING_LONG_LINE) {
        complain(c, at, 0, NULL, "LINE_TOO_LONG", "is this a table?", "this line has more than 1 MiB");
    } else {
        complain(c, at, 0, NULL, "FILE_TOO_LARGE", "split the scenario", "a table may have at most 1 GiB");
    }
    return AP_BAD_INPUT;
}

// A folder, or a file that says itself that it is too large. A stream in memory has no facts.
static enum ap_status facts_check(FILE *stream, struct complaints *c, const char *path) {
    struct stat facts;
    struct loading none = {0};
    if (fileno(stream) < 0) return AP_OK;
    if (fstat(fileno(stream), &facts) != 0) return file_refused(c, path, errno);
    if (S_ISDIR(facts.st_mode)) {
        complain(c, (struct source){path, 0}, 0, NULL, "IS_A_FOLDER", "a table is a file: move the folder away",
                 "this is a folder, not a file");
        return AP_BAD_INPUT;
    }
    bool large = S_ISREG(facts.st_mode) && facts.st_size > FILE_BYTES_MOST;
    return large ? loading_complain(&none, LOADING_TOO_LARGE, c, path) : AP_OK;
}

// Reads what the stream holds into the arena.
static enum ap_status stream_read(FILE *stream, struct arena *a, struct complaints *c, struct text_file *out) {
    struct loading l = {.stream = stream};
    enum loading_end end = LOADING_GOES_ON;
    TRY(facts_check(stream, c, out->path));
    errno = 0;
    while (end == LOADING_GOES_ON) {
        if (!loading_room(&l, a)) return AP_NO_MEMORY;
        end = piece_load(&l);
    }
    if (ferror(stream)) return file_refused(c, out->path, errno ? errno : EIO);
    if (end != LOADING_DONE) return loading_complain(&l, end, c, out->path);
    l.bytes[l.count] = '\0';
    out->bytes = l.bytes;
    out->count = (uint32_t)l.count;
    out->bytes_on_disk = l.count;
    struct sha256 hash;
    sha256_start(&hash);
    sha256_add(&hash, out->bytes, out->count);
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
        spot_complain(c, file_spot(f), "NOT_UTF8", "in Excel, Save As `CSV UTF-8`, not `Unicode Text`",
                      "this file is UTF-16, not UTF-8");
        return AP_BAD_INPUT;
    }
    if (zero) {
        struct spot spot = spot_of_byte(f, (uint32_t)(zero - f->bytes));
        spot.text = NULL;   // nor could a terminal show it
        spot_complain(c, spot, "NUL_BYTE",
                      "save the table again as CSV, not as a workbook", "a NUL byte: this is no text");
        return AP_BAD_INPUT;
    }
    uint32_t good = (uint32_t)text_utf8_valid(f->bytes, f->count);
    if (good == f->count) return AP_OK;
    bool chinese = looks_like_gb18030(s, f->count);
    struct spot spot = spot_of_byte(f, good);
    spot.text = NULL;   // a terminal could not show it
    // Not decoded on a guess: a wrong one would put other names into the results without a word.
    if (!chinese) {
        spot_complain(c, spot, "NOT_UTF8", "save it again as `CSV UTF-8`", "this file is not UTF-8");
        return AP_BAD_INPUT;
    }
    spot_complain(c, spot, "NOT_UTF8",
                  "in Excel or WPS, Save As `CSV UTF-8 (Comma delimited)` (另存为: CSV UTF-8 逗号分隔); "
                  "elsewhere: iconv -f GB18030 -t UTF-8 OLD.csv > NEW.csv",
                  "this file is not UTF-8; it looks like GB18030, in which Chinese Excel saves a plain `CSV`");
    return AP_BAD_INPUT;
}

enum ap_status text_stream_read(FILE *stream, const char *name, struct arena *a, struct complaints *c,
                                struct text_file *out) {
    ASSERT(stream != NULL && name != NULL);
    *out = (struct text_file){.path = name, .name = name};
    TRY(stream_read(stream, a, c, out));
    if (out->count >= 3 && memcmp(out->bytes, "\xEF\xBB\xBF", 3) == 0) {   // Excel's byte order mark
        out->bytes += 3;
        out->count -= 3;
    }
    return encoding_check(out, c);
}

enum ap_status text_file_read(const char *path, const char *name, struct arena *a, struct complaints *c,
                              struct text_file *out) {
    ASSERT(path != NULL && name != NULL);
    *out = (struct text_file){.path = path, .name = name};
    FILE *stream = fopen(path, "rb");
    if (!stream) return file_refused(c, path, errno);
    enum ap_status status = text_stream_read(stream, path, a, c, out);
    fclose(stream);
    out->name = name;
    return status;
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
                           const char *const words[3]) {
    spot_complain(c, spot_of(f, r, byte), words[0], words[1], words[2]);
    return END_FAULT;
}

// What nobody sees and nobody means, as rule, suggestion and message; NULL: the byte is good.
static const char *const *hidden_fault(const char *s, bool quoted) {
    static const char *const control[] = {"CONTROL_CHARACTER", "delete it", "a control character stands in this cell"};
    static const char *const carriage[] = {"LINE_END", "save it with line ends of Unix or Windows",
                                           "a carriage return alone, as old Macs end their lines"};
    static const char *const mark[] = {"JOINED_FILES", "delete it, and the header that it begins",
                                       "here stands the mark that a file begins with: two files were joined"};
    if (strncmp(s, "\xEF\xBB\xBF", 3) == 0) return mark;
    if (*s == '\r' || *s == '\n') return quoted ? NULL : carriage;
    return ((unsigned char)*s < 0x20 && *s != '\t') || *s == 0x7F ? control : NULL;
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
        } else if (hidden_fault(f->bytes + at, true)) {
            return fault(f, r, at, c, hidden_fault(f->bytes + at, true));
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

// What most cells are made of: nothing that ends a cell or is a fault in one.
static bool is_plain(char byte) {
    unsigned char b = (unsigned char)byte;
    return b > ',' ? b != 0x7F && b != 0xEF : b >= ' ' && b != '"' && b != ',';   // EF begins a byte order mark
}

static enum cell_end plain_read(const struct text_file *f, struct text_place *p, struct record *r,
                                struct complaints *c) {
    static const char *stray_quote[] = {"QUOTE_IN_CELL", "put the whole cell in quotes and write the quote twice",
                                        "a quote stands inside a cell that is not quoted"};
    static const char *too_long[] = {"LINE_TOO_LONG", "is this a table?", "this line has more than 1 MiB"};
    struct cell *cell = &r->cells[r->cell_count++];
    *cell = (struct cell){.at = p->at};
    for (;; p->at++) {
        while (is_plain(f->bytes[p->at])) p->at++;
        if (p->at - r->at > LINE_BYTES_MOST) return fault(f, r, r->at, c, too_long);
        if (at_cell_end(f->bytes + p->at)) break;
        if (f->bytes[p->at] == '"') return fault(f, r, p->at, c, stray_quote);
        const char *const *hidden = hidden_fault(f->bytes + p->at, false);
        if (hidden) return fault(f, r, p->at, c, hidden);
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

// Only a quoted cell may hold any.
static uint32_t line_breaks(const struct text_file *f, const struct cell *cell) {
    uint32_t count = 0;
    for (uint32_t i = 0; cell->quoted && i < cell->count; i++) count += f->bytes[cell->at + i] == '\n';
    return count;
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
    for (uint32_t i = 0; i < r->cell_count; i++) p->line += line_breaks(f, &r->cells[i]);
    p->line += f->bytes[p->at - 1] == '\n';
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
