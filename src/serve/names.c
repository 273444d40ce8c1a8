#include "serve/names.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

bool name_safe(const char *name) {
    size_t count = strlen(name);
    if (count == 0 || count >= NAME_ROOM || name[0] == '.' || name[0] == '-') return false;
    for (const char *at = name; *at; at++) {
        unsigned char c = (unsigned char)*at;
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!plain && c < 0x80 && c != '-' && c != '_' && c != '.') return false;
    }
    return text_is_utf8(name, count);
}

bool folder_inside(const char *folder, const char *name, char out[SERVE_PATH_ROOM]) {
    struct stat info;
    if (!folder || !name_safe(name)) return false;
    if ((size_t)snprintf(out, SERVE_PATH_ROOM, "%s/%s", folder, name) >= SERVE_PATH_ROOM) return false;
    return lstat(out, &info) == 0 && S_ISDIR(info.st_mode);
}

// Each part is opened from the one above it, so that a link put there meanwhile is refused too.
int file_open_inside(const char *folder, const char *name, const char *file) {
    if (!name_safe(name) || !name_safe(file)) return -1;
    int top = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (top < 0) return -1;
    int inside = openat(top, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    close(top);
    if (inside < 0) return -1;
    int opened = openat(inside, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    close(inside);
    struct stat info;
    if (opened >= 0 && (fstat(opened, &info) != 0 || !S_ISREG(info.st_mode))) {
        close(opened);
        return -1;
    }
    return opened;
}

char *file_read(int file, size_t most, size_t *count) {
    struct stat info;
    if (file < 0 || fstat(file, &info) != 0 || (size_t)info.st_size > most) return NULL;
    char *text = malloc((size_t)info.st_size + 1);
    size_t got = 0;
    while (text && got < (size_t)info.st_size) {
        ssize_t piece = read(file, text + got, (size_t)info.st_size - got);
        if (piece <= 0) break;
        got += (size_t)piece;
    }
    if (text) text[got] = 0;
    if (count) *count = got;
    return text;
}

static bool bytes_write(int file, const char *text, size_t count) {
    while (count > 0) {
        ssize_t written = write(file, text, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text += written;
        count -= (size_t)written;
    }
    return fsync(file) == 0;
}

bool file_replace(const char *path, const char *text, size_t count) {
    char partial[SERVE_PATH_ROOM + 16];
    if ((size_t)snprintf(partial, sizeof partial, "%s.partial", path) >= sizeof partial) return false;
    int file = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (file < 0) return false;
    bool written = bytes_write(file, text, count);
    int why = errno;
    if (close(file) != 0 && written) {
        written = false;
        why = errno;
    }
    if (written && rename(partial, path) == 0) return true;
    if (written) why = errno;
    unlink(partial);
    errno = why;
    return false;
}
