/** The parts of `site.yaml` that each belong to one feature. */
import { agentSection } from '../features/agent/section.ts';
import { directorySection } from '../features/directory/section.ts';
import { documentsSection } from '../features/documents/section.ts';
import { printingSection } from '../features/printing/section.ts';
import { scanningSection } from '../features/scanning/section.ts';
import { sessionSection } from '../features/session/section.ts';
import { usageSection } from '../features/usage/section.ts';

export const sectionFields = {
  ...sessionSection.fields,
  ...printingSection.fields,
  ...scanningSection.fields,
  ...documentsSection.fields,
  ...usageSection.fields,
  ...agentSection.fields,
  ...directorySection.fields,
};

export const sectionDefaults = {
  ...sessionSection.defaults,
  ...printingSection.defaults,
  ...scanningSection.defaults,
  ...documentsSection.defaults,
  ...usageSection.defaults,
  ...agentSection.defaults,
  ...directorySection.defaults,
};
