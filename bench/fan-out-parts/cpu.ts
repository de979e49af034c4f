/** What a server's process has done so far. */
export interface ServerState {
  /** Of a core, in microseconds. */
  readonly cpu: number;
  /** Updates that a later one took the place of. */
  readonly squashed: number;
}

/** Answers each message of the parent process with where it stands. */
export function answerAboutCpu(squashed: () => Promise<number>): void {
  process.on('message', () => {
    void squashed().then((count) => {
      const { user, system } = process.cpuUsage();
      process.send?.({ cpu: user + system, squashed: count } satisfies ServerState);
    });
  });
}
