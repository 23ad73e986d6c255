import { regions } from '@qwire/core';
import { type HttpHandler, http } from 'msw';

/**
 * MSW handlers that answer the documented hosts of every region, shared and of a workspace, and the origins given. A
 * host of another region than the emulator's own is answered too: its keys are not good there.
 */
export function createHandlers(
  fetch: (request: Request) => Response | Promise<Response>,
  origins: readonly string[] = [],
): readonly HttpHandler[] {
  const answer = ({ request }: { readonly request: Request }) => fetch(request);
  const patterns = [sharedHosts(), workspaceHosts(), ...origins.map(toPattern)];
  return patterns.map((pattern) => http.all(pattern, answer));
}

function sharedHosts(): RegExp {
  const hosts = Object.values(regions).flatMap(({ sharedHost }) => sharedHost ?? []);
  return new RegExp(`^https://(${hosts.map(escapeText).join('|')})/`);
}

function workspaceHosts(): RegExp {
  return new RegExp(
    `^https://[^./]+\\.(${Object.keys(regions).map(escapeText).join('|')})\\.maas\\.aliyuncs\\.com/`,
  );
}

function toPattern(origin: string): RegExp {
  return new RegExp(`^${escapeText(new URL(origin).origin)}/`);
}

function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
