import { useEditor } from '../editor-context.tsx';
import { Select } from '../primitives/select.tsx';
import { Switch } from '../primitives/switch.tsx';
import { DraftField } from '../primitives/text-field.tsx';
import { sentenceCase } from '../wording.ts';
import { isMixed, plainValue } from './field-elements.ts';
import styles from './inspector.module.css';
import type { ControlProps } from './number-row.tsx';

const MIXED_MARK = '—';
/** Digits of a content hash that tell assets apart by eye. */
const HASH_DIGITS = 10;

/** On or off. */
export function BoolRow({ component, field, readOnly }: ControlProps) {
  const editor = useEditor();
  return (
    <div className={styles.row}>
      <span className={styles.label} title={field.label} aria-hidden>
        {field.label}
      </span>
      <Switch
        label={field.label}
        checked={plainValue(field, 'boolean') ?? false}
        mixed={isMixed(field.value)}
        disabled={readOnly}
        onChange={(checked) => editor.setField(component, field.name, checked)}
      />
    </div>
  );
}

/** One of the field's options. */
export function EnumRow({ component, field, readOnly }: ControlProps) {
  const editor = useEditor();
  const options = (field.options ?? []).map((value) => ({ value, label: sentenceCase(value) }));
  return (
    <div className={styles.row}>
      <span className={styles.label} title={field.label} aria-hidden>
        {field.label}
      </span>
      <Select
        label={field.label}
        value={plainValue(field, 'string')}
        options={options}
        placeholder={MIXED_MARK}
        disabled={readOnly}
        onChange={(value) => editor.setField(component, field.name, value)}
      />
    </div>
  );
}

/** A line of text. */
export function TextRow({ component, field, readOnly }: ControlProps) {
  const editor = useEditor();
  return (
    <div className={styles.row}>
      <span className={styles.label} title={field.label} aria-hidden>
        {field.label}
      </span>
      <DraftField
        label={field.label}
        value={plainValue(field, 'string') ?? ''}
        placeholder={isMixed(field.value) ? MIXED_MARK : undefined}
        maxLength={field.maxLength}
        readOnly={readOnly}
        onCommit={(text) => editor.setField(component, field.name, text)}
      />
    </div>
  );
}

/** What is shown but not typed: the asset or the entity that a field points at. */
export function ReferenceRow({ field }: ControlProps) {
  const text = plainValue(field, 'string') ?? '';
  return (
    <div className={styles.row}>
      <span className={styles.label} title={field.label}>
        {field.label}
      </span>
      <span className={styles.plain} title={text}>
        {isMixed(field.value) ? MIXED_MARK : text.slice(0, HASH_DIGITS) || 'None'}
      </span>
    </div>
  );
}
