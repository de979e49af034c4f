import type { ComponentType } from 'react';
import type { InspectorFieldKind } from '../../editor/editor.ts';
import { ColorRow } from './color-row.tsx';
import type { ControlProps } from './field-frame.tsx';
import { NumberRow, VectorRow } from './number-row.tsx';
import { BoolRow, EnumRow, ReferenceRow, TextRow } from './plain-rows.tsx';
import { TextureRow } from './texture-row.tsx';

const ROWS: Readonly<Record<InspectorFieldKind, ComponentType<ControlProps>>> = {
  number: NumberRow,
  integer: NumberRow,
  vector: VectorRow,
  euler: VectorRow,
  color: ColorRow,
  bool: BoolRow,
  enum: EnumRow,
  text: TextRow,
  hash: ReferenceRow,
  entity: ReferenceRow,
};

/** The row of a field: its label and the control for its kind. */
export function FieldRow(props: ControlProps) {
  const { kind, asset } = props.field;
  const Row = asset === 'texture' ? TextureRow : ROWS[kind];
  return <Row {...props} />;
}
