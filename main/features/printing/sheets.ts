/** Our own papers, in one file so that they and their sentences are read when the first one is printed. */
export { contactDetailsSheet } from './contact-details-sheet.ts';
export { papersSheet } from './papers-sheet.ts';
export { placeTicket } from './place-ticket.ts';
export { gesturesSheet, tutorialSheet } from './tutorial-sheet.ts';
