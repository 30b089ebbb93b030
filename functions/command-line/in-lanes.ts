/** Acts on each, in order, so many at a time. After a failure the other lanes finish what they have in hand and take nothing new; then it is thrown. */
export async function inLanes<T>(items: readonly T[], most: number, act: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    try {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await act(item);
    } catch (error) {
      waiting.length = 0;
      throw error;
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: Math.min(most, items.length) }, lane));
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
}
