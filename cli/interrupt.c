#include "interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/time.h>

#include "sitemap.h"

static volatile sig_atomic_t caught;

static void end_by(int number) {
    signal(number, SIG_DFL);
    raise(number);
}

/* The library did not come round to asking whether to go on: the second is over. Its files are whole or temporary at
 * any moment, so that ending here loses nothing that was there before. */
static void on_alarm(int number) {
    (void)number;
    smap_cleanup();
    sigset_t all;
    sigemptyset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    end_by(caught);
}

static void on_stop(int number) {
    if (caught) return;
    caught = number;
    struct itimerval timer = { { 0, 0 }, { 0, 900000 } };
    setitimer(ITIMER_REAL, &timer, NULL);
}

static void set_handler(int number, void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

void interrupt_catch(void) {
    static const int stops[] = { SIGINT, SIGTERM, SIGHUP };
    set_handler(SIGALRM, on_alarm);
    set_handler(SIGXFSZ, SIG_IGN); /* a file that may not grow fails to be written, which is said in a sentence */
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        struct sigaction old;
        /* A program started with a signal ignored (nohup) keeps it so. */
        if (sigaction(stops[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN) set_handler(stops[i], on_stop);
    }
}

int interrupt_signal(void) {
    return caught;
}

void interrupt_settle(void) {
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGALRM };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) signal(numbers[i], SIG_IGN);
    caught = 0;
}

void interrupt_end(void) {
    if (!caught) return;
    smap_cleanup();
    end_by(caught);
}
