/** Makes a value when it is first asked for: tables take time to make, and many programs never look into most. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
