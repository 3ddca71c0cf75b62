/** The only channels there are. The first two belong to our screens, the rest to a guest's page. */
export const TO_MAIN = 'kiosk:to-main';
export const TO_SCREENS = 'kiosk:to-screens';
export const GUEST_DIALOG = 'guest:dialog';
export const GUEST_PRINT = 'guest:print';
