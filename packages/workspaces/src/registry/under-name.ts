import { invalid, QwireError } from '@qwire/core/adapter-kit';

/**
 * Runs a check whose errors name a field, and lets them name it as its user does. What lies inside of that, such as a
 * member of a budget in a variable, comes before the problem.
 *
 * @throws QwireError of kind `configuration`
 */
export function underName(
  check: () => void,
  nameOf: (field: string) => readonly [name: string, inside?: string | undefined],
): void {
  try {
    check();
  } catch (error) {
    if (!QwireError.is(error) || error.field === undefined) throw error;
    const [name, inside] = nameOf(error.field);
    const problem = error.message.slice(error.field.length + ': '.length);
    throw invalid(name, inside ? `${inside} ${problem}` : problem, 'configuration');
  }
}
