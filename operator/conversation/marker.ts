const PACE = 1000;

/** Tells the server how far one has read: the highest only, at most once a second. */
export interface Marker {
  reach(seq: number): void;
  close(): void;
}

export function createMarker(send: (seq: number) => Promise<boolean>): Marker {
  let wanted = 0;
  let told = 0;
  let free = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function tell(): Promise<void> {
    const seq = wanted;
    free = Date.now() + PACE;
    timer = setTimeout(next, PACE);
    if (await send(seq)) told = Math.max(told, seq);
  }

  function next(): void {
    timer = undefined;
    if (wanted > told) plan();
  }

  function plan(): void {
    timer ??= setTimeout(tell, Math.max(0, free - Date.now()));
  }

  return {
    reach(seq) {
      wanted = Math.max(wanted, seq);
      if (wanted > told) plan();
    },
    close: () => clearTimeout(timer),
  };
}
