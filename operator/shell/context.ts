import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Panel } from "./panel.ts";

export const PanelContext = createContext<Panel | null>(null);

export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (panel === null) throw new Error("no panel around this component");
  return panel;
}
