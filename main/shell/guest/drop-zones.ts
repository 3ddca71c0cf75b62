/**
 * Runs in every frame, in our own world. Some sites only accept files dropped on a zone, but people here have no file
 * to drag. So a press on such a zone opens the tray, as a file input does, and the chosen files are dropped on the zone
 * by script.
 */
export interface DropZones {
  pressed(event: MouseEvent): void;
  /** Drops the chosen files on the zone that was pressed last. */
  take(files: FileList): void;
}

/** Stringified: it may use nothing from outside. */
export function dropZones(found: () => void): DropZones {
  const WORDS =
    /(gliss|d[ée]pos|d[ée]plac|drag|drop)[^.]{0,80}(ici|fichier|document|pi[èe]ce|photo|justificatif|here|file)/i;
  const ANSWERS =
    'a, button, input, label, select, textarea, summary, option, video, audio, [contenteditable], [role="button"], [role="link"], [role="tab"], [role="menuitem"]';
  const SAYS_AT_MOST = 400;
  let zone: Element | undefined;
  let at = { clientX: 0, clientY: 0 };

  const carrying = (files: Iterable<File>): DataTransfer => {
    const data = new DataTransfer();
    for (const one of files) data.items.add(one);
    return data;
  };
  /** Whether the page accepted the event: a drop zone must call preventDefault on dragover. */
  const drag = (type: string, on: Element, data: DataTransfer): boolean =>
    !on.dispatchEvent(
      new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: data, ...at }),
    );
  const wants = (on: Element): boolean => {
    const data = carrying([new File([], 'document.pdf', { type: 'application/pdf' })]);
    drag('dragenter', on, data);
    const taken = drag('dragover', on, data);
    drag('dragleave', on, data);
    return taken;
  };
  const asksForFiles = (pressed: Element): boolean => {
    for (let one: Element | null = pressed, up = 0; one && up < 5; one = one.parentElement, up++) {
      const words = one.textContent.trim();
      if (words.length > SAYS_AT_MOST) return false;
      if (WORDS.test(words)) return true;
    }
    return false;
  };
  return {
    pressed(event) {
      const path = event.composedPath().filter((one) => one instanceof Element);
      const [on] = path;
      if (!event.isTrusted || !on || path.some((one) => one.matches(ANSWERS)) || !asksForFiles(on)) return;
      at = { clientX: event.clientX, clientY: event.clientY };
      // Many pages cancel drops anywhere, so that a misplaced drop does not leave them: those are not zones.
      if (!wants(on) || wants(document.documentElement)) return;
      zone = on;
      found();
    },
    take(files) {
      if (!zone?.isConnected) return;
      const data = carrying(files);
      for (const type of ['dragenter', 'dragover', 'drop']) drag(type, zone, data);
    },
  };
}
