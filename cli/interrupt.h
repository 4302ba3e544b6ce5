/* Ctrl-C and termination: ask the library to stop; if it has not within a second, remove its temporary files and end.
 */
#ifndef SITEMAP_CLI_INTERRUPT_H
#define SITEMAP_CLI_INTERRUPT_H

/* Catch SIGINT, SIGTERM and SIGHUP from now on. */
void interrupt_catch(void);
/* The signal that asked to stop, 0 if none did. */
int interrupt_signal(void);
/* What was asked for is done: a signal that came too late to stop it is forgotten, and later ones change nothing. */
void interrupt_settle(void);
/* End as the signal would have ended the program, so that the shell knows; returns if there was none. */
void interrupt_end(void);

#endif
