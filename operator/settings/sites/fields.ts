import type { FieldSettings } from "../shapes.ts";

export type Kind = FieldSettings["kind"];

/** Fields whose id says what they mean, with the kind that each has. */
export const KNOWN: readonly { id: string; kind: Kind }[] = [
  { id: "name", kind: "text" },
  { id: "email", kind: "email" },
  { id: "phone", kind: "phone" },
  { id: "topic", kind: "topic" },
  { id: "reach", kind: "reach" },
];

/** Kinds that an admin's own field may have. */
export const OWN_KINDS = ["text", "long_text", "choice", "consent", "email", "phone"] as const;

export function isKnown(id: string): boolean {
  return KNOWN.some((known) => known.id === id);
}

/** An id that none of the others has: `text`, `text_2` … */
export function freeId(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const id = `${wanted}_${number}`;
    if (!taken.includes(id)) return id;
  }
}

/** A field as it begins; consent comes with the policy that it needs. */
export function newField(kind: Kind, id: string): FieldSettings {
  return {
    id,
    kind,
    required: kind === "consent",
    when: "always",
    topics: [],
    labels: {},
    options: [],
    policy: kind === "consent" ? { url: {}, version: "1" } : null,
  };
}
