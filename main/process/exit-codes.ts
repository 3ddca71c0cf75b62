/** What the watcher and the kiosk say to each other: how a kiosk ended, and that it must rest. */

/** The kiosk ended in order and wants to begin anew. */
export const EXIT_RESTART = 75;
export const EXIT_BUG = 70;
/** Wrong arguments: another try would read the same ones. */
export const EXIT_BAD_USE = 2;
/** Another kiosk has this machine. */
export const EXIT_ALREADY_RUNNING = 3;

/** Given to the kiosk when it must rest behind the maintenance screen. */
export const REST_ARGUMENT = '--resting';
