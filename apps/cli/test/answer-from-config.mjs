// Loaded before a command: the service's own hosts are answered by a local Model Studio, all others by the network.
import { createEmulator } from '@qwire/emulator';

const emulator = createEmulator(JSON.parse(process.env.EMULATOR_CONFIG));
const network = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const { hostname } = new URL(input instanceof Request ? input.url : input);
  return hostname.endsWith('.aliyuncs.com') ? emulator.fetch(input, init) : network(input, init);
};
