import { useEffect } from "preact/hooks";
import { createLoaded, type Loaded } from "../loaded.ts";
import type { Colleagues } from "../shapes.ts";
import { type Store, useStore } from "../store.ts";

const known = new WeakMap<Store, Loaded<Colleagues>>();

/** Everybody may ask for teams and colleagues, unlike for the list of people. */
export function useColleagues(): Loaded<Colleagues> {
  const store = useStore();
  const loaded = known.get(store) ?? createLoaded(() => store.call("colleagues.list", {}));
  known.set(store, loaded);
  useEffect(() => {
    void loaded.read();
  }, [loaded]);
  return loaded;
}

export function useTeamNames(): (team: string | null) => string {
  const colleagues = useColleagues().value();
  return (team) => colleagues?.teams.find(({ id }) => id === team)?.name ?? "";
}
