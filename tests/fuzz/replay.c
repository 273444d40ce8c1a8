// Gives every file of the folders on the command line to the target that this program is linked with. Speaks TAP.
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz/target.h"

enum { PATH_MOST = 1000, BYTES_MOST = 1 << 20 };

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// The last name is said before its bytes are given, so that a crash tells which they were.
static int file_replay(const char *folder, const char *name) {
    char path[PATH_MOST];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(BYTES_MOST);
    if (!file || !bytes) return 1;
    size_t count = fread(bytes, 1, BYTES_MOST, file);
    fclose(file);
    uint8_t *exact = malloc(count + 1);        // a reader that goes one byte too far is seen by the sanitizers
    if (!exact) return 1;
    memcpy(exact, bytes, count);
    fprintf(stderr, "# %s\n", name);
    int status = LLVMFuzzerTestOneInput(exact, count);
    free(exact);
    free(bytes);
    return status;
}

static int folder_replay(const char *folder, int *files) {
    char *names[4096];
    int count = 0, failed = 0;
    DIR *stream = opendir(folder);
    if (!stream) return 1;
    for (struct dirent *entry = readdir(stream); entry && count < 4096; entry = readdir(stream))
        if (entry->d_name[0] != '.') names[count++] = strdup(entry->d_name);
    closedir(stream);
    qsort(names, (size_t)count, sizeof *names, by_name);
    for (int i = 0; i < count; i++) {
        failed += file_replay(folder, names[i]) != 0;
        free(names[i]);
    }
    *files += count;
    return failed;
}

int main(int argc, char **argv) {
    int failed = 0, files = 0;
    for (int i = 1; i < argc; i++) failed += folder_replay(argv[i], &files);
    bool good = files > 0 && failed == 0;
    printf("1..1\n%s 1 - %d inputs\n", good ? "ok" : "not ok", files);
    return good ? 0 : 1;
}
