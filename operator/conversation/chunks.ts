import type { Line } from "./lines.ts";

/** A piece of the thread that is drawn or left out as a whole; its key never changes. */
export interface Chunk {
  key: number;
  lines: Line[];
}

/** Lines of a chunk, by the server's count: older pages come as chunks of their own. */
const SIZE = 40;

export function chunkOf(line: number): number {
  return Math.floor(line / SIZE);
}

export function chunksOf(lines: readonly Line[]): Chunk[] {
  const chunks: Chunk[] = [];
  let dated: Line | null = null;
  for (const line of lines) {
    // A date belongs to what stands below it.
    if (line.kind === "day") {
      dated = line;
      continue;
    }
    const key = chunkOf(line.message.line);
    let chunk = chunks.at(-1);
    if (chunk === undefined || chunk.key !== key) {
      chunk = { key, lines: [] };
      chunks.push(chunk);
    }
    if (dated !== null) chunk.lines.push(dated);
    chunk.lines.push(line);
    dated = null;
  }
  return chunks;
}
