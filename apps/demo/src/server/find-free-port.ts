import getPort from 'get-port';

/** The port itself when it is free, else one of the next 20, else any free one. 0 is left to the system. */
export async function findFreePort(port: number, host: string): Promise<number> {
  if (port === 0) return 0;
  const candidates = Array.from({ length: 21 }, (_, offset) => port + offset);
  return getPort({ port: candidates.filter((candidate) => candidate <= 65_535), host });
}
