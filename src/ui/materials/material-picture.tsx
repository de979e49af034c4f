import { useEffect, useRef } from 'react';
import type { Entity } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { classNames } from '../primitives/class-names.ts';
import styles from './pictures.module.css';

const SIZE = 128;

/** What an entity's material looks like on a sphere; drawn anew when `version` changes. */
export function MaterialPicture({
  entity,
  version,
  className,
}: {
  readonly entity: Entity;
  readonly version: unknown;
  readonly className?: string | undefined;
}) {
  const { materials } = useEditor();
  const canvas = useRef<HTMLCanvasElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that the look changed
  useEffect(() => {
    let gone = false;
    void materials.picture(entity).then((picture) => {
      if (!gone && picture) canvas.current?.getContext('2d')?.putImageData(picture, 0, 0);
    });
    return () => {
      gone = true;
    };
  }, [materials, entity, version]);
  return (
    <canvas
      ref={canvas}
      width={SIZE}
      height={SIZE}
      className={classNames(styles.sphere, className)}
      aria-hidden
    />
  );
}
