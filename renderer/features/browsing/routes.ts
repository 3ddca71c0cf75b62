/** The screens of a site and their parameters. */
export interface BrowsingRoutes {
  visit: { id: string };
}
