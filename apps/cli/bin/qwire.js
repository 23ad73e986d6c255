#!/usr/bin/env node
// Plain syntax and no static import, so that an old Node gets as far as the message.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `qwire needs Node 22.18 or newer; this is ${process.version}. Get one from https://nodejs.org.`,
  );
  process.exit(1);
}
import('../dist/qwire.js');
