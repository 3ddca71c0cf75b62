/** Exit codes from the kiosk to the watcher, and the argument from the watcher to the kiosk. */

/** The kiosk shut down cleanly and wants to be restarted. */
export const EXIT_RESTART = 75;
export const EXIT_BUG = 70;
/** The kiosk could not start now, for a cause that may pass by itself. */
export const EXIT_NOT_YET = 71;
/** Wrong arguments, or a program that is missing: a restart would fail in the same way. */
export const EXIT_BAD_USE = 2;
/** Another kiosk is running on this machine. */
export const EXIT_ALREADY_RUNNING = 3;

/** Makes the kiosk show the maintenance screen only, after repeated crashes. */
export const REST_ARGUMENT = '--resting';
