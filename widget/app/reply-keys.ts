const BUTTONS = "[data-reply]";

/** Arrows, Home and End move from one message's button to another's; Tab stops at one of them. */
export function moveAmong(event: KeyboardEvent): void {
  const { target, currentTarget, key } = event;
  if (!(target instanceof HTMLElement && target.matches(BUTTONS))) return;
  const all = [...(currentTarget as HTMLElement).querySelectorAll<HTMLElement>(BUTTONS)];
  const at = all.indexOf(target);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[key];
  const next = to === undefined ? undefined : all[to];
  if (to === undefined) return;
  event.preventDefault();
  next?.focus();
}

/** From the empty composer up into the thread. False if there is nothing to reply to. */
export function focusNewest(): boolean {
  const newest = [...document.querySelectorAll<HTMLElement>(BUTTONS)].at(-1);
  newest?.focus();
  return newest !== undefined;
}
