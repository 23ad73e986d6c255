import { QwireError } from '../qwire-error.ts';
import type { Keys } from './keys.ts';
import type { Secret } from './secret.ts';
import type { Watch } from './watch.ts';

/** The longest time that timers can count; longer limits are never reached. */
const longestTimer = 2 ** 31 - 1;

/**
 * The key for one try. A store that hangs keeps nobody waiting: not whoever ends the call, and nobody for longer than a
 * connection may take.
 *
 * @throws QwireError of kind `configuration`, or what the call was ended with.
 */
export function awaitKey(keys: Pick<Keys, 'read'>, watch: Watch, limitMs: number): Secret | Promise<Secret> {
  if (watch.failure) throw watch.failure;
  const key = keys.read();
  if (!(key instanceof Promise)) return key;
  return new Promise((resolve, reject) => {
    const timer = limitMs <= longestTimer ? setTimeout(() => fail(tooLate(limitMs)), limitMs) : undefined;
    // Before whoever waits for the key goes on, and watches over something else.
    void key.finally(rest).then(resolve, reject);
    watch.over({ cancel: fail });

    function fail(error: QwireError) {
      rest();
      reject(error);
    }
    function rest() {
      clearTimeout(timer);
      watch.over(undefined);
    }
  });
}

function tooLate(limitMs: number): QwireError {
  return new QwireError(`apiKey: the function that returns the key gave none within ${limitMs} ms`, {
    kind: 'configuration',
    field: 'apiKey',
    hint: 'See whether the store of the key can be reached. The option timeouts.connectMs is how long it is waited for.',
  });
}
