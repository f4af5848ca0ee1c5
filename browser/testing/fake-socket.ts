/** Stands for the browser's WebSocket; the test is the server. */
export class FakeSocket {
  static all: FakeSocket[] = [];

  static last(): FakeSocket {
    const last = FakeSocket.all.at(-1);
    if (!last) throw new Error("no socket was opened");
    return last;
  }

  readonly sent: string[] = [];
  closed = false;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }

  send(data: string): void {
    this.sent.push(data);
  }

  close(): void {
    this.closed = true;
  }

  /** What the server sends. */
  says(data: string): void {
    this.onmessage?.({ data });
  }

  breaks(): void {
    this.onclose?.();
  }
}

/** Engine.IO's first packet. */
export const OPEN =
  '0{"sid":"s","upgrades":[],"pingInterval":15000,"pingTimeout":10000,"maxPayload":65536}';
