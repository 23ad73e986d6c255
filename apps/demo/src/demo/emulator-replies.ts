import type { EmulatorConfig } from '@qwire/emulator';

/** Answers to what the empty page suggests, in front of those of the emulator's sample. */
export const emulatorReplies: EmulatorConfig['replies'] = [
  {
    when: '西湖',
    reasoning: '用户想用三句话了解西湖。先说位置，再说景色，最后说文化。',
    text: '西湖位于浙江省杭州市西部，三面环山，一面临城。苏堤、白堤和三潭印月是湖上最有名的景致，四季各有不同。2011 年，西湖文化景观列入世界遗产名录。',
  },
  {
    when: '/weather in Singapore/i',
    reasoning: 'I cannot know the weather by myself. The tool get_weather can tell me.',
    toolCalls: [{ name: 'get_weather', arguments: { city: 'Singapore' } }],
    text: 'I cannot look outside. Offer me the tool `get_weather`, and I will call it.',
  },
  {
    after: 'tool',
    when: '"city":"Singapore"',
    text: 'It is **29 °C** in Singapore with light rain. Take an umbrella.',
  },
  {
    when: '9.11',
    reasoning:
      'Both numbers have the same whole part, 9, so the digits after the point decide. Written with two digits each, they are 9.11 and 9.90. Hundredths: 11 against 90. 90 is more, so 9.9 is larger. That 11 looks larger than 9 is a trap: the places are tenths, not whole numbers.',
    text: '**9.9** is larger. Written with two digits after the point, it is 9.90, and 0.90 is more than 0.11.',
  },
];
