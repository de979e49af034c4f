import { createStore } from 'zustand/vanilla';
import type { TimeTravel, TimeTravelState } from '../history/time-travel.ts';
import type { LocalSession } from './local-session.ts';

const AUTHOR = '00112233445566aa';

/** The history of a session without a server: the steps of its one author, read when it is opened. */
export function localTravel(session: LocalSession): TimeTravel {
  const state = createStore<TimeTravelState>(() => ({
    isOpen: false,
    total: 0,
    revision: 0,
    versions: [],
    moment: undefined,
    past: undefined,
    aim: undefined,
    problem: undefined,
    audit: { phase: 'idle' },
    undo: [],
    redo: [],
  }));
  const { history } = session.pipeline;
  const nothing = (): void => undefined;
  return {
    state,
    setOpen: (isOpen) =>
      state.setState({ isOpen, total: isOpen ? history.undoSteps.length : state.getState().total }),
    step: (ordinal) => {
      const step = history.undoSteps[ordinal - 1];
      if (step === undefined) return undefined;
      const { label } = step;
      return {
        ordinal,
        index: ordinal,
        seq: ordinal,
        label,
        type: '',
        entries: 1,
        author: AUTHOR,
        time: 0,
      };
    },
    who: () => ({ name: 'Ada', color: '#ff8800', isSelf: true }),
    show: nothing,
    showVersion: nothing,
    leave: nothing,
    restore: nothing,
    nameMoment: nothing,
    forget: nothing,
    verify: nothing,
    cancelVerify: nothing,
    undo: nothing,
    redo: nothing,
  };
}
