import { useEditor } from '../editor-context.tsx';
import { Select } from '../primitives/select.tsx';
import { Switch } from '../primitives/switch.tsx';
import { DraftField } from '../primitives/text-field.tsx';
import { sentenceCase } from '../wording.ts';
import { isMixed, plainValue } from './field-elements.ts';
import { type ControlProps, FieldFrame } from './field-frame.tsx';
import styles from './inspector.module.css';

const MIXED_MARK = '—';
/** Digits of a content hash that tell assets apart by eye. */
const HASH_DIGITS = 10;

/** On or off. */
export function BoolRow(props: ControlProps) {
  const { component, field, readOnly } = props;
  const editor = useEditor();
  return (
    <FieldFrame {...props}>
      <Switch
        label={field.label}
        checked={plainValue(field, 'boolean') ?? false}
        mixed={isMixed(field.value)}
        disabled={readOnly}
        onChange={(checked) => editor.setField(component, field.name, checked)}
      />
    </FieldFrame>
  );
}

/** One of the field's options. */
export function EnumRow(props: ControlProps) {
  const { component, field, readOnly } = props;
  const editor = useEditor();
  const options = (field.options ?? []).map((value) => ({ value, label: sentenceCase(value) }));
  return (
    <FieldFrame {...props}>
      <Select
        label={field.label}
        value={plainValue(field, 'string')}
        options={options}
        placeholder={MIXED_MARK}
        disabled={readOnly}
        onChange={(value) => editor.setField(component, field.name, value)}
      />
    </FieldFrame>
  );
}

/** A line of text. */
export function TextRow(props: ControlProps) {
  const { component, field, readOnly } = props;
  const editor = useEditor();
  return (
    <FieldFrame {...props}>
      <DraftField
        label={field.label}
        value={plainValue(field, 'string') ?? ''}
        placeholder={isMixed(field.value) ? MIXED_MARK : undefined}
        maxLength={field.maxLength}
        readOnly={readOnly}
        onCommit={(text) => editor.setField(component, field.name, text)}
      />
    </FieldFrame>
  );
}

/** What is shown but not typed: the asset or the entity that a field points at. */
export function ReferenceRow(props: ControlProps) {
  const { field } = props;
  const text = plainValue(field, 'string') ?? '';
  return (
    <FieldFrame {...props} readOnly>
      <span className={styles.plain} title={text}>
        {isMixed(field.value) ? MIXED_MARK : text.slice(0, HASH_DIGITS) || 'None'}
      </span>
    </FieldFrame>
  );
}
