/** The screens of scanning and what each needs to know. */
export interface ScanningRoutes {
  /** `site`: a site waits for the paper; back goes there. */
  scan: { after: 'site' | 'documents' };
}
