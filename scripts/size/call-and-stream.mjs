/** What most programs do with a client: one call, and one stream. The entries beside this file bundle it with a wire. */
export async function callAndStream(qwen) {
  const request = { model: 'qwen-plus', messages: [{ role: 'user', content: 'Who are you?' }] };
  const reply = await qwen.chat(request);
  console.log(reply.text);
  for await (const event of qwen.stream(request)) {
    if (event.type === 'text-delta') console.log(event.text);
  }
}
