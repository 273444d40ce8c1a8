// The splitter knows strings, escapes and brackets, nothing else; jansson judges each element.
#include "read/json_stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { OVER = -1 };

// Brackets and strings of one value, byte by byte.
struct nesting {
    uint64_t square;           // bit per open bracket: 1 for [
    uint32_t depth;
    bool     begun, scalar, in_string, escaped;
};
enum nesting_step { STEP_ON, STEP_DONE, STEP_BEHIND, STEP_DEEP, STEP_MISMATCH };

static bool is_space(int byte) {
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static enum nesting_step string_step(struct nesting *n, int byte) {
    if (n->escaped) n->escaped = false;
    else if (byte == '\\') n->escaped = true;
    else if (byte == '"') n->in_string = false;
    return n->in_string || n->depth > 0 ? STEP_ON : STEP_DONE;
}

static enum nesting_step bracket_step(struct nesting *n, int byte) {
    bool square = byte == '[' || byte == ']';
    if (byte == '[' || byte == '{') {
        if (n->depth == JSON_DEPTH_MOST - 1) return STEP_DEEP;
        n->square = n->square << 1 | square;
        n->depth++;
        return STEP_ON;
    }
    if (n->depth == 0) return STEP_BEHIND;                      // closes what the value stands in
    if ((n->square & 1) != (uint64_t)square) return STEP_MISMATCH;
    n->square >>= 1;
    n->depth--;
    return n->depth > 0 ? STEP_ON : STEP_DONE;
}

// Takes the value's next byte. STEP_DONE: it was the last; STEP_BEHIND: it is no longer part of the value.
static enum nesting_step nesting_next(struct nesting *n, int byte) {
    bool first = !n->begun;
    n->begun = true;
    if (n->in_string) return string_step(n, byte);
    if (n->scalar && (byte == ',' || is_space(byte))) return STEP_BEHIND;
    if (byte == '[' || byte == '{' || byte == ']' || byte == '}') return bracket_step(n, byte);
    n->in_string = byte == '"';
    n->scalar |= first && !n->in_string;
    return STEP_ON;
}

void json_stream_begin(struct json_stream *s, FILE *stream, const char *name, struct complaints *c) {
    ASSERT(s != NULL && stream != NULL);
    ASSERT(name != NULL && c != NULL);
    *s = (struct json_stream){.stream = stream, .name = name, .complaints = c, .line = 1, .column = 1, .first = true};
}

void json_stream_end(struct json_stream *s) {
    ASSERT(s != NULL);
    json_decref(s->root);
    free(s->text);
    s->root = NULL;
    s->text = NULL;
}

static bool complain_at(const struct json_stream *s, const char *rule, const char *suggestion, const char *sentence) {
    struct source at = {s->name, s->line};
    complain(s->complaints, at, s->column, NULL, rule, suggestion, "%s", sentence);
    return false;
}

// The byte at hand, OVER at the end.
static int byte_here(struct json_stream *s) {
    if (s->at < s->count) return s->bytes[s->at];
    if (s->over) return OVER;
    errno = 0;
    s->at = 0;
    s->count = fread(s->bytes, 1, sizeof s->bytes, s->stream);
    s->over = s->count == 0;
    if (s->over && ferror(s->stream)) {
        s->status = AP_REFUSED;
        complain(s->complaints, (struct source){s->name, 0}, 0, NULL, "CANNOT_READ", NULL,
                 "cannot read this file: %s", strerror(errno ? errno : EIO));
    }
    return s->over ? OVER : s->bytes[0];
}

static void byte_pass(struct json_stream *s) {
    unsigned char byte = s->bytes[s->at++];
    if (byte == '\n') {
        s->line++;
        s->column = 1;
    } else if ((byte & 0xC0) != 0x80) {
        s->column++;
    }
}

static int byte_behind_space(struct json_stream *s) {
    while (is_space(byte_here(s))) byte_pass(s);
    return byte_here(s);
}

static bool byte_keep(struct json_stream *s) {
    if (s->text_count + 1 >= s->text_room) {
        size_t room = s->text_room ? s->text_room * 2 : 4096;
        char *text = realloc(s->text, room);
        if (!text) {
            s->status = AP_NO_MEMORY;
            return false;
        }
        s->text = text;
        s->text_room = room;
    }
    s->text[s->text_count++] = (char)s->bytes[s->at];
    s->text[s->text_count] = '\0';
    byte_pass(s);
    return true;
}

static bool document_cut(struct json_stream *s, bool in_value) {
    if (s->status != AP_OK) return false;
    char sentence[160];
    if (!in_value)
        return complain_at(s, "DOCUMENT_CUT", "fetch it again: it is not whole", "the document ends too early");
    snprintf(sentence, sizeof sentence, "the document ends inside the value that begins at line %u, column %u",
             s->text_line, s->text_column);
    return complain_at(s, "DOCUMENT_CUT", "fetch it again: it is not whole", sentence);
}

static bool value_fault(struct json_stream *s, enum nesting_step step) {
    char sentence[160];
    if (step == STEP_MISMATCH) {
        snprintf(sentence, sizeof sentence, "this bracket closes another kind than was opened: \"%c\"", byte_here(s));
        return complain_at(s, "NOT_JSON", NULL, sentence);
    }
    bool deep = step == STEP_DEEP;
    if (deep) snprintf(sentence, sizeof sentence, "more than %d brackets are open here", JSON_DEPTH_MOST - 1);
    else snprintf(sentence, sizeof sentence, "the value that begins at line %u, column %u has more than %d MiB",
                  s->text_line, s->text_column, ELEMENT_BYTES_MOST / (1024 * 1024));
    return complain_at(s, deep ? "NESTED_TOO_DEEP" : "ELEMENT_TOO_LONG", "is this an OCPI document?", sentence);
}

// The value at hand into s->text; false after a complaint or a refusal.
static bool value_take(struct json_stream *s) {
    struct nesting nesting = {0};
    s->text_count = 0;
    s->text_line = s->line;
    s->text_column = s->column;
    for (;;) {
        int byte = byte_here(s);
        if (byte == OVER) return document_cut(s, true);
        enum nesting_step step = nesting_next(&nesting, byte);
        if (step == STEP_BEHIND && s->text_count == 0)
            return complain_at(s, "NOT_JSON", NULL, "a value must stand here");
        if (step == STEP_BEHIND) return true;
        bool fits = s->text_count < ELEMENT_BYTES_MOST;
        if (step == STEP_DEEP || step == STEP_MISMATCH || !fits) return value_fault(s, step);
        if (!byte_keep(s)) return false;
        if (step == STEP_DONE) return true;
    }
}

// Line and column of a byte of the element.
static struct source place_of(const struct json_stream *s, size_t byte, uint32_t *column) {
    struct source at = {s->name, s->text_line};
    *column = s->text_column;
    for (size_t i = 0; i < byte && i < s->text_count; i++) {
        if (s->text[i] == '\n') {
            at.line++;
            *column = 1;
        } else if (((unsigned char)s->text[i] & 0xC0) != 0x80) {
            ++*column;
        }
    }
    return at;
}

// jansson's words without the piece of text it found them at: that may be megabytes, or half a character.
static void parser_words(const char *words, char out[80]) {
    size_t count = strcspn(words, "'");
    const char *near = strstr(words, " near ");
    if (near && (size_t)(near - words) < count) count = (size_t)(near - words);
    snprintf(out, 80, "%.*s", (int)(count < 79 ? count : 79), words);
}

// jansson calls a string that it had no memory for an invalid token, or cuts it: whether there is memory is asked
// before, and what fails is tried once more.
static json_t *text_load(struct json_stream *s, json_error_t *error) {
    enum { FLAGS = JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL | JSON_DECODE_ANY, BYTES_PER_BYTE = 8 };
    void *memory = malloc(s->text_count * BYTES_PER_BYTE + sizeof *s);
    free(memory);
    json_t *root = memory ? json_loadb(s->text, s->text_count, FLAGS, error) : NULL;
    if (memory && !root) root = json_loadb(s->text, s->text_count, FLAGS, error);
    bool refused = !memory || (!root && json_error_code(error) == json_error_out_of_memory);
    if (refused) s->status = AP_NO_MEMORY;
    return root;
}

// s->text into s->root; false after a complaint.
static bool value_parse(struct json_stream *s) {
    uint32_t column;
    json_decref(s->root);
    s->root = NULL;
    size_t good = text_utf8_valid(s->text ? s->text : "", s->text_count);
    if (good < s->text_count) {
        struct source at = place_of(s, good, &column);
        complain(s->complaints, at, column, NULL, "NOT_UTF8", "JSON is written in UTF-8; convert it with iconv",
                 "a byte stands here that is no UTF-8, or NUL");
        return false;
    }
    json_error_t error;
    s->root = text_load(s, &error);
    if (s->root) return true;
    if (s->status != AP_OK) return false;
    char words[80];
    parser_words(error.text, words);
    struct source at = place_of(s, error.position > 0 ? (size_t)error.position - 1 : 0, &column);
    complain(s->complaints, at, column, NULL, "NOT_JSON", NULL, "this is not JSON: %s", words);
    return false;
}

static bool document_begin(struct json_stream *s) {
    static const unsigned char mark[3] = {0xEF, 0xBB, 0xBF};
    int byte = byte_here(s);
    bool marked = s->count >= 3 && memcmp(s->bytes, mark, sizeof mark) == 0;
    if (marked) s->at = sizeof mark;
    if (byte == 0x1F) {
        return complain_at(s, "NOT_JSON", "unpack it first: gunzip -c FILE | autopolis import ... -",
                           "this is a compressed file, not JSON");
    }
    byte = byte_behind_space(s);
    if (byte == OVER) return s->status == AP_OK && complain_at(s, "EMPTY", NULL, "there is nothing in this document");
    if (byte != '[' && byte != '{') {
        return complain_at(s, "NOT_JSON", byte == '<' ? "it begins like a web page: look at the address" : NULL,
                           "an OCPI document begins with [ or {");
    }
    s->envelope = byte == '{';
    s->where = s->envelope ? IN_ENVELOPE : IN_ELEMENTS;
    s->first = true;
    byte_pass(s);
    return true;
}

// The comma before a further element or member; *last tells that there is none. False after a complaint.
static bool comma_pass(struct json_stream *s, int closing, bool *last) {
    int byte = byte_behind_space(s);
    bool first = s->first;
    *last = byte == closing;
    s->first = false;
    if (byte == OVER) return document_cut(s, false);
    if (*last) {
        byte_pass(s);
        return true;
    }
    if (first) return true;
    if (byte != ',') return complain_at(s, "NOT_JSON", NULL, "a comma or a closing bracket must stand here");
    byte_pass(s);
    byte = byte_behind_space(s);
    if (byte == closing)
        return complain_at(s, "NOT_JSON", "delete the comma before it", "a further value must stand here");
    return byte != OVER || document_cut(s, false);
}

static void status_keep(struct json_stream *s, bool message) {
    if (message && json_is_string(s->root)) {
        snprintf(s->status_text, sizeof s->status_text, "%.199s", json_string_value(s->root));
        s->status_text[text_utf8_valid(s->status_text, strlen(s->status_text))] = '\0';
    } else if (!message && json_is_number(s->root)) {
        s->status_code = json_number_value(s->root);
    }
}

// One member of the envelope. *element tells that its value is the document's only element.
static bool member_take(struct json_stream *s, bool *element) {
    if (byte_here(s) != '"') return complain_at(s, "NOT_JSON", NULL, "a name in quotes must stand here");
    if (!value_take(s)) return false;
    bool data = strcmp(s->text, "\"data\"") == 0, code = strcmp(s->text, "\"status_code\"") == 0;
    bool message = strcmp(s->text, "\"status_message\"") == 0;
    int byte = byte_behind_space(s);
    if (byte == OVER) return document_cut(s, false);
    if (byte != ':') return complain_at(s, "NOT_JSON", NULL, "a colon must stand here");
    byte_pass(s);
    byte = byte_behind_space(s);
    if (byte == OVER) return document_cut(s, false);
    if (data && s->has_data) return complain_at(s, "NOT_JSON", NULL, "a second member `data`");
    s->has_data |= data;
    if (data && byte == '[') {
        byte_pass(s);
        s->where = IN_ELEMENTS;
        s->first = true;
        return true;
    }
    if (!value_take(s) || !value_parse(s)) return false;
    if (code || message) status_keep(s, message);
    *element = data && !json_is_null(s->root);
    return true;
}

// An OCPI platform answers errors with 200 OK and a status of 2xxx or 3xxx.
static bool envelope_end(struct json_stream *s) {
    s->where = BEHIND_DOCUMENT;
    if (s->status_code != 0 && (s->status_code < 1000 || s->status_code >= 2000)) {
        complain(s->complaints, (struct source){s->name, 0}, 0, NULL, "OCPI_STATUS", "ask the platform again",
                 "the platform answered with an error: \"%.0f %s\"", s->status_code, s->status_text);
        return false;
    }
    return s->has_data ||
           complain_at(s, "NO_DATA", "give the array of objects, or OCPI's answer with its member `data`",
                       "this object has no member `data`");
}

static bool document_end(struct json_stream *s) {
    if (byte_behind_space(s) == OVER) return s->status == AP_OK;
    return complain_at(s, "NOT_JSON", NULL, "something follows behind the document");
}

static bool element_check(struct json_stream *s) {
    s->elements++;
    if (json_is_object(s->root)) return true;
    json_complain(s, (struct json_place){"", "no object"}, "NOT_AN_OBJECT", NULL, "each element must be an object");
    return false;
}

enum json_next json_element_next(struct json_stream *s) {
    ASSERT(s != NULL);
    bool last, element = false;
    if (s->where == BEFORE_DOCUMENT && !document_begin(s)) return JSON_FAULT;
    while (s->where != BEHIND_DOCUMENT) {
        bool inside = s->where == IN_ELEMENTS;
        if (!comma_pass(s, inside ? ']' : '}', &last)) return JSON_FAULT;
        if (last && inside) {
            s->where = s->envelope ? IN_ENVELOPE : BEHIND_DOCUMENT;
        } else if (last) {
            if (!envelope_end(s)) return JSON_FAULT;
        } else if (inside) {
            return value_take(s) && value_parse(s) && element_check(s) ? JSON_ELEMENT : JSON_FAULT;
        } else if (!member_take(s, &element)) {
            return JSON_FAULT;
        } else if (element) {
            return element_check(s) ? JSON_ELEMENT : JSON_FAULT;
        }
    }
    return document_end(s) ? JSON_END : JSON_FAULT;
}

// Behind the value that begins at a byte. The text is valid JSON: jansson said so.
static size_t value_end(const struct json_stream *s, size_t at) {
    struct nesting nesting = {0};
    for (; at < s->text_count; at++) {
        enum nesting_step step = nesting_next(&nesting, (unsigned char)s->text[at]);
        if (step == STEP_BEHIND) return at;
        if (step == STEP_DONE) return at + 1;
    }
    return at;
}

static size_t space_end(const struct json_stream *s, size_t at) {
    while (at < s->text_count && (is_space(s->text[at]) || s->text[at] == ',' || s->text[at] == ':')) at++;
    return at;
}

// The value of a member of the object that begins at a byte; the object itself when it has none of this name.
static size_t member_find(const struct json_stream *s, size_t object, const char *name, size_t count) {
    size_t at = space_end(s, object + 1);
    while (at < s->text_count && s->text[at] == '"') {
        size_t end = value_end(s, at), value = space_end(s, end);
        if (end - at == count + 2 && memcmp(s->text + at + 1, name, count) == 0) return value;
        at = space_end(s, value_end(s, value));
    }
    return object;
}

// The byte where the value of a path begins, or the deepest object on the way that is there.
static size_t path_find(const struct json_stream *s, const char *path) {
    size_t at = space_end(s, 0);
    while (*path) {
        size_t before = at;
        if (*path == '[' && s->text[at] == '[') {
            long index = strtol(path + 1, NULL, 10);
            at = space_end(s, at + 1);
            for (long i = 0; i < index; i++) at = space_end(s, value_end(s, at));
        } else if (*path != '[' && s->text[at] == '{') {
            at = member_find(s, at, path, strcspn(path, ".["));
        }
        if (at == before) return at;
        path += *path == '[' ? strcspn(path, "]") + 1 : strcspn(path, ".[");
        path += *path == '.';
    }
    return at;
}

void json_complain(const struct json_stream *s, struct json_place place, const char *rule, const char *suggestion,
                   const char *sentence) {
    ASSERT(s->elements > 0 && place.path != NULL);
    uint32_t column;
    struct source at = place_of(s, path_find(s, place.path), &column);
    bool dot = place.path[0] != '\0' && place.path[0] != '[';
    complain(s->complaints, at, column, NULL, rule, suggestion, "%s[%u]%s%s: %s: \"%.200s\"",
             s->envelope ? "data" : "", s->elements - 1, dot ? "." : "", place.path, sentence,
             place.value ? place.value : "");
}
