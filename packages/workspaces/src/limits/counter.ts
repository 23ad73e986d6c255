/** Counts requests or tokens in windows of time: in this process, or in an engine that processes share. */
export interface Counter {
  /** Takes the amount if there is room for it. More than a whole window holds is taken as a whole window. */
  take(amount: number): Promise<Taken | Refused>;
}

export interface Taken {
  /** Puts what was really used in the place of what was taken. Less makes room at once. */
  correct(amount: number): Promise<void>;
}

export interface Refused {
  /** After how many milliseconds it is worth asking again. */
  readonly waitMs: number;
}

export function isRefused(answer: Taken | Refused): answer is Refused {
  return 'waitMs' in answer;
}
