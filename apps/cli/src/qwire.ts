import { endWithoutReader } from './closed-pipe.ts';
import { createProgram } from './create-program.ts';

endWithoutReader();

try {
  await createProgram().parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
