/** All IPC channels. Our screens use the first two, a guest's page the others. */
export const TO_MAIN = 'kiosk:to-main';
export const TO_SCREENS = 'kiosk:to-screens';
export const GUEST_DIALOG = 'guest:dialog';
export const GUEST_PRINT = 'guest:print';
