import { VIEWS, type ViewName } from "./order.ts";

/** The tabs in their order; nobody speaks of teams while there is one. */
export function shownViews(teams: number): ViewName[] {
  return VIEWS.filter((view) => view !== "team" || teams > 1);
}
