let offset = 0;

/** The server's time now, in milliseconds since 1970: the visitor's own clock may be wrong. */
export function now(): number {
  return Date.now() + offset;
}

/** Take over the server's time, as it stands in `welcome` and `beacon`. */
export function sync(at: string): void {
  const server = Date.parse(at);
  if (!Number.isNaN(server)) offset = server - Date.now();
}
