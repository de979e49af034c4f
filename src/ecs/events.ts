/**
 * Typed events, delivered synchronously to listeners in the order of subscription. A listener that
 * is added during a delivery hears the next one; one that is removed may still hear the current.
 */
export class EventBus<Events extends Record<string, unknown>> {
  readonly #listeners = new Map<keyof Events, ReadonlyArray<(event: never) => void>>();

  /** Calls `listener` at each event of this type, until the returned function is called. */
  on<Type extends keyof Events>(type: Type, listener: (event: Events[Type]) => void): () => void {
    const entry = (event: Events[Type]): void => listener(event);
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), entry]);
    return () => {
      const rest = (this.#listeners.get(type) ?? []).filter((each) => each !== entry);
      if (rest.length > 0) this.#listeners.set(type, rest);
      else this.#listeners.delete(type);
    };
  }

  /** Tells every listener. What one throws reaches the emitter; those after it are not called. */
  emit<Type extends keyof Events>(type: Type, event: Events[Type]): void {
    if (this.#listeners.size === 0) return;
    const listeners = this.#listeners.get(type) as
      | ReadonlyArray<(event: Events[Type]) => void>
      | undefined;
    if (listeners === undefined) return;
    for (const listener of listeners) listener(event);
  }
}
