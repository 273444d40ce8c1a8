#include "read/import_parts.h"

#include <string.h>

#include "read/moments.h"

struct words *import_file(struct import *i, const char *name) {
    ASSERT(i->file_count < IMPORT_FILES_MOST);
    struct words *text = &i->texts[i->file_count];
    i->files[i->file_count++] = (struct folder_file){name, NULL, NULL};
    return text;
}

FILE *import_stream(struct import *i, const char *name) {
    ASSERT(i->file_count < IMPORT_FILES_MOST);
    FILE *stream = tmpfile();
    if (stream) i->files[i->file_count++] = (struct folder_file){name, NULL, stream};
    return stream;
}

enum ap_status import_write(const struct import *i, const char *folder, struct complaints *c) {
    ASSERT(i != NULL && i->file_count > 0);
    struct folder_file files[IMPORT_FILES_MOST];
    for (uint32_t n = 0; n < i->file_count; n++) {
        files[n] = i->files[n];
        if (!files[n].stream) files[n].text = words_text(&i->texts[n]);
    }
    return folder_write(folder, files, i->file_count, c);
}

void import_free(struct import *i) {
    ASSERT(i != NULL);
    for (uint32_t n = 0; n < i->file_count; n++) {
        if (i->files[n].stream) fclose(i->files[n].stream);
        words_free(&i->texts[n]);
    }
    words_free(&i->report);
    arena_free(&i->arena);
    *i = (struct import){0};
}

enum ap_status import_offset(const struct import_options *o, struct complaints *c, int32_t *out) {
    *out = 0;
    if (!o->utc_offset || offset_read(o->utc_offset, out)) return AP_OK;
    complain(c, (struct source){"--utc-offset", 0}, 0, NULL, "NOT_AN_OFFSET", "write +08:00, -05:00 or Z",
             "is no time ahead of UTC: \"%.40s\"", o->utc_offset);
    return AP_BAD_INPUT;
}

const char *path_last(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

const char *count_show(uint64_t value, char out[COUNT_BYTES]) {
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    size_t to = 0;
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0) out[to++] = ',';
        out[to++] = digits[i];
    }
    out[to] = '\0';
    return out;
}

const char *hundredths_show(uint64_t value, char out[COUNT_BYTES]) {
    count_show(value / 100, out);
    size_t count = strlen(out);
    snprintf(out + count, COUNT_BYTES - count, ".%02u", (unsigned)(value % 100));
    return out;
}

const struct name_fault *name_fault(const char *name) {
    static const struct name_fault control = {"CONTROL_CHARACTER", "has a control character"};
    static const struct name_fault space = {"STRAY_SPACE", "has a space before or behind it"};
    static const struct name_fault too_long = {"NAME_TOO_LONG", "must have at most 120 bytes"};
    size_t count = strlen(name);
    if (count > 120) return &too_long;
    for (size_t i = 0; i < count; i++) {
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7F) return &control;
    }
    bool spaces = count > 0 && (name[0] == ' ' || name[count - 1] == ' ');
    return spaces ? &space : NULL;
}

void title_write(const char *text, char *out, size_t room) {
    size_t count = strlen(text) < room - 1 ? strlen(text) : room - 1;
    for (size_t i = 0; i < count; i++) out[i] = (unsigned char)text[i] < 0x20 || text[i] == 0x7F ? ' ' : text[i];
    out[count] = '\0';
    out[text_utf8_valid(out, count)] = '\0';           // the cut may have gone through a character
}
