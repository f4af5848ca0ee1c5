import type { ComponentChildren } from "preact";
import { areaAddress } from "../../shell/address.ts";
import { usePanel } from "../../shell/context.ts";

interface Props {
  /** The part of the address behind `settings/`. */
  to: string;
  class?: string | undefined;
  here?: boolean;
  children: ComponentChildren;
}

/** A link within the settings; with Ctrl or Shift the browser follows it itself. */
export function Go({ to, class: name, here = false, children }: Props) {
  const { address } = usePanel();
  return (
    <a
      class={name}
      href={areaAddress("settings", to)}
      aria-current={here ? "page" : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        address.go("settings", to);
      }}
    >
      {children}
    </a>
  );
}
