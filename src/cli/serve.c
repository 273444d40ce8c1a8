// autopolis serve: prints the address with its token, then serves until it is interrupted.
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "serve/serve.h"

static double clock_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// A thousand guests need a thousand files.
static void files_allow(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max < 4096 ? limit.rlim_max : 4096;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static void signals_wait(void) {
    static const int stops[] = {SIGINT, SIGTERM, SIGHUP};
    sigset_t set;
    int which;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) sigaddset(&set, stops[i]);
    sigwait(&set, &which);
}

static enum ap_status address_print(const struct options *o, const struct server *s) {
    struct words words = {0};
    const char *address = o->address ? o->address : "127.0.0.1";
    bool six = strchr(address, ':') != NULL;
    words_add(&words, "http://%s%s%s:%u/#token=%s\n", six ? "[" : "", address, six ? "]" : "", (unsigned)serve_port(s),
              serve_token(s));
    return terminal_print_words(&words);
}

static int server_run(const struct options *o) {
    char program[PATH_MAX + 1] = "", trouble[SERVE_TROUBLE_ROOM];
    struct server *server;
    ssize_t count = readlink("/proc/self/exe", program, PATH_MAX);
    if (count > 0) program[count] = 0;
    struct serve_options serving = {o->place ? o->place : "results", o->scenarios ? o->scenarios : "scenarios", program,
                                    o->address ? o->address : "127.0.0.1", (uint16_t)o->port, o->jobs ? o->jobs : 1,
                                    o->patience ? o->patience : 120, clock_now};
    files_allow();
    signal(SIGPIPE, SIG_IGN);
    interrupts_hold();
    enum ap_status status = serve_start(&serving, &server, trouble);
    if (status != AP_OK) {
        terminal_trouble("%s", trouble[0] ? trouble : "the machine refused memory");
        return exit_of(status);
    }
    status = address_print(o, server);
    if (status == AP_OK) signals_wait();
    serve_stop(server);
    return exit_of(status);
}

int command_serve(int argc, char **argv) {
    struct options options;
    enum ap_status status = options_parse(argc, argv, FOR_SERVE, &options);
    if (status != AP_OK) return exit_of(status);
    int exit_status = server_run(&options);
    options_free(&options);
    return exit_status;
}
