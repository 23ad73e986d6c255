// Loaded before a sample: whatever address the sample calls, a local Model Studio answers.
import { createEmulator, sampleConfig } from '@qwire/emulator';

globalThis.fetch = createEmulator(sampleConfig).fetch;
