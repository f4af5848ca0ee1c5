/**
 * Names of classes in CSS modules: short, since hashes are what compresses worst, and the same in
 * every build, since a module's names are numbered as they are met.
 */
export function shortNames(): (name: string, file: string) => string {
  const known = new Map<string, string>();
  return (name, file) => {
    const key = `${file} ${name}`;
    const made = known.get(key) ?? `k${known.size.toString(36)}`;
    known.set(key, made);
    return made;
  };
}
