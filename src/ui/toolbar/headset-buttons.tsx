import { Glasses, RectangleGoggles } from 'lucide-react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { Button } from '../primitives/button.tsx';
import { Tooltip } from '../primitives/tooltip.tsx';

/** What the headset offers now, and whether one is in it. */
export interface HeadsetState {
  readonly vr: boolean;
  readonly ar: boolean;
  readonly status: 'out' | 'entering' | 'in';
}

/** The way into a headset. */
export interface HeadsetPort {
  readonly state: StoreApi<HeadsetState>;
  /** Called inside the click. */
  enter(mode: 'vr' | 'ar'): void;
  exit(): void;
}

/** Enter VR and Enter AR where the device can; the way back while somebody is in. */
export function HeadsetButtons({ headset }: { readonly headset: HeadsetPort }) {
  const { vr, ar, status } = useStore(headset.state);
  if (status === 'in') {
    return (
      <Button look="primary" onClick={() => headset.exit()}>
        Leave the headset
      </Button>
    );
  }
  return (
    <>
      {vr && (
        <EnterButton
          label="Enter VR"
          hint="Edit with your hands, inside the scene"
          busy={status === 'entering'}
          onClick={() => headset.enter('vr')}
        >
          <RectangleGoggles size={16} aria-hidden />
          VR
        </EnterButton>
      )}
      {ar && (
        <EnterButton
          label="Enter AR"
          hint="Put the scene into your own room"
          busy={status === 'entering'}
          onClick={() => headset.enter('ar')}
        >
          <Glasses size={16} aria-hidden />
          AR
        </EnterButton>
      )}
    </>
  );
}

interface EnterButtonProps {
  readonly label: string;
  readonly hint: string;
  readonly busy: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function EnterButton({ label, hint, busy, onClick, children }: EnterButtonProps) {
  return (
    <Tooltip label={label} hint={hint}>
      <Button aria-label={label} disabled={busy} onClick={onClick}>
        {children}
      </Button>
    </Tooltip>
  );
}
