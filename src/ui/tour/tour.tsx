import { Popover } from 'radix-ui';
import { useLayoutEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import { Button } from '../primitives/button.tsx';
import { preferences } from '../settings/preferences.ts';
import { SHOW_TOUR } from '../settings/settings-dialog.tsx';
import { useAction } from '../use-action.ts';
import { TOUR_STEPS, type TourStep } from './steps.ts';
import styles from './tour.module.css';

/** Shown once to who is here for the first time, and whenever it is asked for. */
export function Tour() {
  // A program that drives the page has not come to be shown around.
  const [asked, setAsked] = useState(!navigator.webdriver);
  const toured = useStore(preferences, (state) => state.toured);
  const isOpen = useStore(useEditor().connection, (state) => state.isOpen);
  const [at, setAt] = useState(0);
  useAction({
    id: SHOW_TOUR,
    label: 'Show the tour',
    group: 'Session',
    keys: [],
    enabled: () => true,
    run: () => {
      setAt(0);
      setAsked(true);
      preferences.setState({ toured: false });
    },
  });
  const step = TOUR_STEPS[at];
  if (toured || !asked || !isOpen || step === undefined) return null;
  const end = (): void => preferences.setState({ toured: true });
  const isLast = at === TOUR_STEPS.length - 1;
  return (
    <Step key={at} step={step} onEnd={end}>
      <span className={styles.count}>
        {at + 1} of {TOUR_STEPS.length}
      </span>
      {!isLast && <Button onClick={end}>Skip</Button>}
      {at > 0 && <Button onClick={() => setAt(at - 1)}>Back</Button>}
      <Button look="primary" autoFocus onClick={() => (isLast ? end() : setAt(at + 1))}>
        {isLast ? 'Done' : 'Next'}
      </Button>
    </Step>
  );
}

interface StepProps {
  readonly step: TourStep;
  readonly onEnd: () => void;
  readonly children: React.ReactNode;
}

function Step({ step, onEnd, children }: StepProps) {
  const editor = useEditor();
  const [place, setPlace] = useState<DOMRect>();
  useLayoutEffect(() => {
    const find = (): void =>
      setPlace(document.querySelector(step.target)?.getBoundingClientRect() ?? middle());
    find();
    addEventListener('resize', find);
    return () => removeEventListener('resize', find);
  }, [step]);
  if (place === undefined) return null;
  const isWide = place.width > innerWidth / 3;
  const { left, top, width, height } = isWide ? within(place) : place;
  return (
    <Popover.Root open onOpenChange={(open) => open || onEnd()}>
      <Popover.Anchor asChild>
        <span aria-hidden className={styles.mark} style={{ left, top, width, height }} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className={styles.card}
          aria-label={`Tour: ${step.title}`}
          sideOffset={10}
          collisionPadding={12}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <h2 className={styles.title}>{step.title}</h2>
          <p className={styles.text}>{step.text(editor)}</p>
          <div className={styles.foot}>{children}</div>
          <Popover.Arrow className={styles.arrow} width={14} height={7} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** A part of something large, so that the card has room beside it. */
function within({ left, top, width, height }: DOMRect): DOMRect {
  return new DOMRect(left + width * 0.35, top + height * 0.35, width * 0.3, height * 0.2);
}

function middle(): DOMRect {
  return new DOMRect(innerWidth / 2, innerHeight / 2, 1, 1);
}
