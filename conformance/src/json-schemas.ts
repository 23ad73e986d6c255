import * as z from 'zod';
import { scenarioSchema } from './case-schema.ts';
import { reportSchema } from './report/report-schema.ts';

/** The JSON Schemas that are published beside the package's code, by file name. */
export function jsonSchemas(): Readonly<Record<string, object>> {
  return {
    'report.schema.json': { title: 'A report of a conformance run', ...z.toJSONSchema(reportSchema) },
    'scenario.schema.json': {
      title: 'A scenario of the conformance suite',
      ...z.toJSONSchema(scenarioSchema, { io: 'input', reused: 'ref' }),
    },
  };
}
