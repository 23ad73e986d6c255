import { CaseFormatError, loadCases } from './load-cases.ts';

try {
  const { behaviors, cases, absent } = loadCases();
  console.log(`${behaviors.size} scenarios: ${cases.length} cases, ${absent.length} absent.`);
} catch (error) {
  if (!(error instanceof CaseFormatError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
