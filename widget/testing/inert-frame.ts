import { vi } from "vitest";

/** Frames that load nothing and hear what is said to them: the test environment has no other pages. */
export function inertFrames(): { told: [data: unknown, origin: string][]; inside: object } {
  const told: [unknown, string][] = [];
  const inside = { postMessage: (data: unknown, origin: string) => told.push([data, origin]) };
  const create = Document.prototype.createElement.bind(document);
  vi.spyOn(document, "createElement").mockImplementation(((name: string) =>
    name === "iframe"
      ? Object.assign(document.createElementNS("http://www.w3.org/2000/svg", name), {
          contentWindow: inside,
        })
      : create(name)) as typeof document.createElement);
  return { told, inside };
}
