// What stands of a sift on the bundle's head: sums by reason, without the places.
import { type Sift, type SiftSummary, siftReasons } from '#core/model/sift.ts';

export function summariseSift({ mode, originalSha256, originalSize, conversations, leftOut, files, keys }: Sift): SiftSummary {
  const ranges = conversations.flatMap((conversation) => conversation.ranges);
  const sumOf = (only: readonly { readonly from: number; readonly to: number }[]) => only.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return {
    ...{ mode, originalSha256, originalSize, leftOut, files },
    ...(keys === undefined ? {} : { keys }),
    records: sumOf(ranges),
    reasons: siftReasons.flatMap((reason) => {
      const records = sumOf(ranges.filter((range) => range.reason === reason));
      return records === 0 ? [] : [{ reason, records }];
    }),
    conversations: conversations.map(({ n }) => n),
  };
}
