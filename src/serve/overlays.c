// Overlays: scenarios made here, which hold the rows that differ from a parent. A change is tried on a copy first; what
// `autopolis check` complains about never reaches the overlay.
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "serve/overlay_table.h"
#include "serve/server.h"
#include "write/publish.h"

enum { TABLE_BYTES_MOST = 4 << 20 };

static void overlays_folder(const struct server *s, char out[SERVE_PATH_ROOM]) {
    snprintf(out, SERVE_PATH_ROOM, "%.3000s/scenarios", s->jobs.folder);
}

static enum MHD_Result disk_refuses(struct visit *v) {
    char words[200];
    snprintf(words, sizeof words, "the disk refuses: %.150s", strerror(errno));
    return reply_error(v, MHD_HTTP_INSUFFICIENT_STORAGE, words);
}

// --- a new one

// From one absolute folder to another: as many steps up as they part, then down.
static bool relative_path(const char *from, const char *to, struct words *out) {
    size_t same = 0, at = 0;
    for (; from[at] && from[at] == to[at]; at++)
        if (from[at] == '/') same = at;
    if ((!from[at] || from[at] == '/') && (!to[at] || to[at] == '/')) same = at;
    for (const char *up = from + same; *up; up++)
        if (*up == '/') words_add_text(out, "../");
    words_add_text(out, to[same] == '/' ? to + same + 1 : to + same);
    return words_status(out) == AP_OK;
}

static bool settings_make(const char *folder, const char *parent) {
    char path[SERVE_PATH_ROOM + 32];
    struct words relative = {0}, text = {0};
    bool made = relative_path(folder, parent, &relative);
    words_add_text(&text, "setting,value\nparent,");
    words_add_csv(&text, words_text(&relative));
    words_add_text(&text, "\n");
    snprintf(path, sizeof path, "%s/settings.csv", folder);
    made = made && words_status(&text) == AP_OK && file_replace(path, words_text(&text), text.count);
    words_free(&relative);
    words_free(&text);
    return made;
}

static enum MHD_Result overlay_make(struct visit *v, const char *name, const char *parent) {
    char above[SERVE_PATH_ROOM], taken[SERVE_PATH_ROOM], parents[SERVE_PATH_ROOM + NAME_ROOM], folder[SERVE_PATH_ROOM];
    struct server *s = v->server;
    if (!scenario_above(&s->jobs, parent, above)) return reply_error(v, MHD_HTTP_NOT_FOUND, "there is no such parent");
    if (scenario_above(&s->jobs, name, taken)) return reply_error(v, MHD_HTTP_CONFLICT, "a scenario has this name");
    snprintf(parents, sizeof parents, "%s/%s", above, parent);
    overlays_folder(s, above);
    if ((size_t)snprintf(folder, sizeof folder, "%.3100s/%s", above, name) >= sizeof folder || mkdir(folder, 0755) != 0)
        return disk_refuses(v);
    if (settings_make(folder, parents)) return reply_json(v, MHD_HTTP_CREATED, json_pack("{s:s}", "name", name));
    int why = errno;
    publish_remove(folder);
    errno = why;
    return disk_refuses(v);
}

enum MHD_Result overlay_new(struct visit *v) {
    json_t *o = json_loadb(words_text(&v->body), v->body.count, JSON_REJECT_DUPLICATES, NULL);
    const char *name = json_string_value(json_object_get(o, "name"));
    const char *parent = json_string_value(json_object_get(o, "parent"));
    enum MHD_Result replied;
    if (!name || !parent || !name_safe(name) || !name_safe(parent))
        replied = reply_error(v, MHD_HTTP_BAD_REQUEST, "name and parent are due: letters, digits, - _ .");
    else
        replied = overlay_make(v, name, parent);
    json_decref(o);
    return replied;
}

// --- a change

// The overlay's folder copied to a folder of its own, with one file replaced.
struct trial {
    char above[SERVE_PATH_ROOM];     // DIR/scenarios/.try-XXXXXX
    char folder[SERVE_PATH_ROOM + NAME_ROOM];
};

static bool file_copy(const char *from, const char *name, const char *to) {
    char path[SERVE_PATH_ROOM + 2 * NAME_ROOM];
    size_t count = 0;
    char above[SERVE_PATH_ROOM];
    snprintf(above, sizeof above, "%s", from);
    char *slash = strrchr(above, '/');
    ASSERT(slash != NULL);
    *slash = 0;
    int file = file_open_inside(above, slash + 1, name);
    char *text = file_read(file, TABLE_BYTES_MOST, &count);
    if (file >= 0) close(file);
    snprintf(path, sizeof path, "%s/%s", to, name);
    bool copied = text && file_replace(path, text, count);
    free(text);
    return copied;
}

static bool files_copy(const char *from, const char *to) {
    DIR *stream = opendir(from);
    bool copied = stream != NULL;
    for (struct dirent *e = stream ? readdir(stream) : NULL; e && copied; e = readdir(stream))
        if (name_safe(e->d_name)) copied = file_copy(from, e->d_name, to);
    if (stream) closedir(stream);
    return copied;
}

// The parent is named from where the overlay lies, and the trial lies one folder deeper.
static bool parent_deepen(const char *folder) {
    char path[SERVE_PATH_ROOM + 2 * NAME_ROOM], above[SERVE_PATH_ROOM + NAME_ROOM];
    snprintf(above, sizeof above, "%s", folder);
    char *slash = strrchr(above, '/');
    *slash = 0;
    int file = file_open_inside(above, slash + 1, "settings.csv");
    size_t count = 0;
    char *text = file_read(file, TABLE_BYTES_MOST, &count);
    if (file >= 0) close(file);
    char *parent = text ? strstr(text, "\nparent,") : NULL;
    struct words w = {0};
    if (parent) {
        parent += 8;
        words_add_bytes(&w, text, (size_t)(parent - text));
        words_add_text(&w, *parent == '"' ? "\"../" : "../");
        words_add_text(&w, *parent == '"' ? parent + 1 : parent);
    }
    snprintf(path, sizeof path, "%s/settings.csv", folder);
    bool done = parent && words_status(&w) == AP_OK && file_replace(path, words_text(&w), w.count);
    words_free(&w);
    free(text);
    return done;
}

static bool trial_make(const struct server *s, const char *name, const char *overlay, struct trial *t) {
    overlays_folder(s, t->above);
    size_t at = strlen(t->above);
    snprintf(t->above + at, sizeof t->above - at, "/.try-XXXXXX");
    if (!mkdtemp(t->above)) return false;
    snprintf(t->folder, sizeof t->folder, "%s/%s", t->above, name);
    return mkdir(t->folder, 0755) == 0 && files_copy(overlay, t->folder);
}

static void trial_end(struct trial *t) {
    publish_remove(t->folder);
    publish_remove(t->above);
}

struct change {
    const char *name, *file;         // of the scenario; of the table
    const char *text;                // what the file is to be
    size_t      count;
};

static int change_check(struct server *s, const struct change *c, struct trial *t, char **said) {
    char path[SERVE_PATH_ROOM + 2 * NAME_ROOM];
    const char *words[] = {s->jobs.options.program, "check", c->name, "--json", NULL};
    snprintf(path, sizeof path, "%s/%s", t->folder, c->file);
    if (!file_replace(path, c->text, c->count) || !parent_deepen(t->folder)) return -1;
    return process_ask(&s->jobs, t->above, words, said);
}

static enum MHD_Result change_make(struct visit *v, const struct change *c, const char *overlay) {
    struct trial trial;
    char path[SERVE_PATH_ROOM + NAME_ROOM], *said = NULL;
    if (!trial_make(v->server, c->name, overlay, &trial)) return disk_refuses(v);
    int status = change_check(v->server, c, &trial, &said);
    trial_end(&trial);
    if (status == 1) return reply_text(v, MHD_HTTP_UNPROCESSABLE_CONTENT, "application/json", said);
    snprintf(path, sizeof path, "%s/%s", overlay, c->file);
    bool written = status == 0 && file_replace(path, c->text, c->count);
    if (written) return reply_text(v, MHD_HTTP_OK, "application/json", said);
    free(said);
    return status == 0 ? disk_refuses(v) : reply_error(v, MHD_HTTP_SERVICE_UNAVAILABLE, "the check could not be run");
}

// The overlay's folder, or NULL after the reply.
static bool overlay_find(struct visit *v, char out[SERVE_PATH_ROOM], enum MHD_Result *replied) {
    char above[SERVE_PATH_ROOM];
    overlays_folder(v->server, above);
    if (folder_inside(above, v->segments[2], out)) return true;
    *replied = reply_error(v,
        MHD_HTTP_CONFLICT, "only scenarios made here can be changed: make an overlay of it first");
    return false;
}

static enum MHD_Result table_change(struct visit *v, const char *overlay, const char *table, json_t *cells) {
    char file[NAME_ROOM + 8], trouble[200] = "";
    snprintf(file, sizeof file, "%.100s.csv", table);
    char above[SERVE_PATH_ROOM];
    overlays_folder(v->server, above);
    size_t count = 0;
    int opened = file_open_inside(above, v->segments[2], file);
    char *before = opened >= 0 ? file_read(opened, TABLE_BYTES_MOST, &count) : NULL;
    if (opened >= 0) close(opened);
    struct words after = {0};
    enum ap_status status = overlay_table_change(before ? before : "", table, cells, &after, trouble);
    free(before);
    struct change change = {v->segments[2], file, words_text(&after), after.count};
    enum MHD_Result replied = status == AP_OK ? change_make(v, &change, overlay)
                                              : reply_error(v, MHD_HTTP_BAD_REQUEST, trouble);
    words_free(&after);
    return replied;
}

enum MHD_Result overlay_row(struct visit *v) {
    char overlay[SERVE_PATH_ROOM];
    enum MHD_Result replied;
    if (!overlay_find(v, overlay, &replied)) return replied;
    json_t *o = json_loadb(words_text(&v->body), v->body.count, JSON_REJECT_DUPLICATES, NULL);
    json_t *cells = json_object_get(o, "cells"), *action = json_object_get(o, "action");
    if (json_is_object(cells) && action) json_object_set(cells, "action", action);
    replied = json_is_object(cells) ? table_change(v, overlay, v->segments[4], cells)
                                    : reply_error(v, MHD_HTTP_BAD_REQUEST, "cells: an object is due");
    json_decref(o);
    return replied;
}

enum MHD_Result overlay_setting(struct visit *v) {
    char overlay[SERVE_PATH_ROOM];
    enum MHD_Result replied;
    if (!overlay_find(v, overlay, &replied)) return replied;
    json_t *o = json_loadb(words_text(&v->body), v->body.count, JSON_REJECT_DUPLICATES, NULL);
    json_t *value = json_object_get(o, "value");
    json_t *cells = value ? json_pack("{s:s, s:O}", "setting", v->segments[4], "value", value) : NULL;
    bool parent = strcmp(v->segments[4], "parent") == 0;
    replied = cells && !parent ? table_change(v, overlay, "settings", cells)
                               : reply_error(v, MHD_HTTP_BAD_REQUEST, "value: text or a number is due");
    json_decref(cells);
    json_decref(o);
    return replied;
}
