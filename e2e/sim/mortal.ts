/** The promise of somebody who died before keeping it. */
const NEVER = new Promise<never>(() => undefined);

/**
 * A view of a store for one life: once `isDead`, calls do nothing and are never answered, as for a
 * process that has been killed.
 */
export function mortal<T extends object>(store: T, isDead: () => boolean): T {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (isDead()) return NEVER;
        const answer: unknown = Reflect.apply(member, target, args);
        return answer instanceof Promise
          ? answer.then((each) => (isDead() ? NEVER : each))
          : answer;
      };
    },
  });
}
