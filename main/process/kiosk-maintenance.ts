/**
 * The maintenance screen, shown when the kiosk must not run: its configuration is unreadable, or it keeps crashing. The
 * kiosk never falls back to default settings.
 */
import type { Kiosk } from '../compose.ts';
import { defaultPreferences } from '../contract/session.ts';
import type { Files } from '../platform/files.ts';
import type { KioskView, Shell } from '../shell/port.ts';
import { createScreenServer } from '../transport/serve-screens.ts';

export interface MaintenanceDeps {
  readonly shell: Shell;
  readonly files: Files;
  readonly screens: string;
  /** `PN-…`, for the agent. */
  readonly fault: string;
  readonly window?: { readonly width: number; readonly height: number };
}

const stateOf = (fault: string): unknown => ({
  session: {
    phase: { name: 'out-of-service', fault },
    preferences: defaultPreferences,
    timeLeftS: null,
  },
  catalogue: { place: '', commune: '', opening: '', agentContact: 'Demandez à l’accueil.', messages: [] },
  browsing: { visit: null },
});

export const showMaintenance = async (deps: MaintenanceDeps): Promise<Kiosk> => {
  let view: KioskView | undefined;
  const snapshot = JSON.stringify({ kind: 'snapshot', seq: 0, state: stateOf(deps.fault) });
  const start = async (): Promise<void> => {
    view = await deps.shell.openKioskView({
      serve: createScreenServer({ files: deps.files, screens: deps.screens, bytes: {} }).serve,
      // Every request of the screens gets the same answer.
      onMessage: () => view?.send(snapshot),
      onReady: () => view?.send(snapshot),
      onClosed: () => undefined,
      ...(deps.window ? { window: deps.window } : {}),
    });
  };
  await start();
  return { start, reloadScreens: async () => view?.reload(), stop: () => deps.shell.close() };
};
