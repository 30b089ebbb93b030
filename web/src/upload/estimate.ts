// How long an upload still takes.
/** Speed over the last ten seconds: early guesses jump, old ones lie. */
export function makeEstimate(): (done: number, total: number, nowMs: number) => number | null {
  let samples: { readonly at: number; readonly done: number }[] = [];
  return (done, total, nowMs) => {
    samples = [...samples.filter((sample) => nowMs - sample.at < 10_000), { at: nowMs, done }];
    const first = samples[0];
    if (first === undefined || nowMs - first.at < 1000 || done <= first.done) return null;
    return ((total - done) * (nowMs - first.at)) / (done - first.done) / 1000;
  };
}
