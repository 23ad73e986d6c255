/** The key of all calls; no reply, error or other host may show it. */
export const faultKey = 'sk-5f2c8d1e9b7a4063';
