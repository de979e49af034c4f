import { Group, Matrix4, Quaternion, Vector3 } from 'three';
import { createStore } from 'zustand/vanilla';
import type { RoomPose } from '../input/input-frame.ts';
import type { Hand } from '../interaction/hand.ts';
import type { RayTarget } from '../interaction/ray-target.ts';
import { BOARD_SHAPE, type BoardName, type BoardParts, boardRows, type Typing } from './boards.ts';
import { PALETTE_SHAPE, type PaletteParts, paletteRows } from './palette.ts';
import { faceTo, Panel, type PanelControl } from './panel.ts';
import type { WidgetRow } from './widget.ts';

export type PanelsParts = Omit<PaletteParts, 'board'> & Omit<BoardParts, 'typing' | 'scroll'>;

/** Beside the controller, tilted to the face. Metres of the hand's own space. */
const BESIDE_M = { x: 0.16, y: 0.1, z: -0.05 } as const;
const TILT = 0.35;
/** Where a board opens: so far ahead of the face, and so much below it. */
const AHEAD_M = 0.75;
const BELOW_M = 0.12;
/** And to the side of the hand that points, so that the palette does not cover it. */
const ASIDE_M = 0.14;

const TITLES: Readonly<Record<BoardName, string>> = {
  properties: 'Properties',
  objects: 'Objects',
  materials: 'Materials',
  people: 'People',
  history: 'History',
  telemetry: 'Telemetry',
  settings: 'Settings',
};

/** The panels of the headset: the palette in the other hand, and a board that stands where one puts it. */
export class Panels {
  readonly root = new Group();
  readonly palette: Panel;
  readonly board: Panel;
  readonly #open = createStore<{ readonly open: BoardName | undefined }>(() => ({
    open: undefined,
  }));
  readonly #typing = createStore<{ readonly now: Typing | undefined }>(() => ({ now: undefined }));
  readonly #scroll = createStore(() => ({ top: 0 }));
  readonly #parts: PanelsParts;
  readonly #head = new Vector3(0, 1.6, 0);
  readonly #gaze = new Vector3(0, 0, -1);
  #held: { readonly side: Hand['side']; readonly offset: Matrix4 } | undefined;
  #placed: BoardName | undefined;

  constructor(parts: PanelsParts) {
    this.#parts = parts;
    this.root.name = 'panels';
    this.palette = new Panel(PALETTE_SHAPE, () => paletteRows({ ...parts, board: this.#open }));
    this.board = new Panel(BOARD_SHAPE, () => this.#boardRows());
    this.palette.visible = false;
    this.board.visible = false;
    this.root.add(this.palette.root, this.board.root);
    this.#open.subscribe(({ open }, before) => {
      this.#typing.setState({ now: undefined });
      this.#scroll.setState({ top: 0 });
      // They are kept up to date only while somebody reads them.
      for (const [board, source] of [
        ['history', parts.travel],
        ['telemetry', parts.figures],
      ] as const) {
        if (open === board) source.setOpen(true);
        else if (before.open === board) source.setOpen(false);
      }
    });
  }

  /** Nearest first where they overlap. */
  get targets(): readonly RayTarget[] {
    return [this.palette, this.board];
  }

  /**
   * Puts the panels where they belong, and paints what has changed.
   * @param viewer the head, in the room
   * @param carrier the hand that holds the palette; undefined while it is not there
   */
  update(viewer: RoomPose | undefined, carrier: Hand | undefined, hands: readonly Hand[]): void {
    if (viewer) {
      this.#head.set(...viewer.position);
      this.#gaze.set(0, 0, -1).applyQuaternion(new Quaternion(...viewer.orientation));
    }
    this.#carryPalette(carrier);
    this.#placeBoard();
    const held = this.#held && hands.find(({ side }) => side === this.#held?.side);
    if (!held?.controls.trigger.held) this.#held = undefined;
    this.palette.update();
    this.board.update();
  }

  /** Everything that can be pressed now. */
  controls(): PanelControl[] {
    return [...this.palette.controls(), ...this.board.controls()];
  }

  dispose(): void {
    this.#open.setState({ open: undefined });
    this.palette.dispose();
    this.board.dispose();
    this.root.removeFromParent();
  }

  #boardRows(): readonly WidgetRow[] {
    const { open = 'properties' } = this.#open.getState();
    const parts = { ...this.#parts, typing: this.#typing, scroll: this.#scroll };
    return [
      {
        size: 0.6,
        widgets: [{ look: 'grip', label: 'Move this board', hold: (hand) => this.#hold(hand) }],
      },
      {
        widgets: [
          { look: 'heading', label: TITLES[open], weight: 5 },
          { look: 'button', label: 'Close', run: () => this.#open.setState({ open: undefined }) },
        ],
      },
      ...boardRows(open, parts),
    ];
  }

  #carryPalette(carrier: Hand | undefined): void {
    const grip = carrier?.controls.grip;
    this.palette.visible = grip !== undefined;
    this.palette.carrier = carrier?.side;
    if (carrier === undefined || grip === undefined) return;
    const inward = carrier.side === 'left' ? 1 : -1;
    const { root } = this.palette;
    // Level, whatever the wrist does: a panel that rolls with the hand cannot be read.
    const toHead = this.#head
      .clone()
      .sub(root.position.set(...grip.position))
      .setY(0)
      .normalize();
    const side = new Vector3(toHead.z, 0, -toHead.x).multiplyScalar(inward * BESIDE_M.x);
    root.position.add(side).addScaledVector(toHead, BESIDE_M.z);
    root.position.y += BESIDE_M.y;
    faceTo(root, this.#head, TILT);
  }

  #placeBoard(): void {
    const { open } = this.#open.getState();
    this.board.visible = open !== undefined;
    if (open !== undefined && this.#placed === undefined) {
      const ahead = this.#gaze.clone().setY(0);
      if (ahead.lengthSq() === 0) ahead.set(0, 0, -1);
      const aside = this.#parts.settings.getState().dominant === 'right' ? ASIDE_M : -ASIDE_M;
      ahead.normalize();
      this.board.root.position.copy(this.#head).addScaledVector(ahead, AHEAD_M);
      this.board.root.position.add(new Vector3(-ahead.z * aside, 0, ahead.x * aside));
      this.board.root.position.y -= BELOW_M;
      faceTo(this.board.root, this.#head);
    }
    this.#placed = open;
  }

  /** The board goes with the hand that holds its bar, and keeps facing the person. */
  #hold(hand: Hand): void {
    const { grip } = hand.controls;
    if (grip === undefined) return;
    const now = new Matrix4().compose(
      new Vector3(...grip.position),
      new Quaternion(...grip.orientation),
      new Vector3(1, 1, 1),
    );
    const { root } = this.board;
    if (this.#held?.side !== hand.side) {
      root.updateMatrix();
      this.#held = { side: hand.side, offset: now.invert().multiply(root.matrix) };
      return;
    }
    root.position.setFromMatrixPosition(now.multiply(this.#held.offset));
    faceTo(root, this.#head);
  }
}
