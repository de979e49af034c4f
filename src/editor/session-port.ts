import type { Document } from '../ecs/document/document.ts';

export type CommandParams = Readonly<Record<string, unknown>>;

/** How the server judged a command, or that there was nothing to do. */
export interface OutcomeReport {
  readonly status: 'accepted' | 'superseded' | 'rejected' | 'nothing';
  readonly id: string;
  readonly seq?: number | undefined;
  readonly result?: unknown;
  /** In words. */
  readonly reason?: string | undefined;
  readonly code?: string | undefined;
}

export interface IssuedCommand {
  readonly id: string;
  readonly result: unknown;
  readonly outcome: Promise<OutcomeReport>;
}

export interface TransactionPort {
  /** What the command made, as in `IssuedCommand.result`. */
  execute(type: string, params: CommandParams): unknown;
}

export interface HistoryPort {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undoLabel: string | undefined;
  readonly redoLabel: string | undefined;
}

/**
 * What the editor asks of a session: the part of `CommandPipeline` that it uses. Every change of the
 * document goes through `execute` or `transaction` and is visible when they return (O4).
 */
export interface SessionPort {
  readonly document: Document;
  readonly history: HistoryPort;
  readonly pending: number;
  /** @throws {ThetaError} `invalid_params` with a sentence, when nothing was done */
  execute(type: string, params: CommandParams): IssuedCommand;
  /**
   * One packet and one undo step; when `build` throws, nothing of it was done. Where it goes on with
   * what the transaction `continued` made, and nothing came between, both are one step.
   */
  transaction(
    label: string,
    build: (tx: TransactionPort) => void,
    continued?: string,
  ): IssuedCommand;
  undo(): IssuedCommand | undefined;
  redo(): IssuedCommand | undefined;
  /** Calls `fn` after `history` or `pending` changed, until the returned function is called. */
  onChange(fn: () => void): () => void;
}
