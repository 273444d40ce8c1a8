// The commands. argv[0] is the command's name; the result is the exit status.
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

int command_run(int argc, char **argv);
int command_compare(int argc, char **argv);
int command_capacity(int argc, char **argv);
int command_check(int argc, char **argv);
int command_audit(int argc, char **argv);
int command_describe(int argc, char **argv);
int command_hindcast(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_import(int argc, char **argv);
int command_new(int argc, char **argv);
int command_piles(int argc, char **argv);
int command_report(int argc, char **argv);
int command_reproduce(int argc, char **argv);
int command_serve(int argc, char **argv);
int command_selftest(int argc, char **argv);
int command_stress(int argc, char **argv);
int command_surge(int argc, char **argv);

#endif
