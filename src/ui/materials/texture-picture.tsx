import { useEffect, useRef } from 'react';
import { useEditor } from '../editor-context.tsx';
import { classNames } from '../primitives/class-names.ts';
import styles from './pictures.module.css';

/** Pixels a side, for sharp thumbnails on dense screens. */
const SIZE = 96;

/** An image of the scene, small; a chequered field until it has come. */
export function TexturePicture({
  digest,
  className,
}: {
  readonly digest: string;
  readonly className?: string | undefined;
}) {
  const { materials } = useEditor();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let gone = false;
    canvas.current?.getContext('2d')?.clearRect(0, 0, SIZE, SIZE);
    void materials.texture(digest).then((image) => {
      if (!gone && image) drawCovering(canvas.current, image);
      image?.close();
    });
    return () => {
      gone = true;
    };
  }, [materials, digest]);
  return (
    <canvas
      ref={canvas}
      width={SIZE}
      height={SIZE}
      className={classNames(styles.picture, className)}
      aria-hidden
    />
  );
}

/** The middle of the image, as large as fits. */
function drawCovering(canvas: HTMLCanvasElement | null, image: ImageBitmap): void {
  const side = Math.min(image.width, image.height);
  const [left, top] = [(image.width - side) / 2, (image.height - side) / 2];
  canvas?.getContext('2d')?.drawImage(image, left, top, side, side, 0, 0, SIZE, SIZE);
}
