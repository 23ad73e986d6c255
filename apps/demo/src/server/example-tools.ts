import type { Tool, ToolCall } from '@qwire/core';

/** A tool with an answer that needs no network, so that a whole tool exchange can be watched. */
export interface ExampleTool extends Tool {
  readonly description: string;
  /** JSON text for the model. */
  readonly run: (input: Readonly<Record<string, unknown>>) => string;
}

export const exampleTools: readonly ExampleTool[] = [
  {
    name: 'get_weather',
    description: 'Tells the weather in a city. Example data: every city has the same weather.',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string', description: 'Name of the city, such as Singapore' } },
      required: ['city'],
    },
    run: ({ city }) =>
      JSON.stringify({ city, condition: 'light rain', temperature_celsius: 29, example: true }),
  },
  {
    name: 'get_time',
    description: 'Tells the date and time in a time zone.',
    parameters: {
      type: 'object',
      properties: { time_zone: { type: 'string', description: 'IANA name, such as Asia/Singapore' } },
      required: ['time_zone'],
    },
    run: ({ time_zone }) => {
      const format = new Intl.DateTimeFormat('en-GB', {
        timeZone: String(time_zone),
        dateStyle: 'full',
        timeStyle: 'short',
      });
      return JSON.stringify({ time_zone, now: format.format(new Date()) });
    },
  },
];

/** What the tool answers; of a call that cannot be run, what is wrong with it, so that the model can try again. */
export function runExampleTool({ name, arguments: text, input }: ToolCall): string {
  const tool = exampleTools.find((candidate) => candidate.name === name);
  if (tool === undefined) return failure(`There is no tool ${name}.`);
  if (typeof input !== 'object' || input === null)
    return failure(`The arguments are no JSON object: ${text}`);
  try {
    return tool.run(input as Readonly<Record<string, unknown>>);
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}

function failure(error: string): string {
  return JSON.stringify({ error });
}
