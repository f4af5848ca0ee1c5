/** WebSocket frames (RFC 6455): masked text out, whole messages in. */

// Fixed, because nobody listens in between; the server unmasks it at the same cost.
const MASK = [0x37, 0xfa, 0x21, 0x3d] as const;

const TEXT = 1;
const CLOSE = 8;

/** Makes one masked text frame. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length > 0xffff) throw new Error("no message of this bench is so long");
  const start = length < 126 ? 6 : 8;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = 0x80 | TEXT;
  if (length < 126) {
    frame[1] = 0x80 | length;
  } else {
    frame[1] = 0x80 | 126;
    frame.writeUInt16BE(length, 2);
  }
  for (let at = 0; at < 4; at++) frame[start - 4 + at] = MASK[at] ?? 0;
  frame.write(text, start);
  for (let at = 0; at < length; at++) {
    frame[start + at] = (frame[start + at] ?? 0) ^ (MASK[at & 3] ?? 0);
  }
  return frame;
}

/** Takes bytes as they come and gives each text message; throws when the server says goodbye. */
export function createReader(hear: (text: string) => void): (chunk: Buffer) => void {
  let kept: Buffer | null = null;
  return (chunk) => {
    const bytes = kept ? Buffer.concat([kept, chunk]) : chunk;
    let at = 0;
    for (;;) {
      const size = sizeOf(bytes, at);
      if (size === null || bytes.length < at + size.head + size.body) break;
      const body = at + size.head;
      const kind = (bytes[at] ?? 0) & 0x0f;
      if (kind === CLOSE) throw new Error(goodbye(bytes.subarray(body, body + size.body)));
      if (kind !== TEXT) throw new Error(`a frame of kind ${kind} came`);
      hear(bytes.toString("utf8", body, body + size.body));
      at = body + size.body;
    }
    // A copy: the chunk's memory is the next chunk's too.
    kept = at < bytes.length ? Buffer.from(bytes.subarray(at)) : null;
  };
}

function sizeOf(bytes: Buffer, at: number): { head: number; body: number } | null {
  if (bytes.length < at + 2) return null;
  const short = (bytes[at + 1] ?? 0) & 0x7f;
  if (short < 126) return { head: 2, body: short };
  const head = short === 126 ? 4 : 10;
  if (bytes.length < at + head) return null;
  const long = short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readBigUInt64BE(at + 2);
  return { head, body: Number(long) };
}

function goodbye(body: Buffer): string {
  if (body.length < 2) return "the server closed the socket";
  return `the server closed the socket: ${body.readUInt16BE(0)} ${body.toString("utf8", 2)}`;
}
