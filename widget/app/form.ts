import type { FormField, SiteOnline } from "../../browser/protocol.ts";

/** By the field's id; a consent's is the version of the policy that was agreed to. */
export type Answers = Record<string, string>;
/** Why a field is not in order yet. */
export type Fault = "empty" | "choose" | "agree" | "email" | "short" | "country" | "invalid";
export type Faults = Record<string, Fault>;

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;
/** No number of any country has fewer digits. */
const SHORTEST = 7;

export interface Asked extends FormField {
  /** Required as things stand, not only by itself. */
  needed: boolean;
}

/** The fields to be filled in now: some are there for a topic only, or while nobody answers. */
export function asked(
  fields: readonly FormField[],
  answers: Answers,
  state: SiteOnline["state"],
): Asked[] {
  const topic = fields.find(({ kind }) => kind === "topic");
  const now = fields.filter(
    ({ when, topics }) =>
      (when === "always" || (when === "online") === (state === "online")) &&
      (topics.length === 0 || topics.includes((topic && answers[topic.id]) ?? "")),
  );
  const reach = now.find(({ kind }) => kind === "reach");
  const wanted = reach && answers[reach.id];
  return now
    .filter(({ id, required }) => !reach || required || !isWay(reach, id) || id === wanted)
    .map((field) => ({ ...field, needed: field.required || field.id === wanted }));
}

/** The visitor can choose to be answered there. */
function isWay(reach: FormField, id: string): boolean {
  return reach.options.some((option) => option.id === id);
}

/** What stands in the way of sending, in the order of the fields. The server looks again. */
export function faultsOf(fields: readonly Asked[], answers: Answers, country: string | null) {
  const faults: Faults = {};
  for (const field of fields) {
    const fault = faultOf(field, (answers[field.id] ?? "").trim(), country);
    if (fault) faults[field.id] = fault;
  }
  return faults;
}

function faultOf(field: Asked, answer: string, country: string | null): Fault | null {
  const { kind, needed } = field;
  if (!answer) {
    if (!needed) return null;
    if (kind === "consent") return "agree";
    return field.options.length > 0 ? "choose" : "empty";
  }
  if (kind === "email" && !ADDRESS.test(answer)) return "email";
  if (kind !== "phone") return null;
  if (answer.replace(/\D/g, "").length < SHORTEST) return "short";
  return country || /^(\+|00)/.test(answer) ? null : "country";
}

/** What the server gets: the answers to what was asked. */
export function given(fields: readonly Asked[], answers: Answers): Answers {
  return Object.fromEntries(
    fields.flatMap(({ id }) => {
      const answer = answers[id]?.trim();
      return answer ? [[id, answer]] : [];
    }),
  );
}
