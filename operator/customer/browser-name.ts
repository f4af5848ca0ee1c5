/** In this order: most browsers also claim to be the ones below them. */
const BROWSERS: [name: string, mark: RegExp][] = [
  ["Edge", /Edg(?:e|A|iOS)?\/(\d+)/],
  ["Opera", /OPR\/(\d+)/],
  ["Samsung Internet", /SamsungBrowser\/(\d+)/],
  ["Yandex", /YaBrowser\/(\d+)/],
  ["Firefox", /(?:Firefox|FxiOS)\/(\d+)/],
  ["Chrome", /(?:Chrome|CriOS)\/(\d+)/],
  ["Safari", /Version\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//],
];

const SYSTEMS: [name: string, mark: RegExp][] = [
  ["iOS", /iPhone|iPad|iPod/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X|Macintosh/],
  ["ChromeOS", /CrOS/],
  ["Linux", /Linux/],
];

/** Firefox 144, Windows: from what the browser says of itself; null when that says nothing. */
export function browserName(agent: string): string | null {
  const browser = first(BROWSERS, agent);
  const system = first(SYSTEMS, agent);
  return [browser, system].filter((part) => part !== null).join(", ") || null;
}

function first(marks: [name: string, mark: RegExp][], agent: string): string | null {
  for (const [name, mark] of marks) {
    const found = mark.exec(agent);
    if (found !== null) return [name, found[1]].filter(Boolean).join(" ");
  }
  return null;
}
