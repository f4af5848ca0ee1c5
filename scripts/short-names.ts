import { globSync } from "node:fs";
import { relative } from "node:path";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/**
 * Names of classes in CSS modules: short, since hashes are what compresses worst, and the same in
 * every build, whatever it reads first. Letters say the file, a number says which of its classes.
 */
export function shortNames(): (name: string, file: string) => string {
  const files = globSync("{browser,widget}/**/*.module.css").toSorted();
  const known = files.map(() => new Map<string, number>());
  return (name, file) => {
    const at = files.indexOf(relative(".", file));
    const names = known[at];
    if (!names) throw new Error(`${file} isn't among the style sheets of the widget`);
    if (!names.has(name)) names.set(name, names.size);
    return `${letters(at)}${names.get(name)}`;
  };
}

function letters(number: number): string {
  const { length } = LETTERS;
  const rest = Math.floor(number / length);
  return `${rest ? letters(rest - 1) : ""}${LETTERS[number % length]}`;
}
