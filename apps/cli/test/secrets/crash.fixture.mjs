// A program that catches nothing; the key comes in where no crash report shows it.
import { createDashScope } from '@qwire/dashscope';
import { createOpenAICompatible } from '@qwire/openai-compatible';

const [create, baseURL] = process.argv.slice(2);
const apiKey = await new Promise((resolve) => process.stdin.once('data', (data) => resolve(String(data))));
const client = { createDashScope, createOpenAICompatible }[create]({ apiKey, baseURL, maxRetries: 0 });
for await (const event of client.stream({
  model: 'qwen-plus',
  messages: [{ role: 'user', content: 'Hi' }],
})) {
  console.log(event, client);
}
