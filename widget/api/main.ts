import type { Calls, Listener } from "../kell.d.ts";
import type { Call, Handover } from "../loader/handover.ts";
import { createEvents } from "./events.ts";
import { createWidget, isBusy } from "./widget.ts";

type Answers = { [C in keyof Calls]: (...about: Calls[C]) => void };

/** Take over from the small script: do what the page has called so far, and answer what follows. */
export function take(handover: Handover): (...call: unknown[]) => void {
  const { calls, host, kell, mark, name } = handover;
  const page = window as unknown as Record<string, unknown>;
  const events = createEvents();
  const widget = createWidget(handover, events.tell);
  let gone = false;

  const answers: Answers = {
    boot(options = {}) {
      if (!host.isConnected) widget.back();
      widget.update(options);
    },
    shutdown: widget.remove,
    open: () => host.isConnected && widget.open(),
    close: widget.close,
    toggle: () => host.isConnected && widget.toggle(),
    show: () => widget.visible(true),
    hide: () => widget.visible(false),
    identify: widget.identify,
    logout: widget.logout,
    prefill: widget.prefill,
    update: widget.update,
    on: (event, listener) => events.on(event, listener as Listener<typeof event>),
    once: (event, listener) => events.once(event, listener as Listener<typeof event>),
    off: (event, listener?: unknown) => events.off(event, listener as Listener<typeof event>),
    get: (listener) => listener(widget.state()),
    destroy() {
      gone = true;
      widget.remove();
      if (page[name] === kell) delete page[name];
    },
  };

  function answer(...[call, ...about]: unknown[]): void {
    if (gone) return;
    if (Object.hasOwn(answers, `${call}`))
      (answers[call as keyof Calls] as (...about: unknown[]) => void)(...about);
    // biome-ignore lint/suspicious/noConsole: whoever built this page reads it there
    else console.warn(`Kell: there is no "${call}".`);
  }

  for (const each of calls.splice(0)) answer(...Array.prototype.slice.call(each as Call));
  if (isBusy(mark)) widget.wake();
  return answer;
}
