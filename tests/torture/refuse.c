#include "torture/refuse.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct refusal refusal;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

// True when this time the answer is no.
static bool refused(enum refusal_kind kind, int reason) {
    if (refusal.kind != kind) return false;
    pthread_mutex_lock(&lock);
    long now = ++refusal.asked;
    bool no = now == refusal.at || (refusal.for_good && now > refusal.at);
    refusal.happened |= no;
    pthread_mutex_unlock(&lock);
    if (no) errno = reason;
    return no;
}

// --- memory

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *self);
DIR *__real_opendir(const char *path);

void *__wrap_malloc(size_t size) {
    return refused(REFUSE_MEMORY, ENOMEM) ? NULL : __real_malloc(size);
}
void *__wrap_calloc(size_t count, size_t size) {
    return refused(REFUSE_MEMORY, ENOMEM) ? NULL : __real_calloc(count, size);
}
void *__wrap_realloc(void *old, size_t size) {
    return refused(REFUSE_MEMORY, ENOMEM) ? NULL : __real_realloc(old, size);
}
void *__wrap_aligned_alloc(size_t alignment, size_t size) {
    return refused(REFUSE_MEMORY, ENOMEM) ? NULL : __real_aligned_alloc(alignment, size);
}
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *self) {
    return refused(REFUSE_MEMORY, EAGAIN) ? EAGAIN : __real_pthread_create(thread, attributes, run, self);
}
DIR *__wrap_opendir(const char *path) {
    return refused(REFUSE_MEMORY, ENOMEM) ? NULL : __real_opendir(path);
}

// --- the disk

FILE *__real_fopen64(const char *path, const char *mode);
FILE *__real_fdopen(int file, const char *mode);
size_t __real_fwrite(const void *bytes, size_t size, size_t count, FILE *file);
int __real_fflush(FILE *file);
int __real_fclose(FILE *file);
int __real_open64(const char *path, int flags, ...);
int __real_fsync(int file);
int __real_rename(const char *from, const char *to);
int __real_renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags);
int __real_mkdir(const char *path, mode_t mode);
char *__real_mkdtemp(char *path);
int __real_mkstemp64(char *path);
int __real_chmod(const char *path, mode_t mode);
int __real_fchmod(int file, mode_t mode);

FILE *__wrap_fopen64(const char *path, const char *mode) {
    return refused(REFUSE_DISK, EIO) ? NULL : __real_fopen64(path, mode);
}
FILE *__wrap_fdopen(int file, const char *mode) {
    return refused(REFUSE_DISK, ENOMEM) ? NULL : __real_fdopen(file, mode);
}
// What is said on standard error is not refused: it is how the test hears about the rest.
size_t __wrap_fwrite(const void *bytes, size_t size, size_t count, FILE *file) {
    return file != stderr && refused(REFUSE_DISK, ENOSPC) ? 0 : __real_fwrite(bytes, size, count, file);
}
int __wrap_fflush(FILE *file) {
    return file != stderr && refused(REFUSE_DISK, ENOSPC) ? EOF : __real_fflush(file);
}
// Closes all the same, as the machine does.
int __wrap_fclose(FILE *file) {
    bool no = refused(REFUSE_DISK, EIO);
    int closed = __real_fclose(file);
    if (no) errno = EIO;
    return no ? EOF : closed;
}
int __wrap_open64(const char *path, int flags, ...) {
    va_list values;
    va_start(values, flags);
    mode_t mode = flags & O_CREAT ? va_arg(values, mode_t) : 0;
    va_end(values);
    return refused(REFUSE_DISK, EMFILE) ? -1 : __real_open64(path, flags, mode);
}
int __wrap_fsync(int file) {
    return refused(REFUSE_DISK, EIO) ? -1 : __real_fsync(file);
}
int __wrap_rename(const char *from, const char *to) {
    return refused(REFUSE_DISK, EACCES) ? -1 : __real_rename(from, to);
}
int __wrap_renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
    return refused(REFUSE_DISK, EINVAL) ? -1 : __real_renameat2(from_folder, from, to_folder, to, flags);
}
int __wrap_mkdir(const char *path, mode_t mode) {
    return refused(REFUSE_DISK, ENOSPC) ? -1 : __real_mkdir(path, mode);
}
char *__wrap_mkdtemp(char *path) {
    return refused(REFUSE_DISK, ENOSPC) ? NULL : __real_mkdtemp(path);
}
int __wrap_mkstemp64(char *path) {
    return refused(REFUSE_DISK, ENOSPC) ? -1 : __real_mkstemp64(path);
}
int __wrap_chmod(const char *path, mode_t mode) {
    return refused(REFUSE_DISK, EPERM) ? -1 : __real_chmod(path, mode);
}
int __wrap_fchmod(int file, mode_t mode) {
    return refused(REFUSE_DISK, EPERM) ? -1 : __real_fchmod(file, mode);
}
// The same second every time, so that results can be compared to the byte.
int __wrap_clock_gettime(clockid_t clock, struct timespec *out);
int __wrap_clock_gettime(clockid_t clock, struct timespec *out) {
    (void)clock;
    *out = (struct timespec){1700000000, 0};
    return 0;
}

// --- sqlite: its memory, and the calls of its file layer. A block carries its size in front.

enum { SIZE_ROOM = 16 };

static void *sqlite_take(int size) {
    char *block = __wrap_malloc((size_t)size + SIZE_ROOM);
    if (!block) return NULL;
    memcpy(block, &size, sizeof size);
    return block + SIZE_ROOM;
}
static int sqlite_size(void *piece) {
    int size = 0;
    if (piece) memcpy(&size, (char *)piece - SIZE_ROOM, sizeof size);
    return size;
}
static void sqlite_free(void *piece) {
    if (piece) free((char *)piece - SIZE_ROOM);
}
static void *sqlite_more(void *piece, int size) {
    char *block = __wrap_realloc((char *)piece - SIZE_ROOM, (size_t)size + SIZE_ROOM);
    if (!block) return NULL;
    memcpy(block, &size, sizeof size);
    return block + SIZE_ROOM;
}
static int sqlite_rounded(int size) {
    return (size + 7) & ~7;
}
static int sqlite_ready(void *self) {
    (void)self;
    return SQLITE_OK;
}
static void sqlite_done(void *self) {
    (void)self;
}

static ssize_t sqlite_pwrite(int file, const void *bytes, size_t count, off64_t at) {
    return refused(REFUSE_DISK, ENOSPC) ? -1 : pwrite64(file, bytes, count, at);
}
static ssize_t sqlite_write(int file, const void *bytes, size_t count) {
    return refused(REFUSE_DISK, ENOSPC) ? -1 : write(file, bytes, count);
}
static int sqlite_truncate(int file, off64_t size) {
    return refused(REFUSE_DISK, EIO) ? -1 : ftruncate64(file, size);
}
static int sqlite_open_file(const char *path, int flags, int mode) {
    return refused(REFUSE_DISK, ENOSPC) ? -1 : __real_open64(path, flags, (mode_t)mode);
}

void refusals_install(void) {
    static const sqlite3_mem_methods memory = {sqlite_take,    sqlite_free,  sqlite_more, sqlite_size,
                                               sqlite_rounded, sqlite_ready, sqlite_done, NULL};
    json_set_alloc_funcs(__wrap_malloc, free);
    sqlite3_config(SQLITE_CONFIG_MALLOC, &memory);
    sqlite3_initialize();
    sqlite3_vfs *files = sqlite3_vfs_find(NULL);
    files->xSetSystemCall(files, "pwrite", (sqlite3_syscall_ptr)sqlite_pwrite);
    files->xSetSystemCall(files, "pwrite64", (sqlite3_syscall_ptr)sqlite_pwrite);
    files->xSetSystemCall(files, "write", (sqlite3_syscall_ptr)sqlite_write);
    files->xSetSystemCall(files, "ftruncate", (sqlite3_syscall_ptr)sqlite_truncate);
    files->xSetSystemCall(files, "open", (sqlite3_syscall_ptr)sqlite_open_file);
}
