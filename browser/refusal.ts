/** What every door answers instead of a result; the words for a code are the interface's own. */
export interface Refusal {
  error: { code: string; field?: string; retry_after?: number; number?: string };
}

/** Of a welcome: these pass by themselves, after others nobody should knock again. */
const PASSING = ["rate_limited", "retry_later", "internal", "offline", "timeout"];

export function refused(answer: object): answer is Refusal {
  return "error" in answer;
}

export function refusal(code: string): Refusal {
  return { error: { code } };
}

export function passes({ error }: Refusal): boolean {
  return PASSING.includes(error.code);
}
