/** The screens of a site and what each needs to know. */
export interface BrowsingRoutes {
  visit: { id: string };
}
