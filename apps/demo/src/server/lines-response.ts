/** Values as lines of JSON, each sent as soon as it is there. `cancel` is called when the reader has left. */
export function linesResponse(
  values: AsyncGenerator<unknown, void>,
  cancel: (reason: unknown) => void,
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await values.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
    },
    cancel(reason) {
      cancel(reason);
      // Lets the values clean up after themselves; nobody is left to be told how that went.
      values.return().catch(() => {});
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' },
  });
}
