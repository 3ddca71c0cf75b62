/** The screens of scanning and their parameters. */
export interface ScanningRoutes {
  /** `site`: a site waits for the document, and "back" returns there. */
  scan: { after: 'site' | 'documents' };
}
