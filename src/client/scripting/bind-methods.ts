/** Lets the methods of an object be passed on by themselves, as in `ids.map(theta.get)`. */
export function bindMethods(target: object): void {
  const described = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(target));
  for (const [name, { value }] of Object.entries(described)) {
    if (typeof value !== 'function' || name === 'constructor') continue;
    Object.defineProperty(target, name, {
      value: value.bind(target),
      writable: true,
      configurable: true,
    });
  }
}
