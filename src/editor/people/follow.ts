import type { StoreApi } from 'zustand/vanilla';
import type { EditorOptions } from '../editor-options.ts';
import type { PeopleState } from '../stores/states.ts';

/** What of people an editor does: it follows one, hides from all, or calls everybody. */
export class Company {
  readonly #people: StoreApi<PeopleState>;
  readonly #announce: NonNullable<EditorOptions['announce']>;
  readonly #end: () => void;

  constructor(people: StoreApi<PeopleState>, announce: NonNullable<EditorOptions['announce']>) {
    this.#people = people;
    this.#announce = announce;
    // Who has gone, or cannot be seen any more, cannot be followed either.
    this.#end = people.subscribe(({ following, others }) => {
      if (following === '') return;
      const found = others.find(({ peer }) => peer === following);
      if (found === undefined || found.hasView === false) this.follow(undefined);
    });
  }

  follow(peer: string | undefined): void {
    const following = peer ?? '';
    if (following === this.#people.getState().following) return;
    this.#people.setState({ following });
    this.#announce('view.follow', { peer: Number(following) });
  }

  gather(): void {
    this.#announce('view.gather', {});
  }

  dispose(): void {
    this.#end();
  }
}
