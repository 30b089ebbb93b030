// Every refusal: application/problem+json (RFC 9457, NL API Design Rules /core/error-handling).
import * as z from 'zod';

const ProblemPlace = z
  .object({
    field: z.string().optional().meta({ description: 'Field of the request, e.g. `scope.caseIds.0`' }),
    position: z.int().optional().meta({ description: 'Position in a query, in UTF-16 units from 0' }),
    code: z.string().optional(),
    message: z.string().optional().meta({ description: 'Dutch sentence for a person' }),
  })
  .meta({ id: 'ProblemPlace', description: 'One thing that is wrong, and where' });

export const Problem = z
  .object({
    type: z.string(),
    status: z.int(),
    title: z.string(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable code, e.g. `bundle.duplicate`' }),
    errors: z.array(ProblemPlace).readonly().optional(),
    bundleId: z.string().optional().meta({ description: 'With `bundle.duplicate`: the bundle that holds this file already' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details with a stable code; title and detail are Dutch' });
export type Problem = z.infer<typeof Problem>;
