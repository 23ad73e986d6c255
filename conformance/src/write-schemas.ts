import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from './json-schemas.ts';
import { packageRoot } from './package-root.ts';

for (const [name, schema] of Object.entries(jsonSchemas()))
  writeFileSync(join(packageRoot, name), `${JSON.stringify(schema, null, 2)}\n`);
