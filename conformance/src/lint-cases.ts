import { defects } from '../defects/defects.ts';
import { CaseFormatError, loadCases } from './load-cases.ts';

try {
  const { behaviors, cases, absent } = loadCases({ defects: Object.keys(defects) });
  console.log(`${behaviors.size} scenarios: ${cases.length} cases, ${absent.length} absent.`);
} catch (error) {
  if (!(error instanceof CaseFormatError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
