/** What every door answers instead of a result; the words for a code are the interface's own. */
export interface Refusal {
  error: { code: string; field?: string; retry_after?: number };
}

export function refused(answer: object): answer is Refusal {
  return "error" in answer;
}

export function refusal(code: string): Refusal {
  return { error: { code } };
}
